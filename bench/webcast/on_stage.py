"""The product with a webcast in it: a server, the test programme sent to it, and a captioner who writes what beeps."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.processes import OUT, Process, free_port
from bench.product import SLUG, Captioner, Links, folder, load, meeting, served
from bench.webcast.programme import CHANNELS, picture, sound
from bench.webcast.sending import ENCODER_MS, Stage, Target, sending, wall_clock

LANGUAGES = ("en", "es", "fr")
SRT_MS = 380
"""300 held back to ask again for what was lost, and 80 for the sounds that MPEG-TS gathers into one packet."""
THERE_WITHIN_S = 60
WRITTEN_AFTER_MS = 400
_SHOWN_MS = 1_500


@dataclass(frozen=True)
class OnStage:
    port: int
    data: Path
    stage: Stage
    process: Process
    links: Links

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def hls(self, name: str) -> bytes:
        """A file of the package; b"" while there is none."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", f"/live/{SLUG}/hls/{name}")
            response = connection.getresponse()
            body = response.read()
        except (OSError, HTTPException):
            return b""
        finally:
            connection.close()
        return body if response.status == 200 else b""

    @property
    def run(self) -> Path:
        """The package's folder."""
        folder = self.data / "media" / SLUG
        return folder / (folder / "current").read_text(encoding="utf-8").strip()

    def wait_for_segments(self, count: int) -> None:
        """As many as that which show the stage, and not the slate."""
        until = time.monotonic() + THERE_WITHIN_S + count * 3
        while time.monotonic() < until:
            if self.hls("main.m3u8") and self._segments_of_stage() >= count:
                return
            time.sleep(0.1)
        raise RuntimeError(f"there are not {count} segments; see bench/out/product.log and senders.log")

    def _segments_of_stage(self) -> int:
        kept = [json.loads(line) for line in (self.run / "package.jsonl").read_text(encoding="utf-8").splitlines()]
        slates = {each["number"] for each in kept if each["type"] == "form" and each["slate"]}
        return sum(each["type"] == "cut" and each["form"] not in slates for each in kept)

    def media_process(self) -> Process:
        """That of the webcast."""
        return next(each for each in self.process.children() if b"intercommunity.media.process" in each.command())


def webcast(srt_port: int | None = None) -> str:
    """The floor and a channel in each language, as `CHANNELS` has them; the last comes by SRT where a port is named."""
    text = f'\n[programme]\nfrom = "rtmp"\ndelay_ms = {ENCODER_MS}\n'
    for channel in CHANNELS[1:]:
        srt = srt_port is not None and channel == CHANNELS[-1]
        origin, delay = (f"srt:{srt_port}", ENCODER_MS + SRT_MS) if srt else ("rtmp", ENCODER_MS)
        text += f'\n[[channels]]\nlanguage = "{channel}"\nfrom = "{origin}"\ndelay_ms = {delay}\n'
    return text


@contextmanager
def on_stage(*, srt_port: int | None = None, cores: set[int] | None = None) -> Iterator[OnStage]:
    """The programme begins with the block; the first segments come some seconds later."""
    port, rtmp = free_port(), free_port()
    (OUT / "senders.log").unlink(missing_ok=True)
    pictures, sounds = picture(), [sound(number) for number in range(len(CHANNELS))]
    with folder() as data:
        links = load(data, meeting(LANGUAGES, webcast(srt_port)))
        addresses = {name: f"rtmp://127.0.0.1:{rtmp}/live/{key}" for name, key in links.keys.items()}
        targets = {name: Target(address) for name, address in addresses.items()}
        if srt_port is not None:
            targets[CHANNELS[-1]] = _srt(srt_port, links.keys[CHANNELS[-1]])
        with served(data, port, cores=cores, environment={"INTERCOMMUNITY_RTMP_PORT": str(rtmp)}) as process:
            stage = Stage(wall_clock())
            floor = ([pictures, sounds[0]], targets["floor"])
            channels = [([sounds[n]], targets[name]) for n, name in enumerate(CHANNELS) if n]
            with sending(stage, [floor, *channels]):
                yield OnStage(port, data, stage, process, links)


def _srt(port: int, key: str) -> Target:
    options = f"mode=caller&transtype=live&pbkeylen=16&passphrase={key}&latency=300000"
    return Target(f"srt://127.0.0.1:{port}?{options}", "mpegts")


def words_of(event: int) -> str:
    return f"Beep {event}."


class Captioning(threading.Thread):
    """Writes a line for each beep in each of some tracks, with the moment at which it was heard on stage."""

    def __init__(self, there: OnStage, tracks: Sequence[str] = LANGUAGES) -> None:
        super().__init__(daemon=True)
        self._stage = there.stage
        self._captioner = Captioner(there.port, there.links["captioner"])
        self._tracks = tracks
        self._over = threading.Event()

    def run(self) -> None:
        event = self._stage.last_event() + 1
        while not self._over.is_set():
            moment = self._stage.moment_of(event)
            if self._over.wait(max(0.0, (moment + WRITTEN_AFTER_MS - wall_clock()) / 1000)):
                return
            for track in self._tracks:
                wish = {"kind": "write_line", "key": f"{track}-{event}", "track": track, "text": words_of(event)}
                self._captioner.wish({**wish, "start": round(moment), "end": round(moment) + _SHOWN_MS})
            event += 1

    def stop(self) -> None:
        self._over.set()
        self.join(15)


@contextmanager
def captioning(there: OnStage, tracks: Sequence[str] = LANGUAGES) -> Iterator[None]:
    captions = Captioning(there, tracks)
    captions.start()
    try:
        yield
    finally:
        captions.stop()

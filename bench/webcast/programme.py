"""The test programme: 16 s of picture and of sounds that follow on themselves; made by FFmpeg once, kept in out/.

1. Every two seconds the picture is white for 100 ms, and each channel beeps for as long.
2. Beep n of the sixteen seconds has a pitch of its own on each channel, so what is seen and heard can be told apart
   from what was two seconds before, up to 16 s.
3. Between the beeps a channel hums in a pitch of its own, so it is always known which one is heard.

It is coded as an encoder for webcasts does it (H.264 with B-frames, a keyframe every two seconds; AAC), and cut out of
the middle of a longer one. What comes out is decoded again to learn when exactly the flashes and the beeps are.
"""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from bench.processes import OUT, NotInstalledError
from bench.webcast.looking import beeps_in, flashes_in
from intercommunity.media.coding.flv import AUDIO, VIDEO, Tags

CHANNELS = ("floor", "es", "fr", "en")
LASTS_S = 16
EVERY_S = 2
BEEPS = LASTS_S // EVERY_S
FPS = 30
RATE = 48_000
SIZES = {"720p": ("1280x720", "1500k"), "180p": ("320x180", "150k")}
_BEEP_S = 0.1
FIRST_MS = 1000.0
_HUM, _BEEP = 0.02, 0.5


def hum_of(channel: int) -> int:
    """Hz"""
    return 900 + 600 * channel


def pitch_of(channel: int, beep: int) -> int:
    """Hz"""
    return hum_of(channel) + 60 * (1 + beep % BEEPS)


@dataclass(frozen=True)
class Tag:
    """One coded picture or sound as FLV has it; `at`: when it is decoded, ms from the beginning of the loop."""

    at: float
    kind: int
    body: bytes


@dataclass(frozen=True)
class Loop:
    """Flash or beep n begins `FIRST_MS` + 2000 · n after its beginning."""

    setup: Tag
    tags: tuple[Tag, ...]


@cache
def picture(size: str = "720p") -> Loop:
    geometry, rate = SIZES[size]
    source = f"testsrc2=s={geometry}:r={FPS},noise=alls=6:allf=t"
    white = f"drawbox=c=white:t=fill:enable='lt(mod(t+{EVERY_S - FIRST_MS / 1000},{EVERY_S}),{_BEEP_S}-0.001)'"
    command = ["-f", "lavfi", "-i", f"{source},{white},format=yuv420p"]
    command += ["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-bf", "2", "-sc_threshold", "0"]
    command += ["-g", str(FPS * 2), "-keyint_min", str(FPS * 2), "-x264-params", "open-gop=0"]
    command += ["-b:v", rate, "-maxrate", rate, "-bufsize", rate]
    return _loop(_made(f"picture-{size}.flv", command), VIDEO)


@cache
def sound(channel: int) -> Loop:
    """By its number in `CHANNELS`."""
    beeping = f"lt(mod(t+{EVERY_S - FIRST_MS / 1000},{EVERY_S}),{_BEEP_S})"
    pitch = f"({hum_of(channel)}+60*(1+mod(floor(t/{EVERY_S}),{BEEPS})))"
    wave = f"if({beeping},{_BEEP}*sin(2*PI*{pitch}*t),{_HUM}*sin(2*PI*{hum_of(channel)}*t))"
    command = ["-f", "lavfi", "-i", f"aevalsrc='{wave}':s={RATE}", "-c:a", "aac", "-b:a", "128k", "-ac", "2"]
    return _loop(_made(f"sound-{channel}.flv", command), AUDIO)


def _made(name: str, command: Sequence[str]) -> Path:
    """Three loops; the middle one will be used."""
    if shutil.which("ffmpeg") is None:
        raise NotInstalledError("apt install ffmpeg")
    folder = OUT / "programme"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{sha256(' '.join(command).encode()).hexdigest()[:12]}-{name}"
    if not path.exists():
        making = path.with_suffix(".new")
        ffmpeg = ["ffmpeg", "-v", "error", "-nostdin", "-y", *command, "-t", str(3 * LASTS_S), "-f", "flv", making]
        subprocess.run(ffmpeg, check=True)
        making.rename(path)
    return path


def _loop(path: Path, kind: int) -> Loop:
    """What begins within the second third; moved so that its events, as they are decoded, come at `FIRST_MS` + …"""
    tags = list(_tags_of(path, kind))
    setup = next(tag for tag in tags if tag.body[1] == 0)
    begin = min(tag.at for tag in tags if tag.body[1] == 1 and _stands_alone(tag) and tag.at >= LASTS_S * 1000)
    end = begin + LASTS_S * 1000
    moved = _first_event(path, kind, begin) - FIRST_MS
    looped = (Tag(tag.at - moved, kind, tag.body) for tag in tags if tag.body[1] == 1 and begin <= tag.at < end - 1)
    return Loop(setup, tuple(looped))


def _first_event(path: Path, kind: int, begin: float) -> float:
    """ms, by the file's own times; looked for once."""
    known = path.with_suffix(".first")
    if not known.exists():
        found = flashes_in(path) if kind == VIDEO else beeps_in(path)
        events = [each for each in found if begin <= each < begin + LASTS_S * 1000]
        if len(events) != BEEPS or any(abs(each - events[0] - EVERY_S * 1000 * n) > 2 for n, each in enumerate(events)):
            raise RuntimeError(f"{path.name} does not flash or beep every {EVERY_S} s: {events}")
        known.write_text(str(events[0]))
    return float(known.read_text())


def _stands_alone(tag: Tag) -> bool:
    """A keyframe, or any sound."""
    return tag.kind == AUDIO or tag.body[0] >> 4 == 1


def _tags_of(path: Path, wanted: int) -> Iterator[Tag]:
    for kind, time, body in Tags().feed(path.read_bytes()):
        if kind == wanted and len(body) > 2:
            yield Tag(time, kind, body)

"""A packager on a clock of the test's own, fed with what FFmpeg has made: a webcast without waiting for it."""

import asyncio
import subprocess
from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from intercommunity.media.arriving.source import Source
from intercommunity.media.arriving.taker import PictureTaker
from intercommunity.media.arriving.tape import PictureBegan, PictureCame, Tape, take_tape
from intercommunity.media.coding.flv import Tags, read_tag
from intercommunity.media.packaging.catching_up import catch_up
from intercommunity.media.packaging.package import PICTURE, SIGN
from intercommunity.media.packaging.packager import BEHIND_MS, Packager
from intercommunity.media.packaging.slate import Slate, make_slate
from intercommunity.media.sound import Placed
from media.senders import plan
from media.validity import PIXELS

START = 1_700_000_000_000
BEAT_MS = 100
BITS = 16
RATE = 48_000
NUMBERED = "geq=lum='255*mod(floor((N+1)/pow(2,X)),2)':cb=128:cr=128,scale=320:180:flags=neighbor"
"""Each picture shows its number, from 1 on, as stripes of black and white; the slate shows none."""
BEEP = "0.5*sin(2*PI*880*t)*lt(mod(t,1),0.1)"


class Sent(Struct, frozen=True):
    """An FLV tag and when it arrives, ms since the sender began."""

    due: int
    kind: int
    stamp: int
    body: bytes


@cache
def made(*encode: str, picture: bool = True, sound: bool = True, size: str = "320:180", seconds: int = 6) -> list[Sent]:
    """25 pictures and one beep a second, as FFmpeg would send them."""
    inputs = ["-f", "lavfi", "-i", f"nullsrc=s={BITS}x9:r=25,{NUMBERED.replace('320:180', size)}"] if picture else []
    inputs += ["-f", "lavfi", "-i", f"aevalsrc='{BEEP}':s=48000"] if sound else []
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25"] if picture else []
    command = ["ffmpeg", "-v", "error", *inputs, *video, *(["-c:a", "aac"] if sound else []), *encode]
    done = subprocess.run([*command, "-t", str(seconds), "-f", "flv", "pipe:1"], capture_output=True, check=True)
    return [Sent(time, kind, time, body) for kind, time, body in Tags().feed(done.stdout)]


@cache
def slate_in(folder: Path) -> Slate:
    return asyncio.run(make_slate((), folder))


class _Way(PictureTaker):
    def __init__(self, show: "Show") -> None:
        self._show = show
        self.form = None

    def set_form(self, form, record):
        self.form = (form, record)
        self._show.tape.keep(PictureBegan(PICTURE, record), self._show.now)
        self._show.packager.set_form(PICTURE, form, record)

    def picture(self, picture, at):
        self._show.tape.keep(PictureCame(PICTURE, picture, at), self._show.now)
        self._show.packager.picture(PICTURE, picture, at)


class Show:
    """One floor, one channel that nobody sends, and a package in `folder`."""

    def __init__(self, folder: Path, slate: Slate) -> None:
        self.folder = folder
        self.now = START
        self._slates = {PICTURE: slate, SIGN: slate}
        self._way = _Way(self)
        self.open()

    def open(self) -> None:
        """Also after a crash, which takes all that is in memory."""
        run = self.folder / "run"
        if entries := take_tape(run):
            catch_up(plan(), run, self._slates, entries, self.now)
        self.tape = Tape()
        self.floor = Source("floor", 0, self._way, keep=self.tape.keep)
        sounds = {"floor": self.floor.placed, "es": Placed()}
        self.packager = Packager(plan(), sounds, run, self._slates, self.now - BEHIND_MS)
        self.tape.lead_to(run)
        if self._way.form:
            self.packager.set_form(PICTURE, *self._way.form)

    def send(self, sent: Iterable[Sent], more_ms: int = 3_500) -> None:
        """A connection from its beginning to its end, and what comes after it."""
        begun, waiting = self.now, sorted(sent, key=lambda each: each.due)
        self.floor.connected(self.now)
        end = (waiting[-1].due if waiting else 0) + more_ms
        while self.now < begun + end:
            self.now += BEAT_MS
            while waiting and begun + waiting[0].due <= self.now:
                each = waiting.pop(0)
                arrived = read_tag(each.kind, each.stamp % 2**32, each.body)
                if arrived is not None:
                    self.floor.take(arrived, begun + each.due)
            self.beat()
        self.floor.gone()

    def beat(self) -> None:
        if self.packager.beat(self.now):
            package = self.packager.package
            for track in package.begun.tracks:
                package.write_captions(track, (), package.cuts)
            package.write_lists(self.now)
            (self.folder / "main.m3u8").write_text(package.main("run/"))


def numbers_in(pictures: bytes) -> list[int]:
    """What decoded pictures show that are not the slate, in their order."""
    rows = (pictures[at : at + BITS] for at in range(0, len(pictures), PIXELS))
    return [number for row in rows if (number := sum((row[bit] > 128) << bit for bit in range(BITS)))]


def beeps_in(sound: bytes) -> list[float]:
    """When they begin, s since the sound did."""
    samples, step = array("h", sound), RATE // 100
    loud = [max(samples[at : at + step]) > 3_000 for at in range(0, len(samples), step)]
    return [at / 100 for at in range(2, len(loud)) if loud[at] and not loud[at - 1] and not loud[at - 2]]

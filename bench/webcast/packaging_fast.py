"""python -m bench.webcast.packaging_fast FOLDER: the packager, with two hours of arrivals as fast as it can take them.

Every ten minutes of the stage's time a line of JSON says what it has used so far.
"""

import asyncio
import json
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.webcast.programme import Loop, picture, sound
from bench.webcast.sending import in_order
from bench.webcast.two_hours import BEGUN_MS, MILLIONTHS, MINUTES, QUICKEST_MS, SLOWEST_MS, Minute
from intercommunity.media.arriving.source import Source
from intercommunity.media.arriving.taker import PictureTaker
from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.coding.flv import Picture, read_tag
from intercommunity.media.packaging.package import PICTURE, SIGN
from intercommunity.media.packaging.packager import BEAT_S, BEHIND_MS, Packager
from intercommunity.media.packaging.slate import make_slate
from intercommunity.media.plan import FLOOR, Plan, PlannedSource
from intercommunity.wire.origin import Origin

TRACKS = ("en", "es", "fr")
_A_MINUTE = round(60 / BEAT_S)


class _Programme(PictureTaker):
    """Passes pictures on to a packager that is made after the source."""

    packager: Packager

    def set_form(self, form: PictureForm, record: bytes) -> None:
        self.packager.set_form(PICTURE, form, record)

    def picture(self, picture: Picture, at: float) -> None:
        self.packager.picture(PICTURE, picture, at)


class _Sender:
    """Knows what arrives next, and when."""

    def __init__(self, source: Source, loops: Sequence[Loop]) -> None:
        self._source = source
        self._arriving = self._arrivals(loops)
        self._next = next(self._arriving)

    def _arrivals(self, loops: Sequence[Loop]) -> Iterator[tuple[float, int, int, bytes]]:
        chance, last = random.Random(self._source.name), 0.0  # noqa: S311 - the same every time
        for loop in loops:
            yield BEGUN_MS, loop.setup.kind, 0, loop.setup.body
        for at, tag in in_order(loops):
            on_stage = BEGUN_MS + at / (1 + MILLIONTHS[self._source.name] / 1e6)
            last = max(last, on_stage + chance.uniform(QUICKEST_MS, SLOWEST_MS))
            yield last, tag.kind, round(at + 1000), tag.body

    def send_until(self, now: float) -> None:
        while self._next[0] <= now:
            arrived_at, kind, stamp, body = self._next
            arrived = read_tag(kind, stamp, body)
            assert arrived is not None
            self._source.take(arrived, arrived_at)
            self._next = next(self._arriving)


def package(folder: Path, minutes: int = MINUTES) -> Iterator[Minute]:
    """What it took, every ten minutes."""
    programme = _Programme()
    sources = {name: Source(name, 0, programme if name == FLOOR else None) for name in MILLIONTHS}
    planned = tuple(PlannedSource(name, name, name, Origin("rtmp")) for name in MILLIONTHS)
    plan = Plan("two-hours", planned, tuple((each, each) for each in TRACKS), 48)
    slate = asyncio.run(make_slate(("Two hours",), folder))
    slates = {PICTURE: slate, SIGN: slate}
    sounds = {name: source.placed for name, source in sources.items()}
    packager = programme.packager = Packager(plan, sounds, folder / "package", slates, BEGUN_MS - BEHIND_MS)
    senders = [
        _Sender(source, [*([picture("180p")] if name == FLOOR else []), sound(number)])
        for number, (name, source) in enumerate(sources.items())
    ]
    for source in sources.values():
        source.connected(BEGUN_MS)
    for minute in range(1, minutes + 1):
        for beat in range((minute - 1) * _A_MINUTE, minute * _A_MINUTE):
            _beat(packager, senders, BEGUN_MS + (beat + 1) * BEAT_S * 1000)
        if minute % 10 == 0:
            resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
            yield Minute(minute, time.process_time(), resident)
    packager.package.end()


def _beat(packager: Packager, senders: Sequence[_Sender], now: float) -> None:
    for sender in senders:
        sender.send_until(now)
    packager.beat(now)


def main() -> None:
    for minute in package(Path(sys.argv[1])):
        print(json.dumps(asdict(minute)), flush=True)


if __name__ == "__main__":
    main()

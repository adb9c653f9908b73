"""Sound on the stage's clock: placing what was decoded, judging silence, and what a channel carries; no I/O.

Samples are 16-bit stereo at 48 kHz, numbered by stage time: number 48·t was heard at t ms UTC. Everything is cut into
blocks of 1024, the frames of AAC, at multiples of 1024, so that all channels change hands on the same samples.

1. A channel carries its own sound while anything is heard in it; pauses up to `HOLD` blocks are its own too.
2. When it has been silent for longer, or nothing arrives, it carries the floor, at full level.
3. It has its own sound again a moment before the first word, because what arrives is looked at ahead of time.
"""

import math
from array import array
from operator import mul

RATE = 48_000
PER_MS = RATE // 1000
BLOCK = 1024
WIDTH = 4
SILENCE = bytes(BLOCK * WIDTH)
SILENT_DB = -50.0
NOTHING_DB = -99.0
HOLD = 38
"""Blocks: 0.8 s."""
AHEAD = 5
_FAR = 40 * PER_MS
_NEAR = 2 * PER_MS
_LONGEST = 20 * RATE
_MOST = 40 * RATE
"""Kept where nobody takes it, as after the meeting's end."""
_FULL = 32768.0
_EVERY = 8


class Placed:
    """One source's sound, placed by its times; holes are silent, and known as holes."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._start = 0
        self._levels: dict[int, float] = {}
        self._measured = 0

    @property
    def end(self) -> int:
        return self._start + len(self._data) // WIDTH

    def place(self, number: int, samples: bytes) -> None:
        """Small differences between stamps and samples are made up one sample at a time, which nobody hears."""
        if not self._data or abs(number - self.end) > _LONGEST:
            self._restart(number)
        error = number - self.end
        if error > _FAR:
            self._restart(number)
        elif error < -_FAR:
            samples = samples[-error * WIDTH :]
        elif error > _NEAR:
            samples += samples[-WIDTH:]
        elif error < -_NEAR:
            samples = samples[:-WIDTH]
        self._data += samples
        self._measure()
        if len(self._data) > _MOST * WIDTH:
            self.forget_before((self.end - _LONGEST) // BLOCK)

    def _restart(self, number: int) -> None:
        """Go on after a hole. What came before is kept, in blocks: a hole makes its blocks missing, not silent."""
        if self._data and number > self.end and number - self.end < _LONGEST:
            self._data += bytes((number - self.end) * WIDTH)
            hole_ends = -(-number // BLOCK)
            self._measured = max(self._measured, hole_ends)
            return
        self._data.clear()
        self._start = number
        self._levels.clear()
        self._measured = -(-number // BLOCK)

    def _measure(self) -> None:
        while (self._measured + 1) * BLOCK <= self.end:
            at = (self._measured * BLOCK - self._start) * WIDTH
            self._levels[self._measured] = level(bytes(self._data[at : at + BLOCK * WIDTH]))
            self._measured += 1

    def level(self, block: int) -> float | None:
        """dBFS; None where nothing has arrived."""
        return self._levels.get(block)

    def block(self, block: int) -> bytes | None:
        if block not in self._levels:
            return None
        at = (block * BLOCK - self._start) * WIDTH
        return bytes(self._data[at : at + BLOCK * WIDTH]) if at >= 0 else None

    def is_heard(self, block: int) -> bool:
        """Rules 1 and 3."""
        near = range(block - HOLD, block + AHEAD + 1)
        return block in self._levels and any(self._levels.get(each, NOTHING_DB) > SILENT_DB for each in near)

    def forget_before(self, block: int) -> None:
        """Keeps what rule 1 looks back on."""
        spare = min(len(self._data) // WIDTH, block * BLOCK - self._start)
        if spare > RATE:
            del self._data[: spare * WIDTH]
            self._start += spare
        for each in [each for each in self._levels if each < block - HOLD]:
            del self._levels[each]


def level(samples: bytes) -> float:
    """RMS in dB below full scale, out of every eighth sample."""
    some = array("h", samples)[::_EVERY]
    power = sum(map(mul, some, some)) / max(1, len(some))
    return max(NOTHING_DB, 10 * math.log10(power / _FULL**2)) if power else NOTHING_DB


class Channel:
    """What one channel carries, block by block; `own` is None for the floor itself."""

    def __init__(self, floor: Placed, own: Placed | None) -> None:
        self._floor = floor
        self._own = own
        self.on_floor = own is None

    def carry(self, block: int) -> bytes:
        if self._own is None:
            return self._floor.block(block) or SILENCE
        was_on_floor, self.on_floor = self.on_floor, not self._own.is_heard(block)
        carried = self._from(block, on_floor=self.on_floor)
        if was_on_floor == self.on_floor:
            return carried
        return _fade(self._from(block, on_floor=was_on_floor), carried)

    def _from(self, block: int, *, on_floor: bool) -> bytes:
        source = self._floor if on_floor or self._own is None else self._own
        return source.block(block) or SILENCE


def _fade(before: bytes, after: bytes) -> bytes:
    first, second = array("h", before), array("h", after)
    length = len(first)
    mixed = (a + (b - a) * at // length for at, (a, b) in enumerate(zip(first, second, strict=True)))
    return array("h", mixed).tobytes()

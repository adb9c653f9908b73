"""A picture beside the first (sign language, a lower rendition), cut where that one is cut; no source and no I/O.

Times are in 1/90000 s since the package began.

1. A segment holds what is shown between two cuts, whether or not it begins with a picture that needs no other: whoever
   goes on from the segment before can decode it, and whoever begins here sees the picture from the next such one on.
2. After a hole, a change of form, or where the package begins anew, it begins with a picture that needs no other; that
   one is shown from the cut on, so that no time is without a picture.
3. What comes for times already packaged is left out, and rule 2 holds for what follows.
"""

from collections import deque
from itertools import pairwise

from msgspec import Struct

from intercommunity.media.coding.mp4 import VIDEO_SCALE, Sample
from intercommunity.media.packaging.picture import Frame

SLACK = VIDEO_SCALE // 200
"""Times that are less apart than this are one: they were rounded on different ways."""
NOTICED = VIDEO_SCALE // 10
FEW = VIDEO_SCALE * 3 // 10
COMING = 3 * VIDEO_SCALE
STILL_STEP = VIDEO_SCALE // 2


class Piece(Struct, frozen=True):
    """What a segment of the rendition holds; `time`: when the first is decoded."""

    form: int
    time: int
    samples: tuple[Sample, ...]


class Alongside:
    def __init__(self) -> None:
        self._waiting: deque[Frame] = deque()
        self._came: int | None = None
        self._form: int | None = None
        self._needs_key = True
        self._lead = 0
        """How long before it is shown a picture that needs no other is decoded."""

    def add(self, frame: Frame) -> None:
        self._waiting.append(frame)
        self._came = frame.time

    def reaches(self, end: int) -> bool:
        """Whether what arrives has come as far as this."""
        return self._came is not None and self._came + self._lead >= end - SLACK

    def is_coming(self, time: int) -> bool:
        """Whether something came for about this time, so that waiting for what follows makes sense."""
        return self._came is not None and self._came > time - COMING

    def cut(self, begin: int, end: int, *, anew: bool) -> Piece | None:
        """What is shown from `begin` to `end`; None where nothing has come that could be shown."""
        self._needs_key = self._needs_key or anew
        frames = self._take(begin, end)
        if not frames:
            self._needs_key = True
            return None
        first, last = begin - self._lead, end - self._lead
        time = first if self._needs_key or frames[0].time - first > NOTICED else frames[0].time
        if self._waiting and 0 <= self._waiting[0].time - last < NOTICED:
            last = self._waiting[0].time
        self._needs_key = False
        return Piece(frames[0].form, time, _samples(frames, time, last))

    def _take(self, begin: int, end: int) -> list[Frame]:
        frames: list[Frame] = []
        while self._waiting and self._shown(self._waiting[0]) < end - SLACK:
            if frames and self._waiting[0].form != self._form:
                break
            frame = self._waiting.popleft()
            if self._is_usable(frame, begin, frames):
                self._form = frame.form
                frames.append(frame)
        return frames

    def _shown(self, frame: Frame) -> int:
        if frame.key:
            self._lead = frame.shown_after
        return frame.time + self._lead

    def _is_usable(self, frame: Frame, begin: int, before: list[Frame]) -> bool:
        """Rules 2 and 3."""
        if self._shown(frame) < begin - SLACK or (before and frame.time <= before[-1].time):
            self._needs_key = self._needs_key or not before
            return False
        if frame.form != self._form:
            self._needs_key = True
        return frame.key or bool(before) or not self._needs_key


def is_whole(piece: Piece, begin: int) -> bool:
    """Whether it can be shown in place of another picture: it needs nothing before it, and is there all the time."""
    last = piece.samples[-1]
    return piece.samples[0].key and abs(piece.time - begin) < NOTICED and last.duration < FEW


def still(form: int, data: bytes, begin: int, end: int) -> Piece:
    """One picture that needs no other, for all the time."""
    times = [*range(begin, max(begin + 1, end - STILL_STEP // 2), STILL_STEP), end]
    samples = tuple(Sample(data, then - time) for time, then in pairwise(times))
    return Piece(form, begin, samples)


def _samples(frames: list[Frame], time: int, end: int) -> tuple[Sample, ...]:
    times = [time, *(frame.time for frame in frames[1:]), end]
    return tuple(
        Sample(frame.data, max(1, then - at), frame.key, frame.shown_after)
        for frame, (at, then) in zip(frames, pairwise(times), strict=True)
    )

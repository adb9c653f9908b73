"""Pictures on the stage's clock, cut into segments; the slate where there are none; no I/O.

Times are in 1/90000 s since the package began.

1. A segment begins with a picture that needs no other, if there is one within `LONGEST`; it is about `TARGET` long.
2. When no picture has come for `GAP`, the slate stands in, from where the pictures ended.
3. The pictures are back with the first one that needs no other. What comes for times already packaged is left out.
4. Where the form of the picture changes (a new size; the slate) a new segment begins, and is marked as such.
"""

from collections import deque
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from intercommunity.media.coding.mp4 import VIDEO_SCALE, Sample

TARGET = VIDEO_SCALE * 18 // 10
LONGEST = VIDEO_SCALE * 24 // 10
SHORTEST = VIDEO_SCALE * 8 // 10
GAP = VIDEO_SCALE
TINY = VIDEO_SCALE // 10
SLATE_STEP = VIDEO_SCALE // 2
SLATE_SEGMENT = VIDEO_SCALE * 3 // 2
_FIRST_DURATION = VIDEO_SCALE // 25


class Frame(Struct, frozen=True):
    """`form`: the number of the decoder configuration that it belongs to."""

    time: int
    shown_after: int
    key: bool
    data: bytes
    form: int

    @property
    def shown(self) -> int:
        return self.time + self.shown_after


class PictureSegment(Struct, frozen=True):
    """`shown`, `end`: when its first picture is shown, and the next segment's; `time`: when the first is decoded."""

    form: int
    time: int
    shown: int
    end: int
    samples: tuple[Sample, ...]
    new_form: bool


SLATE = 0
"""The slate's form."""


class Pictures:
    """`slate`: the data of one picture that needs no other. `start`: from when on pictures are shown; the first may be
    decoded before that, but not before the package began.
    """

    def __init__(self, slate: bytes, start: int) -> None:
        self._slate = slate
        self._waiting: deque[Frame] = deque()
        self._segment: list[Frame] = []
        self._form: int | None = None
        self._new_form = True
        self._position = max(-1, start - VIDEO_SCALE)
        self._told_until = start
        self._duration = _FIRST_DURATION
        self._key_distance = 0
        self._last_key: int | None = None

    @property
    def on_slate(self) -> bool:
        return self._form in (None, SLATE)

    def add(self, frame: Frame) -> None:
        if frame.key:
            if self._last_key is not None:
                self._key_distance = frame.shown - self._last_key
            self._last_key = frame.shown
        self._waiting.append(frame)

    def advance(self, horizon: int) -> Iterator[PictureSegment]:
        """Everything up to `horizon` is decided now; gives the segments that are complete."""
        while True:
            frame = self._waiting[0] if self._waiting and self._waiting[0].time <= horizon else None
            if frame is not None and self._is_usable(frame) and self._is_slate_due(frame.time - 1):
                yield from self._take_slate()
            elif frame is not None and self._is_usable(frame):
                self._waiting.popleft()
                yield from self._take(frame)
            elif frame is not None:
                self._waiting.popleft()
            elif not self._is_slate_due(horizon):
                return
            else:
                yield from self._take_slate()

    def finish(self, horizon: int) -> Iterator[PictureSegment]:
        """What is left when nothing more comes: the last picture stays until `horizon`, but no longer than `GAP`."""
        if not self._segment:
            return
        first, last = self._segment[0].shown, max(each.shown for each in self._segment)
        end = max(last + self._duration, min(horizon, last + GAP))
        if not self.on_slate or end - first >= TINY:
            end = max(end, first + TINY)
            yield self._close(end, end)

    def _is_slate_due(self, horizon: int) -> bool:
        return self._next_slate() <= horizon if self.on_slate else horizon - self._position > GAP

    def _is_usable(self, frame: Frame) -> bool:
        """Rule 3."""
        if frame.time <= self._position:
            return False
        return frame.form == self._form or (frame.key and frame.shown >= self._told_until and self._may_change(frame))

    def _may_change(self, frame: Frame) -> bool:
        """Forms that change faster than anybody sees would leave hole after hole."""
        return self.on_slate or not self._segment or frame.shown - self._segment[0].shown >= TINY

    def _take(self, frame: Frame) -> Iterator[PictureSegment]:
        if self._segment and frame.form != self._form and frame.shown - self._segment[0].shown < TINY:
            frame = _standing_from(self._segment[0].shown, frame)
            self._segment = []
        elif self._segment and (frame.form != self._form or self._is_cut(frame)):
            yield self._close(frame.shown, frame.time if frame.form == self._form else frame.shown)
        if frame.form != self._form:
            self._form, self._new_form = frame.form, True
        elif self._segment:
            self._duration = frame.time - self._segment[-1].time
        self._segment.append(frame)
        self._position = frame.time

    def _is_cut(self, frame: Frame) -> bool:
        """Rule 1."""
        so_far = frame.shown - self._segment[0].shown
        if frame.key:
            return so_far >= TARGET or (so_far >= SHORTEST and so_far + self._key_distance > LONGEST)
        return so_far >= LONGEST and not self.on_slate

    def _next_slate(self) -> int:
        return self._position + SLATE_STEP if self._segment else max(self._position, self._told_until)

    def _take_slate(self) -> Iterator[PictureSegment]:
        """Rule 2."""
        if self._form != SLATE:
            begin = self._next_slate()
            if self._segment:
                last = max(each.shown for each in self._segment)
                begin = min(last + self._duration, self._segment[0].shown + LONGEST)
                yield self._close(begin, begin)
            self._form, self._new_form = SLATE, True
        else:
            begin = self._next_slate()
            if self._segment and begin - self._segment[0].time >= SLATE_SEGMENT:
                yield self._close(begin, begin)
        self._segment.append(Frame(begin, 0, True, self._slate, SLATE))
        self._position = begin

    def _close(self, end_shown: int, end: int) -> PictureSegment:
        """The segment's last picture stays until `end`."""
        frames, self._segment = self._segment, []
        times = [*(frame.time for frame in frames[1:]), end]
        samples = tuple(
            Sample(frame.data, max(1, then - frame.time), frame.key, frame.shown_after)
            for frame, then in zip(frames, times, strict=True)
        )
        first = frames[0]
        assert self._form is not None
        closed = PictureSegment(self._form, first.time, first.shown, end_shown, samples, self._new_form)
        self._new_form = False
        self._told_until = end_shown
        return closed


def _standing_from(begin: int, frame: Frame) -> Frame:
    """In place of a moment of slate too short for any sound beside it the picture that follows stands still."""
    time = max(0, begin - frame.shown_after)
    return replace(frame, time=time, shown_after=begin - time)

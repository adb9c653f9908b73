"""What a recording leaves out, which is the times in which nothing was packaged, and what then is where; no I/O."""

from collections.abc import Iterable, Iterator, Sequence

from intercommunity.media.coding.mp4 import VIDEO_SCALE
from intercommunity.media.packaging.package import Cut
from intercommunity.wire.recording import Stretch

HOLE = VIDEO_SCALE // 2
"""What is longer than this between two segments is left out; less is no pause, but a picture that came late."""


def left_out(cuts: Iterable[Cut]) -> Iterator[tuple[Cut, int]]:
    """Each segment with how much was left out before it, in 1/90000 s."""
    out, end = 0, None
    for cut in cuts:
        if end is not None and cut.shown - end > HOLE:
            out += cut.shown - end
        end = cut.end
        yield cut, out


def stretches_of(cuts: Sequence[Cut], epoch: int) -> list[Stretch]:
    """`epoch`: ms UTC, from which the cuts' times count. The first picture shown is at 0."""
    found: list[list[int]] = []
    before = -1
    for cut, out in left_out(cuts):
        if out == before:
            found[-1][1] = cut.end
        else:
            found.append([cut.shown, cut.end, cut.shown - out - cuts[0].shown])
        before = out
    return [
        Stretch(
            round(epoch + begin * 1000 / VIDEO_SCALE),
            round(place / VIDEO_SCALE, 3),
            round((end - begin) / VIDEO_SCALE, 3),
        )
        for begin, end, place in found
    ]

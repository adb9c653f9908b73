"""What a recording leaves out: pauses, and not what only came late."""

from intercommunity.media.coding.mp4 import VIDEO_SCALE
from intercommunity.media.packaging.package import Cut
from intercommunity.media.recording.stretches import left_out, stretches_of
from intercommunity.wire.recording import Stretch


def cut(number: int, shown: float, end: float) -> Cut:
    """Times in seconds."""
    return Cut(number, 1, round(shown * VIDEO_SCALE), round(end * VIDEO_SCALE), 0, 1, 1)


CUTS = [cut(1, 0.05, 2), cut(2, 2, 4), cut(3, 4.2, 6), cut(4, 60, 62)]


def test_pauses_are_left_out_and_short_holes_are_not():
    assert [out / VIDEO_SCALE for _, out in left_out(CUTS)] == [0, 0, 0, 54]


def test_stretches_lie_between_pauses():
    assert stretches_of(CUTS, 1_000) == [Stretch(1_050, 0, 5.95), Stretch(61_000, 5.95, 2)]

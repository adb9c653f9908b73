"""What a package offers to see while it is being made."""

import m3u8

from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.coding.mp4 import VIDEO_SCALE, Sample
from intercommunity.media.packaging.package import Begun, Package
from intercommunity.media.packaging.picture import PictureSegment
from intercommunity.media.packaging.playlist import Spoken

FLOOR = Spoken("sound/floor/list.m3u8", "Floor", "mul", default=True)
RECORD = b"\1d\0\37\377\340\0"


def sizes(folder, lines: int, *, lower: bool) -> list[tuple[int, int] | None]:
    """Those offered after one segment of a picture of so many lines, with no smaller one yet."""
    made = Package(folder, Begun(1_700_000_000_000, (FLOOR,), (), 48, lower=lower))
    form = made.add_form(PictureForm("avc1.64001f", lines * 16 // 9, lines), RECORD, slate=False)
    end = 2 * VIDEO_SCALE
    made.add(PictureSegment(form, 0, 0, end, (Sample(b"p", end),), new_form=False), form, 0, {}, {})
    return [each.stream_info.resolution for each in m3u8.loads(made.main()).playlists]


def test_smaller_picture_is_offered_before_it_has_come(tmp_path):
    assert sizes(tmp_path / "both", 720, lower=True) == [(1280, 720), (640, 360), None]
    assert sizes(tmp_path / "one", 720, lower=False) == [(1280, 720), None]


def test_picture_that_is_small_is_offered_alone(tmp_path):
    assert sizes(tmp_path, 360, lower=True) == [(640, 360), None]

"""Which segments of a track are written again when words change, and that much at once holds nothing up."""

from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.coding.mp4 import VIDEO_SCALE, Sample
from intercommunity.media.packaging.package import Begun, Package
from intercommunity.media.packaging.picture import PictureSegment
from intercommunity.media.packaging.playlist import Spoken
from intercommunity.media.packaging.subtitles import Caption
from intercommunity.media.packaging.tracks import MOST_AT_ONCE, Tracks

EPOCH = 1_700_000_000_000
TRACK = Spoken("captions/en/list.m3u8", "English", "en")


def package(folder, seconds: int) -> Package:
    """Segments of two seconds."""
    made = Package(folder, Begun(EPOCH, (), (TRACK,), 48))
    form = made.add_form(PictureForm("avc1.64001f", 16, 16), b"\1d\0\37\377\340\0", slate=False)
    for begin in range(0, seconds * VIDEO_SCALE, 2 * VIDEO_SCALE):
        end = begin + 2 * VIDEO_SCALE
        segment = PictureSegment(form, begin, begin, end, (Sample(b"p", end - begin),), new_form=False)
        made.add(segment, form, 0, {}, {})
    return made


def line(number: int, begin_s: float, end_s: float, text: str = "words") -> Caption:
    return Caption(f"hub-{number}", EPOCH + int(begin_s * 1000), EPOCH + int(end_s * 1000), text)


def numbers(tracks: Tracks, made: Package, new=()) -> list[int]:
    due = tracks.due(made, new)["en"]
    for cut in due:
        tracks.written("en", cut)
    return [cut.number for cut in due]


def test_moved_line_is_written_where_it_was_and_where_it_is(tmp_path):
    tracks, made = Tracks(), package(tmp_path, 20)
    tracks.say("en", [line(1, 2.5, 3.9)])
    assert numbers(tracks, made) == [2]
    tracks.say("en", [line(1, 8, 11)])
    assert numbers(tracks, made) == [6, 5, 2]
    assert numbers(tracks, made) == []
    assert tracks.between("en", EPOCH + 2_000, EPOCH + 4_000) == []
    assert [each.id for each in tracks.between("en", EPOCH + 10_000, EPOCH + 12_000)] == ["hub-1"]


def test_struck_line_is_gone_from_its_segment(tmp_path):
    tracks, made = Tracks(), package(tmp_path, 20)
    tracks.say("en", [line(1, 2.5, 3.9)])
    numbers(tracks, made)
    tracks.say("en", [line(1, 0, 0, "")])
    assert (numbers(tracks, made), tracks.between("en", EPOCH, EPOCH + 20_000)) == ([2], [])


def test_thousand_lines_at_once_are_written_bit_by_bit_and_new_segments_first(tmp_path):
    tracks, made = Tracks(), package(tmp_path, 400)
    tracks.say("en", [line(number, number, number + 0.5) for number in range(398)])
    first = numbers(tracks, made, made.cuts[-1:])
    assert (first[0], len(first)) == (200, 1 + MOST_AT_ONCE)
    rest = [number for _ in range(4) for number in numbers(tracks, made)]
    assert sorted([*first, *rest]) == list(range(1, 201))


def test_what_could_not_be_written_stays_due(tmp_path):
    tracks, made = Tracks(), package(tmp_path, 20)
    tracks.say("en", [line(1, 2.5, 3.9)])
    assert [cut.number for cut in tracks.due(made, made.cuts[-1:])["en"]] == [10, 2]
    assert numbers(tracks, made) == [10, 2]

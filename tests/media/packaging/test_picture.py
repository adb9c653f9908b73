"""Pictures and slate, cut into segments: no time is lost or told twice, whatever comes."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from intercommunity.media.coding.mp4 import VIDEO_SCALE
from intercommunity.media.packaging.picture import SLATE, Frame, Pictures

FRAME = VIDEO_SCALE // 25


def stream(seconds: float, keys_every: int, start: int = 0, form: int = 1) -> list[Frame]:
    return [
        Frame(start + number * FRAME, 0, number % keys_every == 0, b"p", form) for number in range(int(seconds * 25))
    ]


def segments(frames: list[Frame], until_s: float) -> list:
    pictures = Pictures(b"slate", 0)
    for frame in frames:
        pictures.add(frame)
    return [each for second in range(1, int(until_s) + 1) for each in pictures.advance(second * VIDEO_SCALE)]


def test_segments_begin_with_pictures_that_need_no_other():
    found = segments(stream(9, 50, start=1), 9)
    assert [each.samples[0].key for each in found] == [True] * len(found)
    assert [(each.end - each.shown) / VIDEO_SCALE for each in found][-3:] == [2.0, 2.0, 2.0]


def test_pictures_whose_keys_come_rarely_are_cut_all_the_same():
    pictures = Pictures(b"slate", 0)
    for frame in stream(9, 250, start=1):
        pictures.add(frame)
    found = list(pictures.advance(8 * VIDEO_SCALE))
    assert max((each.end - each.shown) / VIDEO_SCALE for each in found) <= 2.45


def test_slate_stands_in_after_a_second_and_gives_way_to_the_next_key():
    found = segments(stream(3, 25, start=1) + stream(3, 25, start=8 * VIDEO_SCALE + 1), 11)
    assert [each.form for each in found if each.new_form] == [1, SLATE, 1]
    assert next(each.shown for each in found if each.form == SLATE) == 3 * VIDEO_SCALE + 1
    assert [each.shown for each in found if each.new_form][-1] == 8 * VIDEO_SCALE + 1


@given(
    st.lists(
        st.tuples(st.integers(0, 14 * VIDEO_SCALE), st.booleans(), st.integers(1, 2), st.integers(0, 2 * FRAME)),
        max_size=60,
    )
)
def test_whatever_comes_segments_follow_on_each_other(wild):
    frames = [Frame(time, shown_after, key, b"p", form) for time, key, form, shown_after in wild]
    found = segments(frames, 15)
    assert found
    for before, after in itertools.pairwise(found):
        assert before.end <= after.shown
        assert after.shown - before.end <= VIDEO_SCALE // 10
        assert before.time < after.time
    assert [each for each in found if not each.samples or not 0 < each.end - each.shown < 2.5 * VIDEO_SCALE] == []

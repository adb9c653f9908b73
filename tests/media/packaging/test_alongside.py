"""Pictures beside the first one: cut at its moments, no time without one, nothing that cannot be decoded."""

from hypothesis import given
from hypothesis import strategies as st

from intercommunity.media.coding.mp4 import VIDEO_SCALE
from intercommunity.media.packaging.alongside import Alongside, Piece, is_whole, still
from intercommunity.media.packaging.picture import Frame

FRAME = VIDEO_SCALE // 25
SECOND = VIDEO_SCALE


def stream(begin: int, end: int, keys_every: int, *, form: int = 1, lead: int = 0) -> list[Frame]:
    times = range(begin, end, FRAME)
    return [Frame(time - lead, lead, number % keys_every == 0, b"p", form) for number, time in enumerate(times)]


def beside(frames: list[Frame]) -> Alongside:
    alongside = Alongside()
    for frame in frames:
        alongside.add(frame)
    return alongside


def length(piece: Piece) -> int:
    return sum(sample.duration for sample in piece.samples)


def test_segments_are_cut_at_the_given_moments_and_follow_on():
    alongside = beside(stream(0, 6 * SECOND, 25, lead=FRAME * 2))
    pieces = [alongside.cut(at, at + 2 * SECOND, anew=False) for at in (0, 2 * SECOND, 4 * SECOND)]
    assert [piece.time for piece in pieces] == [at - 2 * FRAME for at in (0, 2 * SECOND, 4 * SECOND)]
    assert [length(piece) for piece in pieces] == [2 * SECOND] * 3


def test_first_picture_is_one_that_needs_no_other_and_is_shown_from_the_cut_on():
    frames = stream(10 * FRAME, 4 * SECOND, 25)
    alongside = beside([Frame(SECOND // 4, 0, key=False, data=b"p", form=1), *frames])
    piece = alongside.cut(0, 2 * SECOND, anew=False)
    assert (piece.samples[0].key, piece.time, piece.samples[0].duration) == (True, 0, 11 * FRAME)
    assert length(piece) == 2 * SECOND
    assert len(piece.samples) == len([each for each in frames if each.time < 2 * SECOND])


def test_late_pictures_are_left_out_with_all_that_need_them():
    alongside = Alongside()
    assert alongside.cut(0, 2 * SECOND, anew=False) is None
    for frame in stream(SECOND, 4 * SECOND, 50):
        alongside.add(frame)
    piece = alongside.cut(2 * SECOND, 4 * SECOND, anew=False)
    assert (piece.samples[0].key, len(piece.samples), piece.time) == (True, 25, 2 * SECOND)


def test_another_form_waits_for_the_next_segment():
    alongside = beside([*stream(0, SECOND, 25), *stream(SECOND, 4 * SECOND, 25, form=2)])
    assert [alongside.cut(at, at + 2 * SECOND, anew=False).form for at in (0, 2 * SECOND)] == [1, 2]


def test_piece_with_a_hole_at_its_end_stands_in_for_nothing():
    frames = stream(0, 4 * SECOND, 50)
    whole = beside(frames).cut(0, 2 * SECOND, anew=False)
    broken = beside([each for each in frames if each.time < SECOND]).cut(0, 2 * SECOND, anew=False)
    assert (is_whole(whole, 0), is_whole(broken, 0)) == (True, False)


def test_still_picture_fills_its_time():
    assert length(still(1, b"s", 90, 2 * SECOND)) == 2 * SECOND - 90


@given(
    st.lists(st.tuples(st.integers(0, 9 * SECOND), st.booleans(), st.integers(1, 2), st.integers(0, FRAME))),
    st.lists(st.integers(SECOND, 2 * SECOND), min_size=1, max_size=6),
)
def test_whatever_comes_pieces_have_their_length_and_begin_decodably(wild, lengths):
    alongside = beside([Frame(time, lead, key, b"p", form) for time, key, form, lead in wild])
    begin, before = 0, None
    for seconds in lengths:
        piece = alongside.cut(begin, begin + seconds, anew=False)
        if piece is not None:
            assert piece.samples[0].key or (before is not None and before.form == piece.form)
            assert min(sample.duration for sample in piece.samples) >= 1
            assert abs(length(piece) - seconds) <= 2 * SECOND
        begin, before = begin + seconds, piece

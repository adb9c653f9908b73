import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intercommunity.wire.text.cart import parse
from intercommunity.wire.text.errors import MalformedText
from intercommunity.wire.text.pieces import Piece
from intercommunity.wire.text.streamtext import MAX_DRAFT, Correction, Feed, Line, read_body, read_seq

PART = st.sampled_from(
    (
        "hello ",
        "THE TOWER STANDS ON THE HILL. ",
        "\n",
        "\r\n",
        ">> ",
        ">>ANA: ",
        "[APPLAUSE]",
        "\b",
        "\b" * 7,
        "\x7f" * 40,
        "x",
        ".",
        " ",
    )
)
BODY = st.lists(PART, max_size=12).map("".join)


class Screen:
    """What an audience has before its eyes: the lines by number, as last told."""

    def __init__(self):
        self.lines = {}

    def show(self, outcome):
        for correction in outcome.corrections:
            assert correction.number in self.lines
            self.lines[correction.number] = correction.piece.text if correction.piece else ""
        for line in outcome.lines:
            assert line.number not in self.lines
            self.lines[line.number] = line.piece.text
        return outcome

    def words(self):
        return "".join(self.lines[number] for number in sorted(self.lines)).replace(" ", "")


def rubbed(text):
    written = ""
    for letter in text:
        written = written[:-1] if letter in "\b\x7f" else written + letter
    return written


def said(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\n\n")
    return "".join(piece.text for piece in parse(lines)).replace(" ", "")


@given(st.lists(BODY, max_size=10), st.sets(st.integers(0, 9)))
@example(["a\n", "b\n", "\b\b\b\b", "c\n"], set())
@example(["word", "s and"], {0})
@settings(max_examples=400)
def test_feed_shows_in_the_end_what_the_stream_says(bodies, flushes):
    feed, screen = Feed(), Screen()
    for seq, body in enumerate(bodies):
        screen.show(feed.accept(seq, body))
        if seq in flushes:
            screen.show(feed.flush())
    screen.show(feed.flush())
    assert screen.words() == said(rubbed("".join(bodies)))


@given(st.lists(BODY, min_size=1, max_size=8), st.data())
def test_feed_counts_no_post_twice(bodies, data):
    once, twice, screen = Feed(), Feed(), Screen()
    for seq, body in enumerate(bodies, 1):
        told = once.accept(seq, body)
        assert screen.show(twice.accept(seq, body)) == told
        again = twice.accept(seq, body[: data.draw(st.integers(0, len(body)))])
        assert (again.standing, again.lines, again.corrections, again.draft) == ("repeat", (), (), told.draft)


@given(st.text("ab .\n", max_size=60), st.data())
def test_feed_counts_what_a_repeat_adds(text, data):
    cut = data.draw(st.integers(0, len(text)))
    whole, grown, one, other = Feed(), Feed(), Screen(), Screen()
    one.show(whole.accept(5, text))
    other.show(grown.accept(5, text[:cut]))
    other.show(grown.accept(5, text))
    for feed, screen in ((whole, one), (grown, other)):
        screen.show(feed.flush())
    assert one.words() == other.words()


def test_feed_finishes_a_line_at_a_line_end_and_keeps_the_rest_as_draft():
    outcome = Feed().accept(1, "Good morning.\nWe begin in a min")
    assert outcome.lines == (Line(1, Piece("Good morning.")),)
    assert outcome.draft == Piece("We begin in a min")


def test_feed_deletes_across_posts_in_the_draft_without_a_correction():
    feed = Feed()
    feed.accept(1, "We begni")
    assert feed.accept(2, "\b\bin now").draft == Piece("We begin now")


def test_feed_corrects_a_finished_line_that_a_backspace_reaches():
    feed = Feed()
    feed.accept(1, "The first tower\nThe secnd tower\n")
    outcome = feed.accept(2, "\b" * 9 + "ond tower\nThe third")
    assert outcome.corrections == (Correction(2, Piece("The second tower")),)
    assert (outcome.lines, outcome.draft) == ((), Piece("The third"))


def test_feed_withdraws_a_line_that_was_deleted_whole():
    feed = Feed()
    feed.accept(1, "The first.\nThe second.\n")
    outcome = feed.accept(2, "\b" * 12)
    assert outcome.corrections == (Correction(2, None),)
    assert feed.accept(3, "Another.\n").lines == (Line(3, Piece("Another.")),)


def test_feed_tells_an_open_line_as_correction_until_it_is_finished():
    feed = Feed()
    feed.accept(1, "The tower is hihg.\n")
    assert feed.accept(2, "\b\b\b\bgh").corrections == (Correction(1, Piece("The tower is high")),)
    assert feed.draft is None
    assert feed.accept(3, " enough.\n").corrections == (Correction(1, Piece("The tower is high enough.")),)
    assert feed.accept(4, "Next").draft == Piece("Next")


def test_feed_repairs_a_repeat_that_the_sender_has_edited():
    feed = Feed()
    feed.accept(1, "We mee")
    outcome = feed.accept(1, "We met ther")
    assert (outcome.standing, outcome.draft) == ("repeat", Piece("We met ther"))


def test_feed_reports_a_gap_and_goes_on():
    feed = Feed()
    feed.accept(4, "one ")
    outcome = feed.accept(7, "two")
    assert (outcome.standing, outcome.missing, outcome.seq, outcome.draft) == ("new", 2, 7, Piece("one two"))


def test_feed_ignores_an_older_post_and_answers_the_last_number():
    feed = Feed()
    feed.accept(6, "six ")
    outcome = feed.accept(5, "five")
    assert (outcome.standing, outcome.seq, outcome.draft) == ("late", 6, Piece("six"))


@pytest.mark.parametrize("first", [0, 1])
def test_feed_begins_anew_when_the_sender_counts_from_the_beginning(first):
    feed = Feed()
    feed.accept(1, "Before the break")
    feed.accept(2, " we said")
    outcome = feed.accept(first, "\b\bAfter the break")
    assert outcome.standing == "restart"
    assert outcome.lines == (Line(1, Piece("Before the break we said")),)
    assert outcome.draft == Piece("After the break")
    assert feed.accept(first + 1, " ok").standing == "new"


def test_feed_tells_a_restart_from_a_repeat_of_the_first_post():
    feed = Feed()
    feed.accept(1, "Good morning")
    assert feed.accept(1, "Good morning").standing == "repeat"
    assert feed.accept(1, "We are back").standing == "restart"


def test_flush_makes_a_line_of_the_draft_and_what_is_glued_to_it_corrects_it():
    feed = Feed()
    feed.accept(1, "We bro")
    assert feed.flush().lines == (Line(1, Piece("We bro")),)
    assert feed.accept(2, "adcast").corrections == (Correction(1, Piece("We broadcast")),)


def test_feed_carries_speakers_and_marks():
    outcome = Feed().accept(1, ">> ANA: Good morning.\n[APPLAUSE]\n>> Thank you.\n")
    assert [line.piece for line in outcome.lines] == [
        Piece("Good morning.", "ANA", turn=True),
        Piece("[APPLAUSE]", "ANA", remark=True),
        Piece("Thank you.", turn=True),
    ]


@pytest.mark.parametrize(
    "flood", ["x" * 60_000, " " * 60_000, "(" * 60_000, ">" * 60_000, "a\b" * 30_000, ">> " * 20_000]
)
def test_feed_keeps_its_draft_short_whatever_comes(flood):
    feed = Feed()
    for seq in range(1, 4):
        draft = feed.accept(seq, flood).draft
        assert len(draft.text if draft else "") <= MAX_DRAFT
        assert len(feed._raw) <= MAX_DRAFT


def test_read_body_refuses_what_is_too_large_or_not_utf8():
    assert read_body("sí\b".encode()) == "sí\b"
    with pytest.raises(MalformedText) as caught:
        read_body(b"x" * 65_537)
    assert caught.value.code == "too_large"
    with pytest.raises(MalformedText) as caught:
        read_body(b"\xff")
    assert caught.value.code == "not_utf8"


@pytest.mark.parametrize("value", [None, "", "-1", "1.5", "one", "9" * 19])
def test_read_seq_refuses_what_is_no_number(value):
    with pytest.raises(MalformedText) as caught:
        read_seq(value)
    assert caught.value.code == "bad_seq"


def test_read_seq_reads_a_number():
    assert read_seq("42") == 42

from intercommunity.wire.text import zoom
from intercommunity.wire.text.pieces import Piece
from intercommunity.wire.text.streamtext import Line


def test_feed_begins_each_post_with_a_new_word():
    feed = zoom.feed()
    feed.accept(1, "I'M SENDING")
    assert feed.accept(2, "SEVERAL CAPTIONS.\n").lines == (Line(1, Piece("I'M SENDING SEVERAL CAPTIONS.")),)


def test_feed_begins_a_new_line_after_a_flush():
    feed = zoom.feed()
    feed.accept(1, "FIRST")
    feed.flush()
    outcome = feed.accept(2, "SECOND\n")
    assert (outcome.lines, outcome.corrections) == ((Line(2, Piece("SECOND")),), ())


def test_feed_glues_no_blank_before_a_full_stop():
    feed = zoom.feed()
    feed.accept(1, "WE ARE HERE")
    assert feed.accept(2, ". AND THERE").draft == Piece("WE ARE HERE. AND THERE")


def test_feed_does_not_double_a_retry():
    feed = zoom.feed()
    feed.accept(1, "ONE\n")
    assert feed.accept(1, "ONE\n").lines == ()


def test_answers_are_zooms():
    feed = zoom.feed()
    assert zoom.answer_seq(feed) == "0"
    feed.accept(12, "HELLO")
    assert zoom.answer_seq(feed) == "12"

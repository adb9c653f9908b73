import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.wire.text.cart import Parser, parse
from intercommunity.wire.text.pieces import Piece

WORDS = st.sampled_from(
    (
        *(">>", ">>>", "> ", " ", "\n", "\r\n", "\n\n", "[APPLAUSE]", "(no audio)", "(", "]", "\ufeff"),
        *("HELLO ", "THE TOWER STANDS. ", "It’s here, ", "¿QUÉ? ", "Dr. ", "well", ". ", "x" * 50 + " ", ""),
    )
)
NAMES = st.sampled_from(("ANA:", "ANA PÉREZ: ", "SO: "))
NAMELESS = st.lists(WORDS, max_size=60).map("".join)
TEXT = st.lists(WORDS | NAMES, max_size=60).map("".join)


def test_parse_finds_changes_of_speaker_glued_to_words():
    assert parse(">>>GOOD MORNING. JOSÉ.>>THANK YOU, AMINA.") == [
        Piece("GOOD MORNING. JOSÉ.", turn=True),
        Piece("THANK YOU, AMINA.", turn=True),
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (">> ANA PÉREZ: GOOD MORNING.", "ANA PÉREZ", "GOOD MORNING."),
        (">>THE MODERATOR: Hello.", "THE MODERATOR", "Hello."),
        (">> Dr. Luis O’Higgins: Hello.", "Dr. Luis O’Higgins", "Hello."),
        (">> María de la Paz: Hola.", "María de la Paz", "Hola."),
        (">> SO HERE IS MY POINT: WAIT.", None, "SO HERE IS MY POINT: WAIT."),
        (">> Hello. Next: the tower.", None, "Hello. Next: the tower."),
        (">> we say this: wait.", None, "we say this: wait."),
    ],
)
def test_parse_tells_names_from_clauses(text, speaker, words):
    assert parse(text) == [Piece(words, speaker, turn=True)]


def test_parse_carries_a_name_to_the_next_mark():
    long = "THE FIRST SENTENCE IS LONG ENOUGH FOR A LINE. "
    assert parse(f">> ANA: {long}{long}>> NOBODY KNOWS ME.") == [
        Piece(long.strip(), "ANA", turn=True),
        Piece(long.strip(), "ANA"),
        Piece("NOBODY KNOWS ME.", turn=True),
    ]


def test_parse_sets_remarks_apart_but_not_in_the_middle_of_a_sentence():
    assert parse("[MUSIC] GOOD DAY. (no audio) HE SAID (INAUDIBLE) AND LEFT [APPLAUSE]\n\n>> YES. [LAUGHTER]") == [
        Piece("[MUSIC]", remark=True),
        Piece("GOOD DAY."),
        Piece("(no audio)", remark=True),
        Piece("HE SAID (INAUDIBLE) AND LEFT"),
        Piece("[APPLAUSE]", remark=True),
        Piece("YES.", turn=True),
        Piece("[LAUGHTER]", remark=True),
    ]


def test_parse_joins_wrapped_lines_and_splits_paragraphs():
    assert parse("\ufeffONE LINE\r\nGOES ON\r\n\r\nANOTHER\rBEGINS") == [
        Piece("ONE LINE GOES ON"),
        Piece("ANOTHER BEGINS"),
    ]


def test_parse_leaves_a_single_sign_among_words():
    assert parse(">> ANA: a > b") == [Piece("a > b", "ANA", turn=True)]


@given(NAMELESS)
def test_parse_keeps_every_word_that_is_no_mark(text):
    said = "".join(piece.text for piece in parse(text))
    assert said.replace(" ", "") == re.sub(r">{2,}|\s", "", text.replace("\ufeff", ""))


@given(TEXT, st.lists(st.integers(0, 400), max_size=12))
def test_parser_finds_the_same_in_parts_as_in_the_whole(text, cuts):
    parser, found, at = Parser(), [], 0
    for cut in sorted({min(cut, len(text)) for cut in cuts}):
        found += parser.feed(text[at:cut])
        at = cut
    assert found + parser.feed(text[at:]) + parser.finish() == parse(text)


def test_parser_gives_a_line_as_soon_as_the_next_one_begins():
    parser = Parser()
    assert parser.feed("THE TOWER STANDS ON THE HILL ABOVE THE PORT.") == []
    assert parser.feed(" W") == [Piece("THE TOWER STANDS ON THE HILL ABOVE THE PORT.")]


def test_blanks_by_the_hundred_thousand_are_read_in_one_go():
    assert [piece.text for piece in parse("GOOD" + " " * 300_000 + "MORNING")] == ["GOOD", "MORNING"]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.wire.text import webvtt
from intercommunity.wire.text.control import clean
from intercommunity.wire.text.cues import Cue, cue_lines, pieces
from intercommunity.wire.text.errors import MalformedText
from intercommunity.wire.text.pieces import Piece

FILE = """\ufeffWEBVTT - of the forum\r
Kind: captions\r
\r
STYLE\r
::cue { color: red }\r
\r
NOTE nothing to see --> here\r
\r
first\r
00:01.000 --> 00:03.500 align:start line:0%\r
<v.loud Amina &amp; José>Good <i>morning</i>, <c.red>all</c>\r
of you &lt;3</v> (coughs)\r
\r
01:00:05.000 --> 01:00:06.000\r
<v José>Gracias.\r
<v Amina>Thank <00:05.500>you.\r
\r
100:00:00.000 --> 100:00:01.000\r
[APPLAUSE]\r
"""

ONE_LINE = st.text().map(clean)
NAME = st.none() | ONE_LINE.filter(bool)
TEXT = st.text().map(lambda text: "\n".join(cue_lines(text))).filter(bool)


@st.composite
def cues(draw):
    start = draw(st.integers(0, 10**9))
    end = start + draw(st.integers(1, 10**6))
    name = draw(st.none() | st.text("abc-19é ", min_size=1).map(clean).filter(bool))
    if name and webvtt._NO_CUES.match(name):
        name = None
    return Cue(start, end, draw(TEXT), draw(NAME), name, draw(st.sampled_from(["", "align:start line:0%"])))


def test_read_understands_everything_a_file_may_hold():
    assert webvtt.read(FILE) == [
        Cue(1000, 3500, "Good morning, all\nof you <3", "Amina & José", "first", "align:start line:0%"),
        Cue(1000, 3500, "(coughs)", None, "first", "align:start line:0%"),
        Cue(3_605_000, 3_606_000, "Gracias.", "José"),
        Cue(3_605_000, 3_606_000, "Thank you.", "Amina"),
        Cue(360_000_000, 360_001_000, "[APPLAUSE]"),
    ]


def test_pieces_say_where_the_speaker_changes():
    assert pieces(webvtt.read(FILE)) == [
        Piece("Good morning, all of you <3", "Amina & José", True, 1000, 3500),
        Piece("(coughs)", None, False, 1000, 3500, remark=True),
        Piece("Gracias.", "José", True, 3_605_000, 3_606_000),
        Piece("Thank you.", "Amina", True, 3_605_000, 3_606_000),
        Piece("[APPLAUSE]", None, False, 360_000_000, 360_001_000, remark=True),
    ]


@given(st.lists(cues(), max_size=5))
def test_write_then_read_gives_the_same_cues(written):
    assert webvtt.read(webvtt.write(written)) == written


def test_write_escapes_what_would_be_markup():
    cue = Cue(0, 1500, "a <b> & c\n\n--> d", "X > Y", "hub-9")
    assert webvtt.write([cue], ["X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000"]) == (
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n"
        "hub-9\n00:00:00.000 --> 00:00:01.500\n<v X &gt; Y>a &lt;b&gt; &amp; c\n--&gt; d\n"
    )


@pytest.mark.parametrize(
    ("text", "code", "line", "remedy"),
    [
        ("", "no_header", 1, "Write WEBVTT alone on the first line"),
        ("WEBVTTX\n\n", "no_header", 1, "Write WEBVTT"),
        ("1\n00:00:01,000 --> 00:00:02,000\nHi", "no_header", 1, "Write WEBVTT"),
        ("WEBVTT\n00:01.000 --> 00:02.000\nHi", "header_without_end", 2, "Leave an empty line"),
        ("WEBVTT\n\nHello there\n", "no_time", 3, "00:01:02.000 --> 00:01:05.500"),
        ("WEBVTT\n\nid\nHello there\n", "no_time", 3, "00:01:02.000 --> 00:01:05.500"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nHi", "bad_time", 3, "00:01:02.000 --> 00:01:05.500"),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nHi", "bad_time", 3, "Write it as"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nHi", "ends_before_start", 3, "Write the later time"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n3 < 4", "unclosed_tag", 5, "&lt;"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<script>x</script>", "unknown_tag", 4, "Take it out"),
    ],
)
def test_read_names_the_line_and_what_to_write_instead(text, code, line, remedy):
    with pytest.raises(MalformedText) as caught:
        webvtt.read(text)
    assert (caught.value.code, caught.value.line) == (code, line)
    assert remedy in caught.value.message
    assert str(caught.value).startswith(f"Line {line}: ")


def read_or_line(text):
    try:
        return webvtt.read(text)
    except MalformedText as error:
        return error.line


@given(st.text(st.sampled_from("WEBVTT\n0123:.-> <v>&;ab")))
def test_read_answers_anything_with_cues_or_malformed(text):
    for whole in (text, "WEBVTT\n\n" + text):
        found = read_or_line(whole)
        assert isinstance(found, int) or all(cue.end > cue.start for cue in found)


def test_number_too_long_for_a_character_is_none():
    [cue] = webvtt.read("WEBVTT\n\n00:01.000 --> 00:02.000\n&#65; &#" + "9" * 5000 + "; z\n")
    assert cue.text == "A \ufffd z"

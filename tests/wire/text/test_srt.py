"""Cues as SubRip files: numbered, timed, and with the speaker's name where it changes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from intercommunity.wire.text import srt
from intercommunity.wire.text.cues import Cue, cue_lines

TIMES = re.compile(r"(\d{2,}):(\d\d):(\d\d),(\d{3}) --> (\d{2,}):(\d\d):(\d\d),(\d{3})")
TEXT = st.text().map(lambda text: "\n".join(cue_lines(text))).filter(bool)


@st.composite
def cues(draw):
    start = draw(st.integers(0, 10**9))
    return Cue(start, start + draw(st.integers(1, 10**6)), draw(TEXT))


def read(text: str) -> list[tuple[str, int, int, str]]:
    """As players do: a number, a time and words, up to an empty line."""
    return [read_block(*block.split("\n", 2)) for block in text.removesuffix("\n").split("\n\n") if block]


def read_block(number: str, times: str, words: str) -> tuple[str, int, int, str]:
    found = [int(each) for each in TIMES.fullmatch(times).groups()]
    start, end = (((hours * 60 + minutes) * 60 + s) * 1000 + ms for hours, minutes, s, ms in (found[:4], found[4:]))
    return number, start, end, words


@given(st.lists(cues(), max_size=5))
def test_write_loses_no_word_and_no_time(written):
    assert read(srt.write(written)) == [
        (str(number), cue.start, cue.end, cue.text.replace("-->", "→")) for number, cue in enumerate(written, 1)
    ]


def test_write_names_the_speaker_where_it_changes():
    written = [Cue(0, 1000, "Hello.", "Amina"), Cue(1000, 2000, "a --> b", "Amina"), Cue(2000, 3000, "Sí.", "José")]
    assert srt.write(written) == (
        "1\n00:00:00,000 --> 00:00:01,000\nAmina: Hello.\n\n"
        "2\n00:00:01,000 --> 00:00:02,000\na → b\n\n"
        "3\n00:00:02,000 --> 00:00:03,000\nJosé: Sí.\n"
    )

"""Lines as cues, and the caption files."""

import shutil
import subprocess
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.meeting.captions.rules import Wording
from intercommunity.record.content import Said, Voice, gather
from intercommunity.record.cues import SHORTEST_MS, cues, utc, write_srt, write_webvtt
from intercommunity.wire.text import webvtt
from record.story import MADE_AT, START, told

CONTENT = gather(told().meeting, "log", MADE_AT, "1")
VOICES = {"": Voice("", "", "01"), "x": Voice("Xi --> <v>", "", "02")}


def said(start: int, end: int, text="Words.", track="en", voice="", *, remark=False) -> Said:
    words = {track: Wording(text, "hub-1")}
    start, end = START + start, START + end
    return Said(f"hub-{start}", track, start, end, "", voice, begins=False, remark=remark, wordings=words)


def times(*lines: Said) -> list[tuple[int, int]]:
    return [(cue.start, cue.end) for cue in cues(lines, "en", START, VOICES)]


def test_cue_counts_from_the_files_zero():
    assert times(said(3_000, 5_500)) == [(3_000, 5_500)]


def test_cue_lasts_long_enough_to_be_seen():
    assert times(said(3_000, 3_000)) == [(3_000, 4_000)]


def test_cue_does_not_outlast_its_words():
    assert times(said(0, 90_000_000)) == [(0, 10_000)]


def test_cue_makes_room_for_the_next():
    assert times(said(0, 5_000), said(4_000, 6_000)) == [(0, 4_000), (4_000, 6_000)]
    assert times(said(0, 5_000), said(200, 6_000)) == [(0, 1_000), (200, 6_000)]


spans = st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), max_size=20)


@given(spans)
def test_cues_are_bounded_and_in_order(pairs):
    lines = [said(start, start + lasts) for start, lasts in sorted(pairs)]
    found = times(*lines)
    assert [start for start, _ in found] == sorted(start for start, _ in pairs)
    assert all(SHORTEST_MS <= end - start <= 10_000 for start, end in found)
    overlaps = [one[1] - other[0] for one, other in pairwise(found)]
    assert all(overlap <= SHORTEST_MS for overlap in overlaps)


def test_untranslated_cue_names_its_language():
    (cue,) = cues([said(0, 2_000, "Hola", "es")], "en", START, VOICES)
    assert cue.text == "[es] Hola"


def test_remark_is_nobodys():
    (cue,) = cues([said(0, 2_000, "Applause", voice="x", remark=True)], "en", START, VOICES)
    assert (cue.speaker, cue.text) == (None, "[Applause]")


def test_webvtt_reads_back_what_was_hostile():
    text = "</v><script>\n\n99:99:99.000 --> bad & NOTE -->"
    body = write_webvtt([said(0, 2_000, text, voice="x")], "en", START, VOICES)
    (cue,) = webvtt.read(body)
    assert (cue.start, cue.end, cue.speaker) == (0, 2_000, "Xi --> <v>")
    assert cue.text.split() == text.split()


def test_webvtt_says_when_it_began_and_how_it_was_made():
    head = write_webvtt(CONTENT.lines, "es", CONTENT.zero, CONTENT.voices).split("\n\n")[0].split("\n")
    assert head == [
        "WEBVTT",
        "Language: es",
        "X-Start: 2026-09-21T14:13:29.000Z",
        "X-Made: written 3, machine_translated 2, missing 1 (apertium 2)",
    ]


def test_webvtt_without_a_line_is_still_one():
    assert webvtt.read(write_webvtt([], "en", START, VOICES)) == []


def test_srt_says_who_speaks_and_in_what_language_where_it_is_another():
    written = write_srt(CONTENT.lines, "en", CONTENT.zero, CONTENT.voices)
    assert [block.split("\n", 2)[2] for block in written.split("\n\n")][:3] == [
        "Ana Ruiz: Good afternoon, everyone.",
        "Today we speak of the river.",
        "[es] [Aplausos]",
    ]


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="there is no ffmpeg here")
def test_ffmpeg_finds_every_cue(tmp_path):
    path = tmp_path / "meeting.vtt"
    path.write_text(write_webvtt(CONTENT.lines, "en", CONTENT.zero, CONTENT.voices))
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "webvtt", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert len(webvtt.read(done.stdout)) == len(CONTENT.lines)


def test_utc_keeps_thousandths():
    assert utc(START + 7) == "2026-09-21T14:13:20.007Z"

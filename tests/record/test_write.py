"""A whole record: the same each time, quick, without secrets, and as it was read and found good."""

import os
import time
from pathlib import Path

import pytest

from intercommunity.meeting.access.commands import IssueLink
from intercommunity.meeting.actor import ORGANISER
from intercommunity.meeting.floor.commands import OpenSession
from intercommunity.meeting.meeting import Meeting, fold
from intercommunity.record.errors import RecordRefused
from intercommunity.record.write import Summary, write_record
from record.markup import broken_links, pages_in
from record.story import CAPTIONER, HOST, MADE_AT, Story, told

GOLDEN = Path(__file__).parent / "golden"
"""Renewed with RENEW_GOLDEN=1; the difference is then read."""

GOLDEN_FILES = (
    "record.json",
    "downloads/meeting.en.txt",
    "downloads/02-water.es.vtt",
    "downloads/meeting.en.srt",
    "en/index.html",
    "en/sessions/02-water.html",
    "en/questions.html",
)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_record_says_what_was_written(tmp_path):
    out = tmp_path / "record"
    summary = write_record(told().meeting, "log", out, MADE_AT, "0.9")
    files = files_in(out)
    size = sum(map(len, files.values())) - len(files["SHA256SUMS"])
    assert summary == Summary(str(out), len(files), size, ("en", "es"), 3, 6, 3, 4)


def test_same_log_gives_the_same_bytes(tmp_path):
    story = told()
    events = story.replica.logs.events
    write_record(story.meeting, "log", tmp_path / "one", MADE_AT, "0.9")
    write_record(fold(reversed(events)), "log", tmp_path / "other", MADE_AT, "0.9")
    assert files_in(tmp_path / "one") == files_in(tmp_path / "other")


def test_no_secret_and_nobodys_id_is_in_the_record(tmp_path):
    story = told()
    story.wish(IssueLink("SECRET-link", "host", "f" * 64, name="SECRET desk"), ORGANISER, 1_900_000)
    write_record(story.meeting, "log", tmp_path / "record", MADE_AT, "0.9")
    whole = b"".join(files_in(tmp_path / "record").values()).decode()
    people = list(story.meeting.access.people)
    asked = story.meeting.questions.by_id
    assert len(people) == 7
    assert [person for person in people if f'"{person}"' in whole and person not in asked] == []
    assert [secret for secret in story.meeting.access.holders if secret in whole] == []
    assert "SECRET" not in whole


def test_meeting_that_nobody_described_has_no_record(tmp_path):
    with pytest.raises(RecordRefused) as refused:
        write_record(Meeting(), "log", tmp_path / "record", MADE_AT, "0.9")
    assert refused.value.code == "meeting_undescribed"
    assert list(tmp_path.iterdir()) == []


def test_meeting_in_which_nothing_happened_has_a_record(tmp_path):
    out = tmp_path / "record"
    write_record(Story().meeting, "log", out, MADE_AT, "0.9")
    assert broken_links(out, pages_in(out)) == []


def test_record_is_as_it_was_found_good(tmp_path):
    out = tmp_path / "record"
    write_record(told().meeting, "log", out, MADE_AT, "0.9")
    for name in GOLDEN_FILES:
        kept = GOLDEN / name
        if os.environ.get("RENEW_GOLDEN"):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes((out / name).read_bytes())
        assert (out / name).read_text() == kept.read_text(), name


@pytest.mark.slow
def test_two_hours_in_two_languages_take_three_seconds(tmp_path):
    story = two_hours()
    began = time.process_time()
    summary = write_record(story.meeting, "log", tmp_path / "record", MADE_AT, "0.9")
    took = time.process_time() - began
    assert summary.lines == 4_000
    assert took < 3


def two_hours() -> Story:
    """4,000 lines, a speaker's turn every eight of them, nearly all translated."""
    story = Story()
    story.wish(OpenSession("welcome"), HOST, 0)
    story.wish(OpenSession("water"), HOST, 2_400_000)
    for number in range(4_000):
        start, said = number * 1_800, f"In line {number} somebody says twelve or so words about the river."
        turn = {"speaker": f"Speaker {number // 8 % 9}", "turn": True} if number % 8 == 0 else {}
        line = story.line("en", said, start, start + 1_700, CAPTIONER, **turn)
        if number % 40:
            story.translated(
                line, "es", f"En la línea {number} alguien dice unas doce palabras sobre el río.", start + 1_750
            )
    return story

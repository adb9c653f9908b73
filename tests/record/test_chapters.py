"""Chapters: by session, and in it by who spoke."""

from intercommunity.meeting.floor.commands import OpenSession
from intercommunity.record.chapters import Chapter, chapter_title, chapters_of
from intercommunity.record.content import gather
from intercommunity.record.reader import Reader
from record.story import HOST, MADE_AT, MEETING, START, Story


def content_of(story: Story):
    return gather(story.meeting, "log", MADE_AT, "0.9")


def story_of(*lines: tuple[str, int, int]) -> Story:
    """Speaker, begin and end (s) of each line, in the first session, which was opened at 0."""
    story = Story()
    story.wish(OpenSession("welcome"), HOST, 0)
    for speaker, begin, end in lines:
        story.line("en", "Words.", begin * 1000, end * 1000, speaker=speaker, turn=True)
    return story


def chapters(*lines: tuple[str, int, int]) -> list[tuple[int, str]]:
    return [((each.moment - START) // 1000, each.voice) for each in chapters_of(content_of(story_of(*lines)))]


def test_session_shares_its_chapter_with_who_speaks_at_once():
    assert chapters(("ana", 3, 20), ("tom", 20, 40)) == [(0, "ana"), (20, "tom")]


def test_session_in_which_nobody_speaks_at_once_has_a_chapter_of_its_own():
    assert chapters(("ana", 30, 50)) == [(0, ""), (30, "ana")]


def test_word_between_makes_no_chapter():
    assert chapters(("ana", 0, 20), ("tom", 20, 22), ("ana", 22, 40), ("tom", 40, 60)) == [(0, "ana"), (40, "tom")]


def test_several_lines_together_are_long_enough():
    assert chapters(("ana", 0, 20), ("tom", 20, 23), ("tom", 23, 26)) == [(0, "ana"), (20, "tom")]


def test_session_without_a_line_is_a_chapter():
    content = content_of(story_of())
    assert chapters_of(content) == [Chapter(START, "welcome")]


def test_titles_are_plain_and_in_the_readers_language():
    content = content_of(story_of(("Zoë <b>", 3, 20)))
    titles = [chapter_title(each, Reader("es", MEETING), content) for each in chapters_of(content)]
    assert titles == ["Bienvenida · Zoë <b>"]

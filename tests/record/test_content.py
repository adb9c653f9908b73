"""What a record tells of a meeting."""

import pytest

from intercommunity.meeting.access.commands import BlockPerson
from intercommunity.meeting.floor.commands import OpenSession
from intercommunity.meeting.questions import commands as question
from intercommunity.record.content import Content, Unpublished, gather, nearest
from record.story import HOST, MADE_AT, START, Story, told


@pytest.fixture(scope="module")
def content() -> Content:
    return gather(told().meeting, "log", MADE_AT, "1")


def gathered(story: Story) -> Content:
    return gather(story.meeting, "log", MADE_AT, "1")


def test_line_belongs_to_the_session_that_ran(content):
    assert [(held.id, len(held.lines)) for held in content.sessions] == [("welcome", 3), ("water", 3), ("songs", 0)]


def test_session_counts_from_a_line_before_its_opening(content):
    welcome, water, songs = content.sessions
    assert (welcome.opened - START, welcome.zero - START) == (10_000, 9_000)
    assert (water.opened, water.closed) == (water.zero, START + 1_700_000)
    assert (songs.opened, songs.zero, songs.planned) == (0, 0, START + 2_400_000)


def test_lines_outside_any_session_have_a_place():
    story = Story()
    story.line("en", "Testing.", 1_000, 2_000)
    assert [(held.id, len(held.lines)) for held in gathered(story).sessions if held.lines] == [("", 1)]


def test_session_that_left_the_agenda_keeps_its_lines():
    story = Story()
    story.wish(OpenSession("songs"), HOST, 1_000)
    story.line("en", "La la.", 2_000, 3_000)
    story.meeting.agenda.description = MEETING_WITHOUT_SESSIONS
    assert [(held.id, held.title, len(held.lines)) for held in gathered(story).sessions] == [("songs", {}, 1)]


def test_speaker_is_known_by_id_and_by_name_and_goes_on(content):
    assert [line.voice for line in content.lines] == ["ana", "ana", "ana", "tom", "tom", ""]
    assert [line.begins for line in content.lines] == [True, False, False, True, False, True]


def test_nearest_line_is_the_one_that_began_closest(content):
    assert nearest(content.lines, START + 605_500).id == content.lines[-1].id
    assert nearest(content.lines, 0) is content.lines[0]
    assert nearest(content.lines, MADE_AT) is content.lines[-1]
    assert nearest((), START) is None


def test_questions_published_are_those_that_everybody_could_see(content):
    assert [asked.question.text for asked in content.questions] == [
        "Who measures the rain?",
        "¿Habrá actas?\n¿Y dónde?",
        "Wie tief ist der Fluss?",
    ]
    assert content.unpublished == Unpublished(waiting=1, declined=1, withdrawn=1, blocked=1, merged=1)


def test_merged_question_counts_with_the_one_that_stands_for_it(content):
    asked = content.questions[0]
    assert (asked.votes, asked.askers) == (3, 2)


def test_answered_question_of_a_blocked_person_stays():
    story = Story()
    person = story.joined(1_000, name="Rita")
    asked = story.wish(question.AskQuestion("Why?", "en"), person, 2_000)
    story.wish(question.ApproveQuestion(asked), HOST, 3_000)
    story.wish(question.StageQuestion(asked), HOST, 4_000)
    story.wish(question.MarkAnswered(asked), HOST, 5_000)
    story.wish(BlockPerson(person.person), HOST, 6_000)
    assert [each.question.id for each in gathered(story).questions] == [asked]


def test_attendance_is_the_highest_there_was(content):
    attendance = content.attendance
    assert attendance.most.people == 140
    assert attendance.most.countries == {"NG": 80, "CL": 40, "": 20, "NZ": 60}
    assert attendance.joined == {"": 4, "CL": 1, "NG": 1, "NZ": 1}
    assert attendance.rooms == {"lagos": 31}


MEETING_WITHOUT_SESSIONS = type(Story().meeting.description)(
    slug="spring-forum", title={"en": "Spring forum"}, starts=START, languages=("en", "es")
)

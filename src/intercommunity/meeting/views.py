"""Topics: which there are, which of them an event touches, and what an audience sees of each.

A topic is a name by which viewers keep one view: `floor`, `questions/hub-17`. Small topics are sent whole. The
captions of a track, `captions/es`, are a long topic and grow by lines. `me` is each person's own.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from msgspec import field
from msgspec.structs import replace

from intercommunity.meeting.access import events as access_fact
from intercommunity.meeting.access.rules import actor_of, person_of_link
from intercommunity.meeting.access.view import view_blocked
from intercommunity.meeting.actor import Role
from intercommunity.meeting.agenda import events as agenda_fact
from intercommunity.meeting.agenda.view import view_glossary, view_meeting
from intercommunity.meeting.captions import events as captions_fact
from intercommunity.meeting.captions.view import LinesView, LineView, view_line, view_track
from intercommunity.meeting.floor import events as floor_fact
from intercommunity.meeting.floor.view import view_floor
from intercommunity.meeting.kinds import Fact, View
from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.nodes import events as nodes_fact
from intercommunity.meeting.nodes.view import view_nodes
from intercommunity.meeting.polls import events as polls_fact
from intercommunity.meeting.polls.view import view_own_ballots, view_poll
from intercommunity.meeting.questions import events as questions_fact
from intercommunity.meeting.questions.view import OwnView, QuestionView, view_own, view_question

EVERYTHING = "everything"
"""A touch that means: what was sent before is void, start again from `now`."""


class Audience(NamedTuple):
    """Viewers who are sent the same: one role, reading the same languages, the first of them above all."""

    role: Role
    languages: tuple[str, ...]

    @property
    def language(self) -> str:
        return self.languages[0] if self.languages else ""


class Touch(NamedTuple):
    """What an event changes: a topic; for a long topic the line, for `me` the person."""

    topic: str
    part: str = ""


class MeView(View, frozen=True):
    """Who one person is here, and what they did. `languages`: those of their work or choice; none: all."""

    person: str
    name: str = ""
    role: str = ""
    languages: tuple[str, ...] = ()
    node: str = ""
    asked: tuple[QuestionView, ...] = ()
    voted: tuple[str, ...] = ()
    ballots: dict[str, int] = field(default_factory=dict)
    blocked: bool = False


def touched(meeting: Meeting, event: Event) -> Iterator[Touch]:
    """What an event changes, asked after it was applied; more may be named than really changed, never less."""
    fact = event.fact
    topics = _TOUCHES.get(type(fact))
    if topics is not None:
        yield from (Touch(topic) for topic in topics)
    elif isinstance(fact, agenda_fact.MeetingDescribed):
        yield from (Touch("meeting"), Touch("glossary"))
    elif isinstance(fact, captions_fact.LineWritten):
        yield Touch(f"captions/{fact.track}", event.id)
    elif isinstance(fact, captions_fact.LineTranslated | captions_fact.LineCorrected):
        yield Touch(f"captions/{fact.track}", fact.line)
    elif isinstance(fact, captions_fact.LineAttributed | captions_fact.LineRetimed | captions_fact.LineStruck):
        yield from (Touch(f"captions/{track}", fact.line) for track in meeting.description.languages)
    elif isinstance(fact, polls_fact.PollOpened):
        yield Touch(f"polls/{event.id}")
    elif isinstance(fact, polls_fact.BallotCast | polls_fact.PollClosed | polls_fact.CloseHeard):
        yield from _touched_by_poll(fact)
    elif isinstance(fact, _AccessFact):
        yield from _touched_by_access(fact, event.id)
    elif isinstance(fact, questions_fact.QuestionAsked):
        yield from (Touch(f"questions/{event.id}"), Touch("me", fact.person))
    else:
        yield from _touched_by_question(meeting, fact)


_TOUCHES: dict[type[Fact], tuple[str, ...]] = {
    agenda_fact.MeetingEnded: ("meeting",),
    agenda_fact.StartedOver: (EVERYTHING,),
    access_fact.LinkRevoked: (),
    floor_fact.SessionOpened: ("floor",),
    floor_fact.SessionClosed: ("floor",),
    floor_fact.FloorGiven: ("floor",),
    nodes_fact.NodeReported: ("nodes",),
    nodes_fact.AttendanceCounted: (),
}


_AccessFact = (
    access_fact.LinkIssued | access_fact.PersonJoined | access_fact.PersonBlocked | access_fact.PersonUnblocked
)


def _touched_by_access(fact: _AccessFact, event: str) -> Iterator[Touch]:
    if isinstance(fact, access_fact.LinkIssued):
        yield Touch("me", person_of_link(fact.link))
    elif isinstance(fact, access_fact.PersonJoined):
        yield Touch("me", event)
    else:
        yield from (Touch("blocked"), Touch("me", fact.person))


def _touched_by_poll(
    fact: polls_fact.BallotCast | polls_fact.PollClosed | polls_fact.CloseHeard,
) -> Iterator[Touch]:
    yield Touch(f"polls/{fact.poll}")
    if isinstance(fact, polls_fact.BallotCast):
        yield Touch("me", fact.person)


def _touched_by_question(meeting: Meeting, fact: Any) -> Iterator[Touch]:
    """The question, those it is merged with, what leaves the stage for it, and those who asked or voted."""
    questions = meeting.questions
    touched_ids = set(_line_of(meeting, fact.question))
    if isinstance(fact, questions_fact.QuestionMerged | questions_fact.QuestionSplit):
        touched_ids |= set(_line_of(meeting, fact.into))
    if isinstance(fact, questions_fact.QuestionStaged):
        touched_ids |= {each.id for each in questions.by_id.values() if each.staged_at}
    for each in sorted(touched_ids):
        yield Touch(f"questions/{each}")
    people = {questions.by_id[each].person for each in touched_ids if each in questions.by_id}
    if isinstance(fact, questions_fact.QuestionMerged | questions_fact.QuestionSplit):
        people |= set().union(*(questions.voters(each) for each in touched_ids))
    if isinstance(fact, questions_fact.VoteCast | questions_fact.VoteWithdrawn):
        people.add(fact.person)
    for person in sorted(people):
        yield Touch("me", person)


def _line_of(meeting: Meeting, question: str) -> Iterator[str]:
    """A question and, upwards, all that stand for it."""
    while question:
        yield question
        found = meeting.questions.by_id.get(question)
        question = found.merged_into if found else ""


def topics(meeting: Meeting) -> Iterator[str]:
    """Every small topic there is, without `me`; not every audience sees something of each."""
    yield from ("meeting", "floor", "nodes", "glossary", "blocked")
    yield from (f"questions/{each}" for each in meeting.questions.by_id)
    yield from (f"polls/{each}" for each in meeting.polls.by_id)


def view(meeting: Meeting, topic: str, audience: Audience) -> View | None:
    """What an audience sees of a small topic; None: nothing (any more), or no such topic."""
    feature, _, thing = topic.partition("/")
    viewer = _VIEWERS.get(feature)
    return viewer(meeting, thing, audience) if viewer else None


def _view_question(meeting: Meeting, question: str, audience: Audience) -> QuestionView | None:
    """A question, in which whoever decided it has a name."""
    shown = view_question(meeting.questions, question, audience.role, audience.language)
    if shown is None or not shown.decided_by:
        return shown
    actor = actor_of(meeting.access, shown.decided_by)
    return replace(shown, decided_by=actor.name if actor else "")


_VIEWERS: dict[str, Callable[[Meeting, str, Audience], View | None]] = {
    "meeting": lambda m, _thing, _audience: view_meeting(m.agenda),
    "glossary": lambda m, _thing, audience: view_glossary(m.agenda, audience.role),
    "floor": lambda m, _thing, _audience: view_floor(m.floor),
    "nodes": lambda m, _thing, audience: view_nodes(m.nodes, audience.role),
    "blocked": lambda m, _thing, audience: view_blocked(m.access, audience.role),
    "questions": _view_question,
    "polls": lambda m, thing, audience: view_poll(m.polls, thing, audience.role),
}


def view_me(meeting: Meeting, person: str, language: str) -> MeView:
    own: OwnView = view_own(meeting.questions, person, language)
    actor = actor_of(meeting.access, person)
    return MeView(
        person=person,
        name=actor.name if actor else "",
        role=actor.role if actor else "",
        languages=actor.languages if actor else (),
        node=actor.node if actor else "",
        asked=own.asked,
        voted=own.voted,
        ballots=view_own_ballots(meeting.polls, person),
        blocked=person in meeting.access.blocked,
    )


def view_captions_line(meeting: Meeting, topic: str, line: str) -> LineView | None:
    return view_line(meeting.captions, topic.removeprefix("captions/"), line)


def view_captions(meeting: Meeting, track: str) -> LinesView:
    return view_track(meeting.captions, track)

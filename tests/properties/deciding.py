"""The law of deciding: what is granted is so afterwards, what is refused changes nothing; decide itself never does."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from intercommunity.meeting.access import commands as access
from intercommunity.meeting.access.rules import who_holds
from intercommunity.meeting.actor import Actor, Role
from intercommunity.meeting.agenda import commands as agenda
from intercommunity.meeting.captions import commands as captions
from intercommunity.meeting.floor import commands as floor
from intercommunity.meeting.floor.rules import Turn
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting, decide
from intercommunity.meeting.nodes import commands as nodes
from intercommunity.meeting.nodes.rules import Report
from intercommunity.meeting.polls import commands as polls
from intercommunity.meeting.questions import commands as questions
from intercommunity.meeting.questions.question import Question, Status
from intercommunity.meeting.refusal import Refused
from properties import wishes
from properties.canonical import canonical
from properties.law import Law
from properties.rooms import Rooms, Wish, World, worlds


def check_deciding(world: World, _seed: int) -> None:
    rooms = Rooms(wishes.EVERYTHING)
    for step in world:
        before = canonical(rooms.meeting(step.node)) if isinstance(step, Wish) else None
        granted = rooms.take(step)
        if not granted or not isinstance(step, Wish):
            continue
        meeting = rooms.meeting(step.node)
        if granted.refused or not granted.events:
            assert canonical(meeting) == before
        if not granted.refused:
            check = GRANTED[type(granted.command)]
            assert check(meeting, granted.command, granted.actor, granted.events), granted
            _check_decide_changes_nothing(rooms, step.node, granted.command, granted.actor)


def _check_decide_changes_nothing(rooms: Rooms, node: int, command: Command, actor: Actor) -> None:
    """Asked once more, whatever it says now."""
    before = canonical(rooms.meeting(node))
    with suppress(Refused):
        decide(rooms.meeting(node), command, actor, rooms.now(node), rooms.names[node])
    assert canonical(rooms.meeting(node)) == before


Check = Callable[[Meeting, Any, Actor, list[Event]], bool]


def _question(meeting: Meeting, command: Any) -> Question:
    return meeting.questions.by_id[command.question]


def _status(status: Status) -> Check:
    return lambda meeting, command, _actor, _events: _question(meeting, command).status is status


def _works(meeting: Meeting, token_hash: str) -> Actor | None:
    try:
        return who_holds(meeting.access, token_hash, wishes.START)
    except Refused:
        return None


def _issued(meeting: Meeting, command: access.IssueLink, _actor: Actor, _events: list[Event]) -> bool:
    """A secret that was revoked once never works again."""
    actor = _works(meeting, command.token_hash)
    if command.token_hash in meeting.access.revoked:
        return actor is None
    return actor is not None and (actor.role, actor.name) == (Role(command.role), command.name)


def _joined(meeting: Meeting, command: access.Join, _actor: Actor, events: list[Event]) -> bool:
    actor = _works(meeting, command.token_hash)
    return actor is not None and (actor.person, actor.name) == (events[0].id, command.name)


def _opened(meeting: Meeting, command: floor.OpenSession, _actor: Actor, _events: list[Event]) -> bool:
    still_open = [session for session, span in meeting.floor.spans.items() if not span.closed]
    return meeting.floor.session == command.session and still_open == [command.session]


def _closed(meeting: Meeting, command: floor.CloseSession, _actor: Actor, _events: list[Event]) -> bool:
    floor_taken_back = meeting.floor.turn() == Turn(since=meeting.floor.turn().since)
    return not meeting.floor.session and bool(meeting.floor.spans[command.session].closed) and floor_taken_back


def _given(meeting: Meeting, command: floor.GiveFloor, _actor: Actor, _events: list[Event]) -> bool:
    turn = meeting.floor.turn()
    return (turn.speaker, turn.language, turn.node) == (command.speaker, command.language, command.node)


def _written(meeting: Meeting, command: captions.WriteLine, _actor: Actor, events: list[Event]) -> bool:
    line = meeting.captions.lines[events[0].id]
    in_order = [place[2] for place in meeting.captions.order].count(line.id) == 1
    return line.said().text == command.text and line.start <= line.end and in_order


def _translated(meeting: Meeting, command: captions.TranslateLine, _actor: Actor, _events: list[Event]) -> bool:
    """Unless a person's words stand there."""
    wording = meeting.captions.lines[command.line].wordings[command.track]
    return not wording.machine or wording.text == command.text


def _corrected(meeting: Meeting, command: captions.CorrectLine, _actor: Actor, _events: list[Event]) -> bool:
    wording = meeting.captions.lines[command.line].wordings[command.track]
    return (wording.text, wording.machine) == (command.text, "")


def _retimed(meeting: Meeting, command: captions.RetimeLine, _actor: Actor, _events: list[Event]) -> bool:
    line = meeting.captions.lines[command.line]
    places = [place[:1] for place in meeting.captions.order if place[2] == line.id]
    return (line.start, line.end) == (command.start, command.end) and places == [(command.start,)]


def _struck(meeting: Meeting, command: captions.StrikeLine, _actor: Actor, _events: list[Event]) -> bool:
    standing = {place[2] for place in meeting.captions.order} | set(meeting.captions.lines)
    return command.line not in standing


def _asked(meeting: Meeting, command: questions.AskQuestion, actor: Actor, events: list[Event]) -> bool:
    question = meeting.questions.by_id[events[0].id]
    openly = meeting.description.questions.policy == "open"
    return (question.text, question.person) == (command.text, actor.person) and question.status is (
        Status.APPROVED if openly else Status.WAITING
    )


def _merged(meeting: Meeting, command: questions.MergeQuestion, _actor: Actor, _events: list[Event]) -> bool:
    into = meeting.questions.root(command.into)
    return meeting.questions.root(command.question) == into != command.question


def _moved(meeting: Meeting, command: questions.MoveQuestion, _actor: Actor, _events: list[Event]) -> bool:
    """A question that is in the queue stands where it was wished to."""
    queue = [each.id for each in meeting.questions.queue()]
    if command.question not in queue:
        return True
    place = queue.index(command.question)
    return queue[place + 1 : place + 2] == ([command.before] if command.before else [])


def _translation(meeting: Meeting, command: questions.TranslateQuestion, _actor: Actor, _events: list[Event]) -> bool:
    found = _question(meeting, command).translations.get(command.language)
    if found is None:  # a withdrawn question keeps as it is
        return _question(meeting, command).status is Status.WITHDRAWN
    return found.text == command.text or bool(command.machine and not found.machine) or _withdrawn(meeting, command)


def _reply_translation(meeting: Meeting, command: questions.TranslateReply, _actor: Actor, _events: Any) -> bool:
    reply = _question(meeting, command).reply
    found = reply.translations.get(command.language) if reply else None
    stands = found is not None and (found.text == command.text or bool(command.machine and not found.machine))
    return stands or _withdrawn(meeting, command)


def _withdrawn(meeting: Meeting, command: Any) -> bool:
    return _question(meeting, command).status is Status.WITHDRAWN


def _voted(meeting: Meeting, command: Any, actor: Actor, _events: list[Event]) -> bool:
    return actor.person in meeting.questions.voters(meeting.questions.root(command.question))


def _started_over(meeting: Meeting, *_: Any) -> bool:
    parts = (meeting.captions.lines, meeting.questions.by_id, meeting.polls.by_id, meeting.floor.spans)
    return not any(parts) and not meeting.agenda.ended


GRANTED: dict[type[Command], Check] = {
    agenda.DescribeMeeting: lambda m, c, _a, _e: m.description == c.description,
    agenda.StartOver: _started_over,
    agenda.EndMeeting: lambda m, _c, _a, _e: m.agenda.ended > 0,
    access.IssueLink: _issued,
    access.RevokeLink: lambda m, c, _a, _e: _works(m, m.access.links[c.link]) is None,
    access.Join: _joined,
    access.BlockPerson: lambda m, c, _a, _e: c.person in m.access.blocked,
    access.UnblockPerson: lambda m, c, _a, _e: c.person not in m.access.blocked,
    floor.OpenSession: _opened,
    floor.CloseSession: _closed,
    floor.GiveFloor: _given,
    captions.WriteLine: _written,
    captions.TranslateLine: _translated,
    captions.CorrectLine: _corrected,
    captions.AttributeLine: lambda m, c, _a, _e: m.captions.lines[c.line].speaker == c.speaker,
    captions.RetimeLine: _retimed,
    captions.StrikeLine: _struck,
    questions.AskQuestion: _asked,
    questions.WithdrawQuestion: _status(Status.WITHDRAWN),
    questions.ApproveQuestion: _status(Status.APPROVED),
    questions.DeclineQuestion: lambda m, c, _a, _e: (
        (_question(m, c).status, _question(m, c).reason) == (Status.DECLINED, c.reason)
    ),
    questions.MergeQuestion: _merged,
    questions.SplitQuestion: lambda m, c, _a, _e: not _question(m, c).merged_into,
    questions.MoveQuestion: _moved,
    questions.StageQuestion: _status(Status.STAGED),
    questions.UnstageQuestion: lambda m, c, _a, _e: (
        _question(m, c).status in (Status.APPROVED, Status.ANSWERED) and m.questions.staged() is None
    ),
    questions.MarkAnswered: _status(Status.ANSWERED),
    questions.ReplyToQuestion: lambda m, c, _a, _e: (
        (reply := _question(m, c).reply) is not None and (reply.text, reply.language) == (c.text, c.language)
    ),
    questions.TranslateQuestion: _translation,
    questions.TranslateReply: _reply_translation,
    questions.VoteFor: _voted,
    questions.WithdrawVote: lambda m, c, a, e: not _voted(m, c, a, e),
    polls.OpenPoll: lambda m, c, _a, e: m.polls.by_id[e[0].id].options == c.options,
    polls.CastBallot: lambda m, c, a, _e: m.polls.standing(c.poll, a.person) == c.option,
    polls.ClosePoll: lambda m, c, _a, _e: m.polls.by_id[c.poll].closed_at > 0,
    polls.HearClose: lambda m, c, _a, e: (
        not m.polls.by_id[c.poll].closed_at or not e or e[0].stamp.node in m.polls.by_id[c.poll].heard
    ),
    nodes.ReportNode: lambda m, c, _a, _e: (
        m.nodes.reports[c.node] == Report(c.people, c.state, m.nodes.reports[c.node].at, c.note)
        and m.nodes.most_in_rooms[c.node] >= c.people
    ),
    nodes.CountAttendance: lambda m, c, _a, _e: m.nodes.last.people == c.people <= m.nodes.most.people,
}

DECIDING = Law(worlds(wishes.LIVELY, most=40), check_deciding, 300)

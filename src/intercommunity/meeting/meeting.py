"""The whole state of a meeting: decide, apply, fold, and what an event touches; features meet only here."""

from collections.abc import Callable, Iterable
from typing import Any

from intercommunity.meeting.access import commands as access_wish
from intercommunity.meeting.access import events as access_fact
from intercommunity.meeting.access import rules as access
from intercommunity.meeting.actor import Actor
from intercommunity.meeting.agenda import commands as agenda_wish
from intercommunity.meeting.agenda import events as agenda_fact
from intercommunity.meeting.agenda import rules as agenda
from intercommunity.meeting.captions import commands as captions_wish
from intercommunity.meeting.captions import events as captions_fact
from intercommunity.meeting.captions import rules as captions
from intercommunity.meeting.commands import ensure_may
from intercommunity.meeting.description import HUB, Description
from intercommunity.meeting.floor import commands as floor_wish
from intercommunity.meeting.floor import events as floor_fact
from intercommunity.meeting.floor import rules as floor
from intercommunity.meeting.kinds import Command, Fact
from intercommunity.meeting.log import Event
from intercommunity.meeting.nodes import commands as nodes_wish
from intercommunity.meeting.nodes import events as nodes_fact
from intercommunity.meeting.nodes import rules as nodes
from intercommunity.meeting.polls import commands as polls_wish
from intercommunity.meeting.polls import events as polls_fact
from intercommunity.meeting.polls import rules as polls
from intercommunity.meeting.questions import apply as questions_apply
from intercommunity.meeting.questions import commands as questions_wish
from intercommunity.meeting.questions import events as questions_fact
from intercommunity.meeting.questions import rules as questions
from intercommunity.meeting.questions.question import Questions


class Meeting:
    """Changed in place by `apply` only. `wishes` remembers, by actor and key, what a repeatable wish led to."""

    __slots__ = ("access", "agenda", "captions", "floor", "nodes", "polls", "questions", "wishes")

    def __init__(self) -> None:
        self.agenda = agenda.Agenda()
        self.access = access.Access()
        self.wishes: dict[tuple[str, str], tuple[str, ...]] = {}
        self.forget()

    def forget(self) -> None:
        """Drop all that was said, asked and counted."""
        self.floor = floor.Floor()
        self.captions = captions.Captions()
        self.questions = Questions()
        self.polls = polls.Polls()
        self.nodes = nodes.Nodes()

    def copy(self) -> "Meeting":
        copied = Meeting()
        for part in ("agenda", "access", "floor", "captions", "questions", "polls", "nodes"):
            setattr(copied, part, getattr(self, part).copy())
        copied.wishes = dict(self.wishes)
        return copied

    @property
    def description(self) -> Description:
        return self.agenda.description


def decide(meeting: Meeting, command: Command, actor: Actor, now: int, node: str = HUB) -> list[Fact]:
    """What follows from a wish: facts, perhaps none where it is so already.

    `now` is ms UTC, `node` the node that decides. Raises `Refused`. Changes nothing.
    """
    ensure_may(actor, command)
    if type(command) in _TAKING_PART:
        access.ensure_not_blocked(meeting.access, actor)
        agenda.ensure_running(meeting.agenda)
    return _DECIDERS[type(command)](meeting, command, actor, now, node)


_TAKING_PART = frozenset(
    {questions_wish.AskQuestion, questions_wish.VoteFor, questions_wish.WithdrawVote, polls_wish.CastBallot}
)

Decider = Callable[[Meeting, Any, Actor, int, str], list[Fact]]

_DECIDERS: dict[type[Command], Decider] = {
    agenda_wish.DescribeMeeting: lambda m, c, _a, _t, _n: agenda.describe_meeting(m.agenda, c),
    agenda_wish.StartOver: lambda m, c, _a, _t, _n: agenda.start_over(m.agenda, c),
    agenda_wish.EndMeeting: lambda m, c, _a, _t, _n: agenda.end_meeting(m.agenda, c),
    access_wish.IssueLink: lambda m, c, _a, _t, _n: access.issue_link(m.access, c),
    access_wish.RevokeLink: lambda m, c, _a, _t, _n: access.revoke_link(m.access, c),
    access_wish.Join: lambda m, c, a, _t, _n: access.join(m.access, c, a, m.description),
    access_wish.BlockPerson: lambda m, c, _a, _t, _n: access.block_person(m.access, c),
    access_wish.UnblockPerson: lambda m, c, _a, _t, _n: access.unblock_person(m.access, c),
    floor_wish.OpenSession: lambda m, c, _a, _t, _n: floor.open_session(m.floor, c, m.description),
    floor_wish.CloseSession: lambda m, c, _a, _t, _n: floor.close_session(m.floor, c, m.description),
    floor_wish.GiveFloor: lambda m, c, _a, _t, _n: floor.give_floor(m.floor, c, m.description),
    captions_wish.WriteLine: lambda m, c, a, t, _n: captions.write_line(m.captions, c, a, t, m.description),
    captions_wish.TranslateLine: lambda m, c, _a, _t, _n: captions.translate_line(m.captions, c, m.description),
    captions_wish.CorrectLine: lambda m, c, a, _t, _n: captions.correct_line(m.captions, c, a, m.description),
    captions_wish.AttributeLine: lambda m, c, _a, _t, _n: captions.attribute_line(m.captions, c),
    captions_wish.RetimeLine: lambda m, c, _a, _t, _n: captions.retime_line(m.captions, c),
    captions_wish.StrikeLine: lambda m, c, _a, _t, _n: captions.strike_line(m.captions, c),
    questions_wish.AskQuestion: lambda m, c, a, t, _n: questions.ask_question(m.questions, c, a, t, m.description),
    questions_wish.WithdrawQuestion: lambda m, c, a, _t, _n: questions.withdraw_question(m.questions, c, a),
    questions_wish.ApproveQuestion: lambda m, c, _a, _t, _n: questions.approve_question(m.questions, c),
    questions_wish.DeclineQuestion: lambda m, c, _a, _t, _n: questions.decline_question(m.questions, c),
    questions_wish.MergeQuestion: lambda m, c, _a, _t, _n: questions.merge_question(m.questions, c),
    questions_wish.SplitQuestion: lambda m, c, _a, _t, _n: questions.split_question(m.questions, c),
    questions_wish.MoveQuestion: lambda m, c, _a, _t, _n: questions.move_question(m.questions, c),
    questions_wish.StageQuestion: lambda m, c, _a, _t, _n: questions.stage_question(m.questions, c),
    questions_wish.UnstageQuestion: lambda m, c, _a, _t, _n: questions.unstage_question(m.questions, c),
    questions_wish.MarkAnswered: lambda m, c, _a, t, _n: questions.mark_answered(m.questions, c, t),
    questions_wish.ReplyToQuestion: lambda m, c, _a, _t, _n: questions.reply_to_question(m.questions, c),
    questions_wish.TranslateQuestion: lambda m, c, a, _t, _n: questions.translate_question(m.questions, c, a),
    questions_wish.TranslateReply: lambda m, c, a, _t, _n: questions.translate_reply(m.questions, c, a),
    questions_wish.VoteFor: lambda m, c, a, _t, _n: questions.vote_for(m.questions, c, a),
    questions_wish.WithdrawVote: lambda m, c, a, _t, _n: questions.withdraw_vote(m.questions, c, a),
    polls_wish.OpenPoll: lambda m, c, _a, _t, _n: polls.open_poll(c, m.description),
    polls_wish.CastBallot: lambda m, c, a, _t, n: polls.cast_ballot(m.polls, c, a, n),
    polls_wish.ClosePoll: lambda m, c, _a, _t, _n: polls.close_poll(m.polls, c),
    polls_wish.HearClose: lambda m, c, _a, _t, n: polls.hear_close(m.polls, c, n),
    nodes_wish.ReportNode: lambda m, c, a, _t, _n: nodes.report_node(m.nodes, c, a, m.description),
    nodes_wish.CountAttendance: lambda m, c, _a, _t, _n: nodes.count_attendance(m.nodes, c),
}


def apply(meeting: Meeting, event: Event) -> None:
    """What an event means for the state; it refuses none. Events come in order of their stamps."""
    if event.key:
        wish = (event.actor, event.key)
        meeting.wishes[wish] = (*meeting.wishes.get(wish, ()), event.id)
    _APPLIERS[type(event.fact)](meeting, event.fact, event)


Applier = Callable[[Meeting, Any, Event], None]

_APPLIERS: dict[type[Fact], Applier] = {
    agenda_fact.MeetingDescribed: lambda m, f, e: agenda.apply_described(m.agenda, f, e.stamp.node),
    agenda_fact.StartedOver: lambda m, _f, _e: _start_over(m),
    agenda_fact.MeetingEnded: lambda m, _f, e: agenda.apply_ended(m.agenda, e.at),
    access_fact.LinkIssued: lambda m, f, _e: access.apply_link_issued(m.access, f),
    access_fact.LinkRevoked: lambda m, f, _e: access.apply_link_revoked(m.access, f),
    access_fact.PersonJoined: lambda m, f, e: access.apply_person_joined(m.access, f, e.id),
    access_fact.PersonBlocked: lambda m, f, _e: access.apply_person_blocked(m.access, f),
    access_fact.PersonUnblocked: lambda m, f, _e: access.apply_person_unblocked(m.access, f),
    floor_fact.SessionOpened: lambda m, f, e: floor.apply_session_opened(m.floor, f, e.at),
    floor_fact.SessionClosed: lambda m, f, e: floor.apply_session_closed(m.floor, f, e.at),
    floor_fact.FloorGiven: lambda m, f, e: floor.apply_floor_given(m.floor, f, e.at),
    captions_fact.LineWritten: lambda m, f, e: captions.apply_line_written(m.captions, f, e.id, e.at),
    captions_fact.LineTranslated: lambda m, f, e: captions.apply_line_translated(m.captions, f, e.id),
    captions_fact.LineCorrected: lambda m, f, e: captions.apply_line_corrected(m.captions, f, e.id),
    captions_fact.LineAttributed: lambda m, f, _e: captions.apply_line_attributed(m.captions, f),
    captions_fact.LineRetimed: lambda m, f, _e: captions.apply_line_retimed(m.captions, f),
    captions_fact.LineStruck: lambda m, f, _e: captions.apply_line_struck(m.captions, f),
    questions_fact.QuestionAsked: lambda m, f, e: questions_apply.apply_question_asked(
        m.questions, f, e.id, e.at, openly=questions.asked_openly(m.description)
    ),
    questions_fact.QuestionWithdrawn: lambda m, f, _e: questions_apply.apply_question_withdrawn(m.questions, f),
    questions_fact.QuestionApproved: lambda m, f, e: questions_apply.apply_question_approved(m.questions, f, e.actor),
    questions_fact.QuestionDeclined: lambda m, f, e: questions_apply.apply_question_declined(m.questions, f, e.actor),
    questions_fact.QuestionMerged: lambda m, f, _e: questions_apply.apply_question_merged(m.questions, f),
    questions_fact.QuestionSplit: lambda m, f, _e: questions_apply.apply_question_split(m.questions, f),
    questions_fact.QuestionMoved: lambda m, f, _e: questions_apply.apply_question_moved(m.questions, f),
    questions_fact.QuestionStaged: lambda m, f, e: questions_apply.apply_question_staged(m.questions, f, e.at),
    questions_fact.QuestionUnstaged: lambda m, f, _e: questions_apply.apply_question_unstaged(m.questions, f),
    questions_fact.QuestionAnswered: lambda m, f, _e: questions_apply.apply_question_answered(m.questions, f),
    questions_fact.QuestionReplied: lambda m, f, e: questions_apply.apply_question_replied(m.questions, f, e.id, e.at),
    questions_fact.QuestionTranslated: lambda m, f, _e: questions_apply.apply_question_translated(m.questions, f),
    questions_fact.ReplyTranslated: lambda m, f, _e: questions_apply.apply_reply_translated(m.questions, f),
    questions_fact.VoteCast: lambda m, f, _e: questions_apply.apply_vote_cast(m.questions, f),
    questions_fact.VoteWithdrawn: lambda m, f, _e: questions_apply.apply_vote_withdrawn(m.questions, f),
    polls_fact.PollOpened: lambda m, f, e: polls.apply_poll_opened(m.polls, f, e.id, e.at),
    polls_fact.BallotCast: lambda m, f, e: polls.apply_ballot_cast(m.polls, f, e.stamp.node),
    polls_fact.PollClosed: lambda m, f, e: polls.apply_poll_closed(m.polls, f, e.stamp.node, e.at, m.agenda.writers),
    polls_fact.CloseHeard: lambda m, f, e: polls.apply_close_heard(m.polls, f, e.stamp.node, m.agenda.writers),
    nodes_fact.NodeReported: lambda m, f, e: nodes.apply_node_reported(m.nodes, f, e.at),
    nodes_fact.AttendanceCounted: lambda m, f, _e: nodes.apply_attendance_counted(m.nodes, f),
}


def _start_over(meeting: Meeting) -> None:
    meeting.forget()
    meeting.wishes.clear()
    meeting.agenda.ended = 0


def fold(events: Iterable[Event]) -> Meeting:
    """The state that a set of events means: they are applied in order of their stamps, each once."""
    meeting = Meeting()
    for event in sorted(events, key=lambda each: each.stamp):
        apply(meeting, event)
    return meeting

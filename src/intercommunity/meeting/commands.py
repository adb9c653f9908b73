"""Every kind of command, and which role may wish it: the one table of rights.

1. Anybody can join an open meeting. Whoever joined, and whoever works at a desk, can ask and vote.
2. Captioners write lines. Moderators decide about questions. The host does what moderators do, and runs the stage,
   the polls and the rooms. A node desk reports for its room.
3. Describing a meeting and issuing links is for the organiser, at the server's own command line.
4. What machines add (translations, recognised lines, counts) comes from inside the server only.
"""

from intercommunity.meeting.access import commands as access
from intercommunity.meeting.actor import Actor, Role
from intercommunity.meeting.agenda import commands as agenda
from intercommunity.meeting.captions import commands as captions
from intercommunity.meeting.floor import commands as floor
from intercommunity.meeting.kinds import Command, kind_of
from intercommunity.meeting.nodes import commands as nodes
from intercommunity.meeting.polls import commands as polls
from intercommunity.meeting.questions import commands as questions
from intercommunity.meeting.refusal import Refused

AnyCommand = (
    agenda.DescribeMeeting
    | agenda.StartOver
    | agenda.EndMeeting
    | access.IssueLink
    | access.RevokeLink
    | access.Join
    | access.BlockPerson
    | access.UnblockPerson
    | floor.OpenSession
    | floor.CloseSession
    | floor.GiveFloor
    | captions.WriteLine
    | captions.TranslateLine
    | captions.CorrectLine
    | captions.AttributeLine
    | captions.RetimeLine
    | captions.StrikeLine
    | questions.AskQuestion
    | questions.WithdrawQuestion
    | questions.ApproveQuestion
    | questions.DeclineQuestion
    | questions.MergeQuestion
    | questions.SplitQuestion
    | questions.MoveQuestion
    | questions.StageQuestion
    | questions.UnstageQuestion
    | questions.MarkAnswered
    | questions.ReplyToQuestion
    | questions.TranslateQuestion
    | questions.TranslateReply
    | questions.VoteFor
    | questions.WithdrawVote
    | polls.OpenPoll
    | polls.CastBallot
    | polls.ClosePoll
    | polls.HearClose
    | nodes.ReportNode
    | nodes.CountAttendance
)

_TAKES_PART = frozenset({Role.PARTICIPANT, Role.PANELLIST, Role.NODE, Role.CAPTIONER, Role.MODERATOR, Role.HOST})
_MODERATES = frozenset({Role.MODERATOR, Role.HOST})
_HOSTS = frozenset({Role.HOST, Role.ORGANISER})
_CAPTIONS = frozenset({Role.CAPTIONER, Role.HOST})
_INSIDE = frozenset({Role.ORGANISER})
_MACHINE = frozenset({Role.MACHINE})

RIGHTS: dict[type[Command], frozenset[Role]] = {
    agenda.DescribeMeeting: _INSIDE,
    agenda.StartOver: _HOSTS,
    agenda.EndMeeting: _HOSTS,
    access.IssueLink: _INSIDE,
    access.RevokeLink: _INSIDE,
    access.Join: _TAKES_PART | {Role.PUBLIC},
    access.BlockPerson: _MODERATES,
    access.UnblockPerson: _MODERATES,
    floor.OpenSession: _HOSTS,
    floor.CloseSession: _HOSTS,
    floor.GiveFloor: _HOSTS,
    captions.WriteLine: _CAPTIONS | _MACHINE,
    captions.TranslateLine: _MACHINE,
    captions.CorrectLine: _CAPTIONS,
    captions.AttributeLine: _CAPTIONS,
    captions.RetimeLine: _CAPTIONS,
    captions.StrikeLine: _CAPTIONS,
    questions.AskQuestion: _TAKES_PART,
    questions.WithdrawQuestion: _TAKES_PART,
    questions.ApproveQuestion: _MODERATES,
    questions.DeclineQuestion: _MODERATES,
    questions.MergeQuestion: _MODERATES,
    questions.SplitQuestion: _MODERATES,
    questions.MoveQuestion: _MODERATES,
    questions.StageQuestion: _MODERATES,
    questions.UnstageQuestion: _MODERATES,
    questions.MarkAnswered: _MODERATES,
    questions.ReplyToQuestion: _MODERATES,
    questions.TranslateQuestion: _MODERATES | _MACHINE,
    questions.TranslateReply: _MODERATES | _MACHINE,
    questions.VoteFor: _TAKES_PART,
    questions.WithdrawVote: _TAKES_PART,
    polls.OpenPoll: _HOSTS,
    polls.CastBallot: _TAKES_PART,
    polls.ClosePoll: _HOSTS,
    polls.HearClose: _MACHINE,
    nodes.ReportNode: frozenset({Role.NODE, Role.HOST}),
    nodes.CountAttendance: _MACHINE,
}


def ensure_may(actor: Actor, command: Command) -> None:
    """Refuses `not_allowed`, naming what was wished and as whom."""
    if actor.role not in RIGHTS[type(command)]:
        raise Refused("not_allowed", kind=kind_of(type(command).__name__), role=actor.role)

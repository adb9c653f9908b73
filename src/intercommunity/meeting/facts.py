"""Every kind of fact a log can hold."""

from intercommunity.meeting.access import events as access
from intercommunity.meeting.agenda import events as agenda
from intercommunity.meeting.captions import events as captions
from intercommunity.meeting.floor import events as floor
from intercommunity.meeting.nodes import events as nodes
from intercommunity.meeting.polls import events as polls
from intercommunity.meeting.questions import events as questions

AnyFact = (
    agenda.MeetingDescribed
    | agenda.StartedOver
    | agenda.MeetingEnded
    | access.LinkIssued
    | access.LinkRevoked
    | access.PersonJoined
    | access.PersonBlocked
    | access.PersonUnblocked
    | floor.SessionOpened
    | floor.SessionClosed
    | floor.FloorGiven
    | captions.LineWritten
    | captions.LineTranslated
    | captions.LineCorrected
    | captions.LineAttributed
    | captions.LineRetimed
    | captions.LineStruck
    | questions.QuestionAsked
    | questions.QuestionWithdrawn
    | questions.QuestionApproved
    | questions.QuestionDeclined
    | questions.QuestionMerged
    | questions.QuestionSplit
    | questions.QuestionMoved
    | questions.QuestionStaged
    | questions.QuestionUnstaged
    | questions.QuestionAnswered
    | questions.QuestionReplied
    | questions.QuestionTranslated
    | questions.ReplyTranslated
    | questions.VoteCast
    | questions.VoteWithdrawn
    | polls.PollOpened
    | polls.BallotCast
    | polls.PollClosed
    | polls.CloseHeard
    | nodes.NodeReported
    | nodes.AttendanceCounted
)

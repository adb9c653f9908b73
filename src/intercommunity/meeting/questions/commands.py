"""What can be wished about questions: by those who ask, by those who vote, by those who moderate."""

from intercommunity.meeting.kinds import Command
from intercommunity.meeting.limits import Id, Language, Milliseconds, Name, Note, QuestionText, ReplyText


class AskQuestion(Command, frozen=True):
    """In any language, also one the meeting has no track for."""

    text: QuestionText
    language: Language


class WithdrawQuestion(Command, frozen=True):
    question: Id


class ApproveQuestion(Command, frozen=True):
    """`again` decides anew what somebody has decided already."""

    question: Id
    again: bool = False


class DeclineQuestion(Command, frozen=True):
    question: Id
    reason: Note
    again: bool = False


class MergeQuestion(Command, frozen=True):
    question: Id
    into: Id


class SplitQuestion(Command, frozen=True):
    question: Id


class MoveQuestion(Command, frozen=True):
    """Puts a question before another in the queue; `before` empty: at the end."""

    question: Id
    before: str = ""


class StageQuestion(Command, frozen=True):
    question: Id


class UnstageQuestion(Command, frozen=True):
    question: Id


class MarkAnswered(Command, frozen=True):
    """`moment` is when the answer began, ms UTC; left out: when the question was put on stage."""

    question: Id
    moment: Milliseconds | None = None


class ReplyToQuestion(Command, frozen=True):
    question: Id
    text: ReplyText
    language: Language


class TranslateQuestion(Command, frozen=True):
    question: Id
    language: Language
    text: QuestionText
    machine: Name = ""


class TranslateReply(Command, frozen=True):
    question: Id
    language: Language
    text: ReplyText
    machine: Name = ""


class VoteFor(Command, frozen=True):
    question: Id


class WithdrawVote(Command, frozen=True):
    question: Id

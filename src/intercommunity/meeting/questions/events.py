"""What happens to questions and the votes for them. A question's id is that of the event that asked it."""

from intercommunity.meeting.kinds import Fact


class QuestionAsked(Fact, frozen=True):
    """Who asks from where stands in the fact, as it was when they asked."""

    text: str
    language: str
    person: str
    name: str = ""
    affiliation: str = ""
    country: str = ""
    node: str = ""


class QuestionWithdrawn(Fact, frozen=True):
    """By the one who asked it."""

    question: str


class QuestionApproved(Fact, frozen=True):
    question: str


class QuestionDeclined(Fact, frozen=True):
    question: str
    reason: str


class QuestionMerged(Fact, frozen=True):
    """`question` asks the same as `into`, perhaps in another language; their votes count together."""

    question: str
    into: str


class QuestionSplit(Fact, frozen=True):
    """The merge into `into` was a mistake: the question stands for itself again."""

    question: str
    into: str


class QuestionMoved(Fact, frozen=True):
    """`rank` orders the queue, smaller first."""

    question: str
    rank: float


class QuestionStaged(Fact, frozen=True):
    """It is being answered on stage; what was on stage before returns to the queue."""

    question: str


class QuestionUnstaged(Fact, frozen=True):
    question: str


class QuestionAnswered(Fact, frozen=True):
    """It was answered on stage, from `moment` on (ms UTC)."""

    question: str
    moment: int


class QuestionReplied(Fact, frozen=True):
    """It was answered in writing."""

    question: str
    text: str
    language: str


class QuestionTranslated(Fact, frozen=True):
    """`machine` names the engine; empty: a person translated or corrected it."""

    question: str
    language: str
    text: str
    machine: str = ""


class ReplyTranslated(Fact, frozen=True):
    question: str
    language: str
    text: str
    reply: str
    """The event whose words were translated."""
    machine: str = ""


class VoteCast(Fact, frozen=True):
    question: str
    person: str


class VoteWithdrawn(Fact, frozen=True):
    question: str
    person: str

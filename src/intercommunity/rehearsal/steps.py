"""What can happen in a rehearsal, one step each, with its time; knows neither files nor a server.

Every step has `at`: milliseconds since the meeting began. Keys (`q1`, `p1`) name a question or a poll
within the script; a running meeting gives them ids of its own. A voter is a number: the n-th person of
an audience that whoever plays the script makes up.
"""

from msgspec import Struct


class OpenSession(Struct, frozen=True, tag=True):
    at: int
    session: str


class CloseSession(Struct, frozen=True, tag=True):
    at: int
    session: str


class GiveFloor(Struct, frozen=True, tag=True):
    """speaker: a speaker's id, or a name. language: of the floor. node: where the speaker is, or ""."""

    at: int
    speaker: str
    language: str
    node: str = ""


class Say(Struct, frozen=True, tag=True):
    """One caption line. at: when its last word has been said, which is `end`. number: from 0, in order."""

    at: int
    number: int
    start: int
    end: int
    language: str
    text: str
    speaker: str = ""
    turn: bool = False
    remark: bool = False


class Correct(Struct, frozen=True, tag=True):
    """The line of that number reads `text` from now on."""

    at: int
    number: int
    language: str
    text: str


class Ask(Struct, frozen=True, tag=True):
    """country: ISO 3166-1 alpha-2. node: where the person sits, "" at home. language: BCP 47."""

    at: int
    key: str
    person: str
    country: str
    language: str
    text: str
    node: str = ""
    affiliation: str = ""


class Vote(Struct, frozen=True, tag=True):
    at: int
    key: str
    voter: int


class Approve(Struct, frozen=True, tag=True):
    at: int
    key: str


class Decline(Struct, frozen=True, tag=True):
    at: int
    key: str
    reason: str


class Merge(Struct, frozen=True, tag=True):
    at: int
    key: str
    into: str


class Translate(Struct, frozen=True, tag=True):
    """A moderator's own wording of a question in another language."""

    at: int
    key: str
    language: str
    text: str


class Stage(Struct, frozen=True, tag=True):
    at: int
    key: str


class Answered(Struct, frozen=True, tag=True):
    at: int
    key: str


class Reply(Struct, frozen=True, tag=True):
    """An answer in writing."""

    at: int
    key: str
    language: str
    text: str


class OpenPoll(Struct, frozen=True, tag=True):
    """question, and each option: the text by language."""

    at: int
    key: str
    question: dict[str, str]
    options: tuple[dict[str, str], ...]


class Ballot(Struct, frozen=True, tag=True):
    """option: from 0."""

    at: int
    key: str
    voter: int
    option: int


class ClosePoll(Struct, frozen=True, tag=True):
    at: int
    key: str


class Heads(Struct, frozen=True, tag=True):
    """How many people a node counts. state: ready, trouble or away."""

    at: int
    node: str
    people: int
    state: str = "ready"
    note: str = ""


Step = (
    OpenSession
    | CloseSession
    | GiveFloor
    | Say
    | Correct
    | Ask
    | Vote
    | Approve
    | Decline
    | Merge
    | Translate
    | Stage
    | Answered
    | Reply
    | OpenPoll
    | Ballot
    | ClosePoll
    | Heads
)

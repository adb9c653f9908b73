"""What happens to polls. A poll's id is that of the event that opened it."""

from intercommunity.meeting.description import Texts
from intercommunity.meeting.kinds import Fact


class PollOpened(Fact, frozen=True):
    question: Texts
    options: tuple[Texts, ...]


class BallotCast(Fact, frozen=True):
    """`option` counts from 0. A person's latest ballot counts."""

    poll: str
    person: str
    option: int


class PollClosed(Fact, frozen=True):
    poll: str


class CloseHeard(Fact, frozen=True):
    """The node that writes this has heard of the close: it accepts no more ballots."""

    poll: str

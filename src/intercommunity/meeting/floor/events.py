"""What happens on stage, as the host says it."""

from intercommunity.meeting.kinds import Fact


class SessionOpened(Fact, frozen=True):
    session: str


class SessionClosed(Fact, frozen=True):
    session: str


class FloorGiven(Fact, frozen=True):
    """Who speaks now, in which language, and which node is on air. Empty: nobody."""

    speaker: str = ""
    language: str = ""
    node: str = ""

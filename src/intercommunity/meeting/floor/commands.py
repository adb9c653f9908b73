"""What the host wishes for the stage."""

from intercommunity.meeting.kinds import Command
from intercommunity.meeting.limits import Id, Name, OptionalId


class OpenSession(Command, frozen=True):
    """Opens a session of the agenda; what was open is closed with it."""

    session: Id


class CloseSession(Command, frozen=True):
    session: Id


class GiveFloor(Command, frozen=True):
    """`speaker` is a speaker's id or, for somebody who is not in the agenda, a name."""

    speaker: Name = ""
    language: OptionalId = ""
    node: OptionalId = ""

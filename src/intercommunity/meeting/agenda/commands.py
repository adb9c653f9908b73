"""What can be wished for a meeting as a whole."""

from intercommunity.meeting.description import Description
from intercommunity.meeting.kinds import Command


class DescribeMeeting(Command, frozen=True):
    description: Description


class StartOver(Command, frozen=True):
    """Only a meeting in rehearsal can start over."""


class EndMeeting(Command, frozen=True):
    pass

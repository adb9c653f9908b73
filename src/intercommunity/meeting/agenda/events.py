"""What happens to a meeting as a whole."""

from intercommunity.meeting.description import Description
from intercommunity.meeting.kinds import Fact


class MeetingDescribed(Fact, frozen=True):
    """The organiser loaded a (changed) description; the latest counts, as a whole."""

    description: Description


class StartedOver(Fact, frozen=True):
    """What was said, asked and counted so far was rehearsal; links and people stay."""


class MeetingEnded(Fact, frozen=True):
    """The host closed the meeting: nothing more is asked or voted, captions can still be corrected."""

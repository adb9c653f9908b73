"""How a meeting is described, started over and ended.

1. The latest description counts, as a whole. A slug, once given, stays.
2. Only what is described as a rehearsal can be started over: the real thing cannot be wiped by one key.
3. An ended meeting ends once; starting a rehearsal over opens it again.
"""

from intercommunity.meeting.agenda.commands import DescribeMeeting, EndMeeting, StartOver
from intercommunity.meeting.agenda.events import MeetingDescribed, MeetingEnded, StartedOver
from intercommunity.meeting.description import HUB, UNDESCRIBED, Description
from intercommunity.meeting.kinds import Fact
from intercommunity.meeting.refusal import Refused


class Agenda:
    """`ended` is ms UTC, 0 while the meeting goes on.

    `writers` holds the nodes that write a log, by what the hub itself was told last: its own log is whole wherever a
    count is certified, another node's description could still arrive late and change who is waited for.
    """

    __slots__ = ("description", "ended", "writers")

    def __init__(self) -> None:
        self.description: Description = UNDESCRIBED
        self.ended = 0
        self.writers = frozenset({HUB})

    def copy(self) -> "Agenda":
        copied = Agenda()
        copied.description, copied.ended, copied.writers = self.description, self.ended, self.writers
        return copied


def describe_meeting(agenda: Agenda, command: DescribeMeeting) -> list[Fact]:
    slug = agenda.description.slug
    if slug and slug != command.description.slug:
        raise Refused("slug_is_fixed", slug=slug)
    if command.description == agenda.description:
        return []
    return [MeetingDescribed(command.description)]


def start_over(agenda: Agenda, _command: StartOver) -> list[Fact]:
    if not agenda.description.rehearsal:
        raise Refused("not_a_rehearsal")
    return [StartedOver()]


def end_meeting(agenda: Agenda, _command: EndMeeting) -> list[Fact]:
    if agenda.ended:
        raise Refused("meeting_ended")
    return [MeetingEnded()]


def ensure_running(agenda: Agenda) -> None:
    if agenda.ended:
        raise Refused("meeting_ended")


def apply_described(agenda: Agenda, fact: MeetingDescribed, node: str) -> None:
    agenda.description = fact.description
    if node == HUB:
        agenda.writers = fact.description.writers()


def apply_ended(agenda: Agenda, at: int) -> None:
    agenda.ended = agenda.ended or at

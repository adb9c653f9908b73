"""What rooms, and the server that counts, wish to be noted."""

from enum import StrEnum

from intercommunity.meeting.kinds import Command
from intercommunity.meeting.limits import Count, Id, Note


class NodeState(StrEnum):
    READY = "ready"
    TROUBLE = "trouble"
    AWAY = "away"


class ReportNode(Command, frozen=True):
    node: Id
    people: Count
    state: NodeState = NodeState.READY
    note: Note = ""


class CountAttendance(Command, frozen=True):
    people: Count
    countries: dict[str, Count]
    nodes: dict[str, Count]

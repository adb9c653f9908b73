"""What is known of the rooms and of who was there.

1. A node desk reports for its own room only; the host can report for any.
2. Attendance is counted from time to time; what stays is the last count and the highest, in all, by country and by
   node.
"""

from msgspec import Struct

from intercommunity.meeting.actor import Actor, Role
from intercommunity.meeting.description import Description
from intercommunity.meeting.kinds import Fact
from intercommunity.meeting.nodes.commands import CountAttendance, ReportNode
from intercommunity.meeting.nodes.events import AttendanceCounted, NodeReported
from intercommunity.meeting.refusal import Refused


class Report(Struct, frozen=True, omit_defaults=True):
    people: int
    state: str
    at: int
    note: str = ""


class Nodes:
    """`most` holds the highest counts there were."""

    __slots__ = ("last", "most", "most_in_rooms", "reports")

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}
        self.most_in_rooms: dict[str, int] = {}
        self.last = AttendanceCounted(0, {}, {})
        self.most = AttendanceCounted(0, {}, {})

    def copy(self) -> "Nodes":
        copied = Nodes()
        copied.reports, copied.most_in_rooms = dict(self.reports), dict(self.most_in_rooms)
        copied.last, copied.most = self.last, self.most
        return copied


def report_node(nodes: Nodes, command: ReportNode, actor: Actor, description: Description) -> list[Fact]:
    if command.node not in {node.id for node in description.nodes}:
        raise Refused("node_unknown", node=command.node)
    if actor.role is Role.NODE and actor.node and actor.node != command.node:
        raise Refused("node_not_yours", node=command.node)
    before = nodes.reports.get(command.node)
    same = before is not None and (before.people, before.state, before.note) == (
        command.people,
        command.state,
        command.note,
    )
    return [] if same else [NodeReported(command.node, command.people, command.state, command.note)]


def count_attendance(nodes: Nodes, command: CountAttendance) -> list[Fact]:
    counted = AttendanceCounted(command.people, command.countries, command.nodes)
    return [] if counted == nodes.last else [counted]


def apply_node_reported(nodes: Nodes, fact: NodeReported, at: int) -> None:
    nodes.reports[fact.node] = Report(fact.people, fact.state, at, fact.note)
    nodes.most_in_rooms[fact.node] = max(fact.people, nodes.most_in_rooms.get(fact.node, 0))


def apply_attendance_counted(nodes: Nodes, fact: AttendanceCounted) -> None:
    nodes.last = fact
    nodes.most = AttendanceCounted(
        people=max(fact.people, nodes.most.people),
        countries=_highest(nodes.most.countries, fact.countries),
        nodes=_highest(nodes.most.nodes, fact.nodes),
    )


def _highest(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {key: max(one.get(key, 0), other.get(key, 0)) for key in one | other}

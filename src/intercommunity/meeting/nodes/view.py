"""What may be seen of the rooms: everybody sees how many people are in each and whether it is well.

The note that a room sends with its report is for the host, the moderators and the other rooms.
"""

from msgspec.structs import replace

from intercommunity.meeting.actor import Role
from intercommunity.meeting.kinds import View
from intercommunity.meeting.nodes.rules import Nodes, Report

SEES_NOTES = frozenset({Role.HOST, Role.MODERATOR, Role.NODE})


class NodesView(View, frozen=True):
    reports: dict[str, Report]
    """By node."""


def view_nodes(nodes: Nodes, role: Role) -> NodesView:
    if role in SEES_NOTES:
        return NodesView(nodes.reports)
    return NodesView({node: replace(report, note="") for node, report in nodes.reports.items()})

"""What somebody may see of people: themselves, and for those who keep order, who is blocked.

1. Everybody sees their own name and place as they gave them.
2. Hosts and moderators see who is blocked. Nobody sees a secret or its hash.
"""

from intercommunity.meeting.access.rules import Access
from intercommunity.meeting.actor import Role
from intercommunity.meeting.kinds import View

KEEPERS = frozenset({Role.HOST, Role.MODERATOR})


class BlockedView(View, frozen=True):
    people: dict[str, str]
    """Name by person."""


def view_blocked(access: Access, role: Role) -> BlockedView | None:
    if role not in KEEPERS:
        return None
    return BlockedView(
        {person: access.people[person].name for person in sorted(access.blocked) if person in access.people}
    )

"""What rooms report of themselves, and how many people were counted."""

from intercommunity.meeting.kinds import Fact


class NodeReported(Fact, frozen=True):
    """`state`: `ready`, `trouble` or `away`; `people` in the room."""

    node: str
    people: int
    state: str
    note: str = ""


class AttendanceCounted(Fact, frozen=True):
    """Who was connected from home, by country (ISO 3166-1 alpha-2, empty: not said) and by node."""

    people: int
    countries: dict[str, int]
    nodes: dict[str, int]

"""PURE. Who is connected: people by country and by node, and who sits at which desk; knows no names of viewers.

Every gateway counts its own viewers and tells the others; what is shown is the sum.
"""

from collections import Counter

from msgspec import Struct, field

from intercommunity.meeting.actor import Role


class Viewer(Struct, frozen=True):
    """Behind one connection. `desk`: the role and the person's own name, where it is a desk's."""

    country: str = ""
    node: str = ""
    role: Role = Role.PUBLIC
    name: str = ""
    languages: tuple[str, ...] = ()


class Seat(Struct, frozen=True, omit_defaults=True):
    """Who sits at a desk; `connections` counts their open pages."""

    role: str
    name: str = ""
    languages: tuple[str, ...] = ()
    node: str = ""
    connections: int = 1


class Presence(Struct, frozen=True, omit_defaults=True):
    """How many people are here, by country (ISO 3166-1 alpha-2) and node, where they said so."""

    people: int = 0
    countries: dict[str, int] = field(default_factory=dict)
    nodes: dict[str, int] = field(default_factory=dict)


class Count(Struct, frozen=True, omit_defaults=True):
    """What one gateway tells the others."""

    presence: Presence = Presence()
    seats: tuple[Seat, ...] = ()


_AT_DESKS = frozenset({Role.CAPTIONER, Role.MODERATOR, Role.HOST, Role.PANELLIST, Role.NODE})


class Census:
    """`counts` of the other gateways by their name; `own` viewers here."""

    def __init__(self) -> None:
        self._own: Counter[Viewer] = Counter()
        self._others: dict[str, tuple[float, Count]] = {}

    def enter(self, viewer: Viewer) -> None:
        self._own[viewer] += 1

    def leave(self, viewer: Viewer) -> None:
        self._own[viewer] -= 1
        if self._own[viewer] <= 0:
            del self._own[viewer]

    def own(self) -> Count:
        countries: Counter[str] = Counter()
        nodes: Counter[str] = Counter()
        people = 0
        for viewer, number in self._own.items():
            if viewer.role in _AT_DESKS:
                continue
            people += number
            if viewer.country:
                countries[viewer.country] += number
            if viewer.node:
                nodes[viewer.node] += number
        return Count(Presence(people, dict(countries), dict(nodes)), self._seats())

    def _seats(self) -> tuple[Seat, ...]:
        return tuple(
            Seat(viewer.role, viewer.name, viewer.languages, viewer.node, number)
            for viewer, number in sorted(self._own.items(), key=lambda item: (item[0].role, item[0].name))
            if viewer.role in _AT_DESKS
        )

    def hear(self, gateway: str, count: Count, now: float) -> None:
        """Take down what another gateway counted; `now` in seconds."""
        self._others[gateway] = (now, count)

    def total(self, now: float, silent_after: float = 30.0) -> Count:
        """Everybody, without the gateways that have been silent for so many seconds."""
        self._others = {name: each for name, each in self._others.items() if now - each[0] < silent_after}
        counts = [self.own(), *(count for _, count in self._others.values())]
        countries: Counter[str] = Counter()
        nodes: Counter[str] = Counter()
        for count in counts:
            countries.update(count.presence.countries)
            nodes.update(count.presence.nodes)
        people = sum(count.presence.people for count in counts)
        seats = tuple(seat for count in counts for seat in count.seats)
        return Count(Presence(people, dict(countries), dict(nodes)), seats)

"""An event, and the logs of all nodes held together: each node's events in unbroken order of their numbers."""

from bisect import insort
from collections.abc import Iterator

from msgspec import Struct

from intercommunity.meeting.facts import AnyFact
from intercommunity.meeting.stamp import Stamp


class Event(Struct, frozen=True, omit_defaults=True):
    """A fact with its stamp. `actor` is who wished it; `key` lets a repeated wish be recognised.

    `wall` is the wall time of the node that wrote it (ms UTC) where another node's clock had pushed the stamp far ahead
    of it, else 0.
    """

    stamp: Stamp
    actor: str
    fact: AnyFact
    key: str = ""
    wall: int = 0

    @property
    def at(self) -> int:
        """When it happened, ms UTC; stamps say only what came before what."""
        return self.wall or self.stamp.time

    @property
    def id(self) -> str:
        """`hub-17`: the 17th event in the hub's log. What an event creates has the same id."""
        return f"{self.stamp.node}-{self.stamp.number}"


class Logs:
    """Which events are here, by node. An event that arrives before those ahead of it in its node's log waits."""

    __slots__ = ("early", "events", "heads")

    def __init__(self) -> None:
        self.events: list[Event] = []
        """Everything that can be folded, in order of stamps."""
        self.heads: dict[str, int] = {}
        """By node, the number up to which its log is here without a gap."""
        self.early: dict[str, dict[int, Event]] = {}

    def admit(self, event: Event) -> list[Event]:
        """Takes an event in; gives back those that can be folded now, in their node's order: none, one or more."""
        node, number = event.stamp.node, event.stamp.number
        head = self.heads.get(node, 0)
        if number <= head:
            return []
        if number > head + 1:
            self.early.setdefault(node, {}).setdefault(number, event)
            return []
        ready = [event, *self._following(node, number)]
        self.heads[node] = ready[-1].stamp.number
        for each in ready:
            self._place(each)
        return ready

    def _following(self, node: str, number: int) -> Iterator[Event]:
        early = self.early.get(node)
        while early and (number := number + 1) in early:
            yield early.pop(number)

    def _place(self, event: Event) -> None:
        if not self.events or self.events[-1].stamp < event.stamp:
            self.events.append(event)
        else:
            insort(self.events, event, key=lambda each: each.stamp)

    def gaps(self) -> dict[str, int]:
        """By node, the first missing number of a log of which later events are here."""
        return {node: self.heads.get(node, 0) + 1 for node, early in self.early.items() if early}

"""Small worlds: two or three nodes that wish, exchange parts of their logs, restart, and whose clocks jump.

A world is a list of steps, each of a few small numbers, so that what is found can be read as a story.
"""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import NamedTuple

from intercommunity.meeting.actor import MACHINE, Actor
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.polls.commands import HearClose
from intercommunity.meeting.refusal import Refused
from intercommunity.meeting.replica import Replica
from properties.wishes import SETTING, START, Make, Scene

NODES = ("hub", "north", "south")
SNAPSHOT_EVERY = 3
STEP_MS = 1_000
JUMPS_MS = (-7_200_000, -61_000, -1_500, 1_500, 61_000, 7_200_000, 300_000_000_000)


class Wish(NamedTuple):
    node: int
    what: str
    who: int = 0
    which: int = 0
    other: int = 0


class Share(NamedTuple):
    """Some of what one node holds reaches another: every event whose bit is set in `mask`, by its place modulo 8."""

    source: int
    target: int
    mask: int = 0xFF


class Jump(NamedTuple):
    """A node's clock is put forward or back."""

    node: int
    ms: int


class Restart(NamedTuple):
    node: int


Step = Wish | Share | Jump | Restart
World = list[Step]


BEGINNING = {
    "ask": (*[Wish(0, "ask", each % 2, each) for each in range(3)], Wish(0, "approve", 0, 0), Wish(0, "approve", 0, 1)),
    "open poll": (Wish(0, "open poll"),),
    "write": (Wish(0, "write", 0, 0), Wish(0, "write", 0, 1)),
}
"""So that there is something to act upon."""

RARE = frozenset({"start over", "end", "block", "issue", "revoke", "describe"})
"""What changes so much that little can be seen in a world full of it."""


def worlds(wishes: Iterable[str], nodes: int = 3, most: int = 30) -> Callable[[Random], World]:
    """Makes worlds of `most` steps at most after their beginning; a wish that is named twice is made twice as often."""
    named = list(wishes)
    weights = [0.2 if what in RARE else 1.0 for what in named]
    beginning = [step for what, steps in BEGINNING.items() if what in named for step in steps]
    beginning += [Share(0, node) for node in range(1, nodes)]

    def make(chance: Random) -> World:
        def wish() -> Step:
            what = chance.choices(named, weights)[0]
            return Wish(chance.randrange(nodes), what, *(chance.randrange(4) for _ in range(3)))

        def between() -> Step:
            choices = (_share(chance, nodes), _jump(chance, nodes), Restart(chance.randrange(nodes)))
            return chance.choices(choices, (8, 2, 1))[0]

        steps = [wish() if nodes == 1 or chance.random() < 0.65 else between() for _ in range(chance.randint(1, most))]
        return [*beginning, *steps]

    return make


def _share(chance: Random, nodes: int) -> Share:
    source, target = chance.sample(range(nodes), 2)
    return Share(source, target, chance.choice((0xFF, 0xFF, 0xFF, 0x55, 0xF0, 0x0F)))


def _jump(chance: Random, nodes: int) -> Jump:
    return Jump(chance.randrange(nodes), chance.choice(JUMPS_MS))


class Granted(NamedTuple):
    """A wish, what came of it (events, or the refusal), and the state before and after where it was made."""

    command: Command
    actor: Actor
    events: list[Event]
    refused: Refused | None


class Rooms:
    """The nodes of one world. `held` is what each has on its disk, in order of arrival."""

    def __init__(self, wishes: dict[str, Make], nodes: Sequence[str] = NODES) -> None:
        self.wishes = wishes
        self.names = nodes
        self.replicas = [Replica(name, SNAPSHOT_EVERY) for name in nodes]
        self.held: list[list[Event]] = [[] for _ in nodes]
        self.drift = [0] * len(nodes)
        self.written: list[Event] = []
        self.serial = 0
        for command, actor in SETTING:
            self._wish(0, command, actor)
        for target in range(1, len(nodes)):
            self.take(Share(0, target))

    def meeting(self, node: int) -> Meeting:
        return self.replicas[node].meeting

    def now(self, node: int) -> int:
        return max(0, START + self.serial * STEP_MS + self.drift[node])

    def take(self, step: Step) -> Granted | None:
        self.serial += 1
        match step:
            case Wish(node, what, who, which, other):
                scene = Scene(self.meeting(node), who, which, other, self.serial)
                command, actor = self.wishes[what](scene)
                return self._wish(node, command, actor)
            case Share(source, target, mask):
                held = self.held[source]
                self.deliver(target, [event for place, event in enumerate(held) if mask >> place % 8 & 1])
            case Jump(node, ms):
                self.drift[node] += ms
            case Restart(node):
                self.replicas[node] = Replica(self.names[node], SNAPSHOT_EVERY)
                self.replicas[node].receive(self.held[node])
        return None

    def _wish(self, node: int, command: Command, actor: Actor) -> Granted:
        try:
            events = self.replicas[node].wish(command, actor, self.now(node), f"key {len(self.written)}")
        except Refused as refused:
            return Granted(command, actor, [], refused)
        assert isinstance(events, list)
        self.held[node] += events
        self.written += events
        return Granted(command, actor, events, None)

    def deliver(self, node: int, events: Iterable[Event]) -> None:
        """Events reach a node; as its journal does, it then notes the closes that it has heard of."""
        have = {event.id for event in self.held[node]}
        new = [event for event in events if event.id not in have]
        self.held[node] += new
        self.replicas[node].receive(new)
        for poll in list(self.meeting(node).polls.by_id.values()):
            if poll.closed_at and self.names[node] not in poll.heard:
                self._wish(node, HearClose(poll.id), MACHINE)

    def exchange_all(self) -> None:
        """Everybody hears everything, notes of closes included."""
        for _ in range(2):
            for source in range(len(self.names)):
                for target in range(len(self.names)):
                    self.deliver(target, self.held[source])


def play(
    world: World, wishes: dict[str, Make], after: Callable[[Rooms, Step, Granted | None], None] = lambda *_: None
) -> Rooms:
    rooms = Rooms(wishes)
    for step in world:
        after(rooms, step, rooms.take(step))
    return rooms


def delivered(events: Sequence[Event], seed: int) -> Replica:
    """A reader that gets the events in some order, some twice, and is restarted in between from what it holds."""
    chance = Random(seed)
    order = [*events, *chance.sample(events, len(events) // 3)]
    chance.shuffle(order)
    if seed % 3 == 0:  # nearly in order: late stamps, but few gaps
        order.sort(key=lambda event: event.stamp.number + chance.randrange(3))
    replica, held = Replica("reader", SNAPSHOT_EVERY), []
    for event in order:
        held.append(event)
        replica.receive([event])
        if chance.random() < 0.05:
            replica = Replica("reader", SNAPSHOT_EVERY)
            replica.receive(held)
    return replica

"""The law of agreement: the state is a function of the set of events, whatever way they came."""

from random import Random

from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting, apply, fold
from properties import wishes
from properties.canonical import canonical
from properties.law import Law
from properties.rooms import Granted, Rooms, Share, Step, World, delivered, play, worlds


def check_agreement(world: World, seed: int) -> None:
    """1. At every moment a node's state is what its whole events mean.
    2. After everything was exchanged, all nodes are in one state: that of the set of events.
    3. So is whoever gets that set in any order, with doubles and restarts.
    4. Nothing that a node writes is ordered before anything it had seen; and its own numbers follow its stamps.
    """
    rooms = play(world, wishes.EVERYTHING, _check_moment)
    rooms.exchange_all()
    meant = canonical(meaning(rooms.written))
    assert canonical(fold(Random(seed).sample(rooms.written, len(rooms.written)))) == meant
    for node in range(len(rooms.names)):
        assert canonical(rooms.meeting(node)) == meant
    for each in range(seed, seed + 3):
        reader = delivered(rooms.written, each)
        assert reader.logs.gaps() == {}
        assert canonical(reader.meeting) == meant


def _check_moment(rooms: Rooms, step: Step, granted: Granted | None) -> None:
    node = step.target if isinstance(step, Share) else step.node
    whole = _whole(rooms.held[node])
    assert rooms.replicas[node].logs.events == whole
    assert canonical(rooms.meeting(node)) == canonical(meaning(whole))
    if granted and granted.events:
        ours = granted.events[0]
        seen = _seen_before(rooms, ours)
        assert all(event.stamp < ours.stamp for event in seen)


def _seen_before(rooms: Rooms, event: Event) -> list[Event]:
    node = rooms.names.index(event.stamp.node)
    held = rooms.held[node]
    return held[: held.index(event)]


def _whole(held: list[Event]) -> list[Event]:
    """What can be folded of what is held: each node's log up to its first gap, in order of stamps."""
    numbers = {(event.stamp.node, event.stamp.number): event for event in held}
    whole = []
    for node in {event.stamp.node for event in held}:
        number = 1
        while (node, number) in numbers:
            whole.append(numbers[node, number])
            number += 1
    return sorted(whole, key=lambda event: event.stamp)


def meaning(events: list[Event]) -> Meeting:
    """The same as `fold`, said once more: what the law compares everything with."""
    meeting = Meeting()
    for event in sorted(events, key=lambda each: each.stamp):
        apply(meeting, event)
    return meeting


AGREEMENT = Law(worlds(wishes.LIVELY), check_agreement, 150)

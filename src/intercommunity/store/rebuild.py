"""A replica made again from what a store holds; knows no commands and no followers."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from intercommunity.meeting.log import Event
from intercommunity.meeting.replica import Replica
from intercommunity.meeting.stamp import Stamp
from intercommunity.store.chain import Chain, Heads
from intercommunity.store.port import NO_HEAD, Damaged, Entry, Store
from intercommunity.wire.events import decode_event


class Rebuilt(NamedTuple):
    replica: Replica
    events: list[Event]
    """In order of arrival: the event at position 1 comes first."""
    heads: Heads


def rebuild(store: Store, node: str, known: Sequence[Event] = ()) -> Rebuilt:
    """Read, verify and fold a log. `known` are events that are known to be its beginning: those are not read again.

    Raises `Damaged` with the first bad entry, and `Malformed` for kinds that a newer version has written.
    """
    with _without_collector():
        heads = store.heads()
        events = [*known, *_decoded(store, len(known))] if known else _read(store, heads)
        replica = Replica(node)
        replica.receive(events if len(heads) < 2 else sorted(events, key=_stamp))  # noqa: PLR2004 - a second node
        return Rebuilt(replica, events, heads)


def _stamp(event: Event) -> Stamp:
    """In order of their stamps no event comes late, so nothing is folded twice."""
    return event.stamp


def _decoded(store: Store, after: int) -> Iterator[Event]:
    return (decode_entry(record.entry) for record in store.read(after))


def _read(store: Store, heads: Heads) -> list[Event]:
    """Everything, each entry verified. `heads` says how far the logs should reach."""
    chain = Chain()
    events: list[Event] = []
    for place, record in enumerate(store.read(), 1):
        if not chain.follows(record.entry) or record.position != place:
            raise _damaged(record.entry.node, chain)
        events.append(decode_entry(record.entry))
    for node, head in heads.items():
        if chain.heads.get(node) != head:
            raise _damaged(node, chain)
    return events


def _damaged(node: str, chain: Chain) -> Damaged:
    number = chain.heads.get(node, NO_HEAD).number + 1
    return Damaged(
        f"Entry {node}-{number} is not what was written: the log was altered, or its disk is failing. Nothing was"
        " changed. Put back a copy of the log, or fetch it from another node.",
        node,
        number,
    )


def decode_entry(entry: Entry) -> Event:
    """The event of an entry. Raises `Malformed`, and `Damaged` where it says to be another than it is kept as."""
    event = decode_event(entry.body)
    if event.stamp.node != entry.node or event.stamp.number != entry.number:
        raise Damaged(f"Entry {entry.node}-{entry.number} holds event {event.id}.", entry.node, entry.number)
    return event


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hundreds of thousands of objects that all stay: looking for garbage among them costs more than making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()

"""A replica made again from what a store holds; knows no commands and no followers."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from intercommunity.meeting.log import Event
from intercommunity.meeting.replica import Replica
from intercommunity.store.chain import Heads, verify
from intercommunity.store.port import Damaged, Record, Store
from intercommunity.wire.events import decode_event


class Rebuilt(NamedTuple):
    replica: Replica
    events: list[Event]
    """In order of arrival: the event at position 1 comes first."""
    heads: Heads


def rebuild(store: Store, node: str, now: int, known: Sequence[Event] = ()) -> Rebuilt:
    """Read, verify and fold a log. `known` are events that are known to be its beginning: those are not read again.

    Raises `Damaged` with the first bad entry, and `Malformed` for kinds that a newer version has written.
    """
    with _without_collector():
        events = list(known) + _read(store, len(known))
        replica = Replica(node)
        replica.receive(events, now)
        return Rebuilt(replica, events, store.heads())


def _read(store: Store, after: int) -> list[Event]:
    if after:
        return [_decode(record) for record in store.read(after)]
    verdict = verify(store.read())
    for broken, number in verdict.broken.items():
        raise Damaged(
            f"Entry {broken}-{number} is not what was written: the log was altered or its disk is failing. Nothing was"
            " changed. Put back a copy of the file, or fetch the log from another node.",
            broken,
            number,
        )
    return [_decode(record) for record in verdict.whole]


def _decode(record: Record) -> Event:
    """The event of a record; `Damaged` where it says to be another than the one it is kept as."""
    entry = record.entry
    event = decode_event(entry.body)
    if (event.stamp.node, event.stamp.number) != (entry.node, entry.number):
        raise Damaged(f"Entry {entry.node}-{entry.number} holds event {event.id}.", entry.node, entry.number)
    return event


def decode_entries(entries: Sequence[Record]) -> list[Event]:
    """The events of whole records. Raises `Damaged` and `Malformed`."""
    return [_decode(record) for record in entries]


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

"""Entries for stores to keep; knows no store."""

from collections.abc import Iterable

from intercommunity.store.chain import advance, next_entry
from intercommunity.store.port import Entry


def chained(*bodies: bytes, node: str = "hub") -> list[Entry]:
    """One node's log from its beginning."""
    heads = {}
    entries = []
    for body in bodies:
        entries.append(next_entry(heads, node, body))
        advance(heads, entries[-1:])
    return entries


def numbered(count: int, node: str = "hub") -> list[Entry]:
    return chained(*(b"%s %d" % (node.encode(), number) for number in range(1, count + 1)), node=node)


def interleaved(*logs: Iterable[Entry]) -> list[Entry]:
    return [entry for together in zip(*logs, strict=True) for entry in together]

"""The chain of digests that makes a torn or altered entry found; pure.

Each node's log is a chain of its own: a digest covers the entry's body and the digest before it, so it vouches for
everything that the node has written up to there. The first link has nothing before it.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from intercommunity.store.port import NO_HEAD, Altered, Conflict, Entry, Gap, Head, Record

Heads = dict[str, Head]
Held = Callable[[str, int], bytes | None]
"""The digest of an entry that is held, by node and number."""


def link(before: bytes, body: bytes) -> bytes:
    """The digest of an entry: 32 bytes."""
    return sha256(before + body).digest()


def next_entry(heads: Heads, node: str, body: bytes) -> Entry:
    """The entry that carries a node's log on by one."""
    head = heads.get(node, NO_HEAD)
    return Entry(node, head.number + 1, body, link(head.digest, body))


def fresh(entries: Sequence[Entry], heads: Heads, held: Held) -> list[Entry]:
    """The entries that are not held yet, found to fit. Raises `Conflict`, `Gap` or `Altered`."""
    reached = dict(heads)
    new: list[Entry] = []
    digests: dict[tuple[str, int], bytes] = {}
    for entry in entries:
        head = reached.get(entry.node, NO_HEAD)
        if entry.number <= head.number:
            known = digests.get((entry.node, entry.number)) or held(entry.node, entry.number)
            if known != entry.digest:
                raise Conflict(entry.node, entry.number)
            continue
        _ensure_follows(head, entry)
        reached[entry.node] = Head(entry.number, entry.digest)
        digests[entry.node, entry.number] = entry.digest
        new.append(entry)
    return new


def _ensure_follows(head: Head, entry: Entry) -> None:
    if entry.number != head.number + 1:
        raise Gap(entry.node, entry.number)
    if entry.digest != link(head.digest, entry.body):
        raise Altered(entry.node, entry.number)


def advance(heads: Heads, entries: Iterable[Entry]) -> None:
    """Note that entries, found to fit, are held now."""
    for entry in entries:
        heads[entry.node] = Head(entry.number, entry.digest)


class Chain:
    """Walks over entries that were kept once, and says of each whether it is what was written."""

    __slots__ = ("broken", "heads")

    def __init__(self) -> None:
        self.heads: Heads = {}
        """How far each node's log is whole."""
        self.broken: dict[str, int] = {}
        """By node, the first bad number. What the node wrote before it stays usable."""

    def follows(self, entry: Entry) -> bool:
        node, number, body, digest = entry
        before = self.heads.get(node, NO_HEAD)
        if number == before.number + 1 and digest == sha256(before.digest + body).digest() and node not in self.broken:
            self.heads[node] = Head(number, digest)
            return True
        self.broken.setdefault(node, before.number + 1)
        return False


class Verdict(NamedTuple):
    whole: list[Record]
    """What can be used."""
    broken: dict[str, int]
    """By node, the first bad number."""


def verify(records: Iterable[Record]) -> Verdict:
    """Which records are what was written."""
    chain = Chain()
    return Verdict([record for record in records if chain.follows(record.entry)], chain.broken)

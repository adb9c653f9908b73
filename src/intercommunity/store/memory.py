"""A log in memory, for tests and for trying out; it does not outlive its process."""

from collections.abc import Iterator, Sequence

from intercommunity.store.chain import advance, fresh
from intercommunity.store.port import Entry, Head, Record


class MemoryStore:
    def __init__(self, identity: str = "memory") -> None:
        self.identity = identity
        self._records: list[Record] = []
        self._logs: dict[str, list[Entry]] = {}
        self._heads: dict[str, Head] = {}

    def append(self, entries: Sequence[Entry]) -> int:
        new = fresh(entries, self._heads, self._digest)
        for entry in new:
            self._records.append(Record(len(self._records) + 1, entry))
            self._logs.setdefault(entry.node, []).append(entry)
        advance(self._heads, new)
        return len(self._records)

    def _digest(self, node: str, number: int) -> bytes:
        return self._logs[node][number - 1].digest

    def read(self, after: int = 0, most: int | None = None) -> Iterator[Record]:
        return iter(self._records[after:][:most])

    def read_log(self, node: str, after: int = 0, most: int | None = None) -> Iterator[Entry]:
        return iter(self._logs.get(node, [])[after:][:most])

    def heads(self) -> dict[str, Head]:
        return dict(self._heads)

    def position(self) -> int:
        return len(self._records)

    def close(self) -> None:
        """Nothing is held that others wait for."""

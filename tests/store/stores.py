"""Stores in memory whose disk does what a test says; the real disks are in tests/reliability."""

from threading import Event

from intercommunity.store.memory import MemoryStore
from intercommunity.store.port import Failed, Full, StoreError


class GatedStore(MemoryStore):
    """Keeps nothing before the gate is open."""

    def __init__(self):
        super().__init__()
        self.gate = Event()
        self.commits = []

    def append(self, entries):
        assert self.gate.wait(10)
        self.commits.append(len(entries))
        return super().append(entries)


class FailingStore(MemoryStore):
    """`failure` is raised by every append, before or after the entries are kept; `unreadable` by reading."""

    def __init__(self):
        super().__init__()
        self.failure: StoreError | None = None
        self.keeps_all_the_same = False
        self.unreadable = False

    def append(self, entries):
        if self.failure is None:
            return super().append(entries)
        if self.keeps_all_the_same:
            super().append(entries)
        raise self.failure

    def heads(self):
        if self.unreadable:
            raise Failed("unreadable")
        return super().heads()


FULL = Full("full")
FAILED = Failed("failed")

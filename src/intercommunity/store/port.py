"""What a store of one meeting's log does, whatever it is made of; knows nothing of what an entry means.

Exception
└── StoreError          `code` is stable; the text says what happened, and what can be done
    ├── Full            storage_full      no room left where the log is kept
    ├── Failed          storage_failed    the disk or the database did not do as asked
    ├── Locked          log_locked        another process writes this log
    ├── Damaged         log_damaged       what is on disk is not what was written
    └── Unfit           entry_unfit       an entry does not carry its node's log on
        ├── Conflict    entry_conflict    another entry is held under the same node and number
        ├── Gap         entry_early       entries before it are missing
        └── Altered     entry_altered     its digest does not follow from its body and the entry before
"""
# ruff: noqa: N818 - the tree above says what is an error; each name says what is wrong

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple, Protocol


class StoreError(Exception):
    code: ClassVar[str] = "storage_failed"


class Full(StoreError):
    code = "storage_full"


class Failed(StoreError):
    pass


class Locked(StoreError):
    code = "log_locked"


class Damaged(StoreError):
    """`node` and `number` name the first bad entry, where one can be named."""

    code = "log_damaged"

    def __init__(self, text: str, node: str = "", number: int = 0) -> None:
        super().__init__(text)
        self.node = node
        self.number = number


class Unfit(StoreError):
    code = "entry_unfit"

    def __init__(self, node: str, number: int) -> None:
        super().__init__(f"{node}-{number}")
        self.node = node
        self.number = number


class Conflict(Unfit):
    code = "entry_conflict"


class Gap(Unfit):
    code = "entry_early"


class Altered(Unfit):
    code = "entry_altered"


class Entry(NamedTuple):
    """One event in its node's log: `digest` is SHA-256 over the digest of the entry before it, and `body`."""

    node: str
    number: int
    """1, 2, 3 … in that node's log."""
    body: bytes
    """The event, encoded."""
    digest: bytes


class Record(NamedTuple):
    """An entry, and where it stands here."""

    position: int
    """1, 2, 3 … in the order in which this store got the entries of all nodes, without a gap."""
    entry: Entry


class Head(NamedTuple):
    """How far a node's log is held, and the digest of its last entry."""

    number: int
    digest: bytes


NO_HEAD = Head(0, b"")


class Store(Protocol):
    """The log of one meeting. One writer; `read`, `read_log` and `position` may be called from another thread."""

    @property
    def identity(self) -> str:
        """A random id made together with the log: positions mean something only together with it."""

    def append(self, entries: Sequence[Entry]) -> int:
        """Keep entries, all or none; the position of the last entry held, once all are safe on disk.

        An entry that is held already with the same digest is skipped. Raises `Conflict`, `Gap` or `Altered` for
        entries that do not fit; `Full`, `Failed` or `Locked` where keeping them did not work.
        """

    def read(self, after: int = 0, most: int | None = None) -> Iterator[Record]:
        """The records after a position, in order. Raises `Failed`, and `Damaged` where they cannot be read."""

    def read_log(self, node: str, after: int = 0, most: int | None = None) -> Iterator[Entry]:
        """One node's entries after a number, in order. Raises as `read`."""

    def heads(self) -> dict[str, Head]:
        """How far each node's log is held."""

    def position(self) -> int:
        """The position of the last record; 0 in an empty log."""

    def close(self) -> None:
        """Let others write. Nothing is lost without it."""

"""Readers who are sent the same, and the writes on their way to them; knows no socket."""

# ruff: noqa: SLF001 - a reader, its audience and the fan-out are one thing in three parts

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import perf_counter

from intercommunity.gateway.reader import BROKEN, Reader

_absent = len
"""Stands for the `send` of a reader who has left: takes everything and does nothing, at the speed of C."""


@dataclass(slots=True)
class Write:
    """A write on its way through an audience: places `at` to `stop` have not been reached yet."""

    data: bytes
    at: int
    stop: int
    written: Callable[[float], None] | None
    seconds: float = 0.0


class ReaderAudience:
    """Readers who are sent the same.

    Places are handed out in the order of joining and never reused while a write is on its way. So a write
    goes to the places there were when it began, whoever joins later stands behind its `stop`, and whoever
    leaves just becomes `_absent`. The lists are packed when nothing is on its way and half of the places are
    empty.
    """

    __slots__ = ("_empty", "_readers", "_writes", "key", "sends")

    def __init__(self, key: Hashable) -> None:
        self.key = key
        self.sends: list[Callable[[bytes], int]] = []
        self._readers: list[Reader | None] = []
        self._empty = 0
        self._writes: deque[Write] = deque()

    def __len__(self) -> int:
        return len(self._readers) - self._empty

    @property
    def idle(self) -> bool:
        return not self._writes

    def members(self) -> list[Reader]:
        return [reader for reader in self._readers if reader is not None]

    def append(self, reader: Reader) -> None:
        reader._audience = self
        reader._place = len(self._readers)
        self._readers.append(reader)
        self.sends.append(reader.sender())

    def remove(self, reader: Reader) -> None:
        place = reader._place
        self.sends[place] = _absent
        self._readers[place] = None
        self._empty += 1
        reader._audience = None
        self._pack()

    def _pack(self) -> None:
        if self._writes or self._empty * 2 <= len(self._readers):
            return
        members = self.members()
        self._readers, self.sends, self._empty = [], [], 0
        for reader in members:
            self.append(reader)

    def catch_up(self, reader: Reader) -> None:
        """Send a reader what is on its way to it, and stand it behind those writes, so that its own can
        follow.
        """
        place = reader._place
        missing = [write.data for write in self._writes if write.at <= place < write.stop]
        if not missing:
            return
        self.remove(reader)
        for data in missing:
            reader.send_now(data)
        if not reader.closed:
            self.append(reader)

    def begin(self, write: Write) -> None:
        self._writes.append(write)

    def step(self, most: int) -> None:
        """Write to the next so many readers of the oldest write on its way."""
        write = self._writes[0]
        began = perf_counter()
        stop = min(write.at + most, write.stop)
        self._send(write.data, write.at, stop)
        write.at = stop
        write.seconds += perf_counter() - began
        if write.at == write.stop:
            self._writes.popleft()
            self._pack()
            if write.written is not None:
                write.written(write.seconds)

    def _send(self, data: bytes, start: int, stop: int) -> None:
        # The innermost loop of the product: 50,000 turns a second with 5,000 readers and ten ticks. Whoever is in
        # trouble is seen to at once, which changes nothing but its own place while a write is on its way.
        size, sends = len(data), self.sends
        for place in range(start, stop):
            try:
                sent = sends[place](data)
            except BlockingIOError:
                sent = 0
            except OSError:
                sent = BROKEN
            if sent != size:
                self._see_to(place, data, sent)

    def _see_to(self, place: int, data: bytes, sent: int) -> None:
        reader = self._readers[place]
        assert reader is not None, "who is absent takes everything"
        reader.fell_short(data, sent)

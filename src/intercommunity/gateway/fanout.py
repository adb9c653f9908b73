"""Writes one thing to thousands of sockets; knows nothing of HTTP, of meetings, or of what it writes.

Why this is fast: what a write to many costs is the system call, 5 to 8 microseconds each. So a change arrives
here already encoded, once for a whole audience, and is handed to a flat list of bound `send` methods. Nothing is
asked, copied or queued per reader, unless its socket is full. Sockets stand in an epoll set of their
own, so a waiting reader costs no transport, protocol, parser or timer; it is a socket, a `Reader` and a place
in a list.

What holds for every reader, whatever happens around it:
- it gets what is written to its audience while it is a member, whole, once, in order, and in order with its
  own;
- it never delays another: what its socket does not take waits with it, `WAITING_LIMIT` bytes at most, then it
  is dropped and its `on_close` is called (the client resumes by itself).

Linux only (`select.epoll`). Not thread-safe: everything runs on the one event loop that first adopted a
socket.
"""

# ruff: noqa: SLF001 - a reader, its audience and the fan-out are one thing in three parts

import asyncio
import select
import socket
from collections.abc import Callable, Hashable

from intercommunity.gateway.audience import ReaderAudience, Write
from intercommunity.gateway.reader import LISTEN, WAITING_LIMIT, Counters, Reader

__all__ = ["WAITING_LIMIT", "Counters", "Fanout", "Reader"]

READERS_A_TURN = 1000
"""Readers written to before the event loop gets its turn, about 7 ms."""

PEER_SILENT_MS = 60_000
"""How long a peer may leave bytes unacknowledged before the kernel gives the connection up
(TCP_USER_TIMEOUT)."""


class Fanout:
    """All readers of a process, by audience. An audience is any hashable key; it exists while it has
    members.
    """

    def __init__(self, readers_a_turn: int = READERS_A_TURN) -> None:
        self.counters = Counters()
        self._readers_a_turn = readers_a_turn
        self._audiences: dict[Hashable, ReaderAudience] = {}
        self._readers: dict[int, Reader] = {}
        self._epoll = select.epoll()
        self._loop: asyncio.AbstractEventLoop | None = None

    def adopt(self, sock: socket.socket) -> Reader:
        """Make a reader of a connected socket, which is the reader's from now on. Must run inside the event
        loop.
        """
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self._epoll.fileno(), self._attend)
        sock.setblocking(False)
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            _keep_kernel_buffer_short(sock)
        self._epoll.register(sock.fileno(), LISTEN)
        reader = self._readers[sock.fileno()] = Reader(self, sock)
        self.counters.readers += 1
        return reader

    def add(self, reader: Reader, key: Hashable) -> None:
        """Make a reader a member of an audience; if it is in another, it leaves that one first, up to date.

        It gets what is written from now on, nothing of a write that is on its way already.
        """
        if reader.closed or reader._finishing:
            return
        if reader._audience is not None:
            reader._audience.catch_up(reader)
            self.leave(reader)
        if not reader.closed:
            audience = self._audiences.get(key)
            if audience is None:
                audience = self._audiences[key] = ReaderAudience(key)
            audience.append(reader)

    def leave(self, reader: Reader) -> None:
        """Take a reader out of its audience, if it has one. It stays open, for writes of its own."""
        if reader._audience is not None:
            audience = self._audiences[reader._audience.key]
            audience.remove(reader)
            self._discard_if_empty(audience)

    def _discard_if_empty(self, audience: ReaderAudience) -> None:
        if not audience and audience.idle:
            self._audiences.pop(audience.key, None)

    def members(self, key: Hashable) -> int:
        audience = self._audiences.get(key)
        return 0 if audience is None else len(audience)

    def write(self, key: Hashable, data: bytes, written: Callable[[float], None] | None = None) -> None:
        """Write to all members of an audience; `written` is called with the seconds it took, when all have
        been.

        Up to `readers_a_turn` members are written to before this returns, the others in later turns of the event loop.
        """
        audience = self._audiences.get(key)
        if audience is None or not data:
            if written is not None:
                written(0.0)
            return
        self.counters.writes += len(audience)
        self.counters.bytes += len(audience) * len(data)
        was_idle = audience.idle
        audience.begin(Write(data, 0, len(audience.sends), written))
        if was_idle:
            self._step(audience)

    def _step(self, audience: ReaderAudience) -> None:
        audience.step(self._readers_a_turn)
        if not audience.idle:
            assert self._loop is not None
            self._loop.call_soon(self._step, audience)
        else:
            self._discard_if_empty(audience)

    def close_audience(self, key: Hashable) -> None:
        """Close every member of an audience."""
        audience = self._audiences.get(key)
        for reader in audience.members() if audience is not None else ():
            reader.close()

    def close(self) -> None:
        """Close every reader and the fan-out itself."""
        for reader in list(self._readers.values()):
            reader.close()
        if self._loop is not None and not self._epoll.closed:
            self._loop.remove_reader(self._epoll.fileno())
        self._epoll.close()

    def watch(self, sock: socket.socket, events: int) -> None:
        self._epoll.modify(sock.fileno(), events)

    def forget(self, reader: Reader, sock: socket.socket) -> None:
        """A reader has closed. For the reader only."""
        self._epoll.unregister(sock.fileno())
        del self._readers[sock.fileno()]
        sock.close()
        self.counters.readers -= 1
        if reader.on_close is not None and self._loop is not None:
            # Not at once: it may write to the audience that is being written to just now.
            self._loop.call_soon(reader.on_close, reader)
            reader.on_close = None

    def _attend(self) -> None:
        for descriptor, events in self._epoll.poll(0):
            reader = self._readers.get(descriptor)
            if reader is None:
                continue
            if events & select.EPOLLOUT:
                reader.drain()
            if events & ~select.EPOLLOUT:
                reader.hear()


def _keep_kernel_buffer_short(sock: socket.socket) -> None:
    """What a slow reader leaves lying must not hide, by the megabyte, in the kernel's buffer; nor for
    ever.
    """
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, WAITING_LIMIT)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, PEER_SILENT_MS)

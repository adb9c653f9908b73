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
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import perf_counter

WAITING_LIMIT = 64 * 1024
"""Bytes of its audience's writes that may wait for one slow reader. Its own opening may be larger and comes
on top."""

READERS_A_TURN = 1000
"""Readers written to before the event loop gets its turn, about 7 ms."""

PEER_SILENT_MS = 60_000
"""How long a peer may leave bytes unacknowledged before the kernel gives the connection up
(TCP_USER_TIMEOUT)."""

_LISTEN = select.EPOLLIN
_LISTEN_AND_DRAIN = select.EPOLLIN | select.EPOLLOUT

_BROKEN = -1
"""In the place of a number of bytes sent: the connection is broken."""

_absent = len
"""Stands for the `send` of a reader who has left: takes everything and does nothing, at the speed of C."""


@dataclass(slots=True)
class Counters:
    """Since the start of the process; `readers` is how many there are now."""

    readers: int = 0
    writes: int = 0
    bytes: int = 0
    dropped: int = 0


class Reader:
    """One connection that is only written to. `viewer` and `on_close` belong to the application.

    `on_close` is called once, with the reader, soon after the connection has ended for whatever reason.
    """

    __slots__ = (
        "_audience",
        "_fanout",
        "_finishing",
        "_place",
        "_room",
        "_socket",
        "_waiting",
        "on_close",
        "viewer",
    )

    def __init__(self, fanout: "Fanout", sock: socket.socket) -> None:
        self._fanout = fanout
        self._socket: socket.socket | None = sock
        self._audience: _Audience | None = None
        self._place = 0
        self._waiting: list[bytes] | None = None  # None: it keeps up
        self._room = WAITING_LIMIT
        self._finishing = False
        self.on_close: Callable[[Reader], None] | None = None
        self.viewer: object = None

    @property
    def closed(self) -> bool:
        return self._socket is None

    @property
    def key(self) -> Hashable:
        """The audience it belongs to, or None."""
        return None if self._audience is None else self._audience.key

    @property
    def waiting(self) -> int:
        """Bytes that its socket has not taken yet."""
        return sum(map(len, self._waiting or ()))

    def write(self, data: bytes) -> None:
        """Write to this reader alone, after everything that its audience was sent before. May be of any
        size.
        """
        if self._socket is None or self._finishing:
            return
        if self._audience is not None:
            self._audience.catch_up(self)
        self._fanout.counters.writes += 1
        self._fanout.counters.bytes += len(data)
        self._send(data, self._keep_own)

    def finish(self) -> None:
        """Close once everything that waits has been sent."""
        if self._socket is None:
            return
        if self._audience is not None:
            self._audience.catch_up(self)
        self._fanout.leave(self)
        if self._socket is None:
            return
        self._finishing = True
        if self._waiting is None:
            self.close()

    def close(self) -> None:
        """End the connection now; what waits is lost. Closing twice is nothing."""
        if self._socket is None:
            return
        self._fanout.leave(self)
        self._fanout.forget(self, self._socket)
        self._socket = None
        self._waiting = None

    def _send(self, data: bytes, keep: Callable[[bytes], int]) -> None:
        if self._socket is None:
            return
        if self._waiting is not None:
            keep(data)
            return
        try:
            sent = self._socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.close()
            return
        if sent != len(data):
            self._fall_behind()
            keep(data[sent:])

    def send_now(self, data: bytes) -> None:
        """Send out of its turn what its audience is about to be sent. For the audience only."""
        self._send(data, self.keep)

    def fell_short(self, data: bytes, sent: int) -> None:
        """The audience's `send` took only so much; below zero: it raised an error. For the audience only."""
        if self._socket is None:
            return
        if sent == _BROKEN:
            self.close()
        else:
            self._fall_behind()
            self.keep(data[sent:])

    def sender(self) -> Callable[[bytes], int]:
        """The function that takes the audience's writes from now on: the socket's own, while the reader keeps
        up.
        """
        if self._waiting is not None:
            return self.keep
        assert self._socket is not None
        return self._socket.send

    def _fall_behind(self) -> None:
        self._waiting = []
        self._room = WAITING_LIMIT
        self._change_sender(_LISTEN_AND_DRAIN)

    def _change_sender(self, events: int) -> None:
        assert self._socket is not None
        self._fanout.watch(self._socket, events)
        if self._audience is not None:
            self._audience.sends[self._place] = self.sender()

    def keep(self, data: bytes) -> int:
        """Stand in for `send` while the socket is full. The bytes are shared between all who wait for
        them.
        """
        self._room -= len(data)
        if self._room < 0:
            self._fanout.counters.dropped += 1
            self.close()
        else:
            self._keep_own(data)
        return len(data)

    def _keep_own(self, data: bytes) -> int:
        assert self._waiting is not None
        self._waiting.append(data)
        return len(data)

    def drain(self) -> None:
        """The socket takes bytes again. For the fan-out only."""
        if self._socket is None or self._waiting is None:
            return
        data = b"".join(self._waiting)
        try:
            sent = self._socket.send(data)
        except BlockingIOError:
            return
        except OSError:
            self.close()
            return
        if sent < len(data):
            self._waiting = [data[sent:]]
            self._room = min(WAITING_LIMIT, self._room + sent)
        elif self._finishing:
            self.close()
        else:
            self._waiting = None
            self._change_sender(_LISTEN)

    def hear(self) -> None:
        """A reader has nothing to say: bytes are thrown away, and an end or an error is the end. For the
        fan-out only.

        A client that closes its sending half looks like one that has gone, and is treated so: presence must
        not count the departed, and every client that half-closes on purpose can also reconnect.
        """
        if self._socket is None:
            return
        try:
            gone = not self._socket.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            gone = True
        if gone:
            self.close()


@dataclass(slots=True)
class _Write:
    """A write on its way through an audience: places `at` to `stop` have not been reached yet."""

    data: bytes
    at: int
    stop: int
    written: Callable[[float], None] | None
    seconds: float = 0.0


class _Audience:
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
        self._writes: deque[_Write] = deque()

    def __len__(self) -> int:
        return len(self._readers) - self._empty

    @property
    def idle(self) -> bool:
        return not self._writes

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
        members = [reader for reader in self._readers if reader is not None]
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

    def begin(self, write: _Write) -> None:
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
                sent = _BROKEN
            if sent != size:
                self._see_to(place, data, sent)

    def _see_to(self, place: int, data: bytes, sent: int) -> None:
        reader = self._readers[place]
        assert reader is not None, "who is absent takes everything"
        reader.fell_short(data, sent)


class Fanout:
    """All readers of a process, by audience. An audience is any hashable key; it exists while it has
    members.
    """

    def __init__(self, readers_a_turn: int = READERS_A_TURN) -> None:
        self.counters = Counters()
        self._readers_a_turn = readers_a_turn
        self._audiences: dict[Hashable, _Audience] = {}
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
        self._epoll.register(sock.fileno(), _LISTEN)
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
                audience = self._audiences[key] = _Audience(key)
            audience.append(reader)

    def leave(self, reader: Reader) -> None:
        """Take a reader out of its audience, if it has one. It stays open, for writes of its own."""
        audience = reader._audience
        if audience is not None:
            audience.remove(reader)
            self._discard_if_empty(audience)

    def _discard_if_empty(self, audience: _Audience) -> None:
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
        audience.begin(_Write(data, 0, len(audience.sends), written))
        if was_idle:
            self._step(audience)

    def _step(self, audience: _Audience) -> None:
        audience.step(self._readers_a_turn)
        if not audience.idle:
            assert self._loop is not None
            self._loop.call_soon(self._step, audience)
        else:
            self._discard_if_empty(audience)

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

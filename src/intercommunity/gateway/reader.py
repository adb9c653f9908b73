"""One connection that is only written to: what it keeps up with, and what waits for it; knows no other reader."""

import select
import socket
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol

WAITING_LIMIT = 64 * 1024
"""Bytes of its audience's writes that may wait for one slow reader. Its own opening may be larger and comes
on top."""

LISTEN = select.EPOLLIN
LISTEN_AND_DRAIN = select.EPOLLIN | select.EPOLLOUT

BROKEN = -1
"""In the place of a number of bytes sent: the connection is broken."""


@dataclass(slots=True)
class Counters:
    """Since the start of the process; `readers` is how many there are now."""

    readers: int = 0
    writes: int = 0
    bytes: int = 0
    dropped: int = 0


class Audience(Protocol):
    """What a reader knows of the audience that it belongs to."""

    key: Hashable
    sends: list[Callable[[bytes], int]]
    """By place: what takes its writes."""

    def catch_up(self, reader: "Reader") -> None: ...


class Keeper(Protocol):
    """What a reader knows of the fan-out that keeps it."""

    counters: Counters

    def leave(self, reader: "Reader") -> None: ...
    def watch(self, sock: socket.socket, events: int) -> None: ...
    def forget(self, reader: "Reader", sock: socket.socket) -> None: ...


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

    def __init__(self, fanout: Keeper, sock: socket.socket) -> None:
        self._fanout = fanout
        self._socket: socket.socket | None = sock
        self._audience: Audience | None = None
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
        if sent == BROKEN:
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
        self._change_sender(LISTEN_AND_DRAIN)

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
            self._change_sender(LISTEN)

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

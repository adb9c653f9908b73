"""Lets a stream leave uvicorn when its request is complete; knows nothing of what is streamed, or to whom.

One port serves everything. A GET that the application's `Taker` opens a reader for leaves uvicorn: its socket
goes to the fan-out, and the transport, parser, flow control, timers and tasks of the connection are given up.
Every other request goes on to the ASGI application, unaltered.

A stream has no Content-Length and no chunks: it ends with the connection, which HTTP/1.1 allows (RFC 9112,
6.3, the last case) and HTTP/1.0 knows no other way. Chunks would frame every event a second time, and would
buy a connection that can be used again after a stream that has no end. The head must therefore say
`Connection: close`.

Three requests for a stream are left to the ASGI application, which should refuse them in its own words: over
TLS inside this process (the fan-out writes to the socket itself; TLS stands in front), HEAD, and a request
sent before the answer to the one before it has been read (no browser does).
"""

import asyncio
import functools
import os
import resource
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast
from urllib.parse import unquote

import httptools
from msgspec import Struct

from intercommunity.gateway.fanout import Fanout, Reader
from intercommunity.gateway.zero_copy import Ready, ReadyProtocol, nothing_ready

REQUEST_WITHIN_S = 60
"""How long a request may take to arrive. Who opens connections and says little holds them no longer than that."""

SPARE_FILES = 256
"""Of those that this process may open, kept for what is no connection: logs, translators, pages. Whoever opens
connections without end can use up all others; they are turned away then, and the meeting goes on for those inside.
"""

LARGEST_HEAD = 64 * 1024
"""Bytes of a request before its body; the parser itself knows no limit."""


class StreamRequest(Struct, frozen=True):
    """What a taker may know: `path` is percent-decoded, header names are lower case, `client` an address or
    empty.
    """

    path: str
    query: str
    headers: Mapping[bytes, bytes]
    client: str


class Taker(Protocol):
    """The application's side: whoever calls `open_reader` has the connection, whoever does not leaves it to
    ASGI.

    It is called inside the event loop and must not block. The first thing written to the reader is the head
    of the response, status line and headers.
    """

    def take(self, request: StreamRequest, open_reader: Callable[[], Reader]) -> None: ...


def protocol_with_takeover(
    taker: Taker, fanout: Fanout, request_within_s: float = REQUEST_WITHIN_S, ready: Ready = nothing_ready
) -> type[asyncio.Protocol]:
    """What `uvicorn.Config(http=…)` wants."""
    protocol = functools.partial(TakeoverProtocol, taker, fanout, request_within_s, ready=ready)
    return cast("type[asyncio.Protocol]", protocol)


class TakeoverProtocol(ReadyProtocol):
    """uvicorn's HTTP/1.1 protocol until a stream is opened; after that an empty husk, dropped by its
    transport.
    """

    def __init__(self, taker: Taker, fanout: Fanout, request_within_s: float, **for_uvicorn: Any) -> None:
        super().__init__(**for_uvicorn)
        self._request_within_s = request_within_s
        self._taker = taker
        self._fanout = fanout
        self._taken = False
        self._reader: Reader | None = None
        self._head: int | None = 0  # bytes of an unfinished one; None: it is complete
        self._half_here = False
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if _files_are_short(transport.get_extra_info("socket").fileno()):
            transport.abort()
            return
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._request_is_here()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse(_HEAD_TOO_LARGE)
        if self._half_here:
            self._expect_request()

    def _expect_request(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._request_within_s, self.transport.abort)

    def _request_is_here(self) -> None:
        self._half_here = False
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    # What the parser finds behind a stream's request is nobody's: the client has no more to say.

    def on_message_begin(self) -> None:
        if not self._taken:
            self._half_here = True
            super().on_message_begin()

    def on_headers_complete(self) -> None:
        if self._head is not None and self._head > LARGEST_HEAD and self._size_of_head() > LARGEST_HEAD:
            self._refuse(_HEAD_TOO_LARGE)
        self._head = None
        if not self._taken and self._may_be_taken():
            self._offer()
        if not self._taken:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self._taken:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._head = 0
        self._request_is_here()
        if not self._taken:
            super().on_message_complete()

    def _size_of_head(self) -> int:
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def send_400_response(self, msg: str) -> None:
        if not self._taken:
            super().send_400_response(msg)

    def _may_be_taken(self) -> bool:
        return (
            self.parser.get_method() == b"GET"
            and self.scheme == "http"
            and self._get_upgrade() != b"websocket"
            and (self.cycle is None or self.cycle.response_complete)
            and self.transport.get_write_buffer_size() == 0
            and not self.transport.is_closing()
        )

    def _offer(self) -> None:
        url = httptools.parse_url(self.url)
        request = StreamRequest(
            path=unquote(url.path.decode("ascii")),
            query=(url.query or b"").decode("ascii"),
            headers=dict(self.headers),
            client=self.client[0] if self.client else "",
        )
        try:
            self._taker.take(request, self._open_reader)
        except Exception:
            # Not raised: the parser would make a client's error of it.
            self.logger.exception("A stream could not be opened")
            self._refuse(_UNAVAILABLE)

    def _open_reader(self) -> Reader:
        assert not self._taken, "a connection has one reader"
        self._reader = self._fanout.adopt(_second_hold(self.transport.get_extra_info("socket")))
        self._taken = True
        self._request_is_here()
        self.connections.add(cast("Any", _StandIn(self._fanout, self.connections)))
        self.transport.abort()
        return self._reader

    def _refuse(self, answer: bytes) -> None:
        self._taken = True
        if self._reader is not None:
            self._reader.close()
        else:
            self.transport.write(answer)
            self.transport.close()


def _files_are_short(newest: int) -> bool:
    """Whether few files can be opened after this one: its number is the lowest that was free."""
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return newest >= most - min(SPARE_FILES, most // 4)


def _second_hold(transport_socket: socket.socket) -> socket.socket:
    """A socket of our own on the same connection.

    The transport closes its own when it is aborted, which ends nothing on the line while this one is open. So
    there are two files for a moment, and one for the life of the stream.
    """
    descriptor = os.dup(transport_socket.fileno())
    return socket.socket(transport_socket.family, transport_socket.type, transport_socket.proto, descriptor)


_HEAD_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_UNAVAILABLE = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class _StandIn:
    """Stands, once, for all readers among uvicorn's connections: its shutdown closes them and waits for
    none.
    """

    fanout: Fanout
    connections: set[Any] = field(compare=False)

    def shutdown(self) -> None:
        self.connections.discard(self)
        self.fanout.close()

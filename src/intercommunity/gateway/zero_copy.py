"""Sends what is ready when it is asked for, past uvicorn's tasks, and files past this process's memory; knows no
file's name.

An answer from the application goes through a task, two messages and a buffer, which costs ten times what the kernel
takes to send it. Where nothing has to be waited for (a file that is open, a text in memory) it is written to the
connection's socket as soon as the request's head is read; a file's bytes go from the kernel's cache to the line. Only
what the line does not take at once has to wait, until it is writable.

The bytes go past the transport, so nothing else may write meanwhile. Nothing does: uvicorn begins the next answer of a
connection when this one is complete, and what it still has to write itself is waited for by the application.
"""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

STALLED_S = 30.0
"""Who takes nothing for so long is cut off."""


class Answer(Protocol):
    """A whole one. `head` are its headers, each with its end of line; they say how long it is. After them comes `body`,
    or `part` of `file`: a descriptor that is good until the event loop goes on.
    """

    @property
    def status(self) -> int: ...
    @property
    def head(self) -> bytes: ...
    @property
    def body(self) -> bytes: ...
    @property
    def file(self) -> int | None: ...
    @property
    def part(self) -> range: ...


Ready = Callable[[Scope], Answer | None]
"""What can be answered at once; None is left to the application. It is called inside the event loop."""


def nothing_ready(_: Scope) -> None:
    """Everything is left to the application."""


class ReadyProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1, in which some requests are answered at once. The application must know how to answer them
    too: it does where the line is not free, since the answer before has not gone yet, and over TLS in this process.
    """

    def __init__(self, ready: Ready = nothing_ready, stalled_s: float = STALLED_S, **for_uvicorn: Any) -> None:
        super().__init__(**for_uvicorn)
        self._ready = ready
        self._stalled_s = stalled_s
        self._is_new = False
        self._sending: Sending | None = None
        self._resting_since: float | None = None
        self._rest: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        self._resting_since = None
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self._is_new = True
        super().on_headers_complete()
        self._is_new = False

    def connection_lost(self, exc: Exception | None) -> None:
        if self._sending is not None:
            self._sending.stop()
        if self._rest is not None:
            self._rest.cancel()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Where uvicorn begins to answer. A request that had to wait for the one before comes here out of that one's
        end: answered at once, many of them would call each other.
        """
        answer = self._ready_answer(cycle.scope) if self._is_new else None
        if answer is None:
            super()._start_asgi_task(cycle, app)
            return
        cycle.response_started = True
        self._sending = Sending(cycle, answer)
        if self._sending.send():
            self._complete(cycle)
        else:
            self._sending.go_on(self._stalled_s, lambda: self._complete(cycle))

    def _ready_answer(self, scope: Any) -> Answer | None:
        if self.scheme != "http" or self.transport.get_write_buffer_size():
            return None
        with suppress(Exception):  # not raised: the parser would make a client's error of it. The application says it
            return self._ready(scope)
        return None

    def _complete(self, cycle: RequestResponseCycle) -> None:
        self._sending = None
        cycle.response_complete = True
        cycle.on_response = _nothing
        if not cycle.keep_alive:
            self.transport.close()
        if self.pipeline:
            self.on_response_complete()
        else:
            self.server_state.total_requests += 1
            self.flow.resume_reading()
            self._resting_since = self.loop.time()
            if self._rest is None:
                self._rest = self.loop.call_later(self.timeout_keep_alive, self._end_rest)

    def _end_rest(self) -> None:
        """Ends a connection on which nothing more is asked for. One timer serves all rests of a connection, since there
        is one every second.
        """
        since = self._resting_since
        left = self.timeout_keep_alive - (self.loop.time() - since if since is not None else 0)
        if left > 0:
            self._rest = self.loop.call_later(left, self._end_rest)
        elif not self.transport.is_closing():
            self.transport.close()


class Sending:
    """An answer on its way: what is left of it, and the line it waits for."""

    def __init__(self, cycle: RequestResponseCycle, answer: Answer) -> None:
        self._cycle = cycle
        self._file = answer.file
        self._offset, self._left = answer.part.start, len(answer.part)
        self._bytes = memoryview(_head(cycle, answer) + answer.body)
        self._line: int | None = None
        self._timer: asyncio.TimerHandle | None = None

    def send(self) -> bool:
        """As much as the line takes. Whether that was all; a connection that cannot be sent to is cut, and has all."""
        transport = self._cycle.transport
        line = self._line if self._line is not None else transport.get_extra_info("socket").fileno()
        try:
            while self._bytes and not transport.is_closing():
                self._bytes = self._bytes[_write(line, self._bytes, more=self._left > 0) :]
            while self._left and not transport.is_closing():
                self._send_of_file(line)
        except BlockingIOError:
            return False
        except (OSError, EOFError):
            transport.abort()
        return True

    def _send_of_file(self, line: int) -> None:
        assert self._file is not None
        sent = os.sendfile(line, self._file, self._offset, self._left)
        if not sent:
            raise EOFError("the file is shorter than was said")
        self._offset, self._left = self._offset + sent, self._left - sent

    def go_on(self, stalled_s: float, over: Callable[[], None]) -> None:
        """With the rest, and with descriptors of its own: the loop lets nobody wait for a transport's, and the file is
        only lent.
        """
        transport, loop = self._cycle.transport, asyncio.get_running_loop()
        self._file = os.dup(self._file) if self._file is not None else None
        self._line = os.dup(transport.get_extra_info("socket").fileno())
        self._timer = loop.call_later(stalled_s, transport.abort)

        def writable() -> None:
            assert self._timer is not None
            self._timer.cancel()
            if self.send():
                self.stop()
                over()
            else:
                self._timer = loop.call_later(stalled_s, transport.abort)

        loop.add_writer(self._line, writable)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._line is not None:
            asyncio.get_running_loop().remove_writer(self._line)
            os.close(self._line)
            if self._file is not None:
                os.close(self._file)
        self._line = self._file = None


def _head(cycle: RequestResponseCycle, answer: Answer) -> bytes:
    common = b"".join([b"%b: %b\r\n" % header for header in cycle.default_headers])
    end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
    return STATUS_LINE[answer.status] + common + answer.head + end


def _write(line: int, data: memoryview, *, more: bool) -> int:
    """With `more` a head does not travel alone: what follows fills its packet."""
    if not more:
        return os.write(line, data)
    with_flags = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, line)
    try:
        return with_flags.send(data, socket.MSG_MORE)
    finally:
        with_flags.detach()


def _nothing(*_: object) -> None:
    pass

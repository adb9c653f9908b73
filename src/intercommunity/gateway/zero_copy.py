"""Sends parts of files from the kernel's cache to the line without passing through this process; knows no file's name.

This is the ASGI extension `http.response.zerocopysend` for uvicorn's HTTP/1.1, which has none. The bytes go past the
transport, to its socket: so what the transport still holds must be gone first, and nothing else may write meanwhile.
Nothing does: uvicorn starts the next answer of a connection when this one is complete.
"""

import asyncio
import os

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

EXTENSION = "http.response.zerocopysend"
STALLED_S = 30.0
"""Who takes nothing for so long is cut off."""


def with_zero_copy(application: ASGIApp, stalled_s: float = STALLED_S) -> ASGIApp:
    """`application` as uvicorn's protocol calls it. Over TLS in this process nothing can go past it."""

    async def offering(scope: Scope, receive: Receive, send: Send) -> None:
        cycle = getattr(send, "__self__", None)
        if scope["type"] != "http" or scope["scheme"] != "http" or not isinstance(cycle, RequestResponseCycle):
            await application(scope, receive, send)
            return

        async def send_or_copy(message: Message) -> None:
            if message["type"] == EXTENSION:
                await _send_part(cycle, message["file"], message["offset"], message["count"], stalled_s)
                message = {"type": "http.response.body", "more_body": message.get("more_body", False)}
            await send(message)

        scope.setdefault("extensions", {})[EXTENSION] = {}
        await application(scope, receive, send_or_copy)

    return offering


async def _send_part(cycle: RequestResponseCycle, file: int, offset: int, count: int, stalled_s: float) -> None:
    """`file`: a descriptor. The connection is cut where the whole part cannot be sent."""
    line: int | None = None
    try:
        await _until_empty(cycle, stalled_s)
        while count and not cycle.disconnected and not cycle.transport.is_closing():
            try:
                socket = line if line is not None else cycle.transport.get_extra_info("socket").fileno()
                sent = os.sendfile(socket, file, offset, count)
            except BlockingIOError:
                line = os.dup(socket) if line is None else line
                await _until_writable(line, stalled_s)
                continue
            if not sent:
                raise EOFError("the file is shorter than was said")  # noqa: TRY301 - ends as one that cannot be read
            offset, count = offset + sent, count - sent
            cycle.expected_content_length -= sent
    except (OSError, EOFError):
        cycle.transport.abort()
        cycle.disconnected = True
    finally:
        if line is not None:
            os.close(line)


async def _until_empty(cycle: RequestResponseCycle, stalled_s: float) -> None:
    """Raises `TimeoutError`."""
    transport = cycle.transport
    transport.set_write_buffer_limits(high=0)
    try:
        async with asyncio.timeout(stalled_s):
            await cycle.flow.drain()
    finally:
        transport.set_write_buffer_limits()


async def _until_writable(line: int, stalled_s: float) -> None:
    """`line`: a descriptor of our own, for the loop lets nobody wait for a transport's. Raises `TimeoutError`."""
    loop = asyncio.get_running_loop()
    writable = asyncio.Event()
    loop.add_writer(line, writable.set)
    try:
        async with asyncio.timeout(stalled_s):
            await writable.wait()
    finally:
        loop.remove_writer(line)

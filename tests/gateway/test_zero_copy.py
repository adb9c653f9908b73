"""Parts of files over real sockets, past uvicorn's transport, on both event loops."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from intercommunity.gateway.zero_copy import EXTENSION, with_zero_copy

DATA = os.urandom(1 << 20) * 6


class Files:
    """The application: GET /FROM-UNTIL of one file, of which each answer says how long it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.finished = 0

    async def __call__(self, scope, receive, send):
        first, until = map(int, scope["path"].strip("/").split("-"))
        file = os.open(self.path, os.O_RDONLY)
        try:
            headers = [(b"content-length", str(until - first).encode())]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": EXTENSION, "file": file, "offset": first, "count": until - first})
        finally:
            os.close(file)
            self.finished += 1


@pytest.fixture
def files(tmp_path) -> Files:
    (tmp_path / "file").write_bytes(DATA)
    return Files(tmp_path / "file")


@asynccontextmanager
async def serving(files: Files, stalled_s: float = 20) -> AsyncIterator[int]:
    class Protocol(HttpToolsProtocol):
        def __init__(self, **for_uvicorn):
            super().__init__(**for_uvicorn)
            self.app = with_zero_copy(self.app, stalled_s)

    server = uvicorn.Server(uvicorn.Config(files, http=Protocol, port=0, lifespan="off", log_config=None))
    task = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await asyncio.wait_for(task, 10)


async def connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """With a small window, so that the server has to wait."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
    return await asyncio.open_connection(sock=sock)


def request(first: int, until: int) -> bytes:
    return b"GET /%d-%d HTTP/1.1\r\nhost: h\r\n\r\n" % (first, until)


async def answer(reader: asyncio.StreamReader, first: int, until: int) -> None:
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    assert b"content-length: %d\r\n" % (until - first) in head
    assert await asyncio.wait_for(reader.readexactly(until - first), 20) == DATA[first:until]


async def test_answers_follow_each_other_on_one_connection(files):
    parts = [(0, len(DATA)), (5, 6), (1_000_000, 4_000_000), (len(DATA) - 1, len(DATA))]
    async with serving(files) as port:
        reader, writer = await connect(port)
        for part in parts:
            writer.write(request(*part))
            await answer(reader, *part)
        writer.write(b"".join(request(*part) for part in parts))
        for part in parts:
            await answer(reader, *part)
        writer.close()
    assert files.finished == 2 * len(parts)


async def test_file_that_is_shorter_than_was_said_ends_the_connection(files):
    async with serving(files) as port:
        reader, writer = await connect(port)
        writer.write(request(len(DATA) - 10, len(DATA) + 10))
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await answer(reader, len(DATA) - 10, len(DATA) + 10)
        writer.close()


@pytest.mark.parametrize("goes", [True, False])
async def test_who_goes_or_takes_nothing_holds_nothing(files, goes):
    async with serving(files, stalled_s=0.3) as port:
        reader, writer = await connect(port)
        writer.write(request(0, len(DATA)))
        await reader.readexactly(100)
        if goes:
            writer.transport.abort()
        async with asyncio.timeout(10):
            while not files.finished:
                await asyncio.sleep(0.01)
        if not goes:
            with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
                await reader.readexactly(len(DATA))
        writer.close()


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_nothing_is_left_open(files):
    async with serving(files) as port:
        before = open_files()
        for _ in range(20):
            reader, writer = await connect(port)
            writer.write(request(0, 1_000_000))
            await answer(reader, 0, 1_000_000)
            writer.close()
            await writer.wait_closed()
        async with asyncio.timeout(5):
            while open_files() > before:
                await asyncio.sleep(0.01)

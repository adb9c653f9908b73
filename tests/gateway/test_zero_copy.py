"""Answers that are ready, over real sockets, past uvicorn's transport, on both event loops."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import uvicorn

from intercommunity.gateway.zero_copy import ReadyProtocol

DATA = os.urandom(1 << 20) * 6


@dataclass(frozen=True)
class Piece:
    """An answer: a part of a file, or the same bytes from memory."""

    head: bytes
    body: bytes
    file: int | None
    part: range
    status: int = 200


class Files:
    """GET /FROM-UNTIL of one file, which is lent; /memory/FROM-UNTIL; anything else is the application's, which says so
    with its answer.
    """

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_RDONLY)

    def ready(self, scope):
        path = scope["path"].removeprefix("/memory")
        if path == "/broken":
            raise RuntimeError
        if path == "/page":
            return None
        first, until = map(int, path.strip("/").split("-"))
        head = b"content-length: %d\r\nx-by: ready\r\n" % (until - first)
        if path != scope["path"]:
            return Piece(head, DATA[first:until], None, range(0))
        return Piece(head, b"", self.file, range(first, until))

    async def __call__(self, scope, receive, send):
        body = scope["path"].encode()
        if body.strip(b"/")[:1].isdigit():
            first, until = map(int, body.strip(b"/").split(b"-"))
            body = DATA[first:until]
        headers = [(b"content-length", str(len(body)).encode()), (b"x-by", b"application")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
def files(tmp_path):
    (tmp_path / "file").write_bytes(DATA)
    files = Files(tmp_path / "file")
    yield files
    os.close(files.file)


@asynccontextmanager
async def serving(files: Files, stalled_s: float = 20, **options) -> AsyncIterator[int]:
    http = partial(ReadyProtocol, files.ready, stalled_s)
    server = uvicorn.Server(uvicorn.Config(files, http=http, port=0, lifespan="off", log_config=None, **options))
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


def request(first: int, until: int, folder: bytes = b"/") -> bytes:
    return b"GET %b%d-%d HTTP/1.1\r\nhost: h\r\n\r\n" % (folder, first, until)


async def answer(reader: asyncio.StreamReader, first: int, until: int) -> bytes:
    """Is what was asked for; returns its head."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    assert b"content-length: %d\r\n" % (until - first) in head
    assert await asyncio.wait_for(reader.readexactly(until - first), 20) == DATA[first:until]
    return head


PARTS = [(0, len(DATA)), (5, 6), (1_000_000, 4_000_000), (len(DATA) - 1, len(DATA))]


@pytest.mark.parametrize("folder", [b"/", b"/memory/"])
async def test_answers_follow_each_other_on_one_connection(files, folder):
    async with serving(files) as port:
        reader, writer = await connect(port)
        for part in PARTS:
            writer.write(request(*part, folder))
            head = await answer(reader, *part)
            assert head.startswith(b"HTTP/1.1 200 OK\r\ndate: ")
            assert b"\r\nx-by: ready\r\n" in head
        writer.close()


async def test_answers_keep_their_order_where_nobody_waits_for_the_one_before(files):
    async with serving(files) as port:
        reader, writer = await connect(port)
        for _ in range(2):
            writer.write(b"".join(request(*part) for part in PARTS) + request(7, 8) * 1000)
            for part in [*PARTS, *[(7, 8)] * 1000]:
                await answer(reader, *part)
        writer.close()


@pytest.mark.parametrize("path", [b"/page", b"/broken"])
async def test_what_is_not_ready_is_left_to_the_application(files, path):
    async with serving(files) as port:
        reader, writer = await connect(port)
        writer.write(b"GET %b HTTP/1.1\r\nhost: h\r\n\r\n" % path + request(0, 9))
        assert b"x-by: application" in await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(5) == path[:5]
        await reader.readexactly(len(path) - 5)
        await answer(reader, 0, 9)
        writer.close()


@pytest.mark.parametrize("part", [(0, 9), (0, len(DATA))])
async def test_connection_ends_with_the_answer_where_the_client_wants_no_more(files, part):
    async with serving(files) as port:
        reader, writer = await connect(port)
        writer.write(request(*part)[:-2] + b"connection: close\r\n\r\n")
        assert b"\r\nconnection: close\r\n" in await answer(reader, *part)
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()


async def test_connection_ends_where_nothing_more_is_asked_for(files):
    async with serving(files, timeout_keep_alive=0.1) as port:
        reader, writer = await connect(port)
        for _ in range(2):
            writer.write(request(0, 9))
            await answer(reader, 0, 9)
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()


async def test_body_of_a_request_that_needs_none_is_passed_over(files):
    async with serving(files) as port:
        reader, writer = await connect(port)
        writer.write(request(0, 9)[:-2] + b"content-length: 5\r\n\r\nhello" + request(1, 2))
        await answer(reader, 0, 9)
        await answer(reader, 1, 2)
        writer.close()


async def test_slow_reader_keeps_nobody_waiting_and_gets_all(files):
    async with serving(files) as port:
        slow, writer = await connect(port)
        writer.write(request(0, len(DATA)))
        await slow.readexactly(1)
        for _ in range(3):
            reader, other = await connect(port)
            other.write(request(0, 100_000))
            await answer(reader, 0, 100_000)
            other.close()
        assert (await asyncio.wait_for(slow.readexactly(1_000_000), 20))[-9:]
        writer.close()


async def test_file_that_is_shorter_than_was_said_ends_the_connection(files):
    async with serving(files) as port:
        reader, writer = await connect(port)
        writer.write(request(len(DATA) - 10, len(DATA) + 10))
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await answer(reader, len(DATA) - 10, len(DATA) + 10)
        writer.close()


@pytest.mark.parametrize("folder", [b"/", b"/memory/"])
@pytest.mark.parametrize("goes", [True, False])
async def test_who_goes_or_takes_nothing_holds_nothing(files, goes, folder):
    async with serving(files, stalled_s=0.3) as port:
        before = open_files()
        reader, writer = await connect(port)
        writer.write(request(0, len(DATA), folder))
        await reader.readexactly(100)
        assert open_files() > before + 2
        if goes:
            writer.transport.abort()
        async with asyncio.timeout(10):
            while open_files() > before + (not goes):
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

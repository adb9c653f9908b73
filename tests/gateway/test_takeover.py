"""Streams and ordinary requests on one port, over real sockets, on both event loops."""

import asyncio
import contextlib
import gc
import os
import resource
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn

from intercommunity.gateway.fanout import Fanout, Reader
from intercommunity.gateway.takeover import (
    LARGEST_HEAD,
    SPARE_FILES,
    StreamRequest,
    TakeoverProtocol,
    protocol_with_takeover,
)
from waiting import until, within

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
STREAM = b"GET /stream/a?lang=es HTTP/1.1\r\nHost: h\r\nLast-Event-ID: x.7\r\n\r\n"
PAGE = b"GET /page HTTP/1.1\r\nHost: h\r\n\r\n"


class StreamTaker:
    """Takes every path under /stream/ and puts its reader into the audience of that path."""

    def __init__(self, fanout: Fanout) -> None:
        self.fanout = fanout
        self.requests: list[StreamRequest] = []
        self.readers: list[Reader] = []
        self.gone: list[Reader] = []

    def take(self, request: StreamRequest, open_reader: Callable[[], Reader]) -> None:
        self.requests.append(request)
        if request.path == "/stream/broken":
            raise RuntimeError
        if not request.path.startswith("/stream/"):
            return
        reader = open_reader()
        reader.on_close = self.gone.append
        self.readers.append(reader)
        reader.write(HEAD)
        if request.path == "/stream/half-open":
            raise RuntimeError
        self.fanout.add(reader, request.path)


async def page(scope, receive, send):
    """The ASGI application: says which method and path it was asked for, and how long the body was."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    text = b"%s %s %d" % (scope["method"].encode(), scope["path"].encode(), len(body))
    headers = [(b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": text})


class Running:
    def __init__(self, server: uvicorn.Server, taker: StreamTaker) -> None:
        self.server = server
        self.taker = taker
        self.fanout = taker.fanout
        self.port = server.servers[0].sockets[0].getsockname()[1]

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def stream(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        incoming, outgoing = await self.connect()
        outgoing.write(STREAM)
        assert await incoming.readexactly(len(HEAD)) == HEAD
        return incoming, outgoing


@asynccontextmanager
async def serving(request_within_s: float = 60, **options) -> AsyncIterator[Running]:
    taker = StreamTaker(Fanout())
    http = protocol_with_takeover(taker, taker.fanout, request_within_s)
    config = uvicorn.Config(page, http=http, port=0, lifespan="off", log_config=None, **options)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0)
    try:
        yield Running(server, taker)
    finally:
        server.should_exit = True
        await within(task)


async def answer(incoming: asyncio.StreamReader) -> bytes:
    """The body of one answer with a Content-Length, read to its end and not further."""
    head = await incoming.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    return await incoming.readexactly(length)


async def test_stream_is_taken_with_what_the_request_said():
    async with serving() as running:
        incoming, outgoing = await running.stream()
        assert running.taker.requests == [
            StreamRequest("/stream/a", "lang=es", {b"host": b"h", b"last-event-id": b"x.7"}, "127.0.0.1")
        ]
        running.fanout.write("/stream/a", b"data: 1\n\n")
        assert await within(incoming.readexactly(9)) == b"data: 1\n\n"
        outgoing.close()


async def test_stream_path_is_decoded():
    async with serving() as running:
        incoming, outgoing = await running.connect()
        outgoing.write(STREAM.replace(b"/stream/a?lang=es", b"/stream/caf%C3%A9"))
        await within(incoming.readexactly(len(HEAD)))
        assert [request.path for request in running.taker.requests] == ["/stream/café"]
        assert [request.query for request in running.taker.requests] == [""]
        outgoing.close()


async def test_other_requests_reach_the_application_before_during_and_after_a_stream():
    async with serving() as running:
        for _ in range(2):
            incoming, outgoing = await running.connect()
            outgoing.write(b"POST /stream/a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc")
            assert await within(answer(incoming)) == b"POST /stream/a 3"
            outgoing.write(PAGE)
            assert await within(answer(incoming)) == b"GET /page 0"
            outgoing.close()
            await running.stream()


async def test_second_request_of_a_kept_connection_may_be_a_stream():
    async with serving(timeout_keep_alive=0.5) as running:
        incoming, outgoing = await running.connect()
        outgoing.write(PAGE)
        assert await within(answer(incoming)) == b"GET /page 0"
        outgoing.write(STREAM)
        assert await within(incoming.readexactly(len(HEAD))) == HEAD
        await asyncio.sleep(0.8)  # longer than uvicorn keeps an idle connection
        running.fanout.write("/stream/a", b"still here")
        assert await within(incoming.readexactly(10)) == b"still here"
        outgoing.close()


async def test_request_in_single_bytes_is_taken():
    async with serving() as running:
        incoming, outgoing = await running.connect()
        for at in range(len(STREAM)):
            outgoing.write(STREAM[at : at + 1])
            await asyncio.sleep(0)
        assert await within(incoming.readexactly(len(HEAD))) == HEAD
        outgoing.close()


async def test_http_1_0_is_taken():
    async with serving() as running:
        incoming, outgoing = await running.connect()
        outgoing.write(b"GET /stream/a HTTP/1.0\r\n\r\n")
        assert await within(incoming.readexactly(len(HEAD))) == HEAD
        outgoing.close()


async def test_head_is_not_taken():
    async with serving() as running:
        incoming, outgoing = await running.connect()
        outgoing.write(b"HEAD /stream/a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        assert b"200 OK" in await within(incoming.read())
        assert running.taker.requests == []
        outgoing.close()


async def test_bytes_behind_a_stream_request_are_ignored():
    async with serving() as running:
        for behind in (PAGE, b"\x00\xff garbage\r\n\r\n", STREAM):
            incoming, outgoing = await running.connect()
            outgoing.write(STREAM + behind)
            assert await within(incoming.readexactly(len(HEAD))) == HEAD
            outgoing.write(behind)
            await asyncio.sleep(0.01)
            running.fanout.write("/stream/a", b"calm")
            assert await within(incoming.readexactly(4)) == b"calm"
            outgoing.close()
        assert len(running.taker.requests) == 3


async def test_stream_behind_an_unanswered_request_is_left_to_the_application():
    async with serving() as running:
        incoming, outgoing = await running.connect()
        outgoing.write(PAGE + STREAM)
        assert await within(answer(incoming)) == b"GET /page 0"
        assert await within(answer(incoming)) == b"GET /stream/a 0"
        outgoing.close()


async def test_garbage_is_refused_and_harms_nobody():
    async with serving() as running:
        stream, _ = await running.stream()
        for garbage in (
            b"\x16\x03\x01\x02\x00\x01\x00",
            b"GET /stream/a HTTP/9.9\r\n\r\n",
            b"\r\n" * 100 + b"\xff" * 100,
        ):
            incoming, outgoing = await running.connect()
            outgoing.write(garbage)
            assert (await within(incoming.read())).startswith(b"HTTP/1.1 400 ")
            outgoing.close()
        running.fanout.write("/stream/a", b"calm")
        assert await within(stream.readexactly(4)) == b"calm"
        assert running.fanout.counters.readers == 1


@pytest.mark.parametrize("leave", [lambda w: w.close(), lambda w: w.transport.abort(), lambda w: w.write_eof()])
async def test_end_of_the_client_is_noticed_at_once(leave):
    async with serving() as running:
        _, outgoing = await running.stream()
        leave(outgoing)
        await until(lambda: running.taker.gone == running.taker.readers)
        assert running.fanout.counters.readers == 0
        assert running.fanout.members("/stream/a") == 0
        outgoing.close()


async def test_taker_that_fails_before_opening_gives_503():
    async with serving() as running:
        incoming, outgoing = await running.connect()
        outgoing.write(STREAM.replace(b"stream/a", b"stream/broken"))
        assert (await within(incoming.read())).startswith(b"HTTP/1.1 503 ")
        outgoing.close()


async def test_taker_that_fails_after_opening_closes_the_connection():
    async with serving() as running:
        incoming, outgoing = await running.connect()
        outgoing.write(STREAM.replace(b"stream/a", b"stream/half-open"))
        assert await within(incoming.read()) == HEAD
        assert running.fanout.counters.readers == 0
        outgoing.close()


async def test_shutdown_closes_readers_and_does_not_wait_for_them():
    async with serving() as running:
        streams = [await running.stream() for _ in range(3)]
        server = running.server
    assert [await within(incoming.read()) for incoming, _ in streams] == [b"", b"", b""]
    assert server.server_state.connections == set()
    assert running.fanout.counters.readers == 0


def protocols() -> list[TakeoverProtocol]:
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, TakeoverProtocol)]


async def test_nothing_of_uvicorn_stays_with_a_stream():
    async with serving() as running:
        streams = [await running.stream() for _ in range(20)]
        await until(lambda: not protocols())
        assert len(running.server.server_state.connections) == 1  # the one that stands for all readers
        assert running.server.server_state.tasks == set()
        for _, outgoing in streams:
            outgoing.close()


async def test_stream_keeps_one_file_open():
    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    async with serving() as running:
        before = open_files()
        streams = [await running.stream() for _ in range(10)]
        await until(lambda: open_files() - before == 20)  # the client's ends are here too
        for _, outgoing in streams:
            outgoing.close()


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /page HT",
        PAGE[:-2],
        b"POST /page HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf",
        PAGE + b"GET /pa",
    ],
)
async def test_request_that_does_not_arrive_is_waited_for_no_longer(begun):
    async with serving(request_within_s=0.2) as running:
        incoming, outgoing = await running.connect()
        outgoing.write(begun)
        with contextlib.suppress(ConnectionResetError):
            await within(incoming.read())
        outgoing.close()


async def test_stream_and_next_request_may_wait_as_long_as_they_like():
    async with serving(request_within_s=0.2) as running:
        streaming, stream = await running.stream()
        asking, ask = await running.connect()
        ask.write(PAGE)
        await within(answer(asking))
        await asyncio.sleep(0.5)
        ask.write(PAGE)
        assert await within(answer(asking)) == b"GET /page 0"
        running.fanout.write("/stream/a", b"still there")
        assert await within(streaming.readexactly(11)) == b"still there"
        ask.close()
        stream.close()


@pytest.mark.parametrize("size", [LARGEST_HEAD // 2, LARGEST_HEAD * 2])
@pytest.mark.parametrize("at_once", [True, False])
async def test_head_is_taken_up_to_a_size(size, at_once):
    async with serving() as running:
        incoming, outgoing = await running.connect()
        head = PAGE[:-2] + b"X-Large: " + b"a" * size + b"\r\n\r\n"
        for part in [head] if at_once else [head[: size // 2], head[size // 2 :]]:
            outgoing.write(part)
            await asyncio.sleep(0.05)
        status = b"cut off"  # what a sender may see who is still sending when it is refused
        with contextlib.suppress(ConnectionResetError):
            status = (await within(incoming.readline())).split()[1]
        assert status in ([b"200"] if size < LARGEST_HEAD else [b"431", b"cut off"])
        outgoing.close()


async def test_body_may_be_larger_than_a_head():
    async with serving() as running:
        incoming, outgoing = await running.connect()
        length = LARGEST_HEAD * 3
        post = b"POST /page HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n" % length
        for _ in range(2):
            outgoing.write(post + b"a" * length)
            assert await within(answer(incoming)) == b"POST /page %d" % length
        outgoing.close()


@contextlib.contextmanager
def files_for_connections(number: int):
    """Each takes two here: one for the client, one for the server."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 4 * SPARE_FILES
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, before[1]))
    taken = [os.dup(0)]
    try:
        while taken[-1] < most - SPARE_FILES - 2 * number - 1:
            taken.append(os.dup(0))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        for descriptor in taken:
            os.close(descriptor)


async def test_connections_leave_files_for_the_rest():
    async with serving() as running:
        with files_for_connections(2):
            kept = [await running.stream() for _ in range(2)]
            refused, leaving = await running.connect()
            with contextlib.suppress(ConnectionError):
                assert await within(refused.read()) == b""
            leaving.close()
        running.fanout.write("/stream/a", b"on")
        for incoming, outgoing in kept:
            assert await within(incoming.readexactly(2)) == b"on"
            outgoing.close()
        incoming, outgoing = await running.stream()
        outgoing.close()

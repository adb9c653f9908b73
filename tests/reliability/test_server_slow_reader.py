"""Somebody who does not read: nobody else waits for them, they are let go, and come back without a loss."""

import asyncio
import contextlib
import socket
import statistics
import time

import httpx
import pytest

from gateway.world import Viewer
from intercommunity.gateway.fanout import WAITING_LIMIT
from reliability.after import ensure_everybody_sees_the_same
from serving import Follower, load, served
from waiting import WITHIN_S, until

LINES = 200
AT_ONCE = 5
LENGTH = 1_500
MOST_DELAY_S = 3
"""A busy machine takes its time; who waited for the slow reader would wait until it is let go."""
MOST_ON_THE_WAY = 2 * WAITING_LIMIT + 20_000
"""What the kernel holds that was not sent, as much in the server (lost with the connection), and a small window."""


async def open_unread(port: int) -> socket.socket:
    """A stream of which only the first bytes are read, through a buffer as small as the system allows."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(sock, ("127.0.0.1", port))
    await loop.sock_sendall(sock, b"GET /live/forum/stream?lang=en HTTP/1.1\r\nHost: test\r\n\r\n")
    return sock


async def read_message(sock: socket.socket) -> bytes:
    """Its head and the first message."""
    received = b""
    while received.count(b"\n\n") < 1:
        received += await asyncio.get_running_loop().sock_recv(sock, 1024)
    return received


async def rest_of(sock: socket.socket) -> bytes:
    """What still arrives before the connection ends."""
    received = b""
    async with asyncio.timeout(WITHIN_S):
        while True:
            try:
                chunk = await asyncio.get_running_loop().sock_recv(sock, 65_536)
            except ConnectionResetError:
                return received
            if not chunk:
                return received
            received += chunk


async def viewer_of(received: bytes) -> Viewer:
    """What somebody knows who has received so much."""

    class Response:
        async def aiter_bytes(self):
            yield received

    viewer = Viewer(Response())
    with contextlib.suppress(StopAsyncIteration):
        while True:
            await viewer.message()
    return viewer


@pytest.mark.slow
async def test_slow_reader_delays_nobody_and_comes_back_without_loss(tmp_path):
    links = load(tmp_path / "data")
    async with served(tmp_path / "data") as server:
        quick = Follower(server.url, lang="en")
        following = asyncio.create_task(quick.follow())
        unread = await open_unread(server.port)
        first = await read_message(unread)
        delays = []
        headers = {"Authorization": f"Bearer {links['captioner']}"}
        async with httpx.AsyncClient(base_url=f"{server.url}/live/forum", headers=headers, timeout=WITHIN_S) as http:
            for _ in range(LINES // AT_ONCE):
                text = "word " * (LENGTH // 5)
                wish = {"kind": "write_line", "track": "en", "text": text}
                answers = await asyncio.gather(*(http.post("/commands", json=wish) for _ in range(AT_ONCE)))
                lines = {answer.json()["ids"][0] for answer in answers}
                began = time.monotonic()
                await until(lambda lines=lines: lines <= quick.lines("en").keys())
                delays.append(time.monotonic() - began)
        assert statistics.median(delays) < MOST_DELAY_S
        left = await rest_of(unread)
        assert len(left) < MOST_ON_THE_WAY
        unread.close()

        back = Follower(server.url, lang="en")
        back.viewer = await viewer_of((first + left).partition(b"\r\n\r\n")[2])
        assert 0 < len(back.lines("en")) < LINES
        returning = asyncio.create_task(back.follow())
        await ensure_everybody_sees_the_same(server.url, {"quick": quick, "back": back}, {})
        for task in (following, returning):
            task.cancel()
        assert quick.times_back == 0
        assert back.viewer.nows == 1, "it went on from where it was"
        assert len(back.viewer.seen) == len(set(back.viewer.seen)) == LINES

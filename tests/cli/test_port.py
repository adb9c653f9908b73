"""The listening socket, as its connections know it."""

import asyncio
import socket

import uvloop

from intercommunity.cli.port import listen


async def sends_at_once() -> bool:
    """Whether a connection's small writes wait for nothing (TCP_NODELAY)."""
    told = asyncio.get_running_loop().create_future()

    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(accept, sock=listen("127.0.0.1", 0)) as server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        told_by = await asyncio.wait_for(told, 5)
        writer.close()
    return bool(told_by)


def test_connection_sends_small_writes_at_once():
    for loop in (asyncio.new_event_loop, uvloop.new_event_loop):
        with asyncio.Runner(loop_factory=loop) as runner:
            assert runner.run(sends_at_once())

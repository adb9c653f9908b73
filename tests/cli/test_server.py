"""How a serving process stops, by its own part alone."""

import asyncio
import socket

import uvicorn

from intercommunity.cli.server import GracefulServer
from waiting import WITHIN_S


class Connection:
    """Ends when it is asked."""

    def __init__(self, connections: set) -> None:
        self._connections = connections
        self._connections.add(self)

    def shutdown(self) -> None:
        self._connections.discard(self)


async def nothing(scope, receive, send):
    """The application of a server of which nothing is asked."""


async def test_connection_accepted_while_the_server_stops_is_asked_to_end_too():
    server = GracefulServer(
        uvicorn.Config(nothing, lifespan="off", log_config=None, timeout_graceful_shutdown=10 * WITHIN_S)
    )
    with socket.create_server(("127.0.0.1", 0)) as sock:
        serving = asyncio.create_task(server.serve(sockets=[sock]))
        async with asyncio.timeout(WITHIN_S):
            while not server.started:
                await asyncio.sleep(0.01)
            connections = server.server_state.connections
            Connection(connections)
            server.should_exit = True
            while connections:
                await asyncio.sleep(0)
            Connection(connections)
            await serving
    assert not connections

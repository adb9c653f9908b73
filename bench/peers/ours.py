"""The product's own fan-out behind uvicorn, with the least of a publisher: POST a message, all streams get it.

ours.py PORT [OWN_PORT]. Several may share PORT; each is published to at its OWN_PORT.
"""

import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn

from intercommunity.gateway.fanout import Fanout, Reader
from intercommunity.gateway.pacer import Pacer
from intercommunity.gateway.takeover import StreamRequest, protocol_with_takeover

HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n"
    b"x-accel-buffering: no\r\nconnection: close\r\n\r\n"
)


class Stage:
    """Both sides of uvicorn: the taker of streams and the ASGI application that is published to."""

    def __init__(self) -> None:
        self.fanout = Fanout()
        self._pacer = Pacer()
        self._pending: list[bytes] = []

    def take(self, request: StreamRequest, open_reader: Callable[[], Reader]) -> None:
        if request.path == "/stream":
            reader = open_reader()
            reader.write(HEAD)
            self.fanout.add(reader, "all")

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        body = message["body"]
        while message["more_body"]:
            message = await receive()
            body += message["body"]
        self._pending.append(body)
        self._pacer.changed("all", self._flush)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    def _flush(self, written: Callable[[float], None]) -> None:
        data = b"".join(self._pending)
        self._pending.clear()
        self.fanout.write("all", data, written)


def listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(("127.0.0.1", port))
    return listener


def main() -> None:
    stage = Stage()
    http = protocol_with_takeover(stage, stage.fanout)
    config = uvicorn.Config(stage, http=http, loop="uvloop", lifespan="off", access_log=False, backlog=4096)
    uvicorn.Server(config).run([listen(int(port)) for port in sys.argv[1:]])


main()

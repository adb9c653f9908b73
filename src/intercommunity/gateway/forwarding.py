"""Hands on what only the process that keeps the logs can take: captions from outside, whose sources it remembers."""

import asyncio
import os
from pathlib import Path

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from intercommunity.gateway.answers import refuse
from intercommunity.store.live import Unavailable

_HANDED_ON = frozenset({"authorization", "content-type", "accept-language"})
_HANDED_BACK = frozenset({"content-type", "cache-control", "retry-after", "x-content-type-options", "referrer-policy"})
WAIT_S = 60


def is_for_the_core(scope: Scope) -> bool:
    """Whether a request under /live/ brings captions, or asks how far they have come."""
    parts = str(scope["path"]).split("/")
    return parts[3:4] == ["captions"] and (str(scope["method"]) == "POST" or parts[-1] == "seq")


class Forwarding:
    """An ASGI application in front of the core's own socket."""

    def __init__(self, core: Path) -> None:
        transport = httpx.AsyncHTTPTransport(uds=os.path.relpath(core))
        self._core = httpx.AsyncClient(transport=transport, base_url="http://core", timeout=WAIT_S)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await (await self._answer(request))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        headers = {name: value for name, value in request.headers.items() if name in _HANDED_ON}
        address = f"{request.url.path}?{request.url.query}"
        try:
            answered = await self._core.request(request.method, address, headers=headers, content=request.stream())
        except (httpx.TransportError, asyncio.CancelledError):  # the second: this process itself ends
            return refuse(request, Unavailable("core_gone"))
        back = {name: value for name, value in answered.headers.items() if name in _HANDED_BACK}
        return Response(answered.content, answered.status_code, back)

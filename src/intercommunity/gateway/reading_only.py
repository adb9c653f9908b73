"""Stands in front of an application that people only read: a request with a body is refused; knows no page.

Django takes in a whole body, on the disk if it is large, before any view can say that it wants none.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from intercommunity.gateway.answers import refuse
from intercommunity.wire.malformed import Malformed


def reading_only(application: ASGIApp) -> ASGIApp:
    async def refuse_bodies(scope: Scope, receive: Receive, send: Send) -> None:
        if not _brings_a_body(scope):
            await application(scope, receive, send)
            return
        refused = refuse(Request(scope, receive), Malformed("body_too_large", most=0))
        refused.headers["connection"] = "close"  # else the server would read the body to get at what follows it
        await refused(scope, receive, send)

    return refuse_bodies


def _brings_a_body(scope: Scope) -> bool:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    return headers.get(b"content-length", b"0").strip(b"0") != b"" or b"transfer-encoding" in headers

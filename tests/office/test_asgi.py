"""The office as the server beside the live plane calls it."""

import asyncio

from intercommunity.office.asgi import asgi_application


async def test_application_answers_a_page(built, meetings, forum):
    meetings.cards = [forum]
    sent: list[dict[str, object]] = []

    received = asyncio.Queue()
    received.put_nowait({"type": "http.request", "body": b"", "more_body": False})

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "path": "/forum/",
        "raw_path": b"/forum/",
        "query_string": b"ui=es",
        "headers": [(b"host", b"localhost:8000")],
    }
    await asgi_application()(scope, received.get, send)
    assert sent[0]["status"] == 200
    assert b"El foro" in b"".join(message.get("body", b"") for message in sent[1:])

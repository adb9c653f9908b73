"""The HTTP side of the live plane: the addresses under /live/, as in docs/protocol.md; streams are not served here.

A stream that arrives here could not be opened by `Streams`; it gets the reason.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from intercommunity.gateway import text
from intercommunity.gateway.answers import PRIVATE, answer, refuse
from intercommunity.gateway.broadcast import Broadcast
from intercommunity.gateway.commands import Commands
from intercommunity.gateway.intake import Intake
from intercommunity.gateway.keys import token_in
from intercommunity.gateway.streams import actor_of, audience_of
from intercommunity.meeting.actor import Actor
from intercommunity.meeting.captions.rules import Place, place_of
from intercommunity.meeting.refusal import Refused
from intercommunity.meeting.views import Audience
from intercommunity.store.live import Unavailable
from intercommunity.wire.commands import decode_command
from intercommunity.wire.malformed import Malformed

LARGEST_COMMAND = 64 * 1024
LARGEST_CAPTIONS = 1024 * 1024
MOST_EARLIER_LINES = 500

Answerer = Callable[[Request, Broadcast], Awaitable[Response]]


class LiveApi:
    """`broadcasts` by slug; it may grow while this runs."""

    def __init__(
        self, broadcasts: Mapping[str, Broadcast], commands: Commands, intake: Intake, clock: Callable[[], int]
    ) -> None:
        self._broadcasts = broadcasts
        self._commands = commands
        self._intake = intake
        self._clock = clock

    def application(self) -> ASGIApp:
        return Router(
            [
                Route("/live/{slug}/now", self._answering(self._now)),
                Route("/live/{slug}/stream", self._answering(self._stream)),
                Route("/live/{slug}/text", self._answering(self._text)),
                Route("/live/{slug}/commands", self._answering(self._command), methods=["POST"]),
                Route("/live/{slug}/captions/{lang}", self._answering(self._earlier), methods=["GET"]),
                Route("/live/{slug}/captions/{lang}", self._answering(self._captions), methods=["POST"]),
                Route("/live/{slug}/captions/{lang}/seq", self._answering(self._sequence), methods=["GET"]),
            ],
            default=_unknown,
            redirect_slashes=False,
        )

    def _answering(self, answerer: Answerer) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            broadcast = self._broadcasts.get(request.path_params["slug"])
            if broadcast is None:
                return refuse(request, Refused("meeting_unknown"))
            try:
                return await answerer(request, broadcast)
            except (Refused, Malformed, Unavailable) as error:
                return refuse(request, error)
            except asyncio.CancelledError:  # this process ends, and waits for nobody any longer
                return refuse(request, Unavailable("core_gone"))

        return endpoint

    async def _now(self, request: Request, broadcast: Broadcast) -> Response:
        actor, audience = self._reader(request, broadcast)
        body = broadcast.shown.now(audience, actor.person)
        private = bool(actor.person) or "authorization" in request.headers
        shared = {**PRIVATE, "cache-control": "public, max-age=1", "vary": "authorization"}
        return answer(body, headers=PRIVATE if private else shared)

    async def _stream(self, request: Request, broadcast: Broadcast) -> Response:
        self._reader(request, broadcast)
        raise Refused("stream_not_possible")

    async def _text(self, request: Request, broadcast: Broadcast) -> Response:
        _, audience = self._reader(request, broadcast)
        page = text.render_page(broadcast.shown, audience, growing=False)
        headers = {**PRIVATE, "content-security-policy": text.CONTENT_SECURITY_POLICY}
        return Response(page, 200, headers, media_type="text/html")

    def _reader(self, request: Request, broadcast: Broadcast) -> tuple[Actor, Audience]:
        actor = actor_of(broadcast, _token(request), self._clock())
        languages = request.query_params.getlist("lang")
        return actor, audience_of(broadcast.shown.meeting.description, actor, languages)

    async def _earlier(self, request: Request, broadcast: Broadcast) -> Response:
        actor_of(broadcast, _token(request), self._clock())
        track = request.path_params["lang"]
        if track not in broadcast.shown.meeting.description.languages:
            raise Refused("language_unknown", language=track[:35])
        before = _place(request.query_params.get("before", ""))
        most = _number("most", request.query_params.get("most", "100"))
        return answer(broadcast.shown.captions_before(track, before, min(most, MOST_EARLIER_LINES)))

    async def _command(self, request: Request, broadcast: Broadcast) -> Response:
        actor = await self._commands.who(broadcast, _token(request))
        self._commands.ensure_not_too_fast(broadcast, actor, _address(request))
        wish, key = decode_command(await read_body(request, LARGEST_COMMAND))
        return answer(await self._commands.submit(broadcast, wish, actor, key, _address(request)))

    async def _captions(self, request: Request, broadcast: Broadcast) -> Response:
        actor = await self._commands.who(broadcast, _token(request))
        self._commands.ensure_not_too_fast(broadcast, actor, _address(request))
        body = await read_body(request, LARGEST_CAPTIONS)
        track = request.path_params["lang"]
        return answer(await self._intake.take(broadcast, actor, track, request.query_params, body))

    async def _sequence(self, request: Request, broadcast: Broadcast) -> Response:
        actor = await self._commands.who(broadcast, _token(request))
        last = self._intake.last_seq(broadcast, actor, request.path_params["lang"])
        return Response(last, headers=PRIVATE, media_type="text/plain")


async def read_body(request: Request, most: int) -> bytes:
    """The body, or `Malformed` as soon as it is larger than it may be; the rest is not read."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise Malformed("body_too_large", most=most)
        chunks.append(chunk)
    return b"".join(chunks)


def _token(request: Request) -> str:
    return token_in(dict(request.headers.raw), request.url.query)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _place(before: str) -> Place | None:
    """`1765432100000,hub-17`: the start and the id of the line before which the earlier ones are wanted."""
    if not before:
        return None
    start, _, line = before.partition(",")
    _number("before", line.rpartition("-")[2])
    return place_of(_number("before", start), line)


def _number(field: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 16:  # noqa: PLR2004 - beyond any time in ms
        raise Malformed("field_invalid", field=field, expected="a number")
    return int(value)


async def _unknown(scope: object, receive: object, send: object) -> None:
    request = Request(scope, receive)  # type: ignore[arg-type]
    response = refuse(request, Refused("address_unknown"))
    response.status_code = 404
    await response(scope, receive, send)  # type: ignore[arg-type]

"""The glue around webcasts: where their packages lie, which keys open their ports, what their sources are told."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from intercommunity.gateway.answers import answer, refuse
from intercommunity.gateway.broadcast import Broadcast
from intercommunity.gateway.keys import token_in
from intercommunity.gateway.streams import actor_of
from intercommunity.media.plan import PlannedSource, plan_webcast
from intercommunity.media.supervisor import MediaOptions, Supervisor
from intercommunity.meeting.actor import Role
from intercommunity.meeting.description import Description
from intercommunity.meeting.refusal import Refused
from intercommunity.store.secret import Secret, load_secret
from intercommunity.wire.language_names import own_name


def media_folder(data: Path) -> Path:
    return data / "media"


def webcasts_of(data: Path, host: str, secret: Secret) -> Supervisor:
    from intercommunity import settings

    options = MediaOptions(
        folder=media_folder(data),
        programmes=data / "programmes",
        rtmp_host=host,
        rtmp_port=settings.RTMP_PORT,
        private_too=settings.PULL_FROM_INSIDE,
    )
    return Supervisor(options, secret.stream_key, own_name)


class StreamKey(Struct, frozen=True):
    """How one source is sent to this server: what an encoder asks for."""

    source: str
    server: str
    key: str


def stream_keys(description: Description, secret: Secret, host: str) -> Iterator[StreamKey]:
    """For the sources that are sent to us."""
    from intercommunity import settings

    plan = plan_webcast(
        description,
        lambda name, number: secret.stream_key(description.slug, name, number),
        own_name,
        (),
    )
    for source in plan.sources if plan is not None else ():
        if source.origin.kind in ("rtmp", "srt"):
            yield StreamKey(source.name, _address(source, host, settings.RTMP_PORT), source.origin.key)


def streams_application(data: Path, broadcasts: Mapping[str, Broadcast], clock: Callable[[], int]) -> ASGIApp:
    """GET /live/{slug}/streams: what an encoder is to be told; for the host, who may pass it on."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        broadcast = broadcasts.get(scope["path"].split("/")[2])
        if broadcast is None or not _is_host(request, broadcast, clock()):
            response = refuse(request, Refused("not_allowed" if broadcast is not None else "meeting_unknown"))
        else:
            secret = load_secret(data / "links.key")
            host = request.url.hostname or "localhost"
            keys = list(stream_keys(broadcast.shown.meeting.description, secret, host))
            response = answer(msgspec.json.encode({"streams": keys}))
        await response(scope, receive, send)

    return application


def is_for_streams(path: str) -> bool:
    return path.startswith("/live/") and path.split("/")[3:] == ["streams"]


def _is_host(request: Request, broadcast: Broadcast, now: int) -> bool:
    try:
        token = token_in(dict(request.headers.raw), request.url.query)
        return actor_of(broadcast, token, now).role is Role.HOST
    except Refused:
        return False


def _address(source: PlannedSource, host: str, rtmp_port: int) -> str:
    if source.origin.kind == "srt":
        return f"srt://{host}:{source.origin.address}?mode=caller&pbkeylen=16&passphrase={source.origin.key}"
    return f"rtmp://{host}:{rtmp_port}/live"

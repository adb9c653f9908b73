"""The glue around webcasts: where their packages lie, which keys open their ports, what their sources are told."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

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


class StreamWay(Struct, frozen=True):
    """How one source comes, for the host's page. `kind`: rtmp, srt, file or pull; `server` and `key` where it is sent
    to us, else `origin`: the file's name, or the host it is pulled from, since the rest of an address may be secret.
    """

    source: str
    kind: str
    server: str = ""
    key: str = ""
    origin: str = ""


def stream_keys(description: Description, secret: Secret, host: str) -> Iterator[StreamKey]:
    """For the sources that are sent to us."""
    ways = stream_ways(description, secret, host)
    return (StreamKey(each.source, each.server, each.key) for each in ways if each.key)


def stream_ways(description: Description, secret: Secret, host: str) -> Iterator[StreamWay]:
    """For all sources; none without a programme."""
    plan = plan_webcast(
        description,
        lambda name, number: secret.stream_key(description.slug, name, number),
        own_name,
        (),
    )
    for source in plan.sources if plan is not None else ():
        yield _way(source, host)


def _way(source: PlannedSource, host: str) -> StreamWay:
    from intercommunity import settings

    origin = source.origin
    match origin.kind:
        case "rtmp":
            return StreamWay(source.name, "rtmp", f"rtmp://{host}:{settings.RTMP_PORT}/live", origin.key)
        case "srt":
            server = f"srt://{host}:{origin.address}?mode=caller&pbkeylen=16&passphrase={origin.key}"
            return StreamWay(source.name, "srt", server, origin.key)
        case "file":
            return StreamWay(source.name, "file", origin=origin.address)
    return StreamWay(source.name, "pull", origin=urlsplit(origin.address).hostname or "")


def streams_application(data: Path, broadcasts: Mapping[str, Broadcast], clock: Callable[[], int]) -> ASGIApp:
    """GET /live/{slug}/streams: how each source comes, and what an encoder is to be told; for the host alone."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        broadcast = broadcasts.get(scope["path"].split("/")[2])
        if broadcast is None or not _is_host(request, broadcast, clock()):
            response = refuse(request, Refused("not_allowed" if broadcast is not None else "meeting_unknown"))
        else:
            secret = load_secret(data / "links.key")
            host = request.url.hostname or "localhost"
            ways = list(stream_ways(broadcast.shown.meeting.description, secret, host))
            response = answer(msgspec.json.encode({"streams": ways}))
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

"""Opens the streams: who asks for which meeting, as whom, in which languages; the answer is a reader or none."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from intercommunity.gateway import text
from intercommunity.gateway.broadcast import Broadcast, Viewing
from intercommunity.gateway.census import Viewer
from intercommunity.gateway.fanout import Reader
from intercommunity.gateway.hub import Following
from intercommunity.gateway.keys import token_in
from intercommunity.gateway.takeover import StreamRequest
from intercommunity.meeting.access.rules import who_holds
from intercommunity.meeting.actor import NOBODY, Actor, Role
from intercommunity.meeting.description import Description, Entrance
from intercommunity.meeting.refusal import Refused
from intercommunity.meeting.views import Audience
from intercommunity.store.secret import token_hash

MOST_LANGUAGES = 4

_OWN_AUDIENCE = frozenset({Role.MODERATOR, Role.HOST, Role.CAPTIONER, Role.NODE})
"""Roles that are shown more than everybody is. All others share one audience for each language."""

_HEAD = {
    "sse": (
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-store\r\n"
        b"x-accel-buffering: no\r\nx-content-type-options: nosniff\r\n"
        b"cross-origin-resource-policy: same-origin\r\nconnection: close\r\n\r\n"
    ),
    "text": (
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncache-control: no-store\r\n"
        b"x-accel-buffering: no\r\nx-content-type-options: nosniff\r\n"
        b"cross-origin-resource-policy: same-origin\r\nreferrer-policy: no-referrer\r\n"
        b"content-security-policy: " + text.CONTENT_SECURITY_POLICY.encode() + b"\r\nconnection: close\r\n\r\n"
    ),
}


class Streams:
    """The taker of connections. Whatever it cannot open is left to the HTTP application, which says why."""

    def __init__(self, broadcasts: Mapping[str, Broadcast], clock: Callable[[], int]) -> None:
        self._broadcasts = broadcasts
        self._clock = clock

    def take(self, request: StreamRequest, open_reader: Callable[[], Reader]) -> None:
        form, broadcast = self._stream_at(request.path)
        if broadcast is None:
            return
        asked = parse_qs(request.query)
        if form == "text" and asked.get("grow") == ["no"]:
            return
        try:
            token = token_in(request.headers, request.query)
            actor = actor_of(broadcast, token, self._clock())
            audience = audience_of(broadcast.shown.meeting.description, actor, asked.get("lang", []))
        except Refused:
            return
        after = request.headers.get(b"last-event-id", b"").decode("latin-1") or asked.get("after", [""])[0]
        viewer = viewer_of(broadcast.shown.meeting.description, actor, asked)
        by_link = bool(token) and actor.id not in broadcast.shown.meeting.access.people
        place = Viewing(Following(form, audience), viewer, actor.person, token_hash(token) if by_link else "")
        broadcast.open(open_reader(), place, after, _HEAD[form])

    def _stream_at(self, path: str) -> tuple[str, Broadcast | None]:
        match path.split("/"):
            case ["", "live", slug, "stream"]:
                return "sse", self._broadcasts.get(slug)
            case ["", "live", slug, "text"]:
                return "text", self._broadcasts.get(slug)
        return "", None


def actor_of(broadcast: Broadcast, token: str, now: int) -> Actor:
    """Who asks, by the secret they show; without one, anybody, where the meeting is open. Raises `Refused`."""
    if token:
        return who_holds(broadcast.shown.meeting.access, token_hash(token), now)
    if broadcast.shown.meeting.description.entrance is Entrance.LINK:
        raise Refused("link_needed")
    return NOBODY


def audience_of(description: Description, actor: Actor, languages: list[str]) -> Audience:
    """What an actor is shown, in the languages asked for, else the meeting's first. Raises `Refused`."""
    wanted = tuple(dict.fromkeys(languages))[:MOST_LANGUAGES] or description.languages[:1]
    for language in wanted:
        if language not in description.languages:
            raise Refused("language_unknown", language=language[:35])
    ordered = (*wanted[:1], *sorted(wanted[1:]))  # the order of the others means nothing, and would make more audiences
    return Audience(actor.role if actor.role in _OWN_AUDIENCE else Role.PUBLIC, ordered)


def viewer_of(description: Description, actor: Actor, asked: Mapping[str, list[str]]) -> Viewer:
    """Where somebody is: what they said when they joined, else what their page says; unknown places count as none."""
    nodes = {node.id: node.country for node in description.nodes}
    node = actor.node or asked.get("node", [""])[0]
    node = node if node in nodes else ""
    said = asked.get("country", [""])[0]
    said = said if len(said) == 2 and said.isascii() and said.isalpha() and said.isupper() else ""  # noqa: PLR2004
    country = actor.country or said or nodes.get(node, "")
    if actor.role in (Role.PUBLIC, Role.PARTICIPANT):
        return Viewer(country, node)
    return Viewer(country, node, actor.role, actor.name, actor.languages)

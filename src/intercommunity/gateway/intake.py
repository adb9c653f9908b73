"""Takes captions from outside, in the forms captioners already send; knows which source is whose.

A post with `seq` belongs to a stream of characters (StreamText, Zoom); one that begins with WEBVTT is such a file;
anything else is CART text.
"""

import asyncio
from collections.abc import Callable, Mapping

from intercommunity.gateway.broadcast import Broadcast
from intercommunity.gateway.source import Polish, Source, Taken
from intercommunity.meeting.actor import Actor
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.captions.rules import ensure_may_write, ensure_track
from intercommunity.meeting.commands import ensure_may
from intercommunity.wire.malformed import Malformed
from intercommunity.wire.text import streamtext, webvtt, zoom
from intercommunity.wire.text.control import decode
from intercommunity.wire.text.errors import MalformedText

MOST_DIGITS = 16
"""Of a time in milliseconds."""


class Intake:
    """For all meetings; it must be asked in one process only, since it remembers the sources."""

    def __init__(self, polish: Polish, clock: Callable[[], int]) -> None:
        self._polish = polish
        self._clock = clock
        self._sources: dict[tuple[str, str, str], Source] = {}

    async def take(
        self, broadcast: Broadcast, actor: Actor, track: str, query: Mapping[str, str], body: bytes
    ) -> Taken:
        """Makes lines of a post. Raises `Refused` or `Malformed`; the same post can then be sent again."""
        _ensure_may(broadcast, actor, track)
        source = self._source(broadcast, actor, track, query)
        async with source.turn:
            try:
                return await self._take(source, query, body)
            except MalformedText as error:
                raise Malformed(error.code, line=error.line or 0, what=error.message) from error

    async def _take(self, source: Source, query: Mapping[str, str], body: bytes) -> Taken:
        if "seq" in query:
            return await source.take_post(streamtext.read_seq(query["seq"]), streamtext.read_body(body))
        text = decode(body)
        if text.startswith("WEBVTT"):
            return await source.take_cues(await asyncio.to_thread(webvtt.read, text), _begin(query.get("from", "")))
        return await source.take_cart(text)

    def last_seq(self, broadcast: Broadcast, actor: Actor, track: str) -> str:
        """The number of the last post that arrived, 0 before the first, as Zoom's senders ask for it."""
        _ensure_may(broadcast, actor, track)
        source = self._sources.get((broadcast.slug, track, actor.id))
        return zoom.answer_seq(source.feed) if source else "0"

    def _source(self, broadcast: Broadcast, actor: Actor, track: str, query: Mapping[str, str]) -> Source:
        key = (broadcast.slug, track, actor.id)
        if key not in self._sources:
            # Zoom's senders name a language with its region; they do not always send the blank between posts.
            feed = zoom.feed() if "-" in query.get("lang", "") else streamtext.Feed()
            self._sources[key] = Source(broadcast, actor, track, feed, self._polish, self._clock)
        return self._sources[key]


def _ensure_may(broadcast: Broadcast, actor: Actor, track: str) -> None:
    ensure_track(track, broadcast.shown.meeting.description)
    ensure_may(actor, WriteLine(track=track, text="-"))
    ensure_may_write(actor, track)


def _begin(asked: str) -> int | None:
    if not asked:
        return None
    if not asked.isascii() or not asked.isdigit() or len(asked) > MOST_DIGITS:
        raise Malformed("field_invalid", field="from", expected="a time in milliseconds UTC")
    return int(asked)

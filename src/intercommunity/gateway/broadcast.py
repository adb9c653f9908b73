"""One meeting on the air: follows its log, and sends every audience what has changed for it.

Knows neither HTTP nor sockets: what is written goes to a fan-out. What is shown here is on disk already, because a
follower is told of events after they are durable.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable

import msgspec

from intercommunity.gateway import text
from intercommunity.gateway.census import Census, Count, Viewer
from intercommunity.gateway.fanout import Fanout, Reader
from intercommunity.gateway.hub import Changes, Following, Hub
from intercommunity.gateway.pacer import Pacer
from intercommunity.gateway.shown import Shown
from intercommunity.meeting.access import events as access_fact
from intercommunity.meeting.access.rules import who_holds
from intercommunity.meeting.captions import events as captions_fact
from intercommunity.meeting.log import Event
from intercommunity.meeting.refusal import Refused
from intercommunity.meeting.views import EVERYTHING, Touch, touched
from intercommunity.store.live import Batch, Live
from intercommunity.wire import sse
from intercommunity.wire.views import encode

_log = logging.getLogger(__name__)


class Broadcast:
    """All viewers of one meeting in this process.

    A newcomer is sent the whole at once, and joins its audience at that audience's next write, after whatever has
    changed in between: so nobody misses a change, and nobody gets one twice.
    """

    def __init__(
        self, slug: str, live: Live, fanout: Fanout, pacer: Pacer, clock: Callable[[], int], gateway: str = "core"
    ) -> None:
        self.slug = slug
        self._gateway = gateway
        self.live = live
        self.shown = Shown(live.identity, clock)
        self.census = Census()
        self._hub = Hub()
        self._fanout = fanout
        self._pacer = pacer
        self._joining: dict[Following, list[tuple[Reader, int]]] = {}
        self._told: dict[Following, set[str]] = {}
        """For text pages: the lines that stand on them."""
        self._people: dict[str, set[Reader]] = {}
        self._people_pending: dict[str, None] = {}
        self._by_link: dict[Reader, str] = {}
        """Who reads by a link, with the hash of its secret."""
        self._clock = clock
        self._unfollow = live.follow(self._on_batch)
        self._unlisten = live.listen(self._on_whisper)

    def close(self) -> None:
        self._unfollow()
        self._unlisten()

    # What comes in

    def _on_batch(self, batch: Batch) -> None:
        first = batch.position - len(batch.events) + 1
        for position, event in enumerate(batch.events, first):
            folded_before = self.shown.replica.times_folded_again
            for taken in self.shown.replica.receive([event]):
                self._note(taken, position)
            if self.shown.replica.times_folded_again > folded_before:
                self._hub.note([Touch(EVERYTHING)], position)
        self.shown.move_to(batch.position)
        if any(isinstance(event.fact, access_fact.LinkRevoked) for event in batch.events):
            self._let_go_of_useless_links()
        self._wake()

    def _let_go_of_useless_links(self) -> None:
        """Whoever reads by a link that was withdrawn or has expired reads no further."""
        for reader, token_hash in list(self._by_link.items()):
            try:
                who_holds(self.shown.meeting.access, token_hash, self._clock())
            except Refused:
                reader.close()

    def _note(self, event: Event, position: int) -> None:
        touches = list(touched(self.shown.meeting, event))
        self.shown.note(touch.topic for touch in touches if touch.topic.startswith(("questions/", "polls/")))
        self._hub.note((touch for touch in touches if touch.topic != "me"), position)
        for touch in touches:
            if touch.topic == "me" and touch.part in self._people:
                self._people_pending[touch.part] = None
        if isinstance(event.fact, captions_fact.LineWritten):
            self._end_draft(event.fact.track)

    def _end_draft(self, track: str) -> None:
        """The words that were being typed have become a line."""
        topic = f"draft/{track}"
        if topic in self.shown.whispers:
            self.live.whisper(topic, b"")

    def _on_whisper(self, topic: str, value: bytes) -> None:
        feature, _, gateway = topic.partition("/")
        if feature == "census":
            if value and gateway != self._gateway:  # one that has ended is left out when it has been silent for a while
                self.census.hear(gateway, msgspec.json.decode(value, type=Count), _seconds())
            return
        self.shown.whisper(topic, value)
        self._hub.whispered(topic)
        self._wake()

    def count(self) -> None:
        """Tell the other gateways who is here; show how many there are in all, if that has changed."""
        self.live.whisper(f"census/{self._gateway}", encode(self.census.own()))
        total = self.census.total(_seconds())
        for topic, value in (("presence", encode(total.presence)), ("desks", encode({"seats": total.seats}))):
            if self.shown.whispers.get(topic) != value:
                self.shown.whisper(topic, value)
                self._hub.whispered(topic)
        self._wake()

    # What goes out

    def _wake(self) -> None:
        for following in self._hub.waiting():
            self._pacer.changed((self.slug, following), self._flusher(following))
        if self._people_pending:
            self._pacer.changed((self.slug, "people"), self._flush_people)

    def _flusher(self, following: Following) -> Callable[[Callable[[float], None]], None]:
        def flush(written: Callable[[float], None]) -> None:
            self._flush(following, written)

        return flush

    def _flush(self, following: Following, written: Callable[[float], None]) -> None:
        key = (self.slug, following)
        try:
            data = self._changes(following, self._hub.take(following))
        except Exception:
            self._fanout.close_audience(key)  # they come back, and start again from what there is
            raise
        self._fanout.write(key, data, written)
        joining = self._joining.pop(following, [])
        missed: dict[int, bytes] = {}
        for reader, position in joining:
            if position not in missed:
                missed[position] = self._missed(following, position)
            reader.write(missed[position])
            self._fanout.add(reader, key)

    def _missed(self, following: Following, position: int) -> bytes:
        changes = self._hub.since(position, following.audience)
        if following.form == "text" or changes.everything:
            return self._changes(following, changes)
        return sse.message(self.shown.resumed(following.audience, changes, position), self.shown.event_id)

    def _changes(self, following: Following, changes: Changes) -> bytes:
        if not changes:
            return b""
        if following.form == "text":
            return text.render_changes(self.shown, following.audience, changes, self._told[following])
        if changes.everything:
            return sse.message(self.shown.now(following.audience), self.shown.event_id, event="now")
        data = self.shown.changes(following.audience, changes)
        return sse.message(data, self.shown.event_id) if data else b""

    def _flush_people(self, written: Callable[[float], None]) -> None:
        started = _seconds()
        pending, self._people_pending = self._people_pending, {}
        for person in pending:
            self._tell(person, self._people.get(person, ()))
        written(_seconds() - started)

    def _tell(self, person: str, readers: Iterable[Reader]) -> None:
        for reader in list(readers):
            seat = reader.viewer
            assert isinstance(seat, Viewing)
            if seat.following.form == "sse":
                data = encode({"set": {"me": self.shown.me(person, seat.following.audience.language)}})
                reader.write(sse.message(data))

    def heartbeat(self) -> None:
        """Keep silent streams open, and let everybody notice a dead one."""
        self._let_go_of_useless_links()
        for following in self._hub.followings():
            self._fanout.write((self.slug, following), text.HEARTBEAT if following.form == "text" else sse.HEARTBEAT)

    # Who comes and goes

    def open(self, reader: Reader, place: "Viewing", after: str = "", head: bytes = b"") -> None:
        """Show a newcomer the meeting: what has changed since `after`, their event id, or the whole of it."""
        following, viewer, person = place.following, place.viewer, place.person
        reader.viewer = place
        reader.on_close = self._on_close
        self._hub.follow(following)
        if following.form == "text" and following not in self._told:
            self._told[following] = text.lines_told(self.shown, following.audience)
        self.census.enter(viewer)
        if person:
            self._people.setdefault(person, set()).add(reader)
        if place.link:
            self._by_link[reader] = place.link
        reader.write(head + self._opening(following, person, after))
        if self._hub.pending(following):
            self._joining.setdefault(following, []).append((reader, self.shown.position))
        else:
            self._fanout.add(reader, (self.slug, following))

    def _opening(self, following: Following, person: str, after: str) -> bytes:
        audience = following.audience
        if following.form == "text":
            return text.render_page(self.shown, audience)
        position = self.shown.position_of(after)
        if position is not None:
            changes = self._hub.since(position, audience)
            if not changes.everything:
                return sse.message(self.shown.resumed(audience, changes, position, person), self.shown.event_id)
        return sse.message(self.shown.now(audience, person), self.shown.event_id, event="now")

    def _on_close(self, reader: Reader) -> None:
        place = reader.viewer
        assert isinstance(place, Viewing)
        self.census.leave(place.viewer)
        self._by_link.pop(reader, None)
        if place.person:
            readers = self._people.get(place.person, set())
            readers.discard(reader)
            if not readers:
                self._people.pop(place.person, None)
        if self._fanout.members((self.slug, place.following)) == 0 and not self._joining.get(place.following):
            self._hub.unfollow(place.following)
            self._told.pop(place.following, None)
            self._pacer.forget((self.slug, place.following))


class Viewing(msgspec.Struct, frozen=True):
    """Where a reader belongs: what it follows, who is behind it, the person, if they have joined, and the hash of
    the secret, if it is a link's.
    """

    following: Following
    viewer: Viewer
    person: str = ""
    link: str = ""


def _seconds() -> float:
    return asyncio.get_running_loop().time()

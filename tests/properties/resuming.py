"""The law of resuming: whoever follows, and whoever comes back to any place, has what a newcomer is sent."""

from random import Random
from typing import Any

import msgspec

from intercommunity.gateway.hub import Changes, Following, Hub
from intercommunity.gateway.shown import Shown
from intercommunity.meeting.actor import Role
from intercommunity.meeting.captions.rules import place_of
from intercommunity.meeting.log import Event
from intercommunity.meeting.views import EVERYTHING, Audience, Touch, touched
from properties import wishes
from properties.law import Law
from properties.rooms import World, play, worlds

AUDIENCES = (Audience(Role.PUBLIC, ("es",)), Audience(Role.HOST, ("en", "es")), Audience(Role.CAPTIONER, ("en",)))
PERSON = wishes.VOTERS[0]


class Page:
    """What a page holds, by what `docs/protocol.md` says of `now` and of messages: nothing but JSON."""

    def __init__(self, now: bytes) -> None:
        self.begin(now)

    def begin(self, now: bytes) -> None:
        whole = msgspec.json.decode(now)
        self.topics = whole["views"]
        self.lines = {topic: {line["id"]: line for line in track["lines"]} for topic, track in whole["lines"].items()}

    def take(self, message: bytes) -> None:
        changes = msgspec.json.decode(message) if message else {}
        for topic, shown in changes.get("set", {}).items():
            self.topics[topic] = shown
        self.topics = {topic: shown for topic, shown in self.topics.items() if shown is not None}
        for topic, lines in changes.get("lines", {}).items():
            held = self.lines.setdefault(topic, {})
            held.update({line["id"]: line for line in lines})
            self.lines[topic] = {each: line for each, line in held.items() if not line.get("struck")}

    def seen(self) -> Any:
        lines = {
            topic: sorted(lines.values(), key=lambda line: place_of(line.get("start", 0), line["id"]))
            for topic, lines in self.lines.items()
            if lines
        }
        return self.topics, lines


class Gateway:
    """A meeting on the air, but for sockets and time."""

    def __init__(self) -> None:
        self.shown = Shown("log", lambda: 0)
        self.hub = Hub()
        self.position = 0

    def arrive(self, event: Event) -> None:
        self.position += 1
        folded_before = self.shown.replica.times_folded_again
        for taken in self.shown.replica.receive([event]):
            touches = list(touched(self.shown.meeting, taken))
            self.shown.note(touch.topic for touch in touches if touch.topic.startswith(("questions/", "polls/")))
            self.hub.note((touch for touch in touches if touch.topic != "me"), self.position)
        if self.shown.replica.times_folded_again > folded_before:
            self.hub.note([Touch(EVERYTHING)], self.position)
        self.shown.move_to(self.position)

    def bring(self, page: Page, audience: Audience, changes: Changes, message: bytes) -> None:
        if changes.everything:
            page.begin(self.shown.now(audience, PERSON))
        else:
            page.take(message)


def check_resuming(world: World, seed: int) -> None:
    """1. What is pending for a follower is what has changed since it was last sent something.
    2. A page that takes every message holds what `now` says.
    3. A page that was away from any position to any other holds it too, after one message.
    """
    chance = Random(seed)
    held = play(world, wishes.EVERYTHING).held[0]
    for audience in AUDIENCES:
        _check_page(held, audience, chance.randrange(len(held)), chance.randrange(256))


def _check_page(held: list[Event], audience: Audience, left_at: int, flush: int) -> None:
    gateway, following = Gateway(), Following("sse", audience)
    gateway.hub.follow(following)
    staying, sent_at = Page(gateway.shown.now(audience)), 0
    gone: bytes | None = None
    for event in held:
        if gateway.position == left_at:
            gone = gateway.shown.now(audience, PERSON)
        gateway.arrive(event)
        if flush >> gateway.position % 8 & 1:
            changes = gateway.hub.take(following)
            _check_same(changes, gateway.hub.since(sent_at, audience))
            if changes.everything:
                staying.begin(gateway.shown.now(audience))
            else:
                staying.take(gateway.shown.changes(audience, changes) if changes else b"")
            sent_at = gateway.position
            assert staying.seen() == Page(gateway.shown.now(audience)).seen()
        if gone is not None:
            back = Page(gone)
            changes = gateway.hub.since(left_at, audience)
            message = gateway.shown.resumed(audience, changes, left_at, PERSON)
            gateway.bring(back, audience, changes, message)
            assert back.seen() == Page(gateway.shown.now(audience, PERSON)).seen()


def _check_same(pending: Changes, since: Changes) -> None:
    assert pending.everything == since.everything
    if not pending.everything:
        assert set(pending.topics) == set(since.topics)
        assert {topic: set(lines) for topic, lines in pending.lines.items()} == {
            topic: set(lines) for topic, lines in since.lines.items()
        }


RESUMING = Law(worlds([*wishes.LIVELY, *["ask"] * 6], nodes=2, most=30), check_resuming, 250)

"""The state of one meeting as this gateway shows it, and its encodings; knows nothing of who is looking.

Encoded once, used for everybody: what a newcomer or a returner gets is kept until the position moves on.
"""

from collections.abc import Callable, Iterable

import msgspec

from intercommunity.gateway.hub import Changes
from intercommunity.meeting.actor import Role
from intercommunity.meeting.captions.rules import Place, place_of
from intercommunity.meeting.captions.view import LinesView, LineView, view_track
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.questions.view import SEES_ALL
from intercommunity.meeting.replica import Replica
from intercommunity.meeting.views import (
    Audience,
    MeView,
    topics,
    view,
    view_captions,
    view_captions_line,
    view_me,
)
from intercommunity.wire.views import encode, encode_changes, encode_now, encode_view

MOST_KEPT = 200
"""Answers for those who come back. Who comes back after a broken line was at one of a few positions."""

_NOTHING = msgspec.Raw(b"null")
_EVERYBODY = Audience(Role.PUBLIC, ())
_DESKS_FOR = frozenset({Role.HOST, Role.MODERATOR})


class Shown:
    """`whispers` are what is shown but not logged (drafts, presence), as JSON by topic."""

    def __init__(self, identity: str, clock: Callable[[], int]) -> None:
        self.identity = identity
        self.replica = Replica("gateway")
        self.position = 0
        self.whispers: dict[str, bytes] = {}
        self._clock = clock
        self._views: dict[Audience, tuple[dict[str, msgspec.Raw], dict[str, msgspec.Raw]]] = {}
        self._resumed: dict[tuple[Audience, int], bytes] = {}
        self._public: set[str] = set()

    @property
    def meeting(self) -> Meeting:
        return self.replica.meeting

    @property
    def event_id(self) -> str:
        """By which a viewer resumes: which log, and up to where."""
        return f"{self.identity}.{self.position}"

    def position_of(self, event_id: str) -> int | None:
        """The position a viewer was shown up to; None if it is not of this log, or not understood."""
        identity, _, position = event_id.rpartition(".")
        if identity != self.identity or not position.isascii() or not position.isdigit():
            return None
        found = int(position[:18])
        return found if found <= self.position else None

    def move_to(self, position: int) -> None:
        self.position = position
        self._views.clear()
        self._resumed.clear()

    def note(self, topics: Iterable[str]) -> None:
        """Take down what everybody sees now. Of what they never saw they are not told that it is gone, either: that
        would tell them that somebody has asked, and what a moderator decides meanwhile.
        """
        for topic in topics:
            if topic not in self._public and view(self.meeting, topic, _EVERYBODY) is not None:
                self._public.add(topic)

    def whisper(self, topic: str, value: bytes) -> None:
        """An empty value ends a topic."""
        if value:
            self.whispers[topic] = value
        else:
            self.whispers.pop(topic, None)
        self._resumed.clear()

    def now(self, audience: Audience, person: str = "") -> bytes:
        """The whole, as JSON, for one audience, and for one person in it."""
        views, lines = self._whole(audience)
        views = views | self._whispered(audience)
        if person:
            views["me"] = encode_view(self.me(person, audience.language))
        return encode_now(self.event_id, self._clock(), views, lines)

    def _whole(self, audience: Audience) -> tuple[dict[str, msgspec.Raw], dict[str, msgspec.Raw]]:
        found = self._views.get(audience)
        if found is None:
            meeting = self.meeting
            seen = ((topic, view(meeting, topic, audience)) for topic in topics(meeting))
            views = {topic: encode_view(each) for topic, each in seen if each is not None}
            if audience.role is Role.PUBLIC:
                self._public |= views.keys()
            lines = {
                f"captions/{track}": encode_view(view_captions(meeting, track))
                for track in audience.languages
                if track in meeting.description.languages
            }
            found = self._views[audience] = (views, lines)
        return found

    def _whispered(self, audience: Audience) -> dict[str, msgspec.Raw]:
        return {topic: self._whisper_for(topic, audience) for topic in self.whispers if _may_hear(topic, audience)}

    def _whisper_for(self, topic: str, audience: Audience) -> msgspec.Raw:
        value = self.whispers.get(topic)
        return msgspec.Raw(value) if value is not None and _may_hear(topic, audience) else _NOTHING

    def changes(self, audience: Audience, changes: Changes) -> bytes:
        """What has changed for an audience, as JSON; empty if nothing of it is for them."""
        views: dict[str, msgspec.Raw] = {}
        for topic in changes.topics:
            if is_whispered(topic):
                if _may_hear(topic, audience):
                    views[topic] = self._whisper_for(topic, audience)
            else:
                views |= self._changed(topic, audience)
        lines = {topic: self.lines(topic, changes) for topic in changes.lines}
        lines = {topic: found for topic, found in lines.items() if found}
        return encode_changes(views, lines) if views or lines else b""

    def _changed(self, topic: str, audience: Audience) -> dict[str, msgspec.Raw]:
        found = view(self.meeting, topic, audience)
        is_told = found is not None or audience.role in SEES_ALL or topic in self._public
        return {topic: encode_view(found)} if is_told else {}

    def lines(self, topic: str, changes: Changes) -> list[LineView]:
        """The changed lines of a track, in order of speaking."""
        found = (view_captions_line(self.meeting, topic, line) for line in changes.lines.get(topic, ()))
        return sorted((line for line in found if line is not None), key=lambda line: place_of(line.start, line.id))

    def resumed(self, audience: Audience, changes: Changes, position: int, person: str = "") -> bytes:
        """What somebody has missed who was shown everything up to `position`."""
        if not person:
            kept = self._resumed.get((audience, position))
            if kept is not None:
                return kept
        views: dict[str, msgspec.Raw] = {}
        for topic in changes.topics:
            views |= self._changed(topic, audience)
        views |= self._whispered(audience)
        for track in audience.languages:
            views.setdefault(f"draft/{track}", _NOTHING)
        if person:
            views["me"] = encode_view(self.me(person, audience.language))
        data = encode_changes(views, {topic: self.lines(topic, changes) for topic in changes.lines})
        if not person and len(self._resumed) < MOST_KEPT:
            self._resumed[audience, position] = data
        return data

    def me(self, person: str, language: str) -> MeView:
        return view_me(self.meeting, person, language)

    def captions_before(self, track: str, before: Place | None, most: int) -> bytes:
        """Earlier lines of a track, as JSON, for those who scroll back."""
        return encode(self.track(track, before, most))

    def track(self, track: str, before: Place | None, most: int) -> LinesView:
        return view_track(self.meeting.captions, track, before, most)


def is_whispered(topic: str) -> bool:
    return topic.partition("/")[0] in ("draft", "presence", "desks", "translator", "media", "sources")


def _may_hear(topic: str, audience: Audience) -> bool:
    """Who sits at which desk, and what the sources send, is for those who run the meeting.

    A draft is for those who read its language.
    """
    feature, _, language = topic.partition("/")
    if feature in ("desks", "sources"):
        return audience.role in _DESKS_FOR
    return feature != "draft" or language in audience.languages

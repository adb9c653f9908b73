"""PURE. Who follows what, and since when it has changed; knows neither sockets nor what a view looks like.

Of everything that can be followed the hub remembers the position (in the log, as this server has it) at which it last
changed. So a viewer who comes back with a position gets what has changed since, and no history of messages is kept.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct, field

from intercommunity.meeting.views import EVERYTHING, Audience, Touch

MOST_LINES = 300
"""A viewer for whom more lines than this have changed starts again from `now`."""


class Following(NamedTuple):
    """What a viewer is sent: a form (`sse` or `text`) of what an audience may see."""

    form: str
    audience: Audience


class Changes(Struct):
    """What has changed: small topics; lines by their topic; or everything, and the rest does not matter."""

    topics: dict[str, None] = field(default_factory=dict)
    lines: dict[str, dict[str, None]] = field(default_factory=dict)
    everything: bool = False

    def __bool__(self) -> bool:
        return bool(self.topics or self.lines or self.everything)

    def add(self, touch: Touch) -> None:
        if touch.topic == EVERYTHING:
            self.everything = True
        elif touch.part:
            self.lines.setdefault(touch.topic, {})[touch.part] = None
        else:
            self.topics[touch.topic] = None


class Hub:
    """For one meeting. Touches of `me` are not the hub's: they concern one person each."""

    def __init__(self) -> None:
        self._changed: dict[str, int] = {}
        self._lines: dict[str, list[tuple[int, str]]] = {}
        self._void_before = 0
        self._pending: dict[Following, Changes] = {}

    def follow(self, following: Following) -> None:
        self._pending.setdefault(following, Changes())

    def unfollow(self, following: Following) -> None:
        self._pending.pop(following, None)

    def followings(self) -> list[Following]:
        return list(self._pending)

    def note(self, touches: Iterable[Touch], position: int) -> None:
        """Take down what an event at `position` has changed, for those who follow and those who come back."""
        for touch in touches:
            if touch.topic == EVERYTHING:
                self._changed.clear()
                self._lines.clear()
                self._void_before = position
            elif touch.part:
                self._lines.setdefault(touch.topic, []).append((position, touch.part))
            else:
                self._changed[touch.topic] = position
            for following, changes in self._pending.items():
                if follows(following.audience, touch):
                    changes.add(touch)

    def whispered(self, topic: str) -> None:
        """Something that is not logged has changed; who comes back is sent all of those anyway."""
        self.note_for_followers(Touch(topic))

    def note_for_followers(self, touch: Touch) -> None:
        for following, changes in self._pending.items():
            if follows(following.audience, touch):
                changes.add(touch)

    def waiting(self) -> list[Following]:
        """Those for whom something has changed."""
        return [following for following, changes in self._pending.items() if changes]

    def pending(self, following: Following) -> bool:
        return bool(self._pending.get(following))

    def take(self, following: Following) -> Changes:
        """What is to be sent to a following now; nothing is pending for it afterwards."""
        changes = self._pending[following]
        self._pending[following] = Changes()
        return changes

    def since(self, position: int, audience: Audience) -> Changes:
        """What has changed for an audience after `position`: `everything` where that is too much to send."""
        if position < self._void_before:
            return Changes(everything=True)
        changes = Changes()
        for topic, at in self._changed.items():
            if at > position and follows(audience, Touch(topic)):
                changes.topics[topic] = None
        for topic, lines in self._lines.items():
            if follows(audience, Touch(topic)):
                after = bisect_right(lines, position, key=lambda line: line[0])
                if len(lines) - after > MOST_LINES:
                    return Changes(everything=True)
                if after < len(lines):
                    changes.lines[topic] = dict.fromkeys(line for _, line in lines[after:])
        return changes


def follows(audience: Audience, touch: Touch) -> bool:
    """Captions and drafts go to those who read that language, all other topics to all."""
    feature, _, language = touch.topic.partition("/")
    return feature not in ("captions", "draft") or language in audience.languages

"""Who is told of what a meeting's log and its whispers bring; knows neither disk nor network."""

import logging
from collections.abc import Callable, Sequence
from itertools import count

from intercommunity.meeting.log import Event
from intercommunity.store.live import Batch, Follower, Listener, Stop

AT_A_TIME = 1_000
"""Events in one batch, for a follower that catches up."""

_log = logging.getLogger(__name__)


class Followers:
    """Everybody gets every batch once, in order. One that raises is logged and does not disturb the others."""

    def __init__(self) -> None:
        self._followers: dict[int, Follower] = {}
        self._tickets = count()

    def join(self, follower: Follower, shown: Sequence[Event], after: int) -> Stop:
        """Tell a newcomer what has been shown after a position; then it belongs to the others."""
        for start in range(after, len(shown), AT_A_TIME):
            batch = tuple(shown[start : start + AT_A_TIME])
            tell(follower, Batch(batch, start + len(batch)))
        ticket = next(self._tickets)
        self._followers[ticket] = follower
        return lambda: _forget(self._followers, ticket)

    def tell(self, batch: Batch) -> None:
        for ticket, follower in list(self._followers.items()):
            if ticket in self._followers:
                tell(follower, batch)


class Whispers:
    """The latest value of every topic, and those who listen."""

    def __init__(self) -> None:
        self._latest: dict[str, bytes] = {}
        self._listeners: dict[int, Listener] = {}
        self._tickets = count()

    def listen(self, listener: Listener) -> Stop:
        for topic, value in list(self._latest.items()):
            _tell_whisper(listener, topic, value)
        ticket = next(self._tickets)
        self._listeners[ticket] = listener
        return lambda: _forget(self._listeners, ticket)

    def whisper(self, topic: str, value: bytes) -> None:
        if value:
            self._latest[topic] = value
        else:
            self._latest.pop(topic, None)
        for ticket, listener in list(self._listeners.items()):
            if ticket in self._listeners:
                _tell_whisper(listener, topic, value)

    def forget(self) -> None:
        """End every topic."""
        for topic in list(self._latest):
            self.whisper(topic, b"")


def tell(follower: Follower, batch: Batch) -> None:
    try:
        follower(batch)
    except Exception:  # noqa: BLE001 - whatever theirs was, the others go on
        _log.exception("A follower failed at position %d", batch.position)


def _tell_whisper(listener: Listener, topic: str, value: bytes) -> None:
    try:
        listener(topic, value)
    except Exception:  # noqa: BLE001 - whatever theirs was, the others go on
        _log.exception("A listener failed at %s", topic)


def _forget(held: dict[int, Callable[..., None]], ticket: int) -> None:
    held.pop(ticket, None)

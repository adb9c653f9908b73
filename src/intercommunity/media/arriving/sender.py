"""One connection that sends under a key: hands on what comes to whoever has the key now; no I/O.

1. A meeting file that is loaded again puts others in the place of all receivers. The sender does not notice: the new
   one is told first what the sender said at its beginning, without which nothing that follows can be decoded.
2. For a moment nobody may have the key; what comes then is lost. After `GRACE_S` the key has no meaning any more.
"""

from collections.abc import Mapping
from typing import Protocol

from intercommunity.media.coding.flv import Arrived, SoundSetup, Unusable, VideoSetup

GRACE_S = 3.0


class Receiver(Protocol):
    """A source, as a transport sees it."""

    def connected(self) -> None: ...
    def take(self, arrived: Arrived) -> None: ...
    def gone(self) -> None: ...
    def note(self, code: str, value: str = "") -> None:
        """Something that a person should know of; see `state.py` for the codes."""


class KeyLost(Exception):  # noqa: N818 - says it
    """Nobody has the key any more."""


class Sender:
    def __init__(self, key_hash: str, receivers: Mapping[str, Receiver]) -> None:
        self.key_hash = key_hash
        self._receivers = receivers
        self._receiver: Receiver | None = None
        self._said_first: dict[type, Arrived] = {}
        self._alone_since: float | None = None

    def begin(self) -> None:
        self._receiver = self._receivers[self.key_hash]
        self._receiver.connected()

    def take(self, arrived: Arrived, now: float) -> None:
        """`now`: seconds. Raises `KeyLost`."""
        if isinstance(arrived, VideoSetup | SoundSetup | Unusable):
            self._said_first[type(arrived)] = arrived
        receiver = self._receivers.get(self.key_hash)
        if receiver is None:
            self._wait(now)
        elif receiver is self._receiver:
            receiver.take(arrived)
        else:
            self._begin_again(receiver, arrived)

    def _wait(self, now: float) -> None:
        self._receiver = None
        self._alone_since = now if self._alone_since is None else self._alone_since
        if now - self._alone_since > GRACE_S:
            raise KeyLost

    def _begin_again(self, receiver: Receiver, arrived: Arrived) -> None:
        self._receiver, self._alone_since = receiver, None
        receiver.connected()
        for said in self._said_first.values():
            receiver.take(said)
        if type(arrived) not in self._said_first:
            receiver.take(arrived)

    def end(self) -> None:
        if self._receiver is not None and self._receivers.get(self.key_hash) is self._receiver:
            self._receiver.gone()

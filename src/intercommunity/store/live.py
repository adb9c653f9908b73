"""A meeting that is running, as gateways and translators need it, wherever its log is kept; knows no viewer.

Exception
└── Unavailable     nothing has been kept, or nobody knows whether it has: wish again, with the same key
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from intercommunity.meeting.actor import Actor
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.log import Event


class Unavailable(Exception):  # noqa: N818 - an answer, as Refused is
    """`code`: `storage_full`, `storage_failed`, `core_gone` (the process that keeps the logs) or `closed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Batch(NamedTuple):
    """Events that became durable together, in order of arrival."""

    events: tuple[Event, ...]
    position: int
    """Of the last of them."""


Follower = Callable[[Batch], None]
Listener = Callable[[str, bytes], None]
Stop = Callable[[], None]


class Live(Protocol):
    """One running meeting. Everything is to be called in the event loop's thread."""

    @property
    def identity(self) -> str:
        """The log's id: positions mean something only together with it."""

    @property
    def position(self) -> int:
        """Up to where the log is known here to be durable."""

    async def submit(self, command: Command, actor: Actor, key: str = "") -> tuple[str, ...]:
        """The ids of the events that a wish leads to, once they are on disk; perhaps none.

        A wish repeated with its key gets the ids of the first time. Raises `Refused`, or `Unavailable`.
        """

    async def who(self, token_hash: str, now: int) -> Actor:
        """Who stands behind a secret, known by its hash, at `now` (ms UTC). Raises `Refused`, or `Unavailable`."""

    def follow(self, follower: Follower, after: int = 0) -> Stop:
        """Be told of everything after a position, then of whatever becomes durable: in order, no gap, no double.

        Where the log is in this process, everything up to `position` has been told when this returns.
        """

    def whisper(self, topic: str, value: bytes) -> None:
        """Tell all listeners something that is not logged: drafts, presence. The latest value of a topic counts."""

    def listen(self, listener: Listener) -> Stop:
        """Be told of what is whispered; of the latest values at once. An empty value ends a topic."""


class Meetings(Protocol):
    """All meetings of an installation, in this process or through a socket."""

    @property
    def meetings(self) -> Mapping[str, Live]:
        """By slug."""

    async def create(self, slug: str) -> Live:
        """The meeting of that name, with an empty log if there was none. Raises `SlugUnusable`, `Unavailable`."""

    def on_new(self, callback: Callable[[str, Live], None]) -> Stop:
        """Be told of meetings that are created from now on, by slug."""


class SlugUnusable(ValueError):  # noqa: N818 - the name says what is wrong
    """A meeting's name in addresses: small letters, digits and single hyphens between them, 64 at most."""

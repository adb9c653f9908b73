"""Meetings whose logs another process of this machine owns, with the same interface as if they were here.

When the core goes away, requests that wait for it end in `Unavailable("core_gone")`, and it is called again, with
growing pauses, until it is back. Followers then go on from where they were: without a gap, and without a double.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from intercommunity.meeting.actor import Actor
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.refusal import Refused
from intercommunity.store.followers import Whispers, tell
from intercommunity.store.live import Batch, Follower, Listener, Live, SlugUnusable, Stop, Unavailable
from intercommunity.store.remote import frames

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 2.0

_log = logging.getLogger(__name__)


class LogReplaced(Exception):  # noqa: N818 - says what has happened
    """The core came back with another log under the same name."""


class _Subscription:
    """A follower, and how far it has been told."""

    __slots__ = ("follower", "position", "slug")

    def __init__(self, slug: str, follower: Follower, position: int) -> None:
        self.slug = slug
        self.follower = follower
        self.position = position


class RemoteInstallation:
    """Implements `Meetings` over the core's socket."""

    def __init__(self, path: Path) -> None:
        self.connected = asyncio.Event()
        """Set while the core can be reached and has said which meetings there are."""
        self._path = path
        self._journals: dict[str, RemoteJournal] = {}
        self._watchers: dict[int, Callable[[str, Live], None]] = {}
        self._subscriptions: dict[int, _Subscription] = {}
        self._requests: dict[int, asyncio.Future[Any]] = {}
        self._numbers = count(1)
        self._writer: asyncio.StreamWriter | None = None
        self._calling: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Call the core, and keep calling; returns when it has answered for the first time."""
        self._calling = asyncio.get_running_loop().create_task(self._call_again())
        await self.connected.wait()

    async def wait_lost(self) -> None:
        """Returns when closed. Raises `LogReplaced` when this process can only start again, from nothing."""
        if self._calling is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.shield(self._calling)

    async def close(self) -> None:
        if self._calling is not None:
            self._calling.cancel()
            await asyncio.wait([self._calling])

    @property
    def meetings(self) -> Mapping[str, "RemoteJournal"]:
        return self._journals

    async def create(self, slug: str) -> "RemoteJournal":
        await self.request(lambda number: frames.Create(number, slug))
        return self._journals[slug]

    def on_new(self, callback: Callable[[str, Live], None]) -> Stop:
        ticket = next(self._numbers)
        self._watchers[ticket] = callback
        return lambda: self._forget_watcher(ticket)

    def _forget_watcher(self, ticket: int) -> None:
        self._watchers.pop(ticket, None)

    def follow(self, slug: str, follower: Follower, after: int) -> Stop:
        number = next(self._numbers)
        self._subscriptions[number] = _Subscription(slug, follower, after)
        self.send(frames.Follow(number, slug, after))
        return lambda: self._unfollow(number)

    def _unfollow(self, number: int) -> None:
        if self._subscriptions.pop(number, None):
            self.send(frames.Unfollow(number))

    def send(self, frame: frames.Frame) -> None:
        """Left out while the core is away."""
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(frames.encode_frame(frame))

    async def request(self, make: Callable[[int], frames.Frame]) -> Any:
        """What the core answers. Raises `Refused`, `Unavailable` or `SlugUnusable`."""
        if not self.connected.is_set():
            raise Unavailable("core_gone")
        number = next(self._numbers)
        answer = self._requests[number] = asyncio.get_running_loop().create_future()
        try:
            self.send(make(number))
            return await answer
        finally:
            self._requests.pop(number, None)

    async def _call_again(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                with suppress(OSError, EOFError):
                    reader = await self._dial()
                    pause = FIRST_PAUSE
                    await self._hear(reader)
            finally:
                self._hang_up()
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads calls, guards nothing
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _dial(self) -> asyncio.StreamReader:
        with frames.Address(self._path) as path:
            reader, self._writer = await asyncio.open_unix_connection(path)
        for number, subscription in self._subscriptions.items():
            self.send(frames.Follow(number, subscription.slug, subscription.position))
        return reader

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        while True:
            try:
                told = frames.decode_told(await frames.read_frame(reader))
            except msgspec.DecodeError:
                _log.exception("The core is of another version")
                return
            self._take(told)

    def _hang_up(self) -> None:
        self.connected.clear()
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.transport.abort()
        for answer in self._requests.values():
            if not answer.done():
                answer.set_exception(Unavailable("core_gone"))

    def _take(self, told: frames.Told) -> None:
        match told:
            case frames.Shown():
                self._show(told)
            case frames.Whisper():
                self._journals[told.slug].hear(told.topic, told.value)
            case frames.Opened():
                self._open(told)
            case frames.Welcome():
                self.connected.set()
            case _:
                self._answer(told)

    def _show(self, shown: frames.Shown) -> None:
        subscription = self._subscriptions.get(shown.subscription)
        if subscription is not None:
            subscription.position = shown.position
            self._journals[subscription.slug].reached(shown.position)
            tell(subscription.follower, Batch(shown.events, shown.position))

    def _open(self, opened: frames.Opened) -> None:
        journal = self._journals.get(opened.slug)
        if journal is None:
            journal = self._journals[opened.slug] = RemoteJournal(self, opened)
            for watcher in list(self._watchers.values()):
                watcher(opened.slug, journal)
        elif journal.identity == opened.identity:
            journal.reached(opened.position)
            journal.forget_whispers()
        else:
            raise LogReplaced(f"The log of {opened.slug} is another one now: what was shown of it means nothing more")

    def _answer(self, told: frames.Led | frames.Known | frames.Denied | frames.Failed) -> None:
        answer = self._requests.get(told.request)
        if answer is None or answer.done():
            return
        match told:
            case frames.Led():
                answer.set_result(told.ids)
            case frames.Known():
                answer.set_result(told.actor)
            case frames.Denied():
                answer.set_exception(Refused(told.code, **told.values))
            case frames.Failed(text=""):
                answer.set_exception(Unavailable(told.code))
            case frames.Failed():
                answer.set_exception(SlugUnusable(told.text))


class RemoteJournal:
    """Implements `Live` for a meeting of the core. Followers are told from the event loop, not within `follow`."""

    def __init__(self, installation: RemoteInstallation, opened: frames.Opened) -> None:
        self.identity = opened.identity
        self.position = opened.position
        self._installation = installation
        self._slug = opened.slug
        self._whispers = Whispers()

    async def submit(self, command: Command, actor: Actor, key: str = "") -> tuple[str, ...]:
        ids: tuple[str, ...] = await self._installation.request(
            lambda number: frames.Submit(number, self._slug, command, actor, key)  # type: ignore[arg-type]
        )
        return ids

    async def who(self, token_hash: str, now: int) -> Actor:
        actor: Actor = await self._installation.request(lambda number: frames.Ask(number, self._slug, token_hash, now))
        return actor

    def follow(self, follower: Follower, after: int = 0) -> Stop:
        return self._installation.follow(self._slug, follower, after)

    def whisper(self, topic: str, value: bytes) -> None:
        self._installation.send(frames.Whisper(self._slug, topic, value))

    def listen(self, listener: Listener) -> Stop:
        return self._whispers.listen(listener)

    def reached(self, position: int) -> None:
        """The core's log is known to reach at least this far."""
        self.position = max(self.position, position)

    def forget_whispers(self) -> None:
        """What still counts is told anew by a core that has come back."""
        self._whispers.forget()

    def hear(self, topic: str, value: bytes) -> None:
        """The core passes a whisper on."""
        self._whispers.whisper(topic, value)

"""The single writer of one meeting's log: decides, keeps, then shows; knows neither HTTP nor who looks on.

1. A wish is decided at once, against everything decided before it. What follows from it waits for the disk.
2. One commit is under way at a time; whatever piles up meanwhile goes into the next one. So a commit is never waited
   for longer than two take, and a thousand wishes at once cost few commits.
3. When a commit is on disk, followers are told, then those who wished are answered. Also an answer that needs no
   event of its own (a repeated wish, a refusal) waits for what it was decided on.
4. When a commit fails, nobody has seen anything of it: everybody who waits gets `Unavailable`, the state is made again
   from what is on disk, and the next wish tries again.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import ParamSpec, TypeVar

from intercommunity.meeting.access.rules import who_holds
from intercommunity.meeting.actor import MACHINE, Actor
from intercommunity.meeting.description import HUB
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.polls.commands import HearClose
from intercommunity.meeting.refusal import Refused
from intercommunity.store.chain import advance, fresh, next_entry
from intercommunity.store.followers import Followers, Whispers
from intercommunity.store.live import Batch, Follower, Listener, Stop, Unavailable
from intercommunity.store.pending import Pending
from intercommunity.store.port import Entry, Full, Store, StoreError
from intercommunity.store.rebuild import Rebuilt, decode_entry, rebuild
from intercommunity.wire.events import encode_event
from intercommunity.wire.malformed import Malformed

_log = logging.getLogger(__name__)

Ids = tuple[str, ...]
P = ParamSpec("P")
T = TypeVar("T")


class State(StrEnum):
    """What a journal says about itself; the next commit that succeeds makes it `writing` again."""

    WRITING = "writing"
    STORAGE_FULL = "storage_full"
    STORAGE_FAILED = "storage_failed"
    CLOSED = "closed"


def wall_clock() -> int:
    """Milliseconds, UTC."""
    return time.time_ns() // 1_000_000


class Journal:
    """Implements `Live`. Made from a store, which it reads as a whole first; to be used in one event loop."""

    def __init__(self, store: Store, node: str = HUB, clock: Callable[[], int] = wall_clock) -> None:
        """Raises `Damaged`, and `Malformed` where a newer version has written the log."""
        self.state = State.WRITING
        self._store = store
        self._node = node
        self._clock = clock
        self._followers = Followers()
        self._whispers = Whispers()
        self._pending = Pending()
        self._unsaved: dict[tuple[str, int], bytes] = {}
        """Digests of the entries that wait for the disk."""
        self._worker = ThreadPoolExecutor(1, "journal")
        self._committing: asyncio.Task[None] | None = None
        self._stale = False
        """The state in memory may hold what is not on disk."""
        self._adopt(rebuild(store, node))

    def _adopt(self, rebuilt: Rebuilt) -> None:
        self._replica, self._events, self._heads = rebuilt
        self._unsaved.clear()
        self._stale = False

    @property
    def identity(self) -> str:
        return self._store.identity

    @property
    def position(self) -> int:
        """Everything up to here is on disk, and has been shown."""
        return len(self._events)

    @property
    def meeting(self) -> Meeting:
        """The decider's state: it may be a commit ahead of what is shown."""
        return self._replica.meeting

    def since(self, position: int, most: int) -> Sequence[Event]:
        """Some of the durable events after a position, in order of arrival."""
        return self._events[position : position + most]

    async def who(self, token_hash: str, now: int) -> Actor:
        return who_holds(self._replica.meeting.access, token_hash, now)

    def follow(self, follower: Follower, after: int = 0) -> Stop:
        return self._followers.join(follower, self._events, after)

    def whisper(self, topic: str, value: bytes) -> None:
        self._whispers.whisper(topic, value)

    def listen(self, listener: Listener) -> Stop:
        return self._whispers.listen(listener)

    async def submit(self, command: Command, actor: Actor, key: str = "") -> Ids:
        await self._ready()
        refused: Refused | None = None
        ids: Ids = ()
        try:
            ids = self._wish(command, actor, key)
        except Refused as refusal:
            refused = refusal
        except Exception:
            with suppress(Unavailable):
                await self._drop(Pending(), self._ready)
            raise
        await self._kept()
        if refused is not None:
            raise refused
        return ids

    async def receive(self, entries: Sequence[Entry]) -> int:
        """Take in entries from another copy of the log; how many were new. They are kept and shown like our own.

        Raises `Conflict`, `Gap`, `Altered`, `Damaged` or `Malformed`, and then has taken in none of them; or
        `Unavailable`.
        """
        await self._ready()
        new = fresh(entries, self._heads, self._digest)
        events = [decode_entry(entry) for entry in new]
        self._replica.receive(events)
        advance(self._heads, new)
        self._queue(events, new)
        self._hear_closes()
        await self._kept()
        return len(new)

    async def close(self) -> None:
        """Finish what is under way, then let others write."""
        if self.state is State.CLOSED:
            return
        self.state = State.CLOSED
        while self._committing is not None:
            await asyncio.wait([self._committing])
        await self._in_worker(self._store.close)
        self._worker.shutdown()

    def _wish(self, command: Command, actor: Actor, key: str) -> Ids:
        decided = self._replica.wish(command, actor, self._clock(), key)
        if isinstance(decided, tuple):
            return decided
        self._queue(decided, [self._entry(event) for event in decided])
        return tuple(event.id for event in decided)

    def _entry(self, event: Event) -> Entry:
        entry = next_entry(self._heads, event.stamp.node, encode_event(event))
        assert entry.number == event.stamp.number
        advance(self._heads, [entry])
        return entry

    def _queue(self, events: Sequence[Event], entries: Sequence[Entry]) -> None:
        self._unsaved.update({(entry.node, entry.number): entry.digest for entry in entries})
        self._pending.events += events
        self._pending.entries += entries

    def _digest(self, node: str, number: int) -> bytes | None:
        unsaved = self._unsaved.get((node, number))
        if unsaved is not None:
            return unsaved
        return next((entry.digest for entry in self._store.read_log(node, number - 1, 1)), None)

    def _hear_closes(self) -> None:
        """Write down that this node knows of a close that another node made: from here on it accepts no ballot."""
        for poll in list(self.meeting.polls.by_id.values()):
            if poll.closed_at and self._node not in poll.heard:
                self._wish(HearClose(poll.id), MACHINE, "")

    async def _ready(self) -> None:
        """Wait while the state is made again; and make it again where that has not worked before."""
        if self.state is State.CLOSED:
            raise Unavailable(State.CLOSED)
        if self._stale and self._committing is not None:
            await asyncio.wait([self._committing])
        if self._stale and self._committing is None:
            self._start(self._restore())
        if self._stale and self._committing is not None:
            await asyncio.wait([self._committing])
        if self._stale:
            raise Unavailable(self.state)

    async def _kept(self) -> None:
        """Wait until everything that has been decided up to now is on disk. Raises `Unavailable`."""
        if self._committing is None and not self._pending:
            return
        waiting = self._pending.join(asyncio.get_running_loop())
        if self._committing is None:
            self._start(self._commit())
        await waiting

    def _start(self, work: Coroutine[None, None, None]) -> None:
        self._committing = asyncio.get_running_loop().create_task(self._alone(work))

    async def _alone(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        finally:
            self._committing = None

    async def _commit(self) -> None:
        while self._pending:
            batch, self._pending = self._pending, Pending()
            try:
                if batch.entries:
                    await self._in_worker(self._store.append, batch.entries)
            except Exception as error:  # noqa: BLE001 - whatever it was: nobody may wait for ever
                await self._give_up(batch, error)
            else:
                self._show(batch)

    def _show(self, batch: Pending) -> None:
        if batch.entries:
            if self.state is not State.CLOSED:
                self.state = State.WRITING
            for entry in batch.entries:
                self._unsaved.pop((entry.node, entry.number), None)
            self._events += batch.events
            self._followers.tell(Batch(tuple(batch.events), len(self._events)))
        batch.resolve()

    async def _give_up(self, batch: Pending, error: Exception) -> None:
        _log.error("%d events could not be kept: %s", len(batch.entries), error, exc_info=not isinstance(error, Full))
        if self.state is not State.CLOSED:
            self.state = State.STORAGE_FULL if isinstance(error, Full) else State.STORAGE_FAILED
        await self._drop(batch, self._restore)

    async def _drop(self, batch: Pending, restore: Callable[[], Coroutine[None, None, None]]) -> None:
        """Forget what has been decided but not kept; then say so to those who wait for it."""
        self._stale = True
        code = State.STORAGE_FULL if self.state is State.STORAGE_FULL else State.STORAGE_FAILED
        later, self._pending = self._pending, Pending()
        try:
            await restore()
        finally:
            batch.fail(code)
            later.fail(code)

    async def _restore(self) -> None:
        """Make the state again from what is on disk; what got there although its commit seemed to fail is shown."""
        shown = len(self._events)
        try:
            rebuilt = await self._in_worker(rebuild, self._store, self._node, self._events)
        except (StoreError, Malformed):
            _log.exception("The log cannot be read")
            return
        self._adopt(rebuilt)
        if unseen := self._events[shown:]:
            self._followers.tell(Batch(tuple(unseen), len(self._events)))

    async def _in_worker(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, partial(work, *args, **kwargs))

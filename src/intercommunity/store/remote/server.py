"""The core's end of the socket: lets other processes of the owner follow, wish and whisper; decides nothing itself.

A follower that keeps up is told within the journal's own round, so before whoever wished gets the answer. One that is
behind pulls from the journal as fast as its socket takes it: it holds nobody up, and nothing is kept for it. One that
takes nothing for `PATIENCE` seconds is cut off; it connects again, and goes on from where it was.
"""

import asyncio
import logging
import os
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path

import msgspec

from intercommunity.meeting.refusal import Refused
from intercommunity.store.followers import AT_A_TIME
from intercommunity.store.installation import Installation
from intercommunity.store.journal import Journal
from intercommunity.store.live import Batch, Live, SlugUnusable, Stop, Unavailable
from intercommunity.store.remote import frames

PATIENCE = 30.0
MOST_WAITING = 2**20
"""Bytes that may wait in a socket whose follower counts as keeping up."""
TOO_MUCH_WAITING = 16 * 2**20
"""Bytes after which a process is cut off that neither reads answers nor whispers."""

_log = logging.getLogger(__name__)


class CoreServer:
    """Serves an installation at a path, for the owner of the path alone."""

    def __init__(self, installation: Installation, path: Path, patience: float = PATIENCE) -> None:
        self.installation = installation
        self.patience = patience
        self._path = path
        self._clients: set[_Client] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        before = os.umask(0o177)
        try:
            with frames.Address(self._path) as path:
                self._server = await asyncio.start_unix_server(self._serve, path)
        finally:
            os.umask(before)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for client in list(self._clients):
            client.cut_off()
        if self._tasks:
            await asyncio.wait(self._tasks)
        self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = _Client(self, reader, writer)
        task = asyncio.current_task()
        assert task is not None
        self._clients.add(client)
        self._tasks.add(task)
        try:
            await client.serve()
        finally:
            self._clients.discard(client)
            self._tasks.discard(task)


class _Client:
    def __init__(self, server: CoreServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._installation = server.installation
        self._patience = server.patience
        self._reader = reader
        self._writer = writer
        self._tasks: set[asyncio.Task[None]] = set()
        self._following: dict[int, asyncio.Task[None]] = {}
        self._stops: list[Stop] = []

    async def serve(self) -> None:
        try:
            self._introduce()
            while True:
                self._heed(frames.decode_wanted(await frames.read_frame(self._reader)))
        except (EOFError, ConnectionError):
            pass
        except msgspec.DecodeError:
            _log.exception("A process of another version, or none of ours, spoke to the core")
        finally:
            self._end()

    def cut_off(self) -> None:
        self._writer.transport.abort()

    def _end(self) -> None:
        for stop in self._stops:
            stop()
        for task in self._tasks:
            task.cancel()
        self.cut_off()

    def send(self, frame: frames.Frame) -> None:
        if self.waiting() > TOO_MUCH_WAITING:
            self.cut_off()
        elif not self._writer.is_closing():
            self._writer.write(frames.encode_frame(frame))

    def waiting(self) -> int:
        """Bytes that the socket has not taken yet."""
        return self._writer.transport.get_write_buffer_size()

    def _introduce(self) -> None:
        self._stops.append(self._installation.on_new(self._open))
        for slug, journal in self._installation.meetings.items():
            self._open(slug, journal)
        self.send(frames.Welcome())

    def _open(self, slug: str, live: Live) -> None:
        self.send(frames.Opened(slug, live.identity, live.position))
        self._stops.append(live.listen(lambda topic, value: self.send(frames.Whisper(slug, topic, value))))

    def _heed(self, wanted: frames.Wanted) -> None:
        match wanted:
            case frames.Follow():
                self._follow(wanted)
            case frames.Unfollow():
                if following := self._following.pop(wanted.subscription, None):
                    following.cancel()
            case frames.Whisper():
                if journal := self._installation.meetings.get(wanted.slug):
                    journal.whisper(wanted.topic, wanted.value)
            case _:
                self._start(self._answer(wanted))

    def _follow(self, wanted: frames.Follow) -> None:
        if journal := self._installation.meetings.get(wanted.slug):
            feed = _Feed(self, journal, wanted)
            self._following[wanted.subscription] = self._start(feed.run())

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _journal(self, slug: str) -> Journal:
        if slug not in self._installation.meetings:
            raise Unavailable("meeting_unknown")
        return self._installation.meetings[slug]

    async def _answer(self, wanted: frames.Submit | frames.Ask | frames.Create) -> None:
        try:
            self.send(await self._result(wanted))
        except Refused as refused:
            self.send(frames.Denied(wanted.request, refused.code, refused.values))
        except Unavailable as unavailable:
            self.send(frames.Failed(wanted.request, unavailable.code))
        except SlugUnusable as unusable:
            self.send(frames.Failed(wanted.request, "slug_unusable", str(unusable)))
        except Exception:
            self.send(frames.Failed(wanted.request, "core_failed"))
            raise

    async def _result(self, wanted: frames.Submit | frames.Ask | frames.Create) -> frames.Frame:
        match wanted:
            case frames.Submit():
                ids = await self._journal(wanted.slug).submit(wanted.command, wanted.actor, wanted.key)
                return frames.Led(wanted.request, ids)
            case frames.Ask():
                return frames.Known(wanted.request, await self._journal(wanted.slug).who(wanted.token_hash, wanted.now))
            case frames.Create():
                await self._installation.create(wanted.slug)
                return frames.Led(wanted.request)

    async def drained(self) -> None:
        """Wait until the socket takes more; cut off who takes nothing for too long."""
        try:
            async with asyncio.timeout(self._patience):
                await self._writer.drain()
        except TimeoutError:
            _log.warning("A process that follows took nothing for %s s and was cut off", self._patience)
            self.cut_off()


class _Feed:
    """One subscription of a client, and how far it has been told."""

    def __init__(self, client: _Client, journal: Journal, follow: frames.Follow) -> None:
        self._client = client
        self._journal = journal
        self._subscription = follow.subscription
        self._position = follow.after
        self._more = asyncio.Event()

    async def run(self) -> None:
        stop = self._journal.follow(self._take, after=self._journal.position)
        try:
            with suppress(ConnectionError):
                await self._keep_up()
        finally:
            stop()

    async def _keep_up(self) -> None:
        while True:
            self._more.clear()
            while events := tuple(self._journal.since(self._position, AT_A_TIME)):
                self._tell(Batch(events, self._position + len(events)))
                await self._client.drained()
            await self._more.wait()
            await self._client.drained()

    def _take(self, batch: Batch) -> None:
        if batch.position - len(batch.events) == self._position and self._client.waiting() < MOST_WAITING:
            self._tell(batch)
        else:
            self._more.set()

    def _tell(self, batch: Batch) -> None:
        self._position = batch.position
        self._client.send(frames.Shown(self._subscription, batch.events, batch.position))

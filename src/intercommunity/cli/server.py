"""Puts a serving process together: meetings on the air, their HTTP side, the office, translation; decides nothing."""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import cast

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from intercommunity.cli.office import OnTheAir
from intercommunity.cli.records import Publisher, records_folder
from intercommunity.cli.webcasts import is_for_streams, media_folder, streams_application
from intercommunity.gateway.app import LiveApi
from intercommunity.gateway.broadcast import Broadcast
from intercommunity.gateway.commands import Commands
from intercommunity.gateway.fanout import Fanout
from intercommunity.gateway.forwarding import Forwarding, is_for_the_core
from intercommunity.gateway.intake import Intake
from intercommunity.gateway.keys import token_in
from intercommunity.gateway.pacer import Pacer
from intercommunity.gateway.reading_only import reading_only
from intercommunity.gateway.streams import Streams, actor_of
from intercommunity.gateway.takeover import protocol_with_takeover
from intercommunity.languages.engines import Choice, open_translator
from intercommunity.languages.live_translation import LiveTranslation
from intercommunity.languages.polishing import Polisher
from intercommunity.languages.ports import Translator
from intercommunity.media.serving.files import HlsFiles, is_for_files
from intercommunity.media.supervisor import Supervisor
from intercommunity.meeting.actor import MACHINE
from intercommunity.meeting.nodes.commands import CountAttendance
from intercommunity.meeting.refusal import Refused
from intercommunity.office import ports
from intercommunity.office.asgi import asgi_application
from intercommunity.record.serving import RecordFiles, is_for_record
from intercommunity.store.journal import wall_clock
from intercommunity.store.live import Live, Meetings, Unavailable

_log = logging.getLogger(__name__)

HEARTBEAT_S = 15
CENSUS_S = 2
ATTENDANCE_S = 60
BACKLOG = 4096
COLLECT_EVERY = (50_000, 20, 50)
"""Objects made more than freed, and how many collections of one generation before the next is looked at."""
STOP_WITHIN_S = 5
ASK_AGAIN_S = 0.1
"""Between two requests to a connection that it end, while the process stops."""


class Server:
    """One process on the port. The one that keeps the logs also translates and counts for all."""

    def __init__(
        self, meetings: Meetings, name: str, core: Path, *, keeps_logs: bool, webcasts: Supervisor | None = None
    ) -> None:
        """`core`: the unix socket on which the process that keeps the logs takes requests of the others. `webcasts`:
        in that process alone.
        """
        self._webcasts = webcasts
        self.fanout = Fanout()
        self._meetings = meetings
        self._name = name
        self._core = core
        self._keeps_logs = keeps_logs
        self._pacer = Pacer()
        self._broadcasts: dict[str, Broadcast] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._publisher = Publisher(core.parent.parent, self._begin) if keeps_logs else None

    async def run(self, *socks: socket.socket) -> None:
        """Serve until a signal says to stop."""
        stop_hearing = self._meetings.on_new(self._open)
        for slug, live in self._meetings.meetings.items():
            self._open(slug, live)
        self._begin(self._beat())
        self._begin(self._take_census())
        if self._webcasts is not None:
            self._begin(self._webcasts.run())
        spare_the_collector()
        try:
            await GracefulServer(self._uvicorn()).serve(sockets=list(socks))
        finally:
            stop_hearing()
            await self._stop()

    def _uvicorn(self) -> uvicorn.Config:
        from intercommunity import settings

        files = HlsFiles(media_folder(self._core.parent.parent), self._may_enter)
        streams = Streams(self._broadcasts, wall_clock)
        return uvicorn.Config(
            self._application(files),
            http=protocol_with_takeover(streams, self.fanout, ready=files.if_asked),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            forwarded_allow_ips=list(settings.PROXIES),
            backlog=BACKLOG,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=STOP_WITHIN_S,
        )

    def _application(self, files: HlsFiles) -> ASGIApp:
        from intercommunity import settings

        data = self._core.parent.parent
        ports.install(OnTheAir(self._broadcasts, records_folder(data)))
        office = reading_only(cast("ASGIApp", asgi_application()))
        polish = Polisher().polish
        commands = Commands(wall_clock, time.monotonic, polish)
        live = LiveApi(self._broadcasts, commands, Intake(polish, wall_clock), wall_clock).application()
        records = RecordFiles(records_folder(data), self._may_read, office, https_only=settings.HTTPS_ONLY)
        streams = streams_application(data, self._broadcasts, wall_clock)
        forwarding = None if self._keeps_logs else Forwarding(self._core)

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and is_for_record(scope["path"]) and not scope["path"].startswith("/live/"):
                await records(scope, receive, send)
            elif scope["type"] != "http" or not scope["path"].startswith("/live/"):
                await office(scope, receive, send)
            elif is_for_files(scope["path"]):
                await files(scope, receive, send)
            elif is_for_streams(scope["path"]):
                await streams(scope, receive, send)
            elif forwarding is not None and is_for_the_core(scope):
                await forwarding(scope, receive, send)
            else:
                await live(scope, receive, send)

        return application

    def _may_enter(self, scope: Scope, slug: str) -> bool:
        return self._may_read(slug, token_in(dict(scope["headers"]), scope["query_string"].decode("latin-1")))

    def _may_read(self, slug: str, token: str) -> bool:
        """Whoever may see the meeting may see its record."""
        broadcast = self._broadcasts.get(slug)
        if broadcast is None:
            return False
        try:
            actor_of(broadcast, token, wall_clock())
        except Refused:
            return False
        return True

    def _open(self, slug: str, live: Live) -> None:
        broadcast = self._broadcasts[slug] = Broadcast(slug, live, self.fanout, self._pacer, wall_clock, self._name)
        if self._keeps_logs:
            translation = LiveTranslation(live, lambda: broadcast.shown.meeting, _open_engine)
            self._begin(translation.run())
        if self._publisher is not None:
            self._publisher.open(slug, live, lambda: broadcast.shown.meeting)
        if self._webcasts is not None:
            self._webcasts.open(slug, live, lambda: broadcast.shown.meeting)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("A part of the server has stopped", exc_info=error)

    async def _stop(self) -> None:
        for broadcast in self._broadcasts.values():
            broadcast.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # What goes on besides

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            for broadcast in self._broadcasts.values():
                broadcast.heartbeat()

    async def _take_census(self) -> None:
        next_attendance = time.monotonic() + CENSUS_S
        while True:
            await asyncio.sleep(CENSUS_S)
            for broadcast in self._broadcasts.values():
                broadcast.count()
            if self._keeps_logs and time.monotonic() >= next_attendance:
                next_attendance = time.monotonic() + ATTENDANCE_S
                for broadcast in list(self._broadcasts.values()):
                    await self._note_attendance(broadcast)

    async def _note_attendance(self, broadcast: Broadcast) -> None:
        presence = broadcast.census.total(time.monotonic()).presence
        if not broadcast.shown.meeting.floor.session:
            return
        with contextlib.suppress(Refused, Unavailable):
            await broadcast.live.submit(CountAttendance(presence.people, presence.countries, presence.nodes), MACHINE)


def spare_the_collector() -> None:
    """What a meeting holds stays, and is nearly free of cycles: looking through it often only makes viewers wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_EVERY)


class GracefulServer(uvicorn.Server):
    """Stops on a signal, and leaves it at that: uvicorn's own way raises the signal again, and nothing of ours that
    still has to be closed would be.

    It asks the connections to end until they have: uvicorn asks once, and one that was accepted in that moment would
    be served on until it is cut off in the middle of a request.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        asking = asyncio.create_task(self._keep_asking())
        try:
            await super().shutdown(sockets)
        finally:
            asking.cancel()

    async def _keep_asking(self) -> None:
        while True:
            await asyncio.sleep(ASK_AGAIN_S)
            for connection in list(self.server_state.connections):
                connection.shutdown()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


async def _open_engine(name: str) -> Translator:
    """The engine a description names, with this installation's options."""
    from intercommunity import settings

    return await open_translator(
        cast("Choice", name),  # the meeting file was checked for it
        libretranslate_url=settings.LIBRETRANSLATE_URL,
        libretranslate_key=settings.LIBRETRANSLATE_KEY,
    )

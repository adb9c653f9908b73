"""One source's encoder, as the media process keeps it: started, fed, started again when it ends, judged by its delay.

Nothing waits for it. What it cannot take in time it is not given: `fail` is told, and the source decides what to do
without.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Callable

from msgspec.structs import replace

from intercommunity.media import children
from intercommunity.media.coding.exchange import Begin, Coded, Made, decode_made
from intercommunity.media.coding.framing import Messages, framed

TOO_LATE_MS = 1_500
FOR_MS = 8_000
_PAUSES = children.Pauses(first=0.3, longest=10.0, steady_after=20.0)
_MOST_WAITING = 8 * 1024 * 1024
_MOST_REMEMBERED = 32 * 1024 * 1024
_READ = 256 * 1024

_log = logging.getLogger(__name__)


class Lateness:
    """Whether what is made has been `TOO_LATE_MS` behind what is fed for `FOR_MS`; times in microseconds on stage."""

    def __init__(self, begun: int) -> None:
        self._made = begun
        self._since: int | None = None

    def note_made(self, at: int) -> None:
        self._made = max(self._made, at)

    def is_too_late(self, fed: int) -> bool:
        if fed - self._made < TOO_LATE_MS * 1000:
            self._since = None
        elif self._since is None:
            self._since = fed
        return self._since is not None and fed - self._since > FOR_MS * 1000


class Encoding:
    """`take` gets what is made; `fail` is called when the encoder has been too late for `FOR_MS`."""

    def __init__(self, take: Callable[[Made], None], fail: Callable[[], None]) -> None:
        self._take = take
        self._fail = fail
        self._begun: Begin | None = None
        self._task: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._input: asyncio.StreamWriter | None = None
        self._since_key: list[Coded] = []
        self._remembered = 0
        self._lateness = Lateness(0)

    def begin(self, begin: Begin | None) -> None:
        """From now on make this, or nothing. What has come since the last picture that needs no other is not lost."""
        if begin == self._begun:
            return
        self._begun = begin
        self._stop()
        if begin is not None:
            self._task = asyncio.create_task(children.keep_running(lambda: self._run_once(begin), _PAUSES))
            self._tasks.add(self._task)
            self._task.add_done_callback(self._tasks.discard)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self._input = None

    async def close(self) -> None:
        self._stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def forget(self) -> None:
        """What comes next has nothing to do with what came."""
        self.begin(None)
        self._since_key.clear()
        self._remembered = 0

    def feed(self, coded: Coded) -> None:
        self._remember(coded)
        if self._input is None:
            return
        if self._input.transport.get_write_buffer_size() > _MOST_WAITING or self._lateness.is_too_late(coded.at):
            self._fail()
            return
        self._input.write(framed(coded))

    def _remember(self, coded: Coded) -> None:
        if coded.key:
            self._since_key.clear()
            self._remembered = 0
        elif not self._since_key:
            return
        self._since_key.append(coded)
        self._remembered += len(coded.data)
        if self._remembered > _MOST_REMEMBERED:
            self._since_key.clear()

    async def _run_once(self, begin: Begin) -> None:
        process = await children.start(sys.executable, "-m", "intercommunity.media.coding.encoder", env=os.environ)
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            self._tell_what_came(process.stdin, begin)
            await self._read(process.stdout)
        finally:
            if self._task is asyncio.current_task():
                self._input = None
            await children.end(process)
        _log.warning("An encoder has ended and is started again")

    def _tell_what_came(self, writer: asyncio.StreamWriter, begin: Begin) -> None:
        """What has been shown already is only decoded."""
        writer.write(framed(begin))
        for coded in self._since_key:
            writer.write(framed(replace(coded, wanted=False)))
        self._input = writer
        self._lateness = Lateness(self._since_key[-1].at if self._since_key else 0)

    async def _read(self, stream: asyncio.StreamReader) -> None:
        messages = Messages()
        while data := await stream.read(_READ):
            for message in messages.feed(data):
                made = decode_made(message)
                self._lateness.note_made(made.at)
                if made.name:
                    self._take(made)

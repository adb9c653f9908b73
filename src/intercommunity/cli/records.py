"""Publishes a meeting on the site when it has ended: runs `intercommunity record` beside the server, and again later.

    DATA/records/<slug>/                  the record, as the command writes it
    DATA/records/<slug>.json              of what it was made: the log's position, this software's version

A process of its own does the work, at low priority, so that nobody who watches another meeting waits for it. Where it
fails it is tried again after the next event, or the next start; what was published before stays.
"""

import asyncio
import contextlib
import logging
import shutil
import sys
from collections.abc import Callable, Coroutine
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct

from intercommunity.meeting.agenda.events import StartedOver
from intercommunity.meeting.meeting import Meeting
from intercommunity.store.live import Batch, Live

QUIET_S = 5.0
"""After the last event: the webcast is complete then."""
_LATER = 12
"""So many times longer for what is changed afterwards: corrections come one by one, and a record takes its time."""
_NICE = 10

_log = logging.getLogger(__name__)


def records_folder(data: Path) -> Path:
    return data / "records"


class Made(Struct, frozen=True):
    """Of what a record was made."""

    identity: str
    position: int
    version: str


class Publisher:
    """For the process that keeps the logs. `begin`: starts work that goes on by itself."""

    def __init__(
        self, data: Path, begin: Callable[[Coroutine[None, None, None]], None], quiet_s: float = QUIET_S
    ) -> None:
        self._data = data
        self._begin = begin
        self._quiet_s = quiet_s
        self._one_at_a_time = asyncio.Lock()

    def open(self, slug: str, live: Live, meeting: Callable[[], Meeting]) -> None:
        """Follow a meeting from now on. `meeting` gives its state as it is shown."""
        changed = asyncio.Event()

        def hear(batch: Batch) -> None:
            if any(isinstance(event.fact, StartedOver) for event in batch.events):
                self._withdraw(slug)
            changed.set()

        live.follow(hear, live.position)
        changed.set()
        self._begin(self._keep(slug, live, meeting, changed))

    async def _keep(self, slug: str, live: Live, meeting: Callable[[], Meeting], changed: asyncio.Event) -> None:
        while True:
            await changed.wait()
            while changed.is_set():
                changed.clear()
                await asyncio.sleep(self._quiet_s * (_LATER if self._made(slug) else 1))
            made = Made(live.identity, live.position, version("intercommunity"))
            if meeting().agenda.ended and made != self._made(slug):
                async with self._one_at_a_time:
                    await self._publish(slug, made)

    def _made(self, slug: str) -> Made | None:
        try:
            return msgspec.json.decode(self._note(slug).read_bytes(), type=Made)
        except (OSError, msgspec.MsgspecError):
            return None

    def _note(self, slug: str) -> Path:
        return records_folder(self._data) / f"{slug}.json"

    def _withdraw(self, slug: str) -> None:
        self._note(slug).unlink(missing_ok=True)
        shutil.rmtree(records_folder(self._data) / slug, ignore_errors=True)

    async def _publish(self, slug: str, made: Made) -> None:
        out = records_folder(self._data) / slug
        out.parent.mkdir(parents=True, exist_ok=True)
        for left in out.parent.glob(f".{slug}.*"):
            shutil.rmtree(left, ignore_errors=True)
        polite = ["nice", "-n", str(_NICE)] if shutil.which("nice") else []
        command = [*polite, sys.executable, "-m", "intercommunity.cli", "record", slug]
        process = await asyncio.create_subprocess_exec(
            *command, "--data", str(self._data), "--out", str(out),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            _, said = await process.communicate()
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.terminate()
                await process.wait()
        if process.returncode:
            _log.warning("The record of %s is not complete: %s", slug, said.decode(errors="replace").strip()[-500:])
        if (out / "index.html").exists():
            self._note(slug).write_bytes(msgspec.json.encode(made))

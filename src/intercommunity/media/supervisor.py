"""Keeps the media process running, and tells it what a meeting's log says; tells the meeting's viewers what comes back.

Knows neither gateway nor page: what it hears is whispered under the topics `media` (for all) and `sources` (for desks).
A process that dies is started again and told everything anew; its packages go on where they stopped.
"""

import asyncio
import contextlib
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from intercommunity.media import children
from intercommunity.media.messages import End, Order, Ready, Report, Run, Say, StartOver, decode_answer, encode
from intercommunity.media.packaging.subtitles import Caption
from intercommunity.media.plan import Plan, plan_webcast
from intercommunity.media.resting import Resting
from intercommunity.media.state import SourceState
from intercommunity.meeting.agenda.events import MeetingDescribed, MeetingEnded, StartedOver
from intercommunity.meeting.captions import events as captions_fact
from intercommunity.meeting.description import Description
from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting
from intercommunity.store.live import Batch, Live
from intercommunity.wire.catalogue import say

PAUSES = children.Pauses(first=0.5, longest=10.0, steady_after=20.0)
_LONGEST_LINE = 4 * 1024 * 1024

_log = logging.getLogger(__name__)

_LINE_FACTS = (
    captions_fact.LineTranslated,
    captions_fact.LineCorrected,
    captions_fact.LineAttributed,
    captions_fact.LineRetimed,
    captions_fact.LineStruck,
)


class MediaOptions(Struct, frozen=True):
    """`folder`: of the packages; `programmes`: of the files that may be shown; `private_too`: see `guard.py`."""

    folder: Path
    programmes: Path
    rtmp_host: str
    rtmp_port: int
    private_too: bool = False


Keys = Callable[[str, str, int], str]
"""(slug, source, number) -> its stream key; the same every time."""
Titles = Callable[[str], str]
"""A language in its own words."""


class _OnTheAir:
    """One meeting, as the supervisor follows it."""

    def __init__(self, live: Live, meeting: Callable[[], Meeting], plan: Callable[[Description], Plan | None]) -> None:
        self.live = live
        self._meeting = meeting
        self._plan = plan
        self.planned: Plan | None = None
        self._resting = Resting()

    def everything(self) -> list[Order]:
        """What a process that knows nothing must be told."""
        meeting = self._meeting()
        self.planned = self._plan(meeting.description)
        if self.planned is None:
            return []
        ended = [End(self.planned.slug)] if meeting.agenda.ended else []
        return [Run(self.planned), *self._lines(meeting.captions.lines), *ended]

    def changes(self, events: Iterable[Event]) -> list[Order]:
        if any(isinstance(event.fact, MeetingDescribed) for event in events):
            return self._replan()
        if self.planned is None:
            return []
        orders: list[Order] = []
        for event in events:
            if isinstance(event.fact, StartedOver):
                orders.append(StartOver(self.planned.slug))
            elif isinstance(event.fact, MeetingEnded):
                orders.append(End(self.planned.slug))
        changed = {line for event in events if (line := _line_of(event))}
        return [*orders, *self._lines(changed)]

    def judged(self, sources: tuple[SourceState, ...]) -> tuple[SourceState, ...]:
        """What arrives, with advice that minds who speaks."""
        turns = self._meeting().floor.turns
        return self._resting.judge(sources, turns[-1].language if turns else "", time.monotonic() * 1000)

    def _replan(self) -> list[Order]:
        before = self.planned
        now = self._plan(self._meeting().description)
        if now == before:
            return []
        gone = [Run(Plan(before.slug, (), (), 0))] if before is not None and now is None else []
        return self.everything() or [*gone]

    def _lines(self, lines: Iterable[str]) -> list[Order]:
        assert self.planned is not None
        meeting, slug = self._meeting(), self.planned.slug
        lines = list(lines)
        if not lines:
            return []
        names = {speaker.id: speaker.name for speaker in meeting.description.speakers}
        said = [
            Say(slug, track, tuple(_caption(meeting, track, line, names) for line in lines))
            for track, _ in self.planned.tracks
        ]
        return list(said)


def _line_of(event: Event) -> str:
    if isinstance(event.fact, captions_fact.LineWritten):
        return event.id
    return event.fact.line if isinstance(event.fact, _LINE_FACTS) else ""


def _caption(meeting: Meeting, track: str, line_id: str, names: dict[str, str]) -> Caption:
    line = meeting.captions.lines.get(line_id)
    wording = line.wordings.get(track) if line is not None else None
    if line is None or wording is None:
        return Caption(line_id, 0, 0, "")
    return Caption(line_id, line.start, line.end, wording.text, names.get(line.speaker, line.speaker))


class Supervisor:
    """For an installation, in the process that keeps its logs."""

    def __init__(self, options: MediaOptions, keys: Keys, title_of: Titles) -> None:
        self.rtmp_port = 0
        self._options = options
        self._keys = keys
        self._title_of = title_of
        self._meetings: dict[str, _OnTheAir] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._wanted = asyncio.Event()

    def open(self, slug: str, live: Live, meeting: Callable[[], Meeting]) -> None:
        """Follow a meeting from now on. `meeting` gives its state as it is shown."""
        on_air = self._meetings[slug] = _OnTheAir(live, meeting, self._plan)

        def hear(batch: Batch) -> None:
            self._tell(on_air.changes(batch.events))
            if on_air.planned is not None:
                self._wanted.set()

        live.follow(hear, live.position)
        self._tell(on_air.everything())
        if on_air.planned is not None:
            self._wanted.set()

    def _plan(self, description: Description) -> Plan | None:
        sentences = tuple(
            dict.fromkeys(say(tag, "The picture will be back in a moment.") for tag in description.languages)
        )
        return plan_webcast(
            description, lambda name, number: self._keys(description.slug, name, number), self._title_of, sentences
        )

    async def run(self) -> None:
        """Until cancelled. No process runs before some meeting has a programme."""
        await self._wanted.wait()
        await children.keep_running(self._run_once, PAUSES)

    async def _run_once(self) -> None:
        options = self._options
        self._options.programmes.mkdir(parents=True, exist_ok=True)
        arguments = ["--folder", str(options.folder), "--programmes", str(options.programmes)]
        arguments += ["--rtmp-host", options.rtmp_host, "--rtmp-port", str(options.rtmp_port)]
        process = self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "intercommunity.media.process", *arguments,
            *(["--private-too"] if options.private_too else []),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_LONGEST_LINE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            for on_air in self._meetings.values():
                self._tell(on_air.everything())
            assert process.stdout is not None
            while line := await process.stdout.readline():
                self._hear(line)
        finally:
            self._process = None
            await _end(process)
            for on_air in self._meetings.values():
                on_air.live.whisper("sources", b"")
        _log.warning("The media process has ended and is started again")

    def _tell(self, orders: Iterable[Order]) -> None:
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return
        for order in orders:
            process.stdin.write(encode(order))

    def _hear(self, line: bytes) -> None:
        answer = decode_answer(line)
        if isinstance(answer, Ready):
            self.rtmp_port = answer.rtmp_port
        elif isinstance(answer, Report) and answer.slug in self._meetings:
            on_air = self._meetings[answer.slug]
            on_air.live.whisper("media", msgspec.json.encode(answer.on_air))
            on_air.live.whisper("sources", msgspec.json.encode({"sources": on_air.judged(answer.sources)}))


async def _end(process: asyncio.subprocess.Process) -> None:
    """Its input ends first, so that it can close; then it is ended."""
    if process.stdin is not None:
        process.stdin.close()
    with contextlib.suppress(ProcessLookupError):
        try:
            async with asyncio.timeout(2):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

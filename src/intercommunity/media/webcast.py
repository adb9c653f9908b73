"""One meeting's webcast in the media process: its sources brought in, its package kept going, its captions written.

    FOLDER/<slug>/main.m3u8       names the renditions of the package in use
    FOLDER/<slug>/current         the name of that package
    FOLDER/<slug>/<run>/          a package (see `package.py`), named by when it began, and so that nobody guesses it:
                                  who may see main.m3u8 may see all that it names, and nobody else finds it

Nothing is packaged before something has arrived, nor after everything has been away for `IDLE_MS`.
"""

import asyncio
import errno
import logging
import os
import secrets
import shutil
import time
from collections.abc import Callable, MutableMapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from intercommunity.media.arriving.guard import Guard
from intercommunity.media.arriving.ingest import hash_of
from intercommunity.media.arriving.pull import Pull
from intercommunity.media.arriving.sender import Receiver
from intercommunity.media.arriving.source import Source
from intercommunity.media.arriving.taker import PictureTaker
from intercommunity.media.arriving.tape import Entry, PictureBegan, PictureCame, Tape, take_tape
from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.coding.flv import Arrived, Picture
from intercommunity.media.messages import OnAir, Report
from intercommunity.media.packaging.catching_up import catch_up
from intercommunity.media.packaging.package import LOWER, PICTURE, SIGN, Cut, Package
from intercommunity.media.packaging.packager import BEAT_S, BEHIND_MS, Packager, begun_of
from intercommunity.media.packaging.slate import PLAIN_SIZE, Slate, make_slate
from intercommunity.media.packaging.subtitles import Caption
from intercommunity.media.packaging.tracks import Tracks
from intercommunity.media.plan import FLOOR, Plan, PlannedSource
from intercommunity.meeting.description import Lower

IDLE_MS = 15 * 60_000
REPORT_S = 0.5
CORES_FOR_LOWER = 4
_AFTER_A_FAULT_S = 2.0
_END_IS_HEARD_S = 0.5
"""So long after the beginning it has been told too where the meeting has ended."""
_TOO_OLD_MS = 6 * 3_600_000
_RUNS_KEPT = 2

_log = logging.getLogger(__name__)


def wall_clock() -> float:
    """Ms UTC"""
    return time.time_ns() / 1_000_000


def _has_lower(plan: Plan) -> bool:
    """On a machine with few cores the pictures that must be encoded and everybody's sound come first."""
    return plan.lower is Lower.YES or (plan.lower is Lower.AUTO and (os.cpu_count() or 1) >= CORES_FOR_LOWER)


class _Intake(Receiver):
    """A transport's end of a source."""

    def __init__(self, source: Source, note_arrival: Callable[[], None]) -> None:
        self._source = source
        self._note_arrival = note_arrival

    def connected(self) -> None:
        self._source.connected(wall_clock())

    def take(self, arrived: Arrived) -> None:
        self._source.take(arrived, wall_clock())
        self._note_arrival()

    def gone(self) -> None:
        self._source.gone()

    def note(self, code: str, value: str = "") -> None:
        self._source.watch.note(wall_clock(), code, value)


class _Way(PictureTaker):
    """A picture's way into whichever package is being written; a new one is told the form."""

    def __init__(self, kind: str, keep: Callable[[Entry, float], None]) -> None:
        self.packager: Packager | None = None
        self._kind = kind
        self._keep = keep
        self._form: tuple[PictureForm, bytes] | None = None

    def lead_to(self, packager: Packager | None) -> None:
        self.packager = packager
        if packager is not None and self._form is not None:
            packager.set_form(self._kind, *self._form)

    def set_form(self, form: PictureForm, record: bytes) -> None:
        self._form = (form, record)
        self._keep(PictureBegan(self._kind, record), wall_clock())
        if self.packager is not None:
            self.packager.set_form(self._kind, form, record)

    def picture(self, picture: Picture, at: float) -> None:
        self._keep(PictureCame(self._kind, picture, at), wall_clock())
        if self.packager is not None:
            self.packager.picture(self._kind, picture, at)


class Webcast:
    """`receivers`: the RTMP port's, by hash of the key. `report` is told what the server should hear."""

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        programmes: Path,
        guard: Guard,
        receivers: MutableMapping[str, Receiver],
        report: Callable[[Report], None],
    ) -> None:
        self.plan = replace(plan, lower=Lower.YES if _has_lower(plan) else Lower.NO)
        self._folder = folder / plan.slug
        self._programmes = programmes
        self._guard = guard
        self._receivers = receivers
        self._report = report
        self._tracks = Tracks()
        self._tape = Tape()
        self._ways = {kind: _Way(kind, self._tape.keep) for kind in (PICTURE, LOWER, SIGN)}
        self._sources = {each.name: self._source(each) for each in plan.sources}
        self._slates: dict[str, Slate] = {}
        self._packager: Packager | None = None
        self._run = ""
        self._last_arrival = 0.0
        self._ended = False
        self._fault = ""
        self._tasks: list[asyncio.Task[None]] = []
        self._pulls: list[asyncio.Task[None]] = []
        self._last_report: Report | None = None

    def _source(self, planned: PlannedSource) -> Source:
        name, delay_ms, keep = planned.name, planned.delay_ms, self._tape.keep
        if name == SIGN:
            return Source(name, delay_ms, self._ways[SIGN], heard=False)
        if name == FLOOR:
            lower = self._ways[LOWER] if self.plan.lower is Lower.YES else None
            return Source(name, delay_ms, self._ways[PICTURE], lower, keep=keep)
        return Source(name, delay_ms, None, keep=keep)

    # Beginning and end

    async def start(self) -> None:
        """Raises `CannotMakeSlate`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for source in self.plan.sources:
            if source.origin.kind == "rtmp":
                self._receivers[hash_of(source.origin.key)] = self._intake(source)
        self._slates = {
            SIGN: await make_slate((), self._folder, PLAIN_SIZE),
            PICTURE: await make_slate(self.plan.sentences, self._folder),
        }
        self._catch_up(wall_clock())
        self._begin_pulling()
        self._tasks.append(asyncio.create_task(self._go_on()))
        self._tasks.append(asyncio.create_task(self._keep_reporting()))

    def _intake(self, source: PlannedSource) -> _Intake:
        return _Intake(self._sources[source.name], self._note_arrival)

    def _begin_pulling(self) -> None:
        for source in self.plan.sources if not self._pulls else ():
            if source.origin.kind != "rtmp":
                name, picture = f"{self.plan.slug}/{source.name}", source.name in (FLOOR, SIGN)
                pull = Pull(name, source.origin, self._intake(source), self._guard, self._programmes, picture=picture)
                self._pulls.append(asyncio.create_task(pull.run()))

    def _end_pulling(self) -> list[asyncio.Task[None]]:
        """Gives what is on its way to its end."""
        pulls, self._pulls = self._pulls, []
        for pull in pulls:
            pull.cancel()
        return pulls

    def _catch_up(self, now: float) -> None:
        """What the process before this one had taken when it was killed is packaged first."""
        run = self._run_to_continue(now)
        try:
            entries = take_tape(self._folder / run) if run else []
            if cuts := catch_up(self.plan, self._folder / run, self._slates, entries, now):
                _log.info("%d segments of %s are packaged that had arrived before", len(cuts), self.plan.slug)
        except Exception:  # noqa: BLE001 - whatever it was, the webcast goes on
            _log.exception("What had arrived of %s before cannot be packaged", self.plan.slug)

    async def stop(self) -> None:
        """What has arrived is written; the package may be gone on with."""
        for planned in self.plan.sources:
            self._receivers.pop(hash_of(planned.origin.key), None)
        tasks = [*self._end_pulling(), *self._tasks]
        for task in self._tasks:
            task.cancel()
        self._close_package(wall_clock())
        self._ended = True
        for source in self._sources.values():
            await source.close()
        await asyncio.gather(*tasks, return_exceptions=True)

    def start_over(self) -> None:
        """A new package from the next arrival on; of those before, only the last is kept."""
        self._close_package(None)
        self._tracks = Tracks()
        self._set_ended(now=False)
        (self._folder / "current").unlink(missing_ok=True)

    def end(self) -> None:
        self._set_ended(now=True)
        self._close_package(None)

    def _set_ended(self, *, now: bool) -> None:
        """What is over holds no port and asks nobody for anything."""
        self._ended = now
        if now:
            self._tasks.extend(self._end_pulling())
        else:
            self._begin_pulling()
        for source in self._sources.values():
            source.rest(now=now)

    def _close_package(self, now: float | None) -> None:
        """`now`: ms UTC; None: nothing more comes."""
        if self._packager is not None:
            try:
                self._write_out(self._packager, self._packager.finish(), now)
            except OSError:
                _log.exception("The package of %s could not be completed", self.plan.slug)
        self._lead_to(None)

    # Packages

    def _note_arrival(self) -> None:
        """A package begins with the first arrival."""
        self._last_arrival = wall_clock()
        if self._packager is None and PICTURE in self._slates and not self._ended:
            try:
                self._lead_to(self._open_package(self._last_arrival))
            except OSError as error:
                self._note_fault(error)

    def _lead_to(self, packager: Packager | None) -> None:
        self._packager = packager
        self._tape.lead_to(None if packager is None else packager.package.folder)
        for way in self._ways.values():
            way.lead_to(packager)

    def _open_package(self, now: float) -> Packager:
        self._run = self._run_to_continue(now) or self._new_run(now)
        (self._folder / "current").write_text(self._run, encoding="utf-8")
        _log.info("Packaging %s", self.plan.slug)
        sounds = {name: source.placed for name, source in self._sources.items()}
        return Packager(self.plan, sounds, self._folder / self._run, self._slates, now - BEHIND_MS)

    def _run_to_continue(self, now: float) -> str:
        """After a crash or a restart the package goes on, if it is of this plan and not of another day."""
        current = self._folder / "current"
        run = current.read_text(encoding="utf-8").strip() if current.exists() else ""
        index = self._folder / run / "package.jsonl"
        begun = Package.begun_in(self._folder / run) if run else None
        if begun is None or self._ended or now - index.stat().st_mtime * 1000 > _TOO_OLD_MS:
            return ""
        return run if begun == begun_of(self.plan, begun.epoch) else ""

    def _new_run(self, now: float) -> str:
        older = sorted(path for path in self._folder.iterdir() if path.is_dir())
        for path in older[: 1 - _RUNS_KEPT] if self.plan.rehearsal else ():
            shutil.rmtree(path, ignore_errors=True)
        moment = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%S")
        return f"{moment}-{secrets.token_hex(8)}"

    def _continue(self, now: float) -> None:
        """What was on the air a moment ago is on the air again, and shows the slate until somebody sends."""
        run = "" if self._packager is not None else self._run_to_continue(now)
        last = (self._folder / run / "package.jsonl").stat().st_mtime * 1000 if run else 0
        if now - last < IDLE_MS:
            self._last_arrival = last
            self._lead_to(self._open_package(now))

    async def _go_on(self) -> None:
        await asyncio.sleep(_END_IS_HEARD_S)
        try:
            self._continue(wall_clock())
        except OSError as error:
            self._note_fault(error)
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                self._beat(wall_clock())
                self._fault = ""
            except OSError as error:
                self._note_fault(error)
                await asyncio.sleep(_AFTER_A_FAULT_S)
            except Exception:  # noqa: BLE001 - whatever it was, the webcast goes on
                _log.exception("The packager of %s failed and begins anew", self.plan.slug)
                self._lead_to(None)
                await asyncio.sleep(_AFTER_A_FAULT_S)

    def _beat(self, now: float) -> None:
        if self._packager is None or now - self._last_arrival > IDLE_MS:
            return
        if cuts := self._packager.beat(now):
            self._write_out(self._packager, cuts, now)
        else:
            self._packager.write_captions(self._tracks, ())

    def _write_out(self, packager: Packager, cuts: Sequence[Cut], now: float | None) -> None:
        """What belongs to new segments, and then the playlists that name them. `now`: ms UTC; None: the last ones."""
        packager.write_captions(self._tracks, cuts)
        packager.package.write_lists(now)
        self._write_main(packager)

    def _note_fault(self, error: OSError) -> None:
        """The package stays as it was; sources go on arriving; it is tried again, and begins anew then."""
        fault = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "disk_failed"
        if fault != self._fault:
            _log.error("The package of %s cannot be written: %s", self.plan.slug, error.strerror)
        self._fault = fault

    def _write_main(self, packager: Packager) -> None:
        making = self._folder / "main.m3u8.new"
        making.write_text(packager.package.main(f"{self._run}/"), encoding="utf-8")
        making.replace(self._folder / "main.m3u8")

    # Captions

    def say(self, track: str, captions: tuple[Caption, ...]) -> None:
        self._tracks.say(track, captions)

    # What is told

    async def _keep_reporting(self) -> None:
        while True:
            await asyncio.sleep(REPORT_S)
            report = self._state()
            if report != self._last_report:
                self._last_report = report
                self._report(report)

    def _state(self) -> Report:
        states = tuple(source.watch.state(wall_clock()) for source in self._sources.values())
        packager = self._packager
        if packager is None:
            return Report(self.plan.slug, OnAir(self._run, ended=self._ended, fault=self._fault), states)
        on_air = OnAir(
            self._run if packager.package.cuts else "",
            packager.package.begun.epoch,
            tuple(each.name for each in self.plan.channels),
            packager.on_slate,
            tuple(packager.on_floor),
            self._ended,
            packager.signs,
            self._fault,
        )
        return Report(self.plan.slug, on_air, states)

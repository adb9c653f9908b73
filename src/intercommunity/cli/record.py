"""`intercommunity record`: writes the published package of a meeting to a folder, with the recording of its webcast."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from intercommunity.cli.complaint import Complaint
from intercommunity.cli.reach import reach, whole_of
from intercommunity.cli.webcasts import media_folder
from intercommunity.meeting.agenda.events import StartedOver
from intercommunity.meeting.captions.view import view_track
from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting

if TYPE_CHECKING:
    from intercommunity.media.recording.joining import CannotRecord
    from intercommunity.media.recording.write import Told
    from intercommunity.record.write import Summary
    from intercommunity.wire.recording import Recording

SCRIPTS = {"recording": "recording.js", "hls": "hls.js"}
"""What the pages of the record need of the built web client, and how it is called beside them."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("record", help="write a meeting out as a folder that needs no server")
    parser.add_argument("slug")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds everything")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    parser.set_defaults(run=lambda chosen: asyncio.run(_record(chosen)))


async def _record(chosen: argparse.Namespace) -> int:
    from intercommunity.record.errors import RecordRefused

    async with reach(chosen.data) as (meetings, _):
        live = meetings.meetings.get(chosen.slug)
        if live is None:
            raise Complaint(f"There is no meeting {chosen.slug} here.")
        whole, identity = await whole_of(live), live.identity
    try:
        summary, recordings, failures = _write(whole.meeting, identity, chosen, started_over_at(whole.logs.events))
    except RecordRefused as error:
        raise Complaint(f"{error} ({error.code})") from error
    _tell(summary, recordings)
    for failure in failures:
        print(f"{failure} ({failure.code})", file=sys.stderr)
    return 1 if failures else 0


def started_over_at(events: Iterable[Event]) -> int:
    """When a rehearsal last started over, ms UTC; 0: never. What was recorded before is of another go."""
    return max((event.stamp.time for event in events if isinstance(event.fact, StartedOver)), default=0)


def _write(
    meeting: Meeting, identity: str, chosen: argparse.Namespace, after: int
) -> "tuple[Summary, list[Recording], list[CannotRecord]]":
    """The recordings first, which take long and may fail, beside the place; then everything at once takes it."""
    from intercommunity.media.recording.write import write_recordings
    from intercommunity.record.folder import ensure_replaceable, workshop
    from intercommunity.record.write import write_record

    now, software, out = time.time_ns() // 1_000_000, version("intercommunity"), chosen.out.resolve()
    ensure_replaceable(out, identity)
    failures: list[CannotRecord] = []
    with workshop(out) as made:
        told = _told(meeting, identity, now, software)
        recordings = write_recordings(media_folder(chosen.data) / chosen.slug, made, told, failures.append, after)
        summary = write_record(meeting, identity, out, now, software, made, built_scripts())
    return summary, recordings, failures


def _told(meeting: Meeting, identity: str, now: int, software: str) -> "Told":
    """What a recording is told of the meeting; its chapters are in the meeting's first language."""
    from intercommunity.media.packaging.subtitles import Caption
    from intercommunity.media.recording.write import Told
    from intercommunity.record.chapters import chapter_title, chapters_of
    from intercommunity.record.content import gather
    from intercommunity.record.reader import Reader

    described = meeting.description
    names = {speaker.id: speaker.name for speaker in described.speakers}
    captions = {
        track: [
            Caption(line.id, line.start, line.end, line.text, names.get(line.speaker, line.speaker))
            for line in view_track(meeting.captions, track, most=len(meeting.captions.order)).lines
        ]
        for track in described.languages
    }
    content = gather(meeting, identity, now, software)
    reader = Reader((*described.languages, "en")[0], described)
    chapters = [(each.moment, chapter_title(each, reader, content)) for each in chapters_of(content)]
    return Told(reader.words(described.title).text or described.slug, captions, chapters)


def built_scripts() -> dict[str, bytes]:
    """By name; none where the web client was not built: then the pages have the browser's own player."""
    folder = files("intercommunity") / "office/static/live"
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return {name: (folder / manifest[page]["script"]).read_bytes() for page, name in SCRIPTS.items()}
    except (OSError, KeyError):
        return {}


def _tell(summary: "Summary", recordings: "Iterable[Recording]") -> None:
    print(
        f"{summary.out}: {summary.files} files, {summary.size / 1e6:.1f} MB. "
        f"{summary.lines} lines, {summary.questions} questions, in {', '.join(summary.languages)}."
    )
    for each in recordings:
        print(f"{summary.out}/{each.folder}: {each.seconds / 60:.1f} minutes of picture and sound.")

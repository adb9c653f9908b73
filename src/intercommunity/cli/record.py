"""`intercommunity record`: writes the published package of a meeting to a folder."""

import argparse
import asyncio
import time
from importlib.metadata import version
from pathlib import Path

from intercommunity.cli.complaint import Complaint
from intercommunity.cli.reach import reach, state_of
from intercommunity.cli.webcasts import media_folder
from intercommunity.media.subtitles import Caption
from intercommunity.meeting.captions.view import view_track
from intercommunity.meeting.meeting import Meeting


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("record", help="write a meeting out as a folder that needs no server")
    parser.add_argument("slug")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds everything")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    parser.set_defaults(run=lambda chosen: asyncio.run(_record(chosen)))


async def _record(chosen: argparse.Namespace) -> int:
    from intercommunity.record.errors import RecordRefused
    from intercommunity.record.write import write_record

    async with reach(chosen.data) as (meetings, _):
        live = meetings.meetings.get(chosen.slug)
        if live is None:
            raise Complaint(f"There is no meeting {chosen.slug} here.")
        meeting, identity = await state_of(live), live.identity
    now = time.time_ns() // 1_000_000
    try:
        summary = write_record(meeting, identity, chosen.out, now, version("intercommunity"))
    except RecordRefused as error:
        raise Complaint(str(error)) from error
    _record_webcast(chosen, meeting)
    print(
        f"{summary.out}: {summary.files} files, {summary.size / 1e6:.1f} MB. "
        f"{summary.lines} lines, {summary.questions} questions, in {', '.join(summary.languages)}."
    )
    return 0


def _record_webcast(chosen: argparse.Namespace, meeting: Meeting) -> None:
    from intercommunity.media.recording import CannotRecord, write_recordings

    names = {speaker.id: speaker.name for speaker in meeting.description.speakers}
    captions = {
        track: [
            Caption(line.id, line.start, line.end, line.text, names.get(line.speaker, line.speaker))
            for line in view_track(meeting.captions, track, most=len(meeting.captions.order)).lines
        ]
        for track in meeting.description.languages
    }
    try:
        recordings = write_recordings(media_folder(chosen.data) / chosen.slug, chosen.out, captions)
    except CannotRecord as error:
        raise Complaint(f"The record is written, but not its recording: {error}") from error
    for recording in recordings:
        print(f"{chosen.out / recording.folder}: {recording.seconds / 60:.1f} minutes of picture and sound.")

"""`intercommunity record`: writes the published package of a meeting to a folder."""

import argparse
import asyncio
import time
from importlib.metadata import version
from pathlib import Path

from intercommunity.cli.complaint import Complaint
from intercommunity.cli.reach import reach, state_of


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
    print(
        f"{summary.out}: {summary.files} files, {summary.size / 1e6:.1f} MB. "
        f"{summary.lines} lines, {summary.questions} questions, in {', '.join(summary.languages)}."
    )
    return 0

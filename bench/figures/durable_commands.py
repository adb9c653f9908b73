"""Wishes by many at once that are answered when what follows from them is on disk, beside what the disk can do."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Row
from bench.product import HOST, core, folder, load
from intercommunity.meeting.captions.commands import WriteLine

MEASURES = "durable commands a second (decide, append, fsync, answer), 200 writers"
WRITERS = 200
LASTS_S = 5
WANTED = 5000


def measure() -> Iterator[Row]:
    with folder() as data:
        load(data)
        fsyncs = _fsyncs_a_second(data / "probe")
        commands = asyncio.run(_commands_a_second(data))
    yield Row("durable commands a second", f"{commands:,.0f}", f"≥ {WANTED:,}", commands >= WANTED)
    yield Row("fsyncs a second of the same disk, one after the other", f"{fsyncs:,.0f}")


async def _commands_a_second(data: Path) -> float:
    done, until = 0, time.monotonic() + LASTS_S

    async def write(number: int) -> None:
        nonlocal done
        while time.monotonic() < until:
            wish = WriteLine(track="en", text=f"Line {done} of writer {number}, as long as a caption line usually is.")
            await journal.submit(wish, HOST)
            done += 1

    async with core(data) as journal:
        began = time.monotonic()
        await asyncio.gather(*(write(number) for number in range(WRITERS)))
        return done / (time.monotonic() - began)


def _fsyncs_a_second(probe: Path) -> float:
    """A block at the end of a file, as a log is written, then fdatasync."""
    descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    count, began = 0, time.monotonic()
    while time.monotonic() - began < 1.0:
        os.write(descriptor, b"." * 4096)
        os.fdatasync(descriptor)
        count += 1
    os.close(descriptor)
    return count / (time.monotonic() - began)

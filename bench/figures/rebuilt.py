"""The state of a meeting made again from its log, every entry read and verified."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figures import Row
from bench.product import HOST, SLUG, core, folder, load, participant
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.description import HUB
from intercommunity.meeting.questions.commands import ApproveQuestion, AskQuestion, VoteFor
from intercommunity.store.journal import Journal
from intercommunity.store.rebuild import rebuild
from intercommunity.store.sqlite import SqliteStore

MEASURES = "state rebuilt from 100,000 events"
EVENTS = 100_000
AT_ONCE = 200
TIMES = 3


def measure() -> Iterator[Row]:
    with folder() as data:
        load(data)
        asyncio.run(_fill(data))
        runs = [_rebuild(data) for _ in range(TIMES)]
    seconds, events = median(run[0] for run in runs), runs[0][1]
    told = f"{seconds:.2f} s for {events:,} events (median of {TIMES})"
    yield Row("read, verified and folded", told, "≤ 1 s", seconds <= 1.0)


def _rebuild(data: Path) -> tuple[float, int]:
    store = SqliteStore(data / "meetings" / f"{SLUG}.sqlite")
    began = time.perf_counter()
    rebuilt = rebuild(store, HUB)
    seconds = time.perf_counter() - began
    store.close()
    return seconds, len(rebuilt.events)


async def _fill(data: Path) -> None:
    """Of ten events six are lines, one is a question, one lets it through, two vote for it."""
    async with core(data) as journal:
        for first in range(0, EVENTS // 10, AT_ONCE):
            await asyncio.gather(*(_ten_events(journal, number) for number in range(first, first + AT_ONCE)))


async def _ten_events(journal: Journal, number: int) -> None:
    asked = AskQuestion(f"Question {number}, as long as a question in writing usually is?", "en")
    (question,) = await journal.submit(asked, participant(number))
    await journal.submit(ApproveQuestion(question), HOST)
    for voter in (number + 1, number + 2):
        await journal.submit(VoteFor(question), participant(voter))
    for line in range(6):
        text = f"Line {number}, {line}, as long as a caption line usually is."
        await journal.submit(WriteLine(track="es" if line % 2 else "en", text=text), HOST)

"""The record of a long meeting, written by the command line into a folder: from the call to its end."""

import asyncio
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Row
from bench.product import CLI, HOST, SLUG, core, folder, load, participant
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.questions.commands import ApproveQuestion, AskQuestion

MEASURES = "`intercommunity record` of a two-hour meeting in two languages"
STARTS_MS = 1_778_767_200_000
MINUTES = 120
LINES_A_MINUTE = 14
QUESTIONS = 120
WITHIN_S = 3.0


def measure() -> Iterator[Row]:
    with folder() as data:
        load(data)
        asyncio.run(_hold_meeting(data))
        began = time.monotonic()
        command = [*CLI, "record", SLUG, "--data", data, "--out", data.parent / "record"]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds = time.monotonic() - began
    what = told.partition(": ")[2].strip()
    yield Row("start of the program included", f"{seconds:.2f} s: {what}", f"≤ {WITHIN_S:.0f} s", seconds <= WITHIN_S)


async def _hold_meeting(data: Path) -> None:
    """Two hours of lines at 150 words a minute, both tracks, two sessions, and the questions of an audience."""
    texts = {
        "en": "What we learned that year is that nobody comes when it breaks, so we learned to repair it.",
        "es": "Lo que aprendimos ese año es que nadie viene cuando se rompe, así que aprendimos a repararlo.",
    }
    async with core(data) as journal:
        for number in range(MINUTES * LINES_A_MINUTE):
            start = STARTS_MS + number * 60_000 // LINES_A_MINUTE
            for track, text in texts.items():
                wish = WriteLine(track=track, text=f"{text} ({number})", start=start, end=start + 4000)
                await journal.submit(wish, HOST)
        for number in range(QUESTIONS):
            asked = AskQuestion(f"How do you pay for it, number {number}?", "en")
            (question,) = await journal.submit(asked, participant(number))
            await journal.submit(ApproveQuestion(question), HOST)

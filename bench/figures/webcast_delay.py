"""From the stage to a viewer's screen: wall clock of the flash, and of the picture that shows it."""

import json
from collections.abc import Iterator

from bench.figures import Row
from bench.webcast.comparing import behind_stage, spread
from bench.webcast.on_stage import OnStage, on_stage
from bench.webcast.watching import Viewer, browser, viewer

MEASURES = "stage to screen, plain HLS, in a browser that plays it live"
MOST_S = 6.0
NEWCOMERS = 4
"""A player asks for the playlist every two seconds from its own beginning on, so it matters when that was."""
WATCHED_S = 6.5
SETTLING_S = 20


def measure() -> Iterator[Row]:
    firsts: list[float] = []
    with on_stage() as there, browser() as started:
        there.wait_for_segments(5)
        for _ in range(NEWCOMERS - 1):
            with viewer(started, there.url) as watching:
                firsts += _delays(watching, there)
        with viewer(started, there.url) as watching:
            firsts += _delays(watching, there)
            watching.watch(SETTLING_S)
            later = _delays(watching, there, play=False)
        ages = list(_ages(there))
    yield _row(f"{NEWCOMERS} newcomers", firsts)
    yield _row(f"one of them {SETTLING_S} s later", later)
    yield Row("of which until a segment's end is on the disk: least / median / most", spread(ages, "s"))
    yield Row("a low-latency stream", "not built")


def _delays(watching: Viewer, there: OnStage, *, play: bool = True) -> list[float]:
    """s"""
    if play:
        watching.play()
    return [each / 1000 for each in behind_stage(watching.watch(WATCHED_S), there.stage)]


def _row(who: str, delays: list[float]) -> Row:
    good = bool(delays) and max(delays) <= MOST_S
    return Row(f"stage to screen, {who}: least / median / most", spread(delays, "s"), f"≤ {MOST_S:.0f} s", good)


def _ages(there: OnStage) -> Iterator[float]:
    """s between the moment on stage at which a segment ends (where the next begins) and its being there."""
    kept = (there.run / "package.jsonl").read_text(encoding="utf-8").splitlines()
    begun, *lines = map(json.loads, kept)
    for cut in lines:
        if cut["type"] == "cut":
            written = (there.run / "picture" / f"{cut['number']}.m4s").stat().st_mtime
            yield written - (begun["epoch"] + cut["end"] / 90) / 1000

"""From the stage to a viewer's screen: wall clock of the flash, and of the picture that shows it."""

import json
from collections.abc import Iterator

from bench.figures import Row
from bench.webcast.comparing import behind_stage, spread
from bench.webcast.on_stage import OnStage, on_stage
from bench.webcast.watching import browser, viewer

MEASURES = "stage to screen, plain HLS, in a browser that plays it live"
MOST_S = 6.0
FIRST_S, SETTLED_S = 12, 30


def measure() -> Iterator[Row]:
    with on_stage() as there, browser() as started:
        there.wait_for_segments(8)
        with viewer(started, there.url) as watching:
            watching.play()
            first = [each / 1000 for each in behind_stage(watching.watch(FIRST_S), there.stage)]
            watching.watch(SETTLED_S)
            later = [each / 1000 for each in behind_stage(watching.watch(FIRST_S), there.stage)]
        ages = list(_ages(there))
    yield _row(f"in the first {FIRST_S} s", first)
    yield _row(f"after {FIRST_S + SETTLED_S} s", later)
    yield Row("of which until a segment's end is on the disk: least / median / most", spread(ages, "s"))
    yield Row("a low-latency stream", "not built")


def _row(when: str, delays: list[float]) -> Row:
    good = bool(delays) and max(delays) <= MOST_S
    return Row(f"stage to screen, {when}: least / median / most", spread(delays, "s"), f"≤ {MOST_S:.0f} s", good)


def _ages(there: OnStage) -> Iterator[float]:
    """s between the moment on stage at which a segment ends (where the next begins) and its being there."""
    kept = (there.run / "package.jsonl").read_text(encoding="utf-8").splitlines()
    begun, *lines = map(json.loads, kept)
    for cut in lines:
        if cut["type"] == "cut":
            written = (there.run / "picture" / f"{cut['number']}.m4s").stat().st_mtime
            yield written - (begun["epoch"] + cut["end"] / 90) / 1000

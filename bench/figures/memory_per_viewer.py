"""What a viewer who waits costs the server's memory: the growth of its resident set."""

import time
from collections.abc import Iterator

from bench.figures import Row
from bench.peers import OURS
from bench.viewers import watching

MEASURES = "memory per waiting viewer at 15,000, in the process"
VIEWERS = 15_000


def measure() -> Iterator[Row]:
    with OURS.serving() as (process, port):
        time.sleep(1)
        before, began = process.resident_bytes(), time.monotonic()
        with watching(port, VIEWERS) as viewers:
            viewers.wait_until_in()
            seconds = time.monotonic() - began
            time.sleep(2)
            each = (process.resident_bytes() - before) / VIEWERS
            told = f"{each / 1024:.2f} KB ({process.resident_bytes() / 1e6:.0f} MB in all)"
            yield Row("resident growth ÷ viewers", told, "≤ 10 KB", each <= 10 * 1024)
            yield Row("time for all to come in", f"{seconds:.1f} s")

"""A flood of changes to many viewers on one core: ticks make few writes of them, and nothing is lost on the way."""

import time
from collections.abc import Iterator

from bench.figures import Row
from bench.peers import OURS
from bench.processes import CLIENT_CORE, pin_to
from bench.publishing import Publisher, event
from bench.viewers import watching

MEASURES = "logical events to 5,000 viewers, one core, in ticks"
VIEWERS = 5000
EVENTS_A_SECOND = 205
LASTS_S = 20
P99_MS = 300


def measure() -> Iterator[Row]:
    pin_to({CLIENT_CORE})
    with OURS.serving() as (process, port), watching(port, VIEWERS) as viewers:
        viewers.wait_until_in()
        publisher = Publisher(port)
        used, began = process.cpu_seconds(), time.monotonic()
        for number in range(1, EVENTS_A_SECOND * LASTS_S + 1):
            publisher.publish(event(number))
            time.sleep(max(0.0, began + number / EVENTS_A_SECOND - time.monotonic()))
        viewers.wait_until_all_have(EVENTS_A_SECOND * LASTS_S)
        seconds = time.monotonic() - began
        share = (process.cpu_seconds() - used) / seconds
        seen = viewers.report()
    rate = seen.received / seconds
    yield Row("logical events a second", f"{rate:,.0f}", "≥ 1,000,000", rate >= 1_000_000)
    yield Row("delay p50 / p99 / longest", seen.delays, f"p99 < {P99_MS} ms", seen.p99_ms < P99_MS)
    yield Row("faults", seen.faults, "none", seen.faultless)
    yield Row("server's share of its core", f"{share:.0%}")

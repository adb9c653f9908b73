"""From the wish of a captioner to the screens of many: accepted, on disk, shown, written to everybody.

Every wish waits for the disk. So what the same disk takes to keep a block is told beside, measured meanwhile.
"""

import os
import time
from collections.abc import Iterator
from io import FileIO
from statistics import median, quantiles

from bench.figures import Row
from bench.processes import CLIENT_CORE, OUT, pin_to
from bench.product import SLUG, Captioner, folder, load, new_port, served
from bench.viewers import watching

MEASURES = "command sent → seen by 10,000 viewers, 5 events a second, one core"
VIEWERS = 10_000
EVENTS_A_SECOND = 5
LASTS_S = 30
P99_MS = 150


def measure() -> Iterator[Row]:
    pin_to({CLIENT_CORE})
    path, port = f"/live/{SLUG}/stream?lang=en", new_port()
    disk: list[float] = []
    with folder() as data, (OUT / "probe").open("wb", buffering=0) as probe:
        tokens = load(data)
        with served(data, port) as process, watching(port, VIEWERS, path=path) as viewers:
            viewers.wait_until_in()
            time.sleep(2)  # the number of people present goes round
            viewers.report()
            captioner, used, began = Captioner(port, tokens["captioner"]), process.cpu_seconds(), time.monotonic()
            for number in range(1, EVENTS_A_SECOND * LASTS_S + 1):
                captioner.write(number)
                disk.append(_keep_a_block(probe))
                time.sleep(max(0.0, began + number / EVENTS_A_SECOND - time.monotonic()))
            viewers.wait_until_all_have(EVENTS_A_SECOND * LASTS_S)
            share = (process.cpu_seconds() - used) / (time.monotonic() - began)
            seen = viewers.report()
    yield Row("delay p50 / p99 / longest", seen.delays, f"p99 < {P99_MS} ms", seen.p99_ms < P99_MS)
    yield Row("faults", seen.faults, "none", seen.faultless)
    told = f"{median(disk):.0f} / {quantiles(disk, n=100)[98]:.0f} / {max(disk):.0f} ms"
    yield Row("an fdatasync of the same disk, p50 / p99 / longest", told)
    yield Row("server's share of its core", f"{share:.0%}")


def _keep_a_block(file: FileIO) -> float:
    """Milliseconds until one block more is on the disk."""
    began = time.perf_counter()
    file.write(b"." * 4096)
    os.fdatasync(file.fileno())
    return (time.perf_counter() - began) * 1000

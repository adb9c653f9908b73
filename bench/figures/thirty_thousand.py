"""As many viewers as two processes may hold, all on one port, with the viewers themselves on the same machine."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

from bench.figures import Row
from bench.peers import OURS
from bench.processes import free_port, running
from bench.publishing import Publisher, event
from bench.viewers import Viewers, watching

MEASURES = "30,000 viewers at once, 2 ticks a second, two workers that share a port, all cores"
WORKERS = 2
CLIENTS = 2
VIEWERS = 30_000
TICKS_A_SECOND = 2
LASTS_S = 20
P99_MS = 600
ALL_CORES = set(range(64))


def measure() -> Iterator[Row]:
    with ExitStack() as stack:
        port = free_port()
        publishers = [_start_worker(stack, port, number) for number in range(WORKERS)]
        began = time.monotonic()
        clients = [_start_client(stack, port, number) for number in range(CLIENTS)]
        for client in clients:
            client.wait_until_in()
        yield Row("viewers in", f"{VIEWERS:,} after {time.monotonic() - began:.1f} s")
        _publish(publishers, clients)
        seen = [client.report() for client in clients]
    there = sum(one.viewers for one in seen)
    yield Row("viewers at the end", f"{there:,}", f"{VIEWERS:,}", there == VIEWERS)
    p99 = max(one.p99_ms for one in seen)
    told = f"{max(one.p50_ms for one in seen):.0f} / {p99:.0f} / {max(one.max_ms for one in seen):.0f} ms"
    yield Row("delay p50 / p99 / longest", told, f"p99 < {P99_MS} ms", p99 < P99_MS)
    gaps, repeats = sum(one.gaps for one in seen), sum(one.repeats for one in seen)
    told = f"{gaps} gaps, {repeats} repeated or out of order"
    yield Row("faults", told, "none", all(one.faultless for one in seen))


def _start_worker(stack: ExitStack, port: int, number: int) -> Publisher:
    own_port = free_port()
    command = [*OURS.command(port), str(own_port)]
    stack.enter_context(running(f"worker-{number}", command, own_port, ALL_CORES))
    return Publisher(own_port)


def _start_client(stack: ExitStack, port: int, number: int) -> Viewers:
    count, source = VIEWERS // CLIENTS, 1 + number * 10
    return stack.enter_context(watching(port, count, source=source, cores=ALL_CORES))


def _publish(publishers: list[Publisher], clients: list[Viewers]) -> None:
    began, last = time.monotonic(), TICKS_A_SECOND * LASTS_S
    for number in range(1, last + 1):
        message = event(number)
        for publisher in publishers:
            publisher.publish(message)
        time.sleep(max(0.0, began + number / TICKS_A_SECOND - time.monotonic()))
    for client in clients:
        client.wait_until_all_have(last)

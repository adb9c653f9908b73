"""What one write to one viewer costs the server, beside a bare send() loop and the peers that are installed."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from bench.figures import Row
from bench.peers import ALL, FLOOR, NCHAN, OURS, SOCKETIFY, Peer
from bench.processes import CLIENT_CORE, NotInstalledError, Process, pin_to
from bench.publishing import Publisher
from bench.viewers import Viewers, watching

MEASURES = "server CPU per write, 5,000 viewers, one core, median of 5 interleaved rounds"
VIEWERS = 5000
ROUNDS = 5
EVENTS_A_ROUND = 25
PAUSE_S = 0.11
ROUND_LASTS_AT_MOST_S = 5.0


class Contest:
    """A peer with its viewers in place, kept waiting between its rounds."""

    def __init__(self, peer: Peer, stack: ExitStack) -> None:
        self.peer = peer
        process, port = stack.enter_context(peer.serving())
        self._process: Process = process
        self._viewers: Viewers = stack.enter_context(watching(port, VIEWERS, mode=peer.mode, path=peer.path))
        self._viewers.wait_until_in()
        self._publisher = Publisher(port)
        self._number = 0
        self._publish()  # warms up, and is not counted
        self._viewers.report()
        self.microseconds: list[float] = []
        self.write_bytes = 0.0
        self.idle_share = self._idle_share()

    def _publish(self) -> None:
        self._number += 1
        self._publisher.publish(self.peer.message(self._number))
        self._viewers.wait_until_all_have(self._number)

    def _idle_share(self) -> float:
        """The share of a core that the server uses while nothing is published; it is not charged to the writes."""
        used = self._process.cpu_seconds()
        time.sleep(1.0)
        return self._process.cpu_seconds() - used

    def round(self) -> None:
        """Publish events, each after the one before has reached everybody, and note what that cost the server."""
        began, used, events = time.monotonic(), self._process.cpu_seconds(), 0
        until = began + ROUND_LASTS_AT_MOST_S
        while events < EVENTS_A_ROUND and time.monotonic() < until:
            self._publish()
            events += 1
            time.sleep(PAUSE_S)
        idle = self.idle_share * (time.monotonic() - began)
        self.microseconds.append((self._process.cpu_seconds() - used - idle) / (events * VIEWERS) * 1e6)
        seen = self._viewers.report()
        assert seen.faultless, f"{self.peer.label}: {seen}"
        self.write_bytes = seen.bytes / seen.received


def measure() -> Iterator[Row]:
    pin_to({CLIENT_CORE})
    with ExitStack() as stack:
        contests: list[Contest] = []
        for peer in ALL:
            try:
                contests.append(Contest(peer, stack))
            except NotInstalledError as missing:
                yield Row(peer.label, f"skipped, not installed: {missing}")
        for number in range(ROUNDS):
            for contest in contests[number % len(contests) :] + contests[: number % len(contests)]:
                contest.round()
    yield from _rows(contests)


def _rows(contests: list[Contest]) -> Iterator[Row]:
    cost = {contest.peer: median(contest.microseconds) for contest in contests}
    for contest in contests:
        rounds = " ".join(f"{value:.2f}" for value in contest.microseconds)
        yield Row(
            contest.peer.label,
            f"{cost[contest.peer]:.2f} µs ({cost[contest.peer] / cost[FLOOR]:.2f} × C); "
            f"rounds {rounds}; {contest.write_bytes:.0f} bytes a write; idle {contest.idle_share:.1%} of the core",
        )
    ours = cost[OURS]
    yield Row("ours ÷ C loop", f"{ours / cost[FLOOR]:.2f}", "≤ 1.15", ours <= 1.15 * cost[FLOOR])
    if NCHAN in cost:
        yield Row("nchan ÷ ours", f"{cost[NCHAN] / ours:.2f}", "≥ 1.25", cost[NCHAN] >= 1.25 * ours)
    if SOCKETIFY in cost:
        yield Row("ours ÷ socketify", f"{ours / cost[SOCKETIFY]:.2f}", "≤ 1.00", ours <= cost[SOCKETIFY])

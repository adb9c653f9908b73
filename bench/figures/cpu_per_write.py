"""What one write to one viewer costs the server, beside a bare send() loop and the peers that are installed.

Not charged to the writes, but told beside: what a server uses while nothing happens, and what it uses once
for an event, however many see it. The second is mostly the POST by which this benchmark publishes.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from bench.figures import Row
from bench.peers import ALL, FLOOR, NCHAN, OURS, SOCKETIFY, Peer
from bench.processes import CLIENT_CORE, NotInstalledError, pin_to
from bench.publishing import Publisher
from bench.viewers import watching

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
        self._process, port = stack.enter_context(peer.serving())
        self._publisher = Publisher(port)
        self._number = 0
        self.event_us = self._cost_of_an_event()
        self._viewers = stack.enter_context(watching(port, VIEWERS, mode=peer.mode, path=peer.path))
        self._viewers.wait_until_in()
        self._publish()  # warms up, and is not counted
        self._viewers.report()
        self.idle_share = self._idle_share()
        self.microseconds: list[float] = []
        self.write_bytes = 0.0

    def _cost_of_an_event(self) -> float:
        """Microseconds for an event that nobody is there to see: taking the POST, and whatever else comes
        once."""
        self._publisher.publish(self.peer.message(0))
        idle, began, used = self._idle_share(), time.monotonic(), self._process.cpu_seconds()
        for _ in range(EVENTS_A_ROUND):
            self._publisher.publish(self.peer.message(0))
            time.sleep(PAUSE_S)
        spent = self._process.cpu_seconds() - used - idle * (time.monotonic() - began)
        return max(0.0, spent / EVENTS_A_ROUND * 1e6)

    def _publish(self) -> None:
        self._number += 1
        self._publisher.publish(self.peer.message(self._number))
        self._viewers.wait_until_all_have(self._number)

    def _idle_share(self) -> float:
        """The share of a core that the server uses while nothing is published; it is not charged to the
        writes."""
        used = self._process.cpu_seconds()
        time.sleep(1.0)
        return self._process.cpu_seconds() - used

    def round(self) -> None:
        """Publish events, each after the one before has reached everybody, and note what that cost the
        server."""
        began, used, events = time.monotonic(), self._process.cpu_seconds(), 0
        until = began + ROUND_LASTS_AT_MOST_S
        while events < EVENTS_A_ROUND and time.monotonic() < until:
            self._publish()
            events += 1
            time.sleep(PAUSE_S)
        idle = self.idle_share * (time.monotonic() - began)
        spent = self._process.cpu_seconds() - used - idle
        self.microseconds.append((spent / events * 1e6 - self.event_us) / VIEWERS)
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
    floor, ours = cost[FLOOR], cost[OURS]
    for contest in contests:
        rounds = " ".join(f"{value:.2f}" for value in contest.microseconds)
        yield Row(
            contest.peer.label,
            f"{cost[contest.peer]:.2f} µs a write ({cost[contest.peer] / floor:.2f} × C); rounds {rounds}; "
            f"{contest.write_bytes:.0f} bytes; {contest.event_us:.0f} µs an event; idle {contest.idle_share:.1%}",
        )
    yield Row("ours ÷ C loop", f"{ours / floor:.2f}", "≤ 1.15", ours <= 1.15 * floor)
    whole = {contest.peer: cost[contest.peer] + contest.event_us / VIEWERS for contest in contests}
    yield Row("the same, the events' own cost spread over their writes", f"{whole[OURS] / whole[FLOOR]:.2f}")
    if NCHAN in cost:
        yield Row("nchan ÷ ours", f"{cost[NCHAN] / ours:.2f}", "≥ 1.25", cost[NCHAN] >= 1.25 * ours)
    if SOCKETIFY in cost:
        yield Row("ours ÷ socketify", f"{ours / cost[SOCKETIFY]:.2f}", "≤ 1.00", ours <= cost[SOCKETIFY])

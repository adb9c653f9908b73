"""How many viewers of a webcast one core serves, and what ends it; nginx beside it, same files, same run.

The webcast goes on meanwhile: players follow it live, picture and one channel. Server and nginx have one core, each
while the other rests; the media process, who sends, and the players have the other one.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.figures import Row
from bench.processes import CLIENT_CORE, SERVER_CORE, Process, pin_to
from bench.product import SLUG
from bench.webcast.on_stage import OnStage, on_stage
from bench.webcast.players import Address, Played, nginx, playing

MEASURES = "viewers at HLS rates (720p, 1.5 Mbit/s, one channel), one core, nginx beside it"
COMPARED = 250
STEPS = (1000, 2000, 4000)
WARM_S, LASTS_S = 4, 6
MOST_LATE = 0.01
GIGABIT = 1e9


@dataclass(frozen=True)
class Server:
    label: str
    address: Address
    used: Callable[[], tuple[float, float]]
    """s of CPU so far, and s for which it waited for the core."""


@dataclass(frozen=True)
class Load:
    """What `count` players got in `seconds`; the server's share of its core, and of the time it waited for that."""

    count: int
    seconds: float
    share: float
    waited: float
    played: Played

    @property
    def holds(self) -> bool:
        return not self.played.errors and self.played.late <= MOST_LATE * self.played.rounds

    @property
    def us_per_request(self) -> float:
        return self.share * self.seconds / self.played.requests * 1e6

    @property
    def ms_per_mb(self) -> float:
        return self.share * self.seconds / self.played.bytes * 1e9

    @property
    def bits_a_second(self) -> float:
        return self.played.bytes * 8 / self.seconds


def measure() -> Iterator[Row]:
    pin_to({CLIENT_CORE})
    with on_stage(cores={SERVER_CORE}) as there, nginx(there.data / "media" / SLUG) as (peer, port):
        there.wait_for_segments(4)
        media = there.media_process()
        media.pin_to({CLIENT_CORE})
        ours = Server("ours", _ours(there), lambda: _used(there.process, media))
        theirs = Server("nginx", _nginx(there, port), lambda: _used(peer))
        first, second = _load(ours, COMPARED), _load(theirs, COMPARED)
        yield from _compared(first, second)
        for server, begun in ((ours, first), (theirs, second)):
            yield from _most(server, begun)
    line = GIGABIT / (first.bits_a_second / COMPARED)
    yield Row("a line of 1 Gbit/s is full with", f"{line:,.0f} viewers")


def _used(process: Process, less: Process | None = None) -> tuple[float, float]:
    used, waited = process.cpu_seconds(), process.waited_seconds()
    return (used - less.cpu_seconds(), waited - less.waited_seconds()) if less else (used, waited)


def _ours(there: OnStage) -> Address:
    folder = f"/live/{SLUG}/hls/{there.run.name}"
    return Address(there.port, f"{folder}/picture/", f"{folder}/sound/es/", "list.m3u8?_HLS_skip=YES")


def _nginx(there: OnStage, port: int) -> Address:
    return Address(port, f"/hls/{there.run.name}/picture/", f"/hls/{there.run.name}/sound/es/", "list-delta.m3u8")


def _load(server: Server, count: int) -> Load:
    with playing(server.address, count) as players:
        time.sleep(WARM_S)
        players.report()
        before, began = server.used(), time.monotonic()
        time.sleep(LASTS_S)
        played, seconds = players.report(), time.monotonic() - began
        used, waited = ((now - then) / seconds for now, then in zip(server.used(), before, strict=True))
        return Load(count, seconds, used, waited, played)


def _compared(ours: Load, theirs: Load) -> Iterator[Row]:
    for label, each in (("ours", ours), ("nginx", theirs)):
        told = (
            f"{each.ms_per_mb:.2f} ms of CPU a MB, {each.us_per_request:.0f} µs a request, {each.share:.1%} of the core"
        )
        yield Row(f"{COMPARED} viewers, {label}", told, "no faults", each.holds)
    yield Row("ours ÷ nginx, CPU a MB", f"{ours.ms_per_mb / theirs.ms_per_mb:.2f}")


def _most(server: Server, begun: Load) -> Iterator[Row]:
    """The steps up to the first that does not hold."""
    held, broke = begun, None
    for count in STEPS:
        load = _load(server, count)
        if not load.holds:
            broke = load
            break
        held = load
    told = f"{held.count:,}: {_told(held)}"
    yield Row(f"viewers on one core, {server.label}", told + ("" if broke else "; more were not tried"))
    if broke is not None:
        yield Row(
            f"first that does not hold, {server.label}", f"{broke.count:,}: {_told(broke)}; limit: {_limit(broke)}"
        )


def _told(load: Load) -> str:
    played = load.played
    return (
        f"{played.requests / load.seconds:,.0f} requests and {load.bits_a_second / 8e6:,.0f} MB a second on "
        f"{load.share:.0%} of the core, a segment in {played.segment_p50_ms:.1f} ms (p50), "
        f"{played.segment_p99_ms:.1f} ms (p99), {played.late / max(1, played.rounds):.1%} of rounds late, "
        f"{played.errors} faults"
    )


def _limit(load: Load) -> str:
    """What was used up. The files are in memory, and the line is the loopback."""
    if load.share > 0.9:
        return "CPU, its core is full"
    if load.share + load.waited > 0.9:
        return f"CPU, as far as other work on this machine left any (its threads waited {load.waited:.0%} of the time)"
    return "not its CPU"

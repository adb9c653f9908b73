"""Drives bench/client/viewers.c: thousands of viewers in a process of their own, and what they have seen."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from select import select
from typing import IO

from bench.processes import CLIENT_CORE, compiled, pin_to


@dataclass(frozen=True, slots=True)
class Seen:
    """Since the last report. `least` and `most`: the lowest and the highest number a viewer has come to."""

    viewers: int
    received: int
    bytes: int
    gaps: int
    repeats: int
    ended: int
    snapshots: int
    least: int
    most: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    last_in_ns: int
    last_event_ns: int

    @property
    def faultless(self) -> bool:
        """Nothing was lost, doubled or out of order, nobody was thrown out, and all have come equally far."""
        return self.gaps == self.repeats == self.ended == 0 and self.least == self.most

    @property
    def faults(self) -> str:
        return f"{self.gaps} gaps, {self.repeats} repeated or out of order, {self.ended} ended"

    @property
    def delays(self) -> str:
        """Half of them, 99 of a hundred, the longest."""
        return f"{self.p50_ms:.0f} / {self.p99_ms:.0f} / {self.max_ms:.0f} ms"


class Viewers:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders: IO[bytes] = process.stdin
        self._said = process.stdout.fileno()
        self._unread = b""

    def wait_until_in(self, seconds: float = 120) -> None:
        """All of them have a stream."""
        self._wait_for(lambda line: line == "ready", "viewers have no stream", seconds)

    def wait_until_all_have(self, number: int, seconds: float = 60) -> None:
        """All of them have the event of that number."""
        self._wait_for(lambda line: line == f"all {number}", f"event {number} has not reached everybody", seconds)

    def look(self) -> Seen:
        """What `report` would say, without beginning anew."""
        return self._ask(b"look\n")

    def report(self) -> Seen:
        return self._ask(b"report\n")

    def _ask(self, order: bytes) -> Seen:
        self._orders.write(order)
        self._orders.flush()
        line = self._wait_for(lambda line: line.startswith("{"), "viewers do not answer", 60)
        told = json.loads(line)
        told["viewers"] = told.pop("in")
        return Seen(**{name: told[name] for name in Seen.__slots__})

    def _wait_for(self, wanted: Callable[[str], bool], complaint: str, seconds: float) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            line = self._next_line()
            if line is not None and wanted(line):
                return line
        raise RuntimeError(f"after {seconds:.0f} s, {complaint}")

    def _next_line(self) -> str | None:
        """The next thing said, or None after a second of silence."""
        if b"\n" not in self._unread:
            if not select([self._said], [], [], 1.0)[0]:
                return None
            said = os.read(self._said, 65536)
            if not said:
                raise RuntimeError("the viewers have died")
            self._unread += said
        line, newline, rest = self._unread.partition(b"\n")
        if not newline:
            return None
        self._unread = rest
        return line.decode()


@contextmanager
def watching(
    port: int,
    count: int,
    *,
    mode: str = "sse",
    path: str = "/stream",
    source: int = 1,
    again_ms: int | None = None,
    cores: set[int] | None = None,
) -> Iterator[Viewers]:
    """Start `count` viewers; they are coming in when this returns. Options: see the head of viewers.c."""
    command = [compiled("client/viewers.c"), str(port), str(count), "--mode", mode, "--path", path]
    command += ["--source", str(source)]
    if again_ms is not None:
        command += ["--again", str(again_ms)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: pin_to({CLIENT_CORE} if cores is None else cores),  # noqa: PLW1509 - no threads here
    )
    try:
        yield Viewers(process)
    finally:
        process.kill()
        process.wait()

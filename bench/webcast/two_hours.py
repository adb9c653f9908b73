"""Two hours of a webcast in minutes: the packager as it is, with time passed to it as an argument.

What arrives is the test programme, coded, as the RTMP port would hand it on. Each sender's clock is wrong in its own
way: a sender whose clock is fast by so many millionths puts out its pictures and samples that much sooner, and stamps
them as if it had not. On the way each packet is held up by 5 to 60 ms (same chance every time), and none overtakes
another. The packager runs in a process of its own (see `packaging_fast.py`).
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import OUT
from bench.webcast.programme import EVERY_S, FIRST_MS

BEGUN_MS = 1_778_767_200_000
MINUTES = 120
MILLIONTHS = {"floor": 100, "es": -50}
"""By how much each sender's clock is fast."""
QUICKEST_MS, SLOWEST_MS = 5, 60


@dataclass(frozen=True)
class Minute:
    """At the end of one. `seconds`: of CPU, since the beginning; `bytes`: of memory (resident)."""

    minute: int
    seconds: float
    bytes: int


def moment_of(event: int, source: str) -> float:
    """When a sender's event really happens, ms UTC."""
    return BEGUN_MS + (FIRST_MS + event * EVERY_S * 1000) / (1 + MILLIONTHS[source] / 1e6)


def error_of(moment: float, source: str) -> float:
    """ms by which an event of a sender stands too late in the package: measured from the nearest one."""
    event = round(((moment - BEGUN_MS) * (1 + MILLIONTHS[source] / 1e6) - FIRST_MS) / (EVERY_S * 1000))
    return moment - moment_of(event, source)


@dataclass(frozen=True)
class Done:
    """`package`: its folder, which goes when this program ends."""

    package: Path
    minutes: tuple[Minute, ...]
    kept: TemporaryDirectory[str]


@cache
def done() -> Done:
    """In a process of its own, which begins with nothing in memory; once for all figures that look at it."""
    OUT.mkdir(exist_ok=True)
    kept = TemporaryDirectory(dir=OUT)
    command = [sys.executable, "-m", "bench.webcast.packaging_fast", kept.name]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    minutes = tuple(Minute(**json.loads(line)) for line in printed.splitlines())
    return Done(Path(kept.name) / "package", minutes, kept)

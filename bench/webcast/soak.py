"""python -m bench.webcast.soak [MINUTES]: the webcast for as long as a meeting takes, in real time (120 minutes).

No figure of `python -m bench`, for its time. Every ten minutes it says what the media process used since, its memory,
and by how much the sound of each channel was after the picture in the segments of the last quarter of a minute.
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.processes import free_port
from bench.webcast.comparing import spread
from bench.webcast.on_stage import OnStage, captioning, on_stage
from bench.webcast.programme import CHANNELS, EVERY_S
from bench.webcast.segments import beeps, flashes
from bench.webcast.sending import Stage

MINUTES = 120
EVERY_MINUTES = 10
SEGMENTS = 8


@dataclass(frozen=True)
class Looked:
    """`share`: of a core, since the last time; `bytes`: PSS. `late`: ms by channel. `behind`: ms, the picture's."""

    minute: int
    share: float
    bytes: int
    late: dict[str, list[float]]
    behind: float

    def told(self) -> str:
        channels = "; ".join(f"{channel} {spread(late)}" for channel, late in self.late.items())
        return f"| {self.minute} | {self.share:.1%} | {self.bytes / 1e6:.0f} MB | {channels} | {self.behind:.0f} ms |"


def looks(there: OnStage, minutes: int) -> Iterator[Looked]:
    """One every ten minutes, until so many have passed."""
    process, began = there.media_process(), time.monotonic()
    before, used = began, process.cpu_seconds()
    for minute in range(EVERY_MINUTES, minutes + 1, EVERY_MINUTES):
        time.sleep(max(0.0, began + minute * 60 - time.monotonic()))
        now, seconds = time.monotonic(), process.cpu_seconds()
        late, behind = _apart(there)
        yield Looked(minute, (seconds - used) / (now - before), process.proportional_bytes(), late, behind)
        before, used = now, seconds


def _apart(there: OnStage) -> tuple[dict[str, list[float]], float]:
    """ms by which each channel is after the picture; and the picture after the stage, as the package has dated it."""
    last = _last_cut(there)
    numbers = range(last - SEGMENTS + 1, last + 1)
    seen = [_after_the_stage(each, there.stage) for each in flashes(there.run, numbers)]
    picture = median(seen)
    sounds = {channel: beeps(there.run, channel, numbers) for channel in CHANNELS}
    late = {
        channel: [_after_the_stage(each, there.stage) - picture for each in heard] for channel, heard in sounds.items()
    }
    return late, picture


def _after_the_stage(moment: float, stage: Stage) -> float:
    """ms, from the nearest event"""
    every = EVERY_S * 1000
    return (moment - stage.moment_of(0) + every / 2) % every - every / 2


def _last_cut(there: OnStage) -> int:
    kept = (json.loads(line) for line in (there.run / "package.jsonl").read_text(encoding="utf-8").splitlines())
    return max(each["number"] for each in kept if each["type"] == "cut")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.webcast.soak", description=__doc__)
    parser.add_argument("minutes", nargs="?", type=int, default=MINUTES)
    minutes = parser.parse_args().minutes
    print("| minute | CPU | memory | sound after picture | picture after the stage |\n| --- | --- | --- | --- | --- |")
    with on_stage(srt_port=free_port()) as there, captioning(there):
        there.wait_for_segments(SEGMENTS + 2)
        for looked in looks(there, minutes):
            print(looked.told(), flush=True)


if __name__ == "__main__":
    main()

"""Sound against picture: on each channel in a browser, and in the package after two hours with clocks that are off.

In the browser the median counts: a picture that a machine without a graphics card shows late makes sound look early.
In the package every single one counts.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figures import Row
from bench.processes import free_port
from bench.webcast import two_hours
from bench.webcast.comparing import beeps_in, sound_after_picture, spread
from bench.webcast.on_stage import on_stage
from bench.webcast.programme import CHANNELS
from bench.webcast.segments import beeps, flashes
from bench.webcast.watching import browser, viewer

MEASURES = "sound against picture, on every channel (+: sound is late)"
EARLY_MS, LATE_MS = -45, 125
WANTED = f"{EARLY_MS} to +{LATE_MS} ms"
BEEPS = 4
PATIENCE_S = 20
SEGMENTS = 8
MINUTES = (1, 30, 60, 90, 120)


def measure() -> Iterator[Row]:
    yield from _in_a_browser()
    package = two_hours.done().package
    for channel in two_hours.MILLIONTHS:
        yield _after_two_hours(package, channel)


def _in_a_browser() -> Iterator[Row]:
    with on_stage(srt_port=free_port()) as there, browser() as started:
        there.wait_for_segments(5)
        with viewer(started, there.url) as watching:
            watching.play()
            for channel in CHANNELS:
                if channel != CHANNELS[0]:
                    watching.choose("Hear", channel)
                    watching.watch(2.5)
                sensed = watching.watch_until(lambda sensed: len(beeps_in(sensed)) >= BEEPS, PATIENCE_S)
                late = list(sound_after_picture([*sensed, *watching.watch(0.5)]))
                by = "SRT" if channel == CHANNELS[-1] else "RTMP"
                good = len(late) >= BEEPS and EARLY_MS <= median(late) <= LATE_MS
                yield Row(
                    f"in a browser, {channel} by {by}: least / median / most", spread(late), f"median {WANTED}", good
                )


def _after_two_hours(package: Path, channel: str) -> Row:
    late = {minute: _sound_after_picture(package, channel, minute) for minute in MINUTES}
    first, last = (spread(late[minute]) for minute in (MINUTES[0], MINUTES[-1]))
    all_of_them = [each for found in late.values() for each in found]
    good = all(late.values()) and min(all_of_them) >= EARLY_MS and max(all_of_them) <= LATE_MS
    clocks = f"picture's clock {two_hours.MILLIONTHS['floor']:+} ppm, its own {two_hours.MILLIONTHS[channel]:+} ppm"
    return Row(f"in the package, {channel}, {clocks}: first minute, after two hours", f"{first}, {last}", WANTED, good)


def _sound_after_picture(package: Path, channel: str, minute: int) -> list[float]:
    """In the last segments of a minute, each against its own truth: as many ms as sound and picture are apart more than
    they were where they were sent from.
    """
    last = minute * 30 - 4
    numbers = range(last - SEGMENTS, last)
    seen = median(two_hours.error_of(each, "floor") for each in flashes(package, numbers))
    return [two_hours.error_of(each, channel) - seen for each in beeps(package, channel, numbers)]

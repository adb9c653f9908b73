"""What the media process uses for a 720p programme passed through, four channels and three tracks; FFmpeg beside it.

All three are sent the same at the same time, by RTMP, and are measured over the same seconds.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.figures import Row
from bench.processes import CLIENT_CORE, SERVER_CORE, Process, pin_to
from bench.webcast import two_hours
from bench.webcast.on_stage import OnStage, captioning, on_stage
from bench.webcast.packaging import COPY, ENCODE, ffmpeg_packager, segments_in
from bench.webcast.programme import CHANNELS, picture, sound
from bench.webcast.sending import sending

MEASURES = "packager: 720p passed through, 4 channels of sound, 3 tracks of captions"
MOST_SHARE = 0.15
MOST_GROWTH = 0.1
LASTS_S = 45
EVERY_S = 5
WITHIN_S = 60


@dataclass
class Used:
    """`share`: of a core; `bytes`: its memory now and then."""

    share: float
    bytes: list[int]


def measure() -> Iterator[Row]:
    pin_to({CLIENT_CORE})
    with on_stage(cores={SERVER_CORE}) as there, captioning(there), ExitStack() as peers:
        there.wait_for_segments(3)
        copying, copies = _start_peer(peers, there, "ffmpeg-copy", COPY)
        encoding, encodes = _start_peer(peers, there, "ffmpeg-encode", ENCODE)
        _wait_for_segments(copies)
        _wait_for_segments(encodes)
        ours, copied, encoded = _measure([there.media_process(), copying, encoding])
        seconds = sum(1 for _ in (there.run / "picture").glob("*.m4s"))
    yield Row(
        "CPU of the media process", f"{ours.share:.1%} of a core", f"≤ {MOST_SHARE:.0%}", ours.share <= MOST_SHARE
    )
    for label, peer in (("-c copy", copied), ("-c:v copy -c:a aac", encoded)):
        told = f"{peer.share:.1%} of a core; ours is {ours.share / peer.share:.1f} times that"
        yield Row(f"ffmpeg {label} -f hls, the same sent to it", told)
    yield _flat(f"memory over {LASTS_S} s, {seconds} segments (PSS)", ours.bytes)
    yield Row("memory of ffmpeg -c copy (PSS)", _told(copied.bytes))
    yield from _over_two_hours()


def _start_peer(peers: ExitStack, there: OnStage, name: str, how: tuple[str, ...]) -> tuple[Process, Path]:
    """Where it writes is told too."""
    folder = there.data.parent / name
    process, targets = peers.enter_context(ffmpeg_packager(name, how, folder))
    sent = [([*([picture()] if n == 0 else []), sound(n)], targets[n]) for n in range(len(CHANNELS))]
    peers.enter_context(sending(there.stage, sent))
    return process, folder


def _wait_for_segments(folder: Path) -> None:
    until = time.monotonic() + WITHIN_S
    while segments_in(folder) < 2:
        if time.monotonic() > until:
            raise RuntimeError(f"there are no segments; see bench/out/{folder.name}.log")
        time.sleep(0.2)


def _measure(processes: Sequence[Process]) -> list[Used]:
    used = [Used(0, [process.proportional_bytes()]) for process in processes]
    began, before = time.monotonic(), [process.cpu_seconds() for process in processes]
    while time.monotonic() - began < LASTS_S:
        time.sleep(EVERY_S)
        for process, each in zip(processes, used, strict=True):
            each.bytes.append(process.proportional_bytes())
    seconds = time.monotonic() - began
    for process, each, earlier in zip(processes, used, before, strict=True):
        each.share = (process.cpu_seconds() - earlier) / seconds
    return used


def _over_two_hours() -> Iterator[Row]:
    """Two channels and a small picture, for the time's sake: what grows with time is what is looked for."""
    minutes = two_hours.done().minutes
    yield _flat("memory over two hours in minutes, resident", [minute.bytes for minute in minutes])
    tens = [after.seconds - before.seconds for before, after in pairwise(minutes)]
    told = f"{tens[0] / 600:.1%} of a core, {tens[-1] / 600:.1%}"
    good = tens[-1] <= tens[0] * (1 + MOST_GROWTH)
    yield Row("CPU in it: second ten minutes, last ten minutes", told, "no more", good)


def _flat(what: str, sizes: Sequence[int]) -> Row:
    """Half of the time to settle is the program's own; what counts is whether it grows after that."""
    middle = len(sizes) // 2
    good = max(sizes[middle:]) <= sizes[middle] * (1 + MOST_GROWTH)
    return Row(what, _told(sizes), f"flat: second half within {MOST_GROWTH:.0%}", good)


def _told(sizes: Sequence[int]) -> str:
    first, middle, last = (sizes[at] / 1e6 for at in (0, len(sizes) // 2, -1))
    return f"{first:.0f} MB at first, {middle:.0f} in the middle, {last:.0f} at the end"

"""Sends the test programme in real time: an encoder's bytes at an encoder's moments, taken to the server by FFmpeg.

What is flashed or beeped at a moment of the stage leaves for the server `ENCODER_MS` later, as it does with an encoder
that looks at some pictures before it writes one. FFmpeg copies it into an RTMP or SRT connection, and connects again if
it is thrown out.
"""

import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from bench.processes import OUT
from bench.webcast.programme import EVERY_S, FIRST_MS, LASTS_S, Loop, Tag
from intercommunity.media.coding.flv import AUDIO, VIDEO

ENCODER_MS = 150
_LOOP_MS = LASTS_S * 1000


def wall_clock() -> float:
    """ms UTC"""
    return time.time_ns() / 1e6


@dataclass(frozen=True)
class Stage:
    """When the programme began, ms UTC: event n (from 0 on) happens at `moment_of(n)`."""

    begun: float

    def moment_of(self, event: int) -> float:
        return self.begun + FIRST_MS + event * EVERY_S * 1000

    def last_event(self) -> int:
        """The last one that has happened, or -1."""
        return int((wall_clock() - self.begun - FIRST_MS) // (EVERY_S * 1000))


@dataclass(frozen=True)
class Target:
    """`form`: flv or mpegts."""

    address: str
    form: str = "flv"


def in_order(loops: Sequence[Loop], since_ms: float = 0) -> Iterator[tuple[float, Tag]]:
    """All tags of all repetitions with their times, ms from the programme's beginning; never ends."""
    once = sorted(((tag.at, tag) for loop in loops for tag in loop.tags), key=lambda each: each[0])
    repetition = int(since_ms // _LOOP_MS)
    while True:
        for at, tag in once:
            if at + repetition * _LOOP_MS >= since_ms:
                yield at + repetition * _LOOP_MS, tag
        repetition += 1


class Sender(threading.Thread):
    """One connection. `loops`: the picture, the sound, or both."""

    def __init__(self, stage: Stage, loops: Sequence[Loop], target: Target) -> None:
        super().__init__(daemon=True)
        self._stage = stage
        self._loops = loops
        self._target = target
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.is_set():
            with self._ffmpeg() as pipe:
                try:
                    self._feed(pipe)
                except BrokenPipeError:
                    self._over.wait(0.5)

    def stop(self) -> None:
        self._over.set()

    @contextmanager
    def _ffmpeg(self) -> Iterator["subprocess.Popen[bytes]"]:
        command = [
            "ffmpeg",
            "-v",
            "error",
            "-fflags",
            "nobuffer",
            "-analyzeduration",
            "100000",
            "-f",
            "flv",
            "-i",
            "pipe:0",
        ]
        command += ["-map", "0", "-c", "copy", "-flush_packets", "1", "-f", self._target.form, self._target.address]
        with (OUT / "senders.log").open("ab") as log:
            child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, bufsize=0)
        try:
            yield child
        finally:
            child.kill()
            child.wait()

    def _feed(self, child: "subprocess.Popen[bytes]") -> None:
        """From the next keyframe on. Raises `BrokenPipeError` when FFmpeg has ended."""
        assert child.stdin is not None
        child.stdin.write(_header(self._loops) + b"".join(_flv(0, loop.setup) for loop in self._loops))
        since = max(0.0, wall_clock() - self._stage.begun - ENCODER_MS)
        begun = all(loop.setup.kind == AUDIO for loop in self._loops)
        for at, tag in in_order(self._loops, since):
            begun = begun or (tag.kind == VIDEO and tag.body[0] >> 4 == 1)
            if not begun:
                continue
            if self._over.wait(max(0.0, (self._stage.begun + at + ENCODER_MS - wall_clock()) / 1000)):
                return
            child.stdin.write(_flv(round(at + 1000), tag))


@contextmanager
def sending(stage: Stage, what: Sequence[tuple[Sequence[Loop], Target]]) -> Iterator[None]:
    """All of it, until the end of the block."""
    OUT.mkdir(exist_ok=True)
    with ExitStack() as stack:
        for loops, target in what:
            sender = Sender(stage, loops, target)
            sender.start()
            stack.callback(sender.stop)
        yield


def _header(loops: Sequence[Loop]) -> bytes:
    kinds = {loop.setup.kind for loop in loops}
    return b"FLV\1" + bytes([4 * (AUDIO in kinds) + (VIDEO in kinds)]) + b"\0\0\0\x09\0\0\0\0"


def _flv(stamp: int, tag: Tag) -> bytes:
    time = (stamp & 0xFFFFFF).to_bytes(3) + bytes([stamp >> 24 & 255])
    return (
        bytes([tag.kind]) + len(tag.body).to_bytes(3) + time + b"\0\0\0" + tag.body + (11 + len(tag.body)).to_bytes(4)
    )

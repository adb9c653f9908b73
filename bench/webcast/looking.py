"""When a file flashes and when it beeps: it is decoded by FFmpeg's libraries; knows no product and no wall clock."""

import math
from array import array
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import av

WHITE = 180
"""Of 255, on average; the picture between the flashes is darker by far."""
_LOUD = 0.2


def flashes_in(file: Path | BytesIO) -> list[float]:
    """ms, by the file's own times: when a white picture follows one that is not."""
    found, before = [], True
    with av.open(file, "r") as container:
        for frame in container.decode(video=0):
            assert frame.time is not None
            white = _brightness(frame) > WHITE
            if white and not before:
                found.append(frame.time * 1000)
            before = white
    return found


def _brightness(frame: av.VideoFrame) -> float:
    some = bytes(frame.planes[0])[::97]
    return sum(some) / len(some)


def beeps_in(file: Path | BytesIO) -> list[float]:
    """ms, by the file's own times, to a third of a millisecond."""
    return list(_onsets(_samples(file)))


def _samples(file: Path | BytesIO) -> Iterator[tuple[float, int, "array[float]"]]:
    """When a piece begins (ms), its rate, and the samples of its first channel."""
    with av.open(file, "r") as container:
        for frame in container.decode(audio=0):
            assert frame.time is not None
            plane = array("f", bytes(frame.planes[0])[: frame.samples * 4])
            yield frame.time * 1000, frame.sample_rate, plane


def _onsets(pieces: Iterable[tuple[float, int, "array[float]"]]) -> Iterator[float]:
    """Where the level rises over `_LOUD` after a quarter of a second below."""
    quiet_since = -math.inf
    for begin, rate, samples in pieces:
        step = rate // 3000
        for at in range(0, len(samples), step):
            if max(abs(each) for each in samples[at : at + step]) > _LOUD:
                now = begin + at * 1000 / rate
                if now - quiet_since > 250:
                    yield now
                quiet_since = now

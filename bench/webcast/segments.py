"""When the segments of a package flash and beep, on the stage's clock: read from the disk as any player would."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from bench.webcast.looking import beeps_in, flashes_in


def epoch_of(package: Path) -> int:
    """ms UTC from which its media times count."""
    with (package / "package.jsonl").open(encoding="utf-8") as lines:
        epoch: int = json.loads(next(lines))["epoch"]
    return epoch


def flashes(package: Path, numbers: Sequence[int]) -> list[float]:
    """ms UTC; the first picture is left out, for it is not known what was before it."""
    inits = sorted((package / "picture").glob("init-*.mp4"), key=lambda path: int(path.stem.partition("-")[2]))
    return [epoch_of(package) + each for each in flashes_in(_joined(inits[-1], package / "picture", numbers))]


def beeps(package: Path, channel: str, numbers: Sequence[int]) -> list[float]:
    """ms UTC"""
    folder = package / "sound" / channel
    return [epoch_of(package) + each for each in beeps_in(_joined(folder / "init.mp4", folder, numbers))]


def _joined(init: Path, folder: Path, numbers: Sequence[int]) -> BytesIO:
    return BytesIO(init.read_bytes() + b"".join((folder / f"{number}.m4s").read_bytes() for number in numbers))

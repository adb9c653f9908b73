"""A recording as `recording.json` tells it, beside its files: when it began, what there is; knows no disk and no media.

    {"folder": "recording", "began": 1446300000000, "seconds": 5400.0, "stretches": [{"moment": …, "place": …, …}], …}

Whoever joins the files writes it, whoever makes the record reads it.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

RECORDING = "recording.json"


class Stretch(Struct, frozen=True):
    """A piece without a pause. `moment`: ms UTC; `place`: where it stands in the recording, in seconds."""

    moment: int
    place: float
    seconds: float


class Rendition(Struct, frozen=True):
    """A channel to hear or a track to read. `language` is BCP 47; `file`: its name here, "" where there is none."""

    language: str
    name: str
    file: str


class Chapter(Struct, frozen=True):
    """`place`: seconds from the recording's beginning."""

    place: float
    title: str


class Recording(Struct, frozen=True):
    """One of several, where there was a pause of hours. `folder`: its name; `began`: ms UTC.

    `hls`, `video`, `sign`, `poster`: files in it, "" where there are none. They leave out the times between the
    `stretches`, in which nothing was packaged.
    """

    folder: str
    began: int
    seconds: float
    stretches: tuple[Stretch, ...]
    hls: str = ""
    video: str = ""
    sign: str = ""
    poster: str = ""
    sounds: tuple[Rendition, ...] = ()
    captions: tuple[Rendition, ...] = ()
    chapters: tuple[Chapter, ...] = ()


def format_recording(recording: Recording) -> bytes:
    return msgspec.json.format(msgspec.json.encode(recording), indent=1) + b"\n"


def parse_recording(body: bytes) -> Recording:
    """What `format_recording` wrote. Raises `msgspec.MsgspecError`."""
    return msgspec.json.decode(body, type=Recording)


def place_in(stretches: Iterable[Stretch], moment: int) -> float | None:
    """Seconds from the recording's beginning; None where it was not recorded then (ms UTC)."""
    for each in stretches:
        into = (moment - each.moment) / 1000
        if 0 <= into < each.seconds:
            return round(each.place + into, 3)
    return None

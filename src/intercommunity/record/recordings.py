"""What of a meeting was recorded, as `recording.json` tells it, and where in it a moment is; knows no media."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

TELLS = "recording.json"


class Stretch(Struct, frozen=True):
    """A piece without a pause. `moment`: ms UTC; `place`: where it stands in the recording, in seconds."""

    moment: int
    place: float
    seconds: float


class Rendition(Struct, frozen=True):
    """A channel to hear or a track to read. `language` is BCP 47, `mul` for the floor; `file` "": there is none."""

    language: str
    name: str
    file: str


class Recording(Struct, frozen=True):
    """One of several, where there was a pause of hours. `began`: ms UTC; files are "" where there are none."""

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

    def files(self) -> list[str]:
        """What can be downloaded, picture first; paths in the record."""
        renditions = [each.file for each in (*self.sounds, *self.captions)]
        return [f"{self.folder}/{name}" for name in (self.video, self.sign, *renditions) if name]


class Place(NamedTuple):
    """A moment in a recording: which, counted from 0, and seconds from its beginning."""

    number: int
    seconds: float


def read_recordings(folder: Path) -> tuple[Recording, ...]:
    """Those that lie in a folder, in order."""
    found = [msgspec.json.decode(path.read_bytes(), type=Recording) for path in folder.glob(f"*/{TELLS}")]
    return tuple(sorted(found, key=lambda each: each.began))


def place_of(recordings: Sequence[Recording], moment: int) -> Place | None:
    """None where nothing was recorded at that moment (ms UTC)."""
    for number, recording in enumerate(recordings):
        for stretch in recording.stretches:
            into = (moment - stretch.moment) / 1000
            if 0 <= into < stretch.seconds:
                return Place(number, round(stretch.place + into, 3))
    return None


def place_from(recordings: Sequence[Recording], moment: int) -> Place | None:
    """Of the moment, or of what was recorded next after it."""
    later = (
        Place(number, stretch.place)
        for number, recording in enumerate(recordings)
        for stretch in recording.stretches
        if stretch.moment > moment
    )
    return place_of(recordings, moment) or next(later, None)


def href_of(recordings: Sequence[Recording], place: Place) -> str:
    """The way from the record's folder to that place (Media Fragments URI 1.0); else to the playlist."""
    recording = recordings[place.number]
    return f"{recording.folder}/{recording.video or recording.hls}#t={round(place.seconds, 2)}"

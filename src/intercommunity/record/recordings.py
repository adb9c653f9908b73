"""Where in what was recorded of a meeting a moment is, and the way there; knows no media."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from intercommunity.wire.recording import RECORDING, Recording, parse_recording, place_in


class Place(NamedTuple):
    """A moment in a recording: which, counted from 0, and seconds from its beginning."""

    number: int
    seconds: float


def read_recordings(folder: Path) -> tuple[Recording, ...]:
    """Those that lie in a folder, in order."""
    found = [parse_recording(path.read_bytes()) for path in folder.glob(f"*/{RECORDING}")]
    return tuple(sorted(found, key=lambda each: each.began))


def place_of(recordings: Sequence[Recording], moment: int) -> Place | None:
    """None where nothing was recorded at that moment (ms UTC)."""
    for number, recording in enumerate(recordings):
        seconds = place_in(recording.stretches, moment)
        if seconds is not None:
            return Place(number, seconds)
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

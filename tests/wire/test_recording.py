"""A recording as JSON: read as it was written, and where in it a moment is."""

from intercommunity.wire.recording import (
    Chapter,
    Recording,
    Rendition,
    Stretch,
    format_recording,
    parse_recording,
    place_in,
)

STRETCHES = (Stretch(1_050, 0, 5.95), Stretch(61_000, 5.95, 2))


def test_recording_is_read_as_it_was_written():
    recording = Recording(
        folder="recording",
        began=1_050,
        seconds=7.95,
        stretches=STRETCHES,
        hls="hls/main.m3u8",
        sounds=(Rendition("mul", "Floor", "sound-floor.m4a"),),
        captions=(Rendition("es", "español", ""),),
        chapters=(Chapter(0, "Opening · Ana"),),
    )
    assert parse_recording(format_recording(recording)) == recording


def test_recording_is_written_for_people_to_read_too():
    """With what it lacks: whoever reads it need not know what is left out."""
    assert format_recording(Recording("recording", 1_050, 2, (Stretch(1_050, 0, 2),))).decode() == (
        '{\n "folder": "recording",\n "began": 1050,\n "seconds": 2,\n "stretches": [\n'
        '  {\n   "moment": 1050,\n   "place": 0,\n   "seconds": 2\n  }\n ],\n'
        ' "hls": "",\n "video": "",\n "sign": "",\n "poster": "",\n'
        ' "sounds": [],\n "captions": [],\n "chapters": []\n}\n'
    )


def test_moment_has_a_place_where_it_was_recorded():
    moments = (1_000, 3_050, 7_000, 61_500, 63_000)
    assert [place_in(STRETCHES, moment) for moment in moments] == [None, 2, None, 6.45, None]

"""The meeting file's tables about the webcast: read whole, and every mistake named with its line and a remedy."""

import pytest

from intercommunity.meeting.description import Lower, Programme, SignPicture, SoundChannel
from intercommunity.wire.meeting_file import MistakesInFile, read_meeting_file

MEETING = 'slug = "forum"\nstarts = 2026-05-14T14:00:00Z\nlanguages = ["en"]\ntitle = { en = "Forum" }\n'
WEBCAST = """\
[programme]
from = "rtmp"
delay_ms = 800
kbit = 96
lower = "yes"
[[channels]]
language = "es"
from = "srt:9001"
[sign]
language = "ase"
from = "https://stream.example/sign.m3u8"
delay_ms = 1200
key = 2
"""
FIRST = MEETING.count("\n")


def mistakes(text: str) -> list[tuple[int, str]]:
    with pytest.raises(MistakesInFile) as raised:
        read_meeting_file(MEETING + text)
    assert raised.value.code == "meeting_file_invalid"
    return [(mistake.line - FIRST, mistake.text) for mistake in raised.value.mistakes]


def test_webcast_is_read_whole():
    read = read_meeting_file(MEETING + WEBCAST)
    assert read.programme == Programme("rtmp", 800, kbit=96, lower=Lower.YES)
    assert read.channels == (SoundChannel("es", "srt:9001"),)
    assert read.sign == SignPicture("ase", "https://stream.example/sign.m3u8", 1200, 2)


def test_what_is_left_out_has_its_default():
    read = read_meeting_file(f'{MEETING}[programme]\nfrom = "rtmp"\n')
    assert (read.programme, read.sign) == (Programme("rtmp", kbit=48, lower=Lower.AUTO), None)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ('from = "rtmp"', 'from = "udp://x"', 2, "from must be"),
        ('from = "rtmp"', 'from = "file:../x"', 2, "from must be"),
        ('from = "rtmp"', "", 1, "from is missing"),
        ("kbit = 96", "kbit = 500", 4, "from 32 to 192"),
        ('lower = "yes"', "lower = 360", 5, "one of: auto, yes, no"),
        ('lower = "yes"', 'lowest = "no"', 5, "Did you mean lower?"),
        ("[sign]", "[[sign]]", 9, "Write [sign]."),
        ('language = "ase"', "", 9, "language is missing"),
        ('language = "ase"', 'language = "American"', 10, "BCP 47"),
        ("delay_ms = 1200", "delay_ms = -1", 12, "from 0 to 60000"),
        ("key = 2", "kbit = 2", 13, "kbit is not known here"),
    ],
)
def test_mistake_is_named_with_its_line_and_a_remedy(right, wrong, line, says):
    assert WEBCAST.count(f"{right}\n") == 1
    found = mistakes(WEBCAST.replace(f"{right}\n", f"{wrong}\n"))
    assert [(line, True)] == [(each, says in text) for each, text in found]


def test_programme_stands_once():
    assert mistakes("[[programme]]\n") == [(1, "programme must be a table. Write [programme].")]


def test_sign_language_and_channels_need_a_programme():
    found = mistakes(WEBCAST[WEBCAST.index("[[channels]]") :])
    assert [(line, "needs a programme" in text) for line, text in found] == [(1, True), (4, True)]

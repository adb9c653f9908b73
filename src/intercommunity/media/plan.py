"""What should run for a meeting's webcast: its sources, channels and tracks, out of its description; no I/O.

Where a source comes from (`from` in the meeting file):

    rtmp                      sent to our server by RTMP, with the source's stream key, as OBS does
    srt:9001                  sent to us by SRT on that UDP port, with the source's stream key as passphrase
    file:talk.mp4             a file in the installation's folder for programmes
    https://… http://…        pulled: HLS, Icecast, or a file
    rtmp://… rtmps://… srt://…    pulled
"""

import re
from collections.abc import Callable

from msgspec import Struct

from intercommunity.meeting.description import Description

FLOOR = "floor"
FLOOR_LANGUAGE = "mul"
"""ISO 639-2 for several languages: on the floor each speaks their own."""
PULLED = ("https", "http", "rtmp", "rtmps", "srt")


class Origin(Struct, frozen=True):
    """kind: rtmp, srt, file or pull. `address`: a port, a file's name or an address to pull. `key`: of who sends."""

    kind: str
    address: str = ""
    key: str = ""


class PlannedSource(Struct, frozen=True):
    """`name` is "floor" for the programme, a channel's language for the others."""

    name: str
    title: str
    language: str
    origin: Origin
    delay_ms: int = 0


class Plan(Struct, frozen=True):
    """`tracks`: (language, title). `kbit`: a channel's rate. `sentences`: what the slate says."""

    slug: str
    sources: tuple[PlannedSource, ...]
    tracks: tuple[tuple[str, str], ...]
    kbit: int
    sentences: tuple[str, ...] = ()
    rehearsal: bool = False


def origin_of(source: str, key: str = "") -> Origin | None:
    """None for what is no origin."""
    if source == "rtmp":
        return Origin("rtmp", "", key)
    if re.fullmatch(r"srt:\d{2,5}", source) and 1024 <= int(source[4:]) <= 65535:  # noqa: PLR2004 - ports for all
        return Origin("srt", source[4:], key)
    if re.fullmatch(r"file:[^/\\\0][^\\\0]*", source) and ".." not in source.split("/"):
        return Origin("file", source[5:])
    scheme, sign, rest = source.partition("://")
    if sign and scheme in PULLED and rest and not re.search(r"[\s\0]", source):
        return Origin("pull", source)
    return None


def plan_webcast(
    description: Description,
    key_of: Callable[[str], str],
    title_of: Callable[[str], str],
    sentences: tuple[str, ...],
) -> Plan | None:
    """None for a meeting without a programme. `key_of`: by source's name; `title_of`: a language in its own words."""
    programme = description.programme
    if programme is None:
        return None
    floor = _planned(FLOOR, "Floor", FLOOR_LANGUAGE, programme.source, programme.delay_ms, key_of)
    channels = (
        _planned(each.language, title_of(each.language), each.language, each.source, each.delay_ms, key_of)
        for each in description.channels
    )
    tracks = tuple((tag, title_of(tag)) for tag in description.languages)
    return Plan(description.slug, (floor, *channels), tracks, programme.kbit, sentences, description.rehearsal)


def _planned(
    name: str, title: str, language: str, source: str, delay_ms: int, key_of: Callable[[str], str]
) -> PlannedSource:
    origin = origin_of(source, key_of(name))
    assert origin is not None, "the meeting file was checked for it"
    return PlannedSource(name, title, language, origin, delay_ms)

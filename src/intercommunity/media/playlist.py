"""HLS playlists as text; no I/O. After RFC 8216.

All renditions are cut at the same moments and begin anew together, so segment 7 is the same piece of time in each.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from msgspec import Struct

TARGET_S = 2
"""No segment is longer than 2.49 s: RFC 8216 wants a segment's length, rounded, to be at most this."""
SKIP_UNTIL_S = 6 * TARGET_S
LISTED_IN_DELTA = 60
"""At 0.8 s and more each, more than `SKIP_UNTIL_S`, also where many of them are short."""
_VERSION, _VERSION_OF_DELTA = 7, 9


class Entry(Struct, frozen=True):
    """A segment in a playlist. `at`: ms UTC on stage; `init`: the address of its EXT-X-MAP, "" where it has none."""

    uri: str
    seconds: float
    at: float
    init: str = ""
    anew: bool = False


class Spoken(Struct, frozen=True):
    """A channel, or a track: a rendition with a name and a language (BCP 47)."""

    uri: str
    name: str
    language: str
    default: bool = False
    channels: int = 1


class Seen(Struct, frozen=True):
    """The picture: codecs as in RFC 6381, bits a second at most and on average."""

    uri: str
    codec: str
    width: int
    height: int
    fps: float
    peak: int
    average: int


def media_playlist(entries: Sequence[Entry], *, ended: bool) -> str:
    """Everything from the beginning on: the whole can be seen again while it runs (6.2.1, EVENT)."""
    return "\n".join([*_head(_VERSION, ended=ended), *_entries(entries), *(["#EXT-X-ENDLIST"] if ended else []), ""])


def playlist_delta(entries: Sequence[Entry]) -> str:
    """The end of a running playlist, for who has read it before (RFC 8216bis, 6.2.5.1): after two hours the whole of
    it every two seconds would be more than the sound.
    """
    skipped = max(0, len(entries) - LISTED_IN_DELTA)
    skip = [f"#EXT-X-SKIP:SKIPPED-SEGMENTS={skipped}"] if skipped else []
    return "\n".join([*_head(_VERSION_OF_DELTA, ended=False), *skip, *_entries(entries[skipped:]), ""])


def delta_of(uri: str) -> str:
    """Where the end of a playlist lies."""
    return uri.removesuffix(".m3u8") + "-delta.m3u8"


def _head(version: int, *, ended: bool) -> Iterator[str]:
    yield "#EXTM3U"
    yield f"#EXT-X-VERSION:{version}"
    yield f"#EXT-X-TARGETDURATION:{TARGET_S}"
    if not ended:
        yield f"#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL={SKIP_UNTIL_S}"
    yield "#EXT-X-MEDIA-SEQUENCE:1"
    yield f"#EXT-X-PLAYLIST-TYPE:{'VOD' if ended else 'EVENT'}"


def _entries(entries: Iterable[Entry]) -> Iterator[str]:
    init = ""
    expected = None
    for entry in entries:
        if entry.anew:
            yield "#EXT-X-DISCONTINUITY"
        if entry.init and (entry.init != init or entry.anew):
            init = entry.init
            yield f'#EXT-X-MAP:URI="{init}"'
        if expected is None or entry.anew or abs(entry.at - expected) > 1:
            yield f"#EXT-X-PROGRAM-DATE-TIME:{_moment(entry.at)}"
            expected = entry.at
        expected += entry.seconds * 1000
        yield f"#EXTINF:{entry.seconds:.5f},"
        yield entry.uri


def _moment(ms: float) -> str:
    return datetime.fromtimestamp(round(ms) / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def multivariant_playlist(
    seen: Seen | None, channels: Sequence[Spoken], tracks: Sequence[Spoken], bits_per_channel: int
) -> str:
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{_VERSION}"]
    lines += [_rendition("AUDIO", "sound", each) for each in channels]
    lines += [_rendition("SUBTITLES", "captions", each) for each in tracks]
    groups = 'AUDIO="sound"' + (',SUBTITLES="captions"' if tracks else "")
    if seen is not None:
        peak, average = seen.peak + bits_per_channel, seen.average + bits_per_channel
        rate = f",FRAME-RATE={seen.fps:.3f}" if seen.fps else ""
        lines.append(
            f'#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS="{seen.codec},mp4a.40.2",'
            f"RESOLUTION={seen.width}x{seen.height}{rate},{groups}"
        )
        lines.append(seen.uri)
    with_overhead = bits_per_channel * 12 // 10
    lines.append(f'#EXT-X-STREAM-INF:BANDWIDTH={with_overhead},CODECS="mp4a.40.2",{groups}')
    lines.append(channels[0].uri)
    return "\n".join([*lines, ""])


def _rendition(kind: str, group: str, each: Spoken) -> str:
    name = each.name.replace('"', "'").replace("\n", " ")
    default = "YES" if each.default else "NO"
    more = f',CHANNELS="{each.channels}"' if kind == "AUDIO" else ""
    return (
        f'#EXT-X-MEDIA:TYPE={kind},GROUP-ID="{group}",NAME="{name}",LANGUAGE="{each.language}",'
        f'DEFAULT={default},AUTOSELECT=YES{more},URI="{each.uri}"'
    )

"""HLS playlists as text; no I/O. After RFC 8216.

All renditions are cut at the same moments and begin anew together, so segment 7 is the same piece of time in each.
"""

from collections import deque
from collections.abc import Iterator, Sequence
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


class Growing:
    """A rendition's playlist as it grows: everything from the beginning on, so that the whole can be seen again while
    it runs (6.2.1, EVENT). What was listed once is kept as text, since it never changes.

    `now`: ms UTC; None when nothing more comes. It stands in a comment: a copy of a playlist that is two seconds old
    looks like a new one, and a player that takes it for new stays two seconds further behind.
    """

    def __init__(self) -> None:
        self._told = bytearray()
        self._state = _Listed()
        self._count = 0
        self._last: deque[Entry] = deque(maxlen=LISTED_IN_DELTA)

    def add(self, entry: Entry) -> None:
        for line in self._state.lines(entry):
            self._told += line.encode() + b"\n"
        self._last.append(entry)
        self._count += 1

    def whole(self, now: float | None) -> bytes:
        return _head(_VERSION, now) + bytes(self._told) + (b"#EXT-X-ENDLIST\n" if now is None else b"")

    def delta(self, now: float) -> bytes:
        """The end of a running playlist, for who has read it before (RFC 8216bis, 6.2.5.1): after two hours the whole
        of it every two seconds would be more than the sound.
        """
        skipped = self._count - len(self._last)
        skip = f"#EXT-X-SKIP:SKIPPED-SEGMENTS={skipped}\n" if skipped else ""
        state = _Listed()
        lines = "".join(f"{line}\n" for entry in self._last for line in state.lines(entry))
        return _head(_VERSION_OF_DELTA, now) + (skip + lines).encode()


def delta_of(uri: str) -> str:
    """Where the end of a playlist lies."""
    return uri.removesuffix(".m3u8") + "-delta.m3u8"


def _head(version: int, now: float | None) -> bytes:
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{version}", f"#EXT-X-TARGETDURATION:{TARGET_S}"]
    if now is not None:
        lines += [f"#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL={SKIP_UNTIL_S}", f"# written {_moment(now)}"]
    lines += ["#EXT-X-MEDIA-SEQUENCE:1", f"#EXT-X-PLAYLIST-TYPE:{'VOD' if now is None else 'EVENT'}", ""]
    return "\n".join(lines).encode()


class _Listed:
    """What a reader knows who has come as far as this."""

    def __init__(self) -> None:
        self._init = ""
        self._expected: float | None = None

    def lines(self, entry: Entry) -> Iterator[str]:
        if entry.anew:
            yield "#EXT-X-DISCONTINUITY"
        if entry.init and (entry.init != self._init or entry.anew):
            self._init = entry.init
            yield f'#EXT-X-MAP:URI="{entry.init}"'
        if self._expected is None or entry.anew or abs(entry.at - self._expected) > 1:
            yield f"#EXT-X-PROGRAM-DATE-TIME:{_moment(entry.at)}"
            self._expected = entry.at
        self._expected += entry.seconds * 1000
        yield f"#EXTINF:{entry.seconds:.5f},"
        yield entry.uri


def _moment(ms: float) -> str:
    return datetime.fromtimestamp(round(ms) / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def multivariant_playlist(
    seen: Sequence[Seen],
    channels: Sequence[Spoken],
    tracks: Sequence[Spoken],
    bits_per_channel: int,
    sign: Spoken | None = None,
) -> str:
    """`seen`: the picture, then its lower renditions. The sign language is another picture (4.3.4.1, TYPE=VIDEO) of a
    group in which the variant's own stands first.
    """
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{_VERSION}"]
    lines += [_rendition("AUDIO", "sound", each) for each in channels]
    lines += [_rendition("SUBTITLES", "captions", each) for each in tracks]
    groups = 'AUDIO="sound"' + (',SUBTITLES="captions"' if tracks else "")
    group_of_pictures = ""
    if sign is not None and seen:
        lines.append('#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="picture",NAME="Stage",DEFAULT=YES,AUTOSELECT=YES')
        lines.append(_rendition("VIDEO", "picture", sign))
        group_of_pictures = ',VIDEO="picture"'
    for each in seen:
        lines += [_variant(each, bits_per_channel, groups + group_of_pictures), each.uri]
    with_overhead = bits_per_channel * 12 // 10
    lines.append(f'#EXT-X-STREAM-INF:BANDWIDTH={with_overhead},CODECS="mp4a.40.2",{groups}')
    lines.append(channels[0].uri)
    return "\n".join([*lines, ""])


def _variant(seen: Seen, bits_per_channel: int, groups: str) -> str:
    peak, average = seen.peak + bits_per_channel, seen.average + bits_per_channel
    rate = f",FRAME-RATE={seen.fps:.3f}" if seen.fps else ""
    return (
        f'#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS="{seen.codec},mp4a.40.2",'
        f"RESOLUTION={seen.width}x{seen.height}{rate},{groups}"
    )


def _rendition(kind: str, group: str, each: Spoken) -> str:
    name = each.name.replace('"', "'").replace("\n", " ")
    default = "YES" if each.default else "NO"
    more = f',CHANNELS="{each.channels}"' if kind == "AUDIO" else ""
    return (
        f'#EXT-X-MEDIA:TYPE={kind},GROUP-ID="{group}",NAME="{name}",LANGUAGE="{each.language}",'
        f'DEFAULT={default},AUTOSELECT=YES{more},URI="{each.uri}"'
    )

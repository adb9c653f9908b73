"""FLV tags, the form in which all sources reach us (RTMP messages have it too), as coded pictures and sounds; no I/O.

Times are milliseconds on the sender's own clock. After Adobe's Flash Video File Format Specification 10.1, annex E.

Exception
└── NotFlv      the bytes are no FLV, or lack what they promise
"""

import struct
from collections.abc import Iterator

from msgspec import Struct

AUDIO, VIDEO = 8, 9
LARGEST_TAG = 8 * 1024 * 1024
MOST_SHOWN_AFTER_MS = 1_000
"""No encoder looks further ahead; what says so means nothing."""
_HEADER = 9
_TAG_HEADER = 11
_AFTER_TAG = 4
_AVC, _AAC, _MP3 = 7, 10, 2
_KEYFRAME = 1
_NAMED = {"avc1": "h264", "hvc1": "hevc", "av01": "av1", "vp09": "vp9"}
_WITH_TIME = ("avc1", "hvc1")
_SEQUENCE_START, _CODED_FRAMES, _CODED_FRAMES_X = 0, 1, 3
_SHORTEST_RECORD = 7


class NotFlv(ValueError):  # noqa: N818 - theirs, not ours
    pass


class VideoSetup(Struct, frozen=True):
    """`record`: for H.264 an AVCDecoderConfigurationRecord (ISO/IEC 14496-15), for others what stands in its place.
    `codec`: h264, hevc, av1 or vp9.
    """

    record: bytes
    codec: str = "h264"


class Picture(Struct, frozen=True):
    """A coded picture, for H.264 its NAL units with lengths before them; `shown_after`: ms from decoding to showing."""

    time: int
    shown_after: int
    key: bool
    data: bytes


class SoundSetup(Struct, frozen=True):
    """codec: "aac" with its AudioSpecificConfig, or "mp3"."""

    codec: str
    config: bytes = b""


class Sound(Struct, frozen=True):
    """One coded frame of sound."""

    time: int
    data: bytes


class Unusable(Struct, frozen=True):
    """Something arrives that cannot be carried on; `what` names it, for advice."""

    what: str


Arrived = VideoSetup | Picture | SoundSetup | Sound | Unusable


class Tags:
    """Takes the bytes of an FLV stream as they come; gives the tags that are complete: kind, time, body."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._begun = False

    def feed(self, data: bytes) -> Iterator[tuple[int, int, bytes]]:
        self._held += data
        if not self._begun and not self._begin():
            return
        while len(self._held) >= _TAG_HEADER:
            size = int.from_bytes(self._held[1:4])
            if size > LARGEST_TAG:
                raise NotFlv("a tag is too large")
            if len(self._held) < _TAG_HEADER + size + _AFTER_TAG:
                return
            time = int.from_bytes(self._held[4:7]) | self._held[7] << 24
            body = bytes(self._held[_TAG_HEADER : _TAG_HEADER + size])
            kind = self._held[0] & 31
            del self._held[: _TAG_HEADER + size + _AFTER_TAG]
            yield kind, time, body

    def _begin(self) -> bool:
        if not b"FLV".startswith(bytes(self._held[:3])):
            raise NotFlv("it does not begin as FLV")
        if len(self._held) < _HEADER + _AFTER_TAG:
            return False
        size = int.from_bytes(self._held[5:9])
        if size != _HEADER:
            raise NotFlv("the header has an unknown size")
        del self._held[: size + _AFTER_TAG]
        self._begun = True
        return True


def read_tag(kind: int, time: int, body: bytes) -> Arrived | None:
    """What a tag brings; None for what is of no use (metadata, empty tags, the end of a sequence)."""
    if len(body) < 2:  # noqa: PLR2004 - the tag's own header
        return None
    if kind == VIDEO:
        return _read_video(time, body)
    if kind == AUDIO:
        return _read_audio(time, body)
    return None


def _read_video(time: int, body: bytes) -> Arrived | None:
    if body[0] & 0x80:
        return _read_named_video(time, body)
    if body[0] & 15 != _AVC:
        return Unusable(f"video codec {body[0] & 15}")
    if len(body) < 5:  # noqa: PLR2004 - as above, for AVC
        return None
    if body[1] == 0:
        return VideoSetup(body[5:]) if len(body) >= 5 + _SHORTEST_RECORD else None
    if body[1] != 1 or len(body) == 5:  # noqa: PLR2004
        return None
    return Picture(time, _shown_after(body[2:5]), body[0] >> 4 == _KEYFRAME, body[5:])


def _read_named_video(time: int, body: bytes) -> Arrived | None:
    """Video that is named by four letters (Enhanced RTMP 1, "ExVideoTagHeader")."""
    name, kind = body[1:5].decode("ascii", "replace"), body[0] & 15
    codec = _NAMED.get(name)
    if codec is None:
        return Unusable(f"video codec {name}")
    if kind == _SEQUENCE_START:
        return VideoSetup(body[5:], codec)
    with_time = kind == _CODED_FRAMES and name in _WITH_TIME
    data = body[8:] if with_time else body[5:]
    if kind not in (_CODED_FRAMES, _CODED_FRAMES_X) or not data:
        return None
    shown_after = _shown_after(body[5:8]) if with_time else 0
    return Picture(time, shown_after, body[0] >> 4 & 7 == _KEYFRAME, data)


def _shown_after(three: bytes) -> int:
    after = int(struct.unpack(">i", three + b"\0")[0]) >> 8
    return after if 0 <= after <= MOST_SHOWN_AFTER_MS else 0


def _read_audio(time: int, body: bytes) -> Arrived | None:
    form = body[0] >> 4
    if form == _AAC:
        if len(body) < 3:  # noqa: PLR2004 - its kind, and at least one byte
            return None
        return SoundSetup("aac", body[2:]) if body[1] == 0 else Sound(time, body[2:])
    if form == _MP3:
        return Sound(time, body[1:])
    return Unusable(f"audio codec {form}")

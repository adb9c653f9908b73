"""Fragmented MP4 as HLS and MSE want it: one track a file, an init segment and media segments; no I/O.

After ISO/IEC 14496-12 (boxes), 14496-14 and -15 (AAC and AVC in them). Times are in units of the track's timescale.
"""

import struct
from collections.abc import Sequence

from msgspec import Struct

from intercommunity.media.coding.avc import PictureForm

VIDEO_SCALE = 90_000
SOUND_SCALE = 48_000
TRACK = 1
_IDENTITY = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_KEY_SAMPLE = 0x02000000
_OTHER_SAMPLE = 0x01010000


class Sample(Struct, frozen=True):
    """`shown_after`: from decoding to showing, may be negative."""

    data: bytes
    duration: int
    key: bool = True
    shown_after: int = 0


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full(kind: bytes, version: int, flags: int, *content: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *content)


def video_init(form: PictureForm, record: bytes) -> bytes:
    entry = box(
        b"avc1",
        b"\0" * 6 + struct.pack(">H", 1) + b"\0" * 16,
        struct.pack(">HHIIIH", form.width, form.height, 0x480000, 0x480000, 0, 1),
        b"\0" * 32 + struct.pack(">Hh", 0x18, -1),
        box(b"avcC", record),
    )
    head = _full(b"vmhd", 0, 1, b"\0" * 8)
    return _init(b"vide", VIDEO_SCALE, head, entry, form.width, form.height)


def sound_init(config: bytes, channels: int, bits_per_second: int) -> bytes:
    """`config`: an AudioSpecificConfig for 48 kHz."""
    specific = _descriptor(5, config)
    decoder = _descriptor(
        4, struct.pack(">BB", 0x40, 0x15) + b"\0\0\0" + struct.pack(">II", *[bits_per_second] * 2), specific
    )
    stream = _descriptor(3, struct.pack(">HB", TRACK, 0), decoder, _descriptor(6, b"\2"))
    entry = box(
        b"mp4a",
        b"\0" * 6 + struct.pack(">H", 1) + b"\0" * 8,
        struct.pack(">HHII", channels, 16, 0, SOUND_SCALE << 16),
        _full(b"esds", 0, 0, stream),
    )
    return _init(b"soun", SOUND_SCALE, _full(b"smhd", 0, 0, b"\0" * 4), entry, 0, 0)


def _descriptor(tag: int, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">BB", tag, len(body)) + body


def _init(handler: bytes, scale: int, media_head: bytes, entry: bytes, width: int, height: int) -> bytes:
    nothing = struct.pack(">I", 0)
    table = box(
        b"stbl",
        _full(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        *(_full(kind, 0, 0, nothing) for kind in (b"stts", b"stsc")),
        _full(b"stsz", 0, 0, nothing, nothing),
        _full(b"stco", 0, 0, nothing),
    )
    data = box(b"dinf", _full(b"dref", 0, 0, struct.pack(">I", 1), _full(b"url ", 0, 1)))
    media = box(
        b"mdia",
        _full(b"mdhd", 0, 0, struct.pack(">IIIIHH", 0, 0, scale, 0, 0x55C4, 0)),
        _full(b"hdlr", 0, 0, nothing, handler, b"\0" * 12, b"\0"),
        box(b"minf", media_head, data, table),
    )
    volume = 0 if width else 0x0100
    track_head = _full(
        b"tkhd",
        0,
        3,
        struct.pack(">IIIII", 0, 0, TRACK, 0, 0) + b"\0" * 8,
        struct.pack(">HHHH", 0, 0, volume, 0) + _IDENTITY,
        struct.pack(">II", width << 16, height << 16),
    )
    movie_head = _full(
        b"mvhd",
        0,
        0,
        struct.pack(">IIIIIHHII", 0, 0, 1000, 0, 0x10000, 0x0100, 0, 0, 0) + _IDENTITY + b"\0" * 24,
        struct.pack(">I", TRACK + 1),
    )
    extends = box(b"mvex", _full(b"trex", 0, 0, struct.pack(">5I", TRACK, 1, 0, 0, 0)))
    brands = box(b"ftyp", b"iso6" + struct.pack(">I", 0) + b"iso6cmfcmp41")
    return brands + box(b"moov", movie_head, box(b"trak", track_head, media), extends)


def media_segment(number: int, start: int, samples: Sequence[Sample]) -> bytes:
    """One fragment; `start` is the first sample's decoding time."""
    alike = len({(each.duration, each.key, each.shown_after) for each in samples}) == 1
    head = (_head_of_alike if alike and not samples[0].shown_after else _head_of_any)(number, start, samples)
    return head + box(b"mdat", *(sample.data for sample in samples))


def _head_of_any(number: int, start: int, samples: Sequence[Sample]) -> bytes:
    rows = b"".join(
        struct.pack(">IIIi", each.duration, len(each.data), _flags(each), each.shown_after) for each in samples
    )
    return _head(number, start, len(samples), _full(b"tfhd", 0, 0x20000, struct.pack(">I", TRACK)), 0xF01, rows)


def _head_of_alike(number: int, start: int, samples: Sequence[Sample]) -> bytes:
    """As sound is: what all samples have in common is said once, a tenth less for who listens on a slow line."""
    common = struct.pack(">III", TRACK, samples[0].duration, _flags(samples[0]))
    rows = struct.pack(f">{len(samples)}I", *(len(each.data) for each in samples))
    return _head(number, start, len(samples), _full(b"tfhd", 0, 0x20028, common), 0x201, rows)


def _head(number: int, start: int, count: int, track: bytes, flags: int, rows: bytes) -> bytes:
    """`flags`: which columns `rows` have (ISO 14496-12, 8.8.8)."""
    size = 8 + 16 + 8 + len(track) + 20 + 20 + len(rows)
    run = _full(b"trun", 1, flags, struct.pack(">Ii", count, size + 8), rows)
    fragment = box(b"traf", track, _full(b"tfdt", 1, 0, struct.pack(">Q", start)), run)
    head = box(b"moof", _full(b"mfhd", 0, 0, struct.pack(">I", number)), fragment)
    assert len(head) == size
    return head


def _flags(sample: Sample) -> int:
    return _KEY_SAMPLE if sample.key else _OTHER_SAMPLE

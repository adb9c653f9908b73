"""What an H.264 decoder configuration says of the picture: its size, rate and codec string; no I/O.

After ISO/IEC 14496-15 (the record), ITU-T H.264 7.3.2.1 and annex E (the parameter set), RFC 6381 (the string).
"""

from msgspec import Struct

_HIGH_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
_SPS_AT = 8
_LARGEST_SIDE = 8192
_READ_OF_SPS = 1024
"""Bytes; what is looked for stands at its beginning."""


class PictureForm(Struct, frozen=True):
    """`codec` as in RFC 6381; `fps` is 0 where the stream does not say."""

    codec: str
    width: int
    height: int
    fps: float = 0.0


def read_record(record: bytes) -> PictureForm:
    """Raises `ValueError` where the record is broken."""
    if len(record) < _SPS_AT or record[0] != 1 or record[5] & 31 < 1:
        raise ValueError("no decoder configuration")
    size = int.from_bytes(record[6:8])
    sps = record[_SPS_AT : _SPS_AT + size]
    if len(sps) < size or size < 4 or sps[0] & 31 != 7:  # noqa: PLR2004 - NAL type 7 is a sequence parameter set
        raise ValueError("no sequence parameter set")
    width, height, fps = _read_sps(_Bits(_unescape(sps[1:_READ_OF_SPS])))
    if not (0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE):
        raise ValueError("impossible size")
    return PictureForm(f"avc1.{sps[1:4].hex()}", width, height, fps)


def parameter_sets(record: bytes) -> bytes:
    """The sets of a record, as they would stand before a picture; none where lengths there have other than 4 bytes."""
    if record[4] & 3 != 3:  # noqa: PLR2004 - lengths of 4 bytes, less one
        return b""
    found, at = b"", 5
    for mask in (31, 255):
        count = record[at] & mask if at < len(record) else 0
        at += 1
        for _ in range(count):
            size = int.from_bytes(record[at : at + 2])
            found += size.to_bytes(4) + record[at + 2 : at + 2 + size]
            at += 2 + size
    return found


def units(stream: bytes) -> list[bytes]:
    """The NAL units of a byte stream (ITU-T H.264, annex B), where start codes stand before them."""
    return [each.rstrip(b"\0") for each in stream.split(b"\0\0\1")[1:]]


def with_lengths(stream: bytes) -> bytes:
    """A picture of a byte stream, as it stands in files."""
    return b"".join(len(each).to_bytes(4) + each for each in units(stream))


def make_record(stream: bytes) -> bytes:
    """The decoder configuration out of a byte stream with both parameter sets. Raises `ValueError` without them."""
    found = units(stream)
    sequences = [each for each in found if each[0] & 31 == 7]  # noqa: PLR2004 - NAL types 7 and 8
    pictures = [each for each in found if each[0] & 31 == 8]  # noqa: PLR2004
    if not sequences or not pictures:
        raise ValueError("no parameter sets")
    head = bytes([1, *sequences[0][1:4], 0xFF, 0xE1])
    sets = [len(each).to_bytes(2) + each for each in (sequences[0], pictures[0])]
    high = b"\xfd\xf8\xf8\0" if sequences[0][1] in _HIGH_PROFILES else b""
    return head + sets[0] + b"\1" + sets[1] + high


def _unescape(data: bytes) -> bytes:
    return data.replace(b"\0\0\3", b"\0\0")


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data)
        self._left = len(data) * 8

    def take(self, count: int) -> int:
        if count > self._left:
            raise ValueError("the parameter set ends too early")
        self._left -= count
        return (self._value >> self._left) & ((1 << count) - 1)

    def golomb(self) -> int:
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        value = self.golomb()
        return (value + 1) // 2 if value & 1 else -(value // 2)


def _read_sps(bits: _Bits) -> tuple[int, int, float]:
    profile = bits.take(8)
    bits.take(16)
    bits.golomb()
    chroma = _skip_high_profile(bits) if profile in _HIGH_PROFILES else 1
    bits.golomb()
    _skip_picture_order(bits)
    bits.golomb()
    bits.take(1)
    width = (bits.golomb() + 1) * 16
    rows = bits.golomb() + 1
    whole_frames = bits.take(1)
    if not whole_frames:
        bits.take(1)
    bits.take(1)
    height = rows * 16 * (2 - whole_frames)
    if bits.take(1):
        left, right, top, bottom = (bits.golomb() for _ in range(4))
        across = 2 if chroma in (1, 2) else 1
        down = (2 if chroma == 1 else 1) * (2 - whole_frames)
        width -= (left + right) * across
        height -= (top + bottom) * down
    return width, height, _rate(bits) if bits.take(1) else 0.0


def _skip_high_profile(bits: _Bits) -> int:
    chroma = bits.golomb()
    if chroma == 3:  # noqa: PLR2004 - 4:4:4
        bits.take(1)
    bits.golomb()
    bits.golomb()
    bits.take(1)
    if bits.take(1):
        for number in range(8 if chroma != 3 else 12):  # noqa: PLR2004
            if bits.take(1):
                _skip_scaling_list(bits, 16 if number < 6 else 64)  # noqa: PLR2004
    return chroma


def _skip_scaling_list(bits: _Bits, size: int) -> None:
    last, following = 8, 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _skip_picture_order(bits: _Bits) -> None:
    kind = bits.golomb()
    if kind == 0:
        bits.golomb()
    elif kind == 1:
        bits.take(1)
        bits.signed()
        bits.signed()
        for _ in range(min(bits.golomb(), 255)):
            bits.signed()


def _rate(bits: _Bits) -> float:
    """Frames a second out of the usability information, as far as needed."""
    if bits.take(1) and bits.take(8) == 255:  # noqa: PLR2004 - an aspect ratio in full
        bits.take(32)
    if bits.take(1):
        bits.take(1)
    if bits.take(1):
        bits.take(4)
        if bits.take(1):
            bits.take(24)
    if bits.take(1):
        bits.golomb()
        bits.golomb()
    if not bits.take(1):
        return 0.0
    unit, scale = bits.take(32), bits.take(32)
    return round(scale / (2 * unit), 3) if unit else 0.0

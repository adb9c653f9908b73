"""AMF0, the little of it that RTMP commands are written in; no I/O. After Adobe's Action Message Format, AMF 0.

Exception
└── NotAmf      the bytes are no AMF0, or of a kind that commands do not need
"""

import struct
from typing import Any

_DEEPEST = 8
_NUMBER, _BOOLEAN, _STRING, _OBJECT, _NULL = 0, 1, 2, 3, 5
_OBJECT_END = b"\0\0\x09"


class NotAmf(ValueError):  # noqa: N818 - theirs, not ours
    pass


def encode(*values: object) -> bytes:
    return b"".join(map(_encode, values))


def _encode(value: object) -> bytes:
    match value:
        case None:
            return bytes([_NULL])
        case bool():
            return bytes([_BOOLEAN, value])
        case int() | float():
            return struct.pack(">Bd", _NUMBER, value)
        case str():
            return bytes([_STRING]) + _name(value)
        case dict():
            return bytes([_OBJECT]) + b"".join(_name(key) + _encode(each) for key, each in value.items()) + _OBJECT_END
    raise TypeError(f"no AMF0 for {type(value)}")


def _name(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">H", len(data)) + data


def decode(data: bytes) -> list[Any]:
    """All values, one after the other."""
    reading = _Reading(data)
    values = []
    while reading.at < len(data):
        values.append(reading.value())
    return values


class _Reading:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def _take(self, size: int) -> bytes:
        taken = self._data[self.at : self.at + size]
        if len(taken) < size:
            raise NotAmf("it ends too early")
        self.at += size
        return taken

    def _text(self, length_size: int = 2) -> str:
        return self._take(int.from_bytes(self._take(length_size))).decode("utf-8", "replace")

    def value(self, depth: int = 0) -> Any:  # noqa: PLR0911 - one a kind
        if depth > _DEEPEST:
            raise NotAmf("it is nested too deeply")
        kind = self._take(1)[0]
        match kind:
            case 0:
                return struct.unpack(">d", self._take(8))[0]
            case 1:
                return self._take(1) != b"\0"
            case 2 | 12:
                return self._text(2 if kind == _STRING else 4)
            case 5 | 6:
                return None
            case 8:
                self._take(4)
                return self._members(depth)
            case 3:
                return self._members(depth)
            case 10:
                return [self.value(depth + 1) for _ in range(min(int.from_bytes(self._take(4)), len(self._data)))]
        raise NotAmf(f"kind {kind}")

    def _members(self, depth: int) -> dict[str, Any]:
        members = {}
        while name := self._text():
            members[name] = self.value(depth + 1)
        if self._take(1) != b"\x09":
            raise NotAmf("an object does not end")
        return members

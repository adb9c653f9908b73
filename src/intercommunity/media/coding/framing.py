"""Messages one after another, in a pipe or a file: a length of four bytes, MessagePack; no I/O."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

LARGEST = 16 * 1024 * 1024


def framed(message: Struct) -> bytes:
    data = msgspec.msgpack.encode(message)
    return len(data).to_bytes(4) + data


class Messages:
    """Takes bytes as they come; gives the messages that are complete. Raises `ValueError` for what is none."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._held += data
        while len(self._held) >= 4:  # noqa: PLR2004 - the length
            end = 4 + int.from_bytes(self._held[:4])
            if end > LARGEST:
                raise ValueError("a message is too large")
            if len(self._held) < end:
                return
            message = bytes(self._held[4:end])
            del self._held[:end]
            yield message

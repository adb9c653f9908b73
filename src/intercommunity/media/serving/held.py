"""Files of packages that are asked for again and again: small ones in memory, large ones open; knows no HTTP.

Many viewers want the same few files. Each time only the name is looked up (`stat`): so what was replaced is never
answered with what it was, and what was removed is not there.
"""

import gzip
import os
import stat
from collections import OrderedDict
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from intercommunity.media.serving.wanted import Version

COPIED_UP_TO = 64 * 1024
"""Bytes; what is smaller is cheaper to copy than to ask the kernel for."""
MOST_HELD = 128
"""Each may be an open file: half of what `gateway.takeover` spares for other things than connections."""
_WORTH_COMPRESSING = 512

_Signature = tuple[int, int, int, int]


class Text(Struct, frozen=True):
    """`packed`: by gzip; empty where that would not pay."""

    plain: bytes
    packed: bytes = b""


class Held(Struct, frozen=True):
    """One version of a file. What is small, or text, is in memory; else `descriptor` is good until another is asked
    for.
    """

    path: Path
    signature: _Signature
    version: Version
    size: int
    text: Text | None
    descriptor: int | None
    answers: dict[bool, Any] = field(default_factory=dict)
    """What whoever serves it made of it, to be used again; packed or not."""


class HeldFiles:
    """By their names below `folder`; the longest not asked for goes first."""

    def __init__(self, folder: Path, most: int = MOST_HELD) -> None:
        self._folder = folder.resolve()
        self._most = most
        self._held: OrderedDict[str, Held] = OrderedDict()

    def get(self, name: str) -> Held | None:
        """As it is now; None for what is no plain file, or lies behind a link."""
        held = self._held.get(name)
        try:
            if held is not None and held.signature == _signature(held.path.stat()):
                self._held.move_to_end(name)
                return held
            return self._take_up(name)
        except OSError:
            self._drop(name)
            return None

    def _take_up(self, name: str) -> Held | None:
        self._drop(name)
        path = self._folder / name
        held = _opened(path) if path.resolve() == path else None
        if held is not None:
            self._held[name] = held
            if len(self._held) > self._most:
                self._drop(next(iter(self._held)))
        return held

    def _drop(self, name: str) -> None:
        held = self._held.pop(name, None)
        if held is not None and held.descriptor is not None:
            os.close(held.descriptor)


def _opened(path: Path) -> Held | None:
    """Whatever happens to the name meanwhile, size and content belong together. Raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    held = None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode):
            held = _held(path, descriptor, status)
    finally:
        if held is None or held.descriptor is None:
            os.close(descriptor)
    return held


def _held(path: Path, descriptor: int, status: os.stat_result) -> Held:
    version = Version(b'"%x-%x"' % (status.st_mtime_ns, status.st_size), int(status.st_mtime))
    if status.st_size > COPIED_UP_TO and path.suffix not in (".m3u8", ".vtt"):
        return Held(path, _signature(status), version, status.st_size, None, descriptor)
    plain = os.pread(descriptor, status.st_size, 0)
    pays = path.suffix == ".m3u8" and len(plain) > _WORTH_COMPRESSING
    text = Text(plain, gzip.compress(plain, 5, mtime=0) if pays else b"")
    return Held(path, _signature(status), version, len(plain), text, None)


def _signature(status: os.stat_result) -> _Signature:
    return (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)

"""A file of a package while it is sent, and playlists held in memory; knows no HTTP."""

import gzip
import os
import stat
from collections import OrderedDict
from pathlib import Path
from typing import Self

from msgspec import Struct

from intercommunity.media.serving.wanted import Version

_PLAYLISTS_KEPT = 256
_WORTH_COMPRESSING = 512


class OpenFile:
    """Whatever happens to its name meanwhile, size and content belong together."""

    def __init__(self, path: Path, descriptor: int, status: os.stat_result) -> None:
        self.path = path
        self.descriptor = descriptor
        self.size = status.st_size
        self.signature = (status.st_ino, status.st_mtime_ns, status.st_size)
        self.version = Version(b'"%x-%x"' % (status.st_mtime_ns, status.st_size), int(status.st_mtime))

    @classmethod
    def opened(cls, path: Path) -> Self | None:
        """None for what is no plain file. Raises `OSError`."""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            return None
        return cls(path, descriptor, status)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    def read(self, part: range | None = None) -> bytes:
        """All of it, or a part."""
        part = range(self.size) if part is None else part
        return os.pread(self.descriptor, len(part), part.start)


class Text(Struct, frozen=True):
    """`compressed`: by gzip; empty where that would not pay."""

    plain: bytes
    compressed: bytes = b""


class Playlists:
    """Playlists as they are now, read and compressed once a version."""

    def __init__(self) -> None:
        self._held: OrderedDict[Path, tuple[tuple[int, int, int], Text]] = OrderedDict()

    def text(self, file: OpenFile) -> Text:
        signature, text = self._held.get(file.path, (None, None))
        if text is None or signature != file.signature:
            plain = file.read()
            text = Text(plain, gzip.compress(plain, 5, mtime=0) if len(plain) > _WORTH_COMPRESSING else b"")
            self._held[file.path] = (file.signature, text)
        self._held.move_to_end(file.path)
        if len(self._held) > _PLAYLISTS_KEPT:
            self._held.popitem(last=False)
        return text

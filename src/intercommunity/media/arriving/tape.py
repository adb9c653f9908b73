"""What has arrived lately, kept on the disk beside the package: after a crash it is packaged from there; no clock.

    FOLDER/tape/1 2 …       entries in their order, framed as in `framing.py`

1. A file holds `LASTS_MS`, and begins with what is needed to decode the rest. The last `KEPT` of them stay: much more
   than the packager is behind.
2. It is a help and no more: where it cannot be written it is left, and tried again after `PAUSE_MS`.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from intercommunity.media.coding.flv import Picture, SoundSetup
from intercommunity.media.coding.framing import Messages, framed

LASTS_MS = 8_000
KEPT = 2
PAUSE_MS = 2_000

_log = logging.getLogger(__name__)


class PictureBegan(Struct, frozen=True, tag="picture-began"):
    """`kind`: as the picture's folder is named; `record`: its AVCDecoderConfigurationRecord."""

    kind: str
    record: bytes


class PictureCame(Struct, frozen=True, tag="picture"):
    """`at`: ms UTC on stage, when it is decoded."""

    kind: str
    picture: Picture
    at: float


class SoundBegan(Struct, frozen=True, tag="sound-began"):
    source: str
    setup: SoundSetup


class SoundCame(Struct, frozen=True, tag="sound"):
    """`at`: ms UTC on stage."""

    source: str
    data: bytes
    at: float


Entry = PictureBegan | PictureCame | SoundBegan | SoundCame

_ENTRY = msgspec.msgpack.Decoder(Entry)


class Tape:
    """Written in the folder of the package that is led to; without one it only remembers how everything began."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._begun: dict[tuple[type, str], Entry] = {}
        self._file: int | None = None
        self._number = 0
        self._until = 0.0

    def lead_to(self, package: Path | None) -> None:
        """What is on the tape of the package before is not needed any more."""
        if self._folder is not None:
            self._close()
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = None if package is None else package / "tape"
        self._number, self._until = 0, 0.0

    def keep(self, entry: Entry, now: float) -> None:
        """`now`: ms UTC."""
        if isinstance(entry, PictureBegan):
            self._begun[PictureBegan, entry.kind] = entry
        elif isinstance(entry, SoundBegan):
            self._begun[SoundBegan, entry.source] = entry
        if self._folder is None:
            return
        try:
            if now >= self._until:
                self._turn(self._folder, now)
            if self._file is not None:
                self._write(self._file, framed(entry))
        except OSError as error:
            _log.warning("What arrives is not kept for after a crash: %s", error.strerror)
            self._close()
            self._until = now + PAUSE_MS

    def _turn(self, folder: Path, now: float) -> None:
        self._close()
        self._until = now + LASTS_MS
        self._number += 1
        folder.mkdir(exist_ok=True)
        (folder / str(self._number - KEPT)).unlink(missing_ok=True)
        self._file = os.open(folder / str(self._number), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        self._write(self._file, b"".join(map(framed, self._begun.values())))

    def _write(self, file: int, data: bytes) -> None:
        if os.write(file, data) < len(data):
            raise OSError("a part was written")

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def take_tape(package: Path) -> list[Entry]:
    """What a process that was killed has left. It is taken away: whatever comes of it is not tried twice."""
    folder = package / "tape"
    files = sorted(folder.iterdir(), key=lambda path: int(path.name)) if folder.exists() else []
    entries = [entry for path in files for entry in _read(path.read_bytes())]
    shutil.rmtree(folder, ignore_errors=True)
    return entries


def _read(data: bytes) -> Iterator[Entry]:
    """What is whole of it."""
    try:
        for message in Messages().feed(data):
            yield _ENTRY.decode(message)
    except (ValueError, msgspec.DecodeError):
        _log.warning("The end of what had arrived before the crash cannot be read")

"""Tells a write-ahead log of SQLite that was cut off from one that was damaged; changes nothing.

SQLite reads its write-ahead log up to the first frame that is not whole. That is right for the last transaction, which
was being written when the power went: nobody was told that it is on disk. But frames of a later transaction can only
be there if the one before was on disk, so where two or more were committed behind the first bad frame, something that
was acknowledged is damaged, and to go on without it would be to lose it silently.

The formats are those of https://www.sqlite.org/walformat.html and https://www.sqlite.org/fileformat2.html#walformat.
"""

from pathlib import Path
from struct import Struct, unpack_from
from typing import BinaryIO

from intercommunity.store.port import Damaged

_HEADER_SIZE = 32
_SALTS = Struct(">II")
_SALTS_AT = 16
_PAGE_AT = 8
_FRAME = Struct(">IIII")
"""Page, size of the database after a commit (else 0), salt 1, salt 2; two checksums follow."""
_FRAME_SIZE = 24
_CHECKED = 24
"""Bytes of the header that its checksum, the two words behind them, covers."""
PAGE = 4_096
"""The size of our logs' pages."""
_WHOLE_FRAMES_AT = 16
"""Where the index of the write-ahead log, in the machine's byte order, says how many of its frames are whole."""


def ensure_whole(path: Path) -> None:
    """Raises `Damaged` where acknowledged commits stand behind a damaged one. The database is open, and was read."""
    wal, index = path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")
    if not wal.exists() or not index.exists():
        return
    whole = _whole_frames(index)
    with wal.open("rb") as file:
        commits = _commits_after(file, whole)
    if commits > 1:
        raise Damaged(
            f"{wal} is damaged after its frame {whole}: at least {commits - 1} commits that were on disk are lost."
            " Nothing was changed. Put back a copy of the file, or fetch the log from another node."
        )


def _whole_frames(index: Path) -> int:
    with index.open("rb") as file:
        file.seek(_WHOLE_FRAMES_AT)
        return int(unpack_from("=I", file.read(4).ljust(4, b"\0"))[0])


def _commits_after(file: BinaryIO, whole: int) -> int:
    """How many commits of this generation of the file are written behind its whole frames."""
    header = file.read(_HEADER_SIZE)
    if len(header) < _HEADER_SIZE:
        return 0
    if _header_is_whole(header):
        page, salts = int(unpack_from(">I", header, _PAGE_AT)[0]), _SALTS.unpack_from(header, _SALTS_AT)
    else:
        page, salts = PAGE, _first_salts(file)
    commits = 0
    file.seek(_HEADER_SIZE + whole * (_FRAME_SIZE + page))
    while len(frame := file.read(_FRAME_SIZE)) == _FRAME_SIZE:
        _, size, *salted = _FRAME.unpack_from(frame)
        commits += bool(size) and tuple(salted) == salts
        file.seek(page, 1)
    return commits


def _first_salts(file: BinaryIO) -> tuple[int, ...]:
    """Those of the first frame: with a damaged header SQLite leaves out everything, though it was on disk."""
    frame = file.read(_FRAME_SIZE)
    return _SALTS.unpack_from(frame, _FRAME.size - _SALTS.size) if len(frame) == _FRAME_SIZE else ()


def _header_is_whole(header: bytes) -> bool:
    magic = int(unpack_from(">I", header)[0])
    order = ">" if magic & 1 else "<"
    first = second = 0
    words = unpack_from(f"{order}6I", header)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return (first, second) == unpack_from(">II", header, _CHECKED)

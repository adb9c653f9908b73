"""Puts the files of a record in their place, all of them or none; knows no meeting.

1. Everything is written into a new folder beside the place, which then takes the name; an older record of the same
   meeting is moved aside for it, and deleted only afterwards. What is large is made beside it too, and moved in.
2. What is not a record of this meeting, or holds files that the record did not write, is never touched.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from intercommunity.record.data import read_identity
from intercommunity.record.errors import (
    out_holds_other_files,
    out_is_a_file,
    out_is_another_record,
    out_not_a_record,
    out_unwritable,
)

DATA = "record.json"
SUMS = "SHA256SUMS"


def ensure_replaceable(out: Path, identity: str) -> None:
    """Raises RecordRefused unless `out` is new, empty or holds nothing but an older record of the same meeting."""
    if not out.exists():
        return
    if not out.is_dir():
        raise out_is_a_file(out)
    if not any(out.iterdir()):
        return
    found = _identity_in(out)
    if found is None:
        raise out_not_a_record(out)
    if found[0] != identity:
        raise out_is_another_record(out, found[1])
    if other := sorted(_files_in(out) - _files_of_ours(out)):
        raise out_holds_other_files(out, other[0])


def _identity_in(out: Path) -> tuple[str, str] | None:
    data = out / DATA
    return read_identity(data.read_bytes()) if data.is_file() and (out / SUMS).is_file() else None


def _files_in(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_symlink() or not path.is_dir()}


def _files_of_ours(out: Path) -> set[str]:
    lines = (out / SUMS).read_text(errors="replace").splitlines()
    return {line.partition("  ")[2] for line in lines} | {SUMS}


@contextmanager
def workshop(out: Path) -> Iterator[Path]:
    """A new folder beside `out`, for what is to be moved there; goes away with all that is left in it.

    Raises RecordRefused (out_unwritable) with the system's reason, also where what is done meanwhile fails so.
    """
    folder = out.with_name(f".{out.name}.{os.getpid()}.making")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        raise out_unwritable(out, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def checksums(folder: Path) -> bytes:
    """What `sha256sum -c` reads: every file with its SHA-256."""
    return "".join(f"{_digest(folder / name)}  {name}\n" for name in sorted(_files_in(folder))).encode()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def place_files(files: Mapping[str, bytes], out: Path, made: Path | None = None) -> None:
    """`made`: a folder beside `out` of which everything is moved in.

    Raises RecordRefused (out_unwritable) with the system's reason; then `out` is as it was.
    """
    beside = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        _write_all(files, beside)
        for path in made.iterdir() if made is not None else ():
            path.rename(beside / path.name)
        (beside / SUMS).write_bytes(checksums(beside))
        _take_place(beside, out)
    except OSError as error:
        raise out_unwritable(out, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_all(files: Mapping[str, bytes], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def _take_place(folder: Path, out: Path) -> None:
    """Between the two renames there is no record for a moment; a failure of the second brings the old one back."""
    if not out.exists():
        folder.rename(out)
        return
    before = out.with_name(f".{out.name}.{os.getpid()}.old")
    out.rename(before)
    try:
        folder.rename(out)
    except OSError:
        before.rename(out)
        raise
    shutil.rmtree(before, ignore_errors=True)

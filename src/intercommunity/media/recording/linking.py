"""Files put in a second place without taking the disk twice, where that can be; knows nothing of what they hold."""

import fcntl
import os
import shutil
from pathlib import Path

_FICLONE = 0x40049409
"""Linux, linux/fs.h: the file shares its blocks with another until one of them is written."""


def link(source: Path, target: Path) -> None:
    """For files that nobody writes again: one file with two names, else one that shares its blocks, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        if not source.is_file():
            raise
        if not _clone(source, target):
            shutil.copyfile(source, target)


def _clone(source: Path, target: Path) -> bool:
    with source.open("rb") as read, target.open("wb") as written:
        try:
            fcntl.ioctl(written, _FICLONE, read.fileno())
        except OSError:
            return False
    return True

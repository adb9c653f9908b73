"""Locks on files, which end with the process that holds them, however it ends."""

import fcntl
import os
from pathlib import Path

from intercommunity.store.port import Locked


def lock_file(path: Path) -> int:
    """The descriptor that holds the lock; closing it lets others in. Raises `Locked`."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise Locked(f"Another process holds {path}; only one may.") from None
    return lock

"""The way to the process that owns the logs, for other processes of the same machine: a unix socket for its owner."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from intercommunity.store.installation import Installation, prepare, socket_path
from intercommunity.store.live import Meetings
from intercommunity.store.port import Locked
from intercommunity.store.remote.client import RemoteInstallation


@asynccontextmanager
async def meetings_of(data_dir: Path, postgres: str = "") -> AsyncIterator[Meetings]:
    """The meetings of a data directory: here if nobody has them open, else through the process that has."""
    prepare(data_dir)
    meetings: Installation | RemoteInstallation
    try:
        meetings = Installation(data_dir, postgres)
    except Locked:
        meetings = RemoteInstallation(socket_path(data_dir))
        await meetings.connect()
    try:
        yield meetings
    finally:
        await meetings.close()

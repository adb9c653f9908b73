"""Reaches the meetings of a data folder: through the server that runs on it, or, where none does, directly."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from intercommunity.cli.complaint import Complaint
from intercommunity.cli.links import Tokens
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.replica import Replica
from intercommunity.store.live import Batch, Live, Meetings

if TYPE_CHECKING:
    from intercommunity.store.installation import Installation
    from intercommunity.store.remote.client import RemoteInstallation

HELD_FOR_S = 10
ANSWERS_WITHIN_S = 1

TokensOf = Callable[[str], Tokens]
"""By slug, the secrets of a meeting's links."""


@asynccontextmanager
async def reach(data: Path) -> AsyncIterator[tuple[Meetings, TokensOf]]:
    """All meetings of a folder, and the secrets of their links."""
    from intercommunity.store.secret import load_secret

    meetings = await _open(data)
    secret = load_secret(data / "links.key")

    def tokens_of(slug: str) -> Tokens:
        return lambda link, generation: secret.link_token(slug, link, generation)

    try:
        yield meetings, tokens_of
    finally:
        await meetings.close()


async def _open(data: Path) -> "Installation | RemoteInstallation":
    """Whoever holds the folder may be a server that starts or stops, or a command like this one: try for a while."""
    from intercommunity import settings
    from intercommunity.store.installation import Installation
    from intercommunity.store.port import Locked, StoreError

    until = time.monotonic() + HELD_FOR_S
    while time.monotonic() < until:
        try:
            return Installation(data, settings.POSTGRES)
        except Locked:
            if (server := await _server_of(data)) is not None:
                return server
        except StoreError as error:
            raise Complaint(str(error)) from error
        except OSError as error:
            raise Complaint(f"Cannot use the folder {data}: {error.strerror}.") from error
    raise Complaint(f"Another process holds the folder {data}, and does not answer. Stop it, then try again.")


async def _server_of(data: Path) -> "RemoteInstallation | None":
    from intercommunity.store.installation import socket_path
    from intercommunity.store.remote.client import RemoteInstallation

    server = RemoteInstallation(socket_path(data))
    try:
        await asyncio.wait_for(server.connect(), ANSWERS_WITHIN_S)
    except TimeoutError:
        await server.close()
        return None
    return server


async def state_of(live: Live) -> Meeting:
    """The state that the whole log means, as it is on disk now."""
    return (await whole_of(live)).meeting


async def whole_of(live: Live) -> Replica:
    """The whole log, as it is on disk now, with what it means."""
    replica = Replica("reader")
    target, here = live.position, 0
    complete = asyncio.Event()

    def take(batch: Batch) -> None:
        nonlocal here
        replica.receive(batch.events)
        here = batch.position
        if here >= target:
            complete.set()

    stop = live.follow(take)
    if here < target:
        await complete.wait()
    stop()
    return replica

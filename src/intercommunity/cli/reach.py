"""Reaches the meetings of a data folder: through the server that runs on it, or, where none does, directly."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from intercommunity.cli.complaint import Complaint
from intercommunity.cli.links import Tokens
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.replica import Replica
from intercommunity.store.live import Batch, Live, Meetings

TokensOf = Callable[[str], Tokens]
"""By slug, the secrets of a meeting's links."""


@asynccontextmanager
async def reach(data: Path) -> AsyncIterator[tuple[Meetings, TokensOf]]:
    """All meetings of a folder, and the secrets of their links."""
    from intercommunity import settings
    from intercommunity.store.installation import Installation, socket_path
    from intercommunity.store.port import Locked, StoreError
    from intercommunity.store.remote.client import RemoteInstallation
    from intercommunity.store.secret import load_secret

    meetings: Installation | RemoteInstallation
    try:
        meetings = Installation(data, settings.POSTGRES)
    except Locked:
        meetings = RemoteInstallation(socket_path(data))
        await meetings.connect()
    except StoreError as error:
        raise Complaint(str(error)) from error
    secret = load_secret(data / "secret.key")

    def tokens_of(slug: str) -> Tokens:
        return lambda link, generation: secret.link_token(slug, link, generation)

    try:
        yield meetings, tokens_of
    finally:
        await meetings.close()


async def state_of(live: Live) -> Meeting:
    """The state that the whole log means, as it is on disk now."""
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
    return replica.meeting

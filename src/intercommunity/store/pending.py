"""What waits for the next commit, and who waits for it; knows no store."""

import asyncio

from intercommunity.meeting.log import Event
from intercommunity.store.live import Unavailable
from intercommunity.store.port import Entry


class Pending:
    """True while there is anything to do. Whoever waits has a future of their own, and may give up alone."""

    __slots__ = ("entries", "events", "waiting")

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.entries: list[Entry] = []
        self.waiting: list[asyncio.Future[None]] = []

    def __bool__(self) -> bool:
        return bool(self.entries or self.waiting)

    def join(self, loop: asyncio.AbstractEventLoop) -> asyncio.Future[None]:
        future = loop.create_future()
        self.waiting.append(future)
        return future

    def resolve(self) -> None:
        for future in self.waiting:
            if not future.done():
                future.set_result(None)

    def fail(self, code: str) -> None:
        for future in self.waiting:
            if not future.done():
                future.set_exception(Unavailable(code))

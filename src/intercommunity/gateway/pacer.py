"""Ticks on the event loop: calls for an audience's write when its time has come; knows not what is written."""

import asyncio
import logging
from collections.abc import Callable, Hashable

from intercommunity.gateway.ticks import Ticks

_log = logging.getLogger(__name__)

Flush = Callable[[Callable[[float], None]], None]
"""Writes what has changed, and reports how many seconds of this process it took once it is done."""


class Pacer:
    """One for a process, since the share of its time that writing may take is one."""

    def __init__(self) -> None:
        self._ticks = Ticks()
        self._flush: dict[Hashable, Flush] = {}
        self._timer: asyncio.Handle | None = None
        self._timer_at = 0.0

    def changed(self, audience: Hashable, flush: Flush) -> None:
        """There is something to write to an audience: `flush` is called when it may be."""
        self._flush[audience] = flush
        self._ticks.changed(audience, _now())
        self._arm()

    def forget(self, audience: Hashable) -> None:
        self._ticks.forget(audience)
        self._flush.pop(audience, None)

    def _arm(self) -> None:
        at = self._ticks.next_at()
        if self._timer is not None:
            if at is not None and self._timer_at <= at:
                return
            self._timer.cancel()
            self._timer = None
        if at is not None:
            # The time is kept here: for a time that has passed, uvloop gives a handle that does not know its own.
            self._timer = asyncio.get_running_loop().call_at(at, self._fire)
            self._timer_at = at

    def _fire(self) -> None:
        self._timer = None
        while (audience := self._ticks.take(_now())) is not None:
            flush = self._flush.get(audience)
            if flush is None:
                self._ticks.forget(audience)
                continue
            written = self._when_written(audience)
            try:
                flush(written)
            except Exception:  # noqa: BLE001 - whatever it was, the others go on
                _log.exception("What has changed could not be written to %s", audience)
                written(0.0)  # else nothing would be written to this audience again
        self._arm()

    def _when_written(self, audience: Hashable) -> Callable[[float], None]:
        def written(seconds: float) -> None:
            self._ticks.written(audience, _now(), seconds)
            self._arm()

        return written


def _now() -> float:
    return asyncio.get_running_loop().time()

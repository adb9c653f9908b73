"""Calls for writes on a running loop; when they are due is for `test_ticks`."""

import asyncio

from intercommunity.gateway.pacer import Pacer
from waiting import within


async def test_write_that_fails_stops_neither_its_audience_nor_others():
    pacer, done = Pacer(), asyncio.Event()
    flushed = []

    def flush(written):
        flushed.append("failing")
        if len(flushed) == 1:
            raise RuntimeError
        written(0.0)
        done.set()

    def flush_other(written):
        flushed.append("other")
        written(0.0)
        pacer.changed("failing", flush)

    pacer.changed("failing", flush)
    pacer.changed("other", flush_other)
    await within(done.wait())
    assert flushed == ["failing", "other", "failing"]

"""The event loop of what serves: uvloop's, in which a request or a change costs half as much as in asyncio's own."""

import asyncio
from collections.abc import Coroutine

import uvloop


def run(serving: Coroutine[None, None, None]) -> None:
    """Until it ends. An interrupt from the keyboard cancels it."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serving)

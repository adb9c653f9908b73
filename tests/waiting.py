"""Waits for what is to become so, on a machine that may be busy with other tests; fails where it never does."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

WITHIN_S = 45
"""So long that only what never happens takes it; shorter than the minute after which a server lets go by itself."""

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.001, 0.05


async def until(is_so: Callable[[], object], seconds: float = WITHIN_S) -> None:
    """`is_so` may be a coroutine function. Fails with the names that stand in it."""
    end, pause = time.monotonic() + seconds, FIRST_PAUSE_S
    while not await _said(is_so()):
        assert time.monotonic() < end, f"not in {seconds} s: {is_so.__code__.co_names}"
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_S)


async def _said(answer: Any) -> object:
    return await answer if isawaitable(answer) else answer


def until_here(
    is_so: Callable[[], object], seconds: float = WITHIN_S, explain: Callable[[], object] = lambda: ""
) -> None:
    """The same in a thread without a loop, or with that of a browser. `explain`: more to say where it fails."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not in {seconds} s: {is_so.__code__.co_names} {explain()}"
        time.sleep(LONGEST_PAUSE_S)


async def within(awaitable: Awaitable[Any]) -> Any:
    """What it gives, if it does so at all."""
    return await asyncio.wait_for(awaitable, WITHIN_S)

"""Keeps, starts and ends processes of ours, so that nobody who is cancelled is held up; knows not what they do.

asyncio waits for ever for a process whose start was cancelled, and for one that is ended while its pipe is full.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct

_READ = 256 * 1024
_BY_ITSELF_S = 1.0


class Pauses(Struct, frozen=True):
    """In seconds. Each is twice the one before, up to the longest; after what has run for `steady_after` the first."""

    first: float
    longest: float
    steady_after: float


async def keep_running(run_once: Callable[[], Awaitable[None]], pauses: Pauses) -> None:
    """Until cancelled."""
    pause = pauses.first
    while True:
        began = asyncio.get_running_loop().time()
        await run_once()
        if asyncio.get_running_loop().time() - began > pauses.steady_after:
            pause = pauses.first
        await asyncio.sleep(pause)
        pause = min(2 * pause, pauses.longest)


async def start(*command: str, env: Mapping[str, str], complains: bool = False) -> asyncio.subprocess.Process:
    """With pipes; its complaints come through one too, or are ours. Raises `OSError`."""
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE if complains else None,
            env=env,
        )
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        with contextlib.suppress(OSError):
            await end(await starting)
        raise


async def end(process: asyncio.subprocess.Process) -> None:
    """At once, unless it is ending by itself: asyncio loses its place where both happen together. What it still has to
    say is taken, and left out.
    """
    assert process.stdout is not None
    if process.stdout.at_eof():
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_BY_ITSELF_S):
                await process.wait()
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    while await process.stdout.read(_READ):
        pass
    await process.wait()

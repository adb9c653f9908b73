"""Starts and ends processes of ours, so that whoever is cancelled meanwhile is not held up; knows not what they do.

asyncio waits for ever for a process whose start was cancelled, and for one that is ended while its pipe is full.
"""

import asyncio
import contextlib
from collections.abc import Mapping

_READ = 256 * 1024


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
    """At once. What it still has to say is taken, and left out."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    while process.stdout is not None and await process.stdout.read(_READ):
        pass
    await process.wait()

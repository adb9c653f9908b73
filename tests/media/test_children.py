"""Processes that are ended, and whose start is cancelled, at any moment."""

import asyncio
import os
import sys

import pytest

from intercommunity.media.children import end, start

SPEAKS = "import os\nwhile True: os.write(1, bytes(65536))"


async def test_process_that_has_much_more_to_say_ends_at_once():
    process = await start(sys.executable, "-c", SPEAKS, env=os.environ)
    assert await process.stdout.readexactly(1_000_000)
    await asyncio.wait_for(end(process), 10)
    assert process.returncode == -9


@pytest.mark.parametrize("steps", range(8))
async def test_start_that_is_cancelled_at_any_moment_is_over_soon(steps):
    starting = asyncio.create_task(start(sys.executable, "-c", SPEAKS, env=os.environ))
    for _ in range(steps):
        await asyncio.sleep(0)
    starting.cancel()
    await asyncio.wait({starting}, timeout=10)
    assert starting.cancelled() or starting.done()
    if not starting.cancelled():
        await end(starting.result())


async def test_command_that_does_not_exist_is_told():
    with pytest.raises(OSError):
        await start("/none/such", env={})

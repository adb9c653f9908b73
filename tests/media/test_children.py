"""Processes that are ended, and whose start is cancelled, at any moment."""

import asyncio
import os
import sys
from itertools import pairwise

import pytest

from intercommunity.media.children import Pauses, end, keep_running, start
from waiting import WITHIN_S, within

SPEAKS = "import os\nwhile True: os.write(1, bytes(65536))"


async def test_process_that_has_much_more_to_say_ends_at_once():
    process = await start(sys.executable, "-c", SPEAKS, env=os.environ)
    assert await process.stdout.readexactly(1_000_000)
    await within(end(process))
    assert process.returncode == -9


@pytest.mark.parametrize("steps", range(8))
async def test_start_that_is_cancelled_at_any_moment_is_over_soon(steps):
    starting = asyncio.create_task(start(sys.executable, "-c", SPEAKS, env=os.environ))
    for _ in range(steps):
        await asyncio.sleep(0)
    starting.cancel()
    await asyncio.wait({starting}, timeout=WITHIN_S)
    assert starting.cancelled() or starting.done()
    if not starting.cancelled():
        await end(starting.result())


async def test_command_that_does_not_exist_is_told():
    with pytest.raises(OSError):
        await start("/none/such", env={})


async def test_what_ends_at_once_is_begun_again_until_cancelled():
    begun = asyncio.Queue()

    async def run_once():
        await begun.put(asyncio.get_running_loop().time())

    running = asyncio.create_task(keep_running(run_once, Pauses(first=0.001, longest=0.002, steady_after=60)))
    times = [await within(begun.get()) for _ in range(4)]
    running.cancel()
    waited = [later - earlier for earlier, later in pairwise(times)]
    assert all(each >= least for each, least in zip(waited, (0.001, 0.002, 0.002), strict=True)), waited

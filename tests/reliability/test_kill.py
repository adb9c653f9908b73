"""The process that owns the logs is killed again and again while 50 clients write: nothing acknowledged is lost."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from pathlib import Path

import pytest

from intercommunity.store.chain import verify
from intercommunity.store.installation import socket_path
from intercommunity.store.live import Live, Unavailable
from intercommunity.store.remote.client import RemoteInstallation
from intercommunity.store.sqlite import SqliteLog
from intercommunity.wire.events import decode_event
from store.meeting import Heard, describe, say
from waiting import until, within

ROUNDS = int(os.environ.get("INTERCOMMUNITY_TEST_KILLS", "12"))
WRITERS = 50
PROCESSES = 5
"""Connections over which they write."""
CORE = Path(__file__).with_name("core.py")


async def start_core(data_dir: Path) -> Process:
    core = await asyncio.create_subprocess_exec(sys.executable, CORE, data_dir, stdout=PIPE)
    assert await core.stdout.readline() == b"ready\n"
    return core


async def kill(core: Process) -> None:
    os.kill(core.pid, signal.SIGKILL)
    await core.wait()


class Writer:
    """Wishes one thing after the other, each until it is acknowledged."""

    def __init__(self, name: str, live: Live) -> None:
        self.acknowledged: dict[str, tuple[str, ...]] = {}
        self.tried_again = 0
        self._name = name
        self._live = live
        self._ending = False

    async def write(self) -> None:
        while not self._ending:
            key = f"{self._name}-{len(self.acknowledged)}"
            self.acknowledged[key] = await self._until_acknowledged(key)

    async def _until_acknowledged(self, key: str) -> tuple[str, ...]:
        while True:
            try:
                return await say(self._live, f"Line {key}", key)
            except Unavailable:
                self.tried_again += 1
                await asyncio.sleep(0.005)

    def end(self) -> None:
        self._ending = True


async def connect(data_dir: Path) -> RemoteInstallation:
    remote = RemoteInstallation(socket_path(data_dir))
    await remote.connect()
    return remote


@pytest.mark.slow
async def test_no_acknowledged_event_is_lost_or_doubled_when_the_core_is_killed(tmp_path):
    chance = random.Random(7)
    core = await start_core(tmp_path)
    remotes = [await connect(tmp_path) for _ in range(PROCESSES)]
    await describe(await remotes[0].create("forum"))
    for remote in remotes:
        await until(lambda remote=remote: "forum" in remote.meetings)
    lives = [remote.meetings["forum"] for remote in remotes]
    everyone = [Heard() for _ in lives]
    for live, heard in zip(lives, everyone, strict=True):
        live.follow(heard)
    writers = [Writer(f"w{number}", lives[number % PROCESSES]) for number in range(WRITERS)]
    writing = [asyncio.create_task(writer.write()) for writer in writers]

    for _ in range(ROUNDS):
        before = sum(len(writer.acknowledged) for writer in writers)
        await until(lambda before=before: sum(len(writer.acknowledged) for writer in writers) > before + WRITERS)
        await asyncio.sleep(chance.uniform(0, 0.3))
        await kill(core)
        core = await start_core(tmp_path)

    for writer in writers:
        writer.end()
    await within(asyncio.gather(*writing))
    last = lives[0].position
    await until(lambda: all(heard.position >= last for heard in everyone))
    for remote in remotes:
        await remote.close()
    await kill(core)

    log = SqliteLog(tmp_path / "meetings" / "forum.sqlite")
    records = list(log.read())
    log.close()
    events = [decode_event(record.entry.body) for record in records]
    ids = [event.id for event in events]
    assert verify(records).broken == {}
    assert ids == [f"hub-{number}" for number in range(1, len(ids) + 1)]
    assert [record.position for record in records] == list(range(1, len(ids) + 1))
    assert [heard.ids for heard in everyone] == [ids] * PROCESSES
    kept = {event.key: (event.id,) for event in events if event.key}
    acknowledged = {key: ids for writer in writers for key, ids in writer.acknowledged.items()}
    assert Counter(event.key for event in events if event.key).most_common(1)[0][1] == 1
    assert kept == acknowledged
    assert sum(writer.tried_again for writer in writers) > ROUNDS
    assert len(acknowledged) > ROUNDS * WRITERS

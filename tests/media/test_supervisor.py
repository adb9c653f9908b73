"""A meeting's log drives a real media process, and what arrives is told to the meeting."""

import asyncio
import os
import shutil
import signal
from contextlib import suppress

import msgspec
import pytest

from intercommunity.media.supervisor import MediaOptions, Supervisor
from intercommunity.meeting.actor import ORGANISER
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.description import Description, Programme, SoundChannel
from intercommunity.meeting.replica import Replica
from intercommunity.store.journal import Journal
from intercommunity.store.memory import MemoryStore
from media.senders import AAC, BEEP, sending
from waiting import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]

PLAIN = Description(slug="forum", title={"en": "Forum"}, starts=1_700_000_000_000, languages=("en",))


def key_of(slug: str, source: str, number: int) -> str:
    return f"{slug}-{source}-{number}-" + "k" * 20


async def test_killed_process_is_started_again_and_told_everything_anew(tmp_path):
    journal = Journal(MemoryStore(), "hub")
    replica, told = Replica("reader"), {}
    journal.follow(lambda batch: replica.receive(batch.events))
    journal.listen(lambda topic, value: told.__setitem__(topic, msgspec.json.decode(value) if value else None))
    options = MediaOptions(tmp_path / "media", tmp_path / "programmes", "127.0.0.1", 0)
    supervisor = Supervisor(options, key_of, lambda tag: tag)
    await journal.submit(DescribeMeeting(PLAIN), ORGANISER)
    supervisor.open("forum", journal, lambda: replica.meeting)
    running = asyncio.create_task(supervisor.run())
    await asyncio.sleep(0)
    assert supervisor.rtmp_port == 0
    webcast = msgspec.structs.replace(PLAIN, programme=Programme("rtmp"), channels=(SoundChannel("es", "rtmp"),))
    await journal.submit(DescribeMeeting(webcast), ORGANISER)
    await until(lambda: told.get("sources"))
    assert [(each["name"], each["state"]) for each in told["sources"]["sources"]] == [
        ("floor", "waiting"),
        ("es", "waiting"),
    ]
    os.kill(supervisor._process.pid, signal.SIGKILL)
    await until(lambda: told["sources"] is None)
    supervisor.rtmp_port = 0
    await until(lambda: supervisor.rtmp_port and told["sources"])
    address = f"rtmp://127.0.0.1:{supervisor.rtmp_port}/live/{key_of('forum', 'es', 0)}"
    async with sending(address, *BEEP, *AAC):
        await until(lambda: told["sources"]["sources"][1]["state"] == "arriving" and told["media"].get("run"))
    assert "k" * 20 not in str(told)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await journal.close()

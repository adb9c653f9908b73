import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import suppress

import msgspec
import pytest

from intercommunity.meeting.actor import ORGANISER
from intercommunity.meeting.agenda.commands import EndMeeting
from intercommunity.store.installation import Installation, socket_path
from intercommunity.store.live import Unavailable
from intercommunity.store.remote import frames
from intercommunity.store.remote.client import LogReplaced, RemoteInstallation
from intercommunity.store.remote.server import CoreServer
from store.meeting import Heard, describe, lines, say
from waiting import WITHIN_S, until


class Core:
    """The process that owns the logs, as far as it matters here: it can go away and come back."""

    def __init__(self, data_dir, patience: float = 30.0) -> None:
        self.data_dir = data_dir
        self.patience = patience

    async def start(self) -> None:
        self.installation = Installation(self.data_dir)
        self.server = CoreServer(self.installation, socket_path(self.data_dir), self.patience)
        await self.server.start()

    async def stop(self) -> None:
        await self.server.close()
        await self.installation.close()


@pytest.fixture(autouse=True)
async def in_time():
    async with asyncio.timeout(WITHIN_S):
        yield


@pytest.fixture
async def core(tmp_path) -> AsyncIterator[Core]:
    core = Core(tmp_path)
    await core.start()
    await describe(await core.installation.create("forum"))
    yield core
    await core.stop()


@pytest.fixture
async def remote(core) -> AsyncIterator[RemoteInstallation]:
    remote = RemoteInstallation(socket_path(core.data_dir))
    await remote.connect()
    yield remote
    await remote.close()


async def test_socket_is_for_its_owner_alone(core):
    path = socket_path(core.data_dir)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_remote_goes_on_without_gap_or_double_when_the_core_comes_back(core, remote):
    live, heard = remote.meetings["forum"], Heard()
    live.follow(heard)
    await say(live, "Welcome.")
    whispered = {}
    live.listen(whispered.__setitem__)
    live.whisper("drafts/en", b"Wel")
    await until(lambda: whispered == {"drafts/en": b"Wel"})
    await core.stop()
    await until(lambda: not remote.connected.is_set())
    with pytest.raises(Unavailable, match="core_gone"):
        await say(live, "Nobody there.")
    await core.start()
    for number in range(3, 6):
        await say(core.installation.meetings["forum"], f"Line {number}.")
    await remote.connected.wait()
    await until(lambda: heard.position == 5)
    assert heard.ids == lines(1, 5)
    assert await say(live, "Back again.") == ("hub-6",)
    assert heard.ids == lines(1, 6)
    assert (live, live.position) == (remote.meetings["forum"], 6)
    assert whispered == {"drafts/en": b""}


async def test_request_under_way_is_answered_when_the_core_goes_away(core, remote):
    asked = asyncio.create_task(say(remote.meetings["forum"], "Welcome.", "k"))
    await asyncio.sleep(0)
    await core.server.close()
    with pytest.raises(Unavailable, match="core_gone"):
        await asked
    await core.installation.close()
    await core.start()
    await remote.connected.wait()
    assert await say(remote.meetings["forum"], "Welcome.", "k") == ("hub-2",)


async def test_remote_does_not_go_on_with_another_log(core, remote):
    await core.stop()
    for path in (core.data_dir / "meetings").iterdir():
        path.unlink()
    await core.start()
    await describe(await core.installation.create("forum"))
    with pytest.raises(LogReplaced):
        await remote.wait_lost()
    with pytest.raises(Unavailable):
        await say(remote.meetings["forum"], "Hello?")


async def test_slow_follower_is_cut_off_and_holds_nobody_up(core, remote):
    core.server.patience = 0.2
    slow, writer = await asyncio.open_unix_connection(socket_path(core.data_dir), limit=1_000)
    writer.write(frames.encode_frame(frames.Follow(1, "forum", 0)))
    quick = Heard()
    remote.meetings["forum"].follow(quick)
    journal = core.installation.meetings["forum"]
    for number in range(30):
        await asyncio.gather(*(say(journal, f"{number}-{each} " + "words " * 300) for each in range(100)))
    await until(lambda: quick.position == 3_001)
    assert quick.ids == lines(1, 3_001)
    await until(lambda: len(core.server._clients) == 1)
    with suppress(ConnectionError):
        assert len(await slow.read()) < 2_000_000
    writer.close()


async def test_follower_that_was_away_gets_a_long_log_in_pieces(core, remote):
    journal = core.installation.meetings["forum"]
    await asyncio.gather(*(say(journal, "words " * 100) for _ in range(5_000)))
    heard, sizes = Heard(), []
    remote.meetings["forum"].follow(lambda batch: (heard(batch), sizes.append(len(batch.events))))
    await until(lambda: heard.position == 5_001)
    assert heard.ids == lines(1, 5_001)
    assert max(sizes) <= 1_000


@pytest.mark.parametrize(
    "foreign",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff\xff\xff\xff",
        b"\0\0\0\2{}",
        b'\0\0\0\x0d{"frame":"x"}',
        frames.encode_frame(frames.Welcome()),
    ],
)
async def test_foreign_bytes_end_their_connection_alone(core, remote, foreign):
    reader, writer = await asyncio.open_unix_connection(socket_path(core.data_dir))
    writer.write(foreign)
    writer.write_eof()
    assert (await reader.read())[4:].startswith(b'{"frame":"opened","slug":"forum"')
    assert await say(remote.meetings["forum"], "Welcome.") == ("hub-2",)
    writer.close()


async def test_wish_for_a_meeting_that_the_core_does_not_have_is_unavailable(core, remote):
    wish = frames.Submit(1, "unknown", EndMeeting(), ORGANISER)
    with pytest.raises(Unavailable, match="meeting_unknown"):
        await remote.request(lambda number: msgspec.structs.replace(wish, request=number))


async def test_core_can_be_reached_at_a_long_path(tmp_path):
    core = Core(tmp_path / ("long" * 20) / ("path" * 20))
    core.data_dir.mkdir(parents=True)
    await core.start()
    remote = RemoteInstallation(socket_path(core.data_dir))
    await remote.connect()
    await describe(await remote.create("forum"))
    assert core.installation.meetings["forum"].position == 1
    await remote.close()
    await core.stop()


async def test_new_meeting_is_told_to_every_process(core, remote):
    other = RemoteInstallation(socket_path(core.data_dir))
    await other.connect()
    new = []
    other.on_new(lambda slug, live: new.append((slug, live.position)))
    await remote.create("second")
    await until(lambda: new == [("second", 0)])
    heard = Heard()
    other.meetings["second"].follow(heard)
    await describe(remote.meetings["second"])
    await until(lambda: heard.ids == ["hub-1"])
    await other.close()

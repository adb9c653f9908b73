"""A server whose disk is full, whose log was cut off, or whose log is damaged: what it says, and what still works."""

import asyncio
import shutil
import signal
from pathlib import Path

import httpx
import pytest

from reliability.after import events_of
from serving import MEETING, Follower, load, run, served, small_disk
from waiting import WITHIN_S, until


def words(number: int) -> str:
    return f"Line {number}: " + " ".join(["words that fill a small disk"] * 60)


@pytest.fixture
def disk(tmp_path):
    try:
        with small_disk(tmp_path / "disk") as folder:
            yield folder
    except PermissionError as reason:
        pytest.skip(str(reason))


def client(server, links):
    headers = {"Authorization": f"Bearer {links['captioner']}", "Accept-Language": "es"}
    return httpx.AsyncClient(base_url=f"{server.url}/live/forum", headers=headers, timeout=WITHIN_S)


async def say(http, text, key):
    wish = {"kind": "write_line", "track": "en", "text": text, "key": key}
    answer = await http.post("/commands", json=wish)
    while answer.status_code == 429:
        await asyncio.sleep(0.1)
        answer = await http.post("/commands", json=wish)
    return answer


async def fill(http):
    """Writes until the server says that it cannot; the answer, and how many lines were granted."""
    for number in range(3_000):
        answer = await say(http, words(number), f"fill-{number}")
        if answer.status_code != 200:
            return answer, number
    pytest.fail("the disk does not get full")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
async def test_full_disk_is_told_and_reading_goes_on_and_writing_when_there_is_room(disk, workers):
    data, ballast = disk, disk / "ballast"
    links = load(data)
    ballast.write_bytes(bytes(3_000_000))
    async with served(data, workers) as server:
        follower = Follower(server.url, lang="en")
        following = asyncio.create_task(follower.follow())
        async with client(server, links) as http:
            refused, granted = await fill(http)
            assert (refused.status_code, refused.json()["code"]) == (503, "storage_full")
            assert refused.headers["retry-after"] == "5"
            assert refused.json()["message"].startswith(
                "Ahora mismo no se puede guardar nada porque el disco está lleno."
            )
            posted = await http.post("/captions/en?seq=1", content=b"Sent in vain.\r\n")
            assert (posted.status_code, posted.json()["code"]) == (503, "storage_full")
            revoked = run("meeting", "revoke", "forum", "captioner", "--data", data)
            assert (revoked.returncode, "because the disk is full" in revoked.stderr) == (1, True)
            now = (await http.get("/now")).json()
            page = (await http.get("/text", params={"grow": "no"})).text
            assert (f"Line {granted - 1}:" in page, f"Line {granted}:" in page, "in vain" in page) == (
                True,
                False,
                False,
            )
            ballast.unlink()
            [line] = (await say(http, "There is room again.", "again")).json()["ids"]
            assert int(line.removeprefix("hub-")) == int(now["id"].rpartition(".")[2]) + 1
            assert (await http.post("/captions/en?seq=1", content=b"Sent later.\r\n")).json()["lines"] == 1
            await until(lambda: len(follower.lines("en")) >= granted + 2)
            assert follower.times_back == 0
        following.cancel()
        assert server.stop() == 0
        said = [event.fact.text for event in events_of(data) if hasattr(event.fact, "text")]
        assert said == [words(number) for number in range(granted)] + ["There is room again.", "Sent later."]
        assert "Traceback" not in server.errors()


async def write(server, links, number):
    async with client(server, links) as http:
        return [(await say(http, f"Line {each}.", f"line-{each}")).json()["ids"][0] for each in range(number)]


@pytest.mark.slow
async def test_log_that_was_cut_off_in_its_last_write_is_served_without_it(tmp_path):
    data = tmp_path / "data"
    links = load(data)
    async with served(data) as server:
        ids = await write(server, links, 30)
        server.kill()
        wal = data / "meetings" / "forum.sqlite-wal"
        whole = wal.read_bytes()
        wal.write_bytes(whole[:-1_000])
        (data / "meetings" / "forum.sqlite-shm").unlink(missing_ok=True)
        await server.start()
        async with client(server, links) as http:
            lines = (await http.get("/captions/en")).json()["lines"]
            assert [line["id"] for line in lines] == ids[:-1]
            [again] = (await say(http, "Line 29.", "line-29")).json()["ids"]
            assert again == ids[-1]
        server.stop(signal.SIGTERM)
    assert len(events_of(data)) == int(ids[-1].removeprefix("hub-"))


@pytest.mark.slow
async def test_damaged_log_keeps_no_other_meeting_from_being_served(tmp_path):
    data = tmp_path / "data"
    load(data)
    load(data, MEETING.replace('slug = "forum"', 'slug = "second"'))
    forum = data / "meetings" / "forum.sqlite"
    damage(forum)
    before = forum.read_bytes()
    async with served(data) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
            assert (await http.get("/live/second/now")).status_code == 200
            assert (await http.get("/live/forum/now")).status_code == 404
        assert "The log of forum cannot be opened" in server.errors()
        for running in (True, False):
            for arguments in (("load", tmp_path / "meeting.toml"), ("links", "forum"), ("revoke", "forum", "host")):
                (tmp_path / "meeting.toml").write_text(MEETING)
                done = run("meeting", *arguments, "--data", data)
                assert done.returncode == 1
                assert "The log of forum is damaged, and has been left as it is." in done.stderr, (running, arguments)
            if running:
                server.stop()
    assert forum.read_bytes() == before
    shutil.rmtree(data / "run")
    assert run("meeting", "links", "second", "--data", data).returncode == 0


def damage(log: Path) -> None:
    """As a disk does: some of the pages are nonsense."""
    content = bytearray(log.read_bytes())
    content[5_000:9_000] = bytes(4_000)
    log.write_bytes(content)

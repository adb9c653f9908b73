"""`intercommunity meeting`: what an organiser loads, is told, and withdraws, with a server running and without."""

import asyncio
import fcntl
import os
import time

import httpx
import pytest

from serving import MEETING, Follower, Links, load, run
from waiting import WITHIN_S, until


@pytest.fixture
async def follower(server):
    follower = Follower(server.url, lang="en")
    task = asyncio.create_task(follower.follow())
    await until(lambda: follower.views)
    yield follower
    task.cancel()


def links_of(data):
    done = run("meeting", "links", "forum", "--data", data, "--json")
    assert done.returncode == 0, done.stderr
    return Links(done.stdout)


async def status(server, token, kind="draft", **fields):
    fields = fields or {"track": "en", "text": "Good mor"}
    async with httpx.AsyncClient(timeout=WITHIN_S) as http:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await http.post(f"{server.url}/live/forum/commands", json={"kind": kind, **fields}, headers=headers)
        return answer.status_code, answer.json().get("code")


def test_load_prints_a_link_and_a_token_for_every_role(data):
    printed = load(data).printed
    roles = ["host", "moderator", "captioner", "panellist", "node", "participant"]
    assert (printed["slug"], list(printed["roles"])) == ("forum", roles)
    for role, link in printed["roles"].items():
        assert link["role"] == role
        assert len(link["token"]) > 20
        assert link["url"].startswith("http://localhost:8000/forum/")
        assert link["url"].endswith(f"#t={link['token']}")
        assert link["expires"] > time.time() * 1000
    assert [link["link"] for link in printed["links"]] == ["node-hub"]


def test_load_tells_people_what_it_tells_machines(data):
    links = load(data)
    done = run("meeting", "load", data.parent / "meeting.toml", "--data", data, "--url", "https://meet.example/")
    assert "https://meet.example/forum/host/#t=" + links["host"] in done.stdout
    assert all(token in done.stdout for token in links.tokens.values())


def test_second_load_gives_the_same_links_and_writes_nothing(data):
    first = load(data)
    size = (data / "meetings" / "forum.sqlite").stat().st_size
    assert load(data).printed == first.printed
    assert (data / "meetings" / "forum.sqlite").stat().st_size == size


async def test_load_changes_a_running_meeting_for_everybody(server, data, follower):
    assert follower.views["meeting"]["title"]["en"] == "The forum"
    links = load(data, MEETING.replace("The forum", "The assembly"))
    await until(lambda: follower.views["meeting"]["title"]["en"] == "The assembly")
    assert follower.times_back == 0
    assert links.tokens == server.links.tokens


async def test_meeting_loaded_beside_a_running_server_is_on_the_air_at_once(server, data):
    load(data, MEETING.replace('slug = "forum"', 'slug = "second"'))
    async with httpx.AsyncClient(timeout=WITHIN_S) as http:
        assert (await http.get(f"{server.url}/live/second/now")).json()["views"]["meeting"]["title"]["es"] == "El foro"


async def test_load_without_a_server_shows_when_it_starts(server, data):
    server.stop()
    load(data, MEETING.replace("The forum", "The assembly"))
    await server.start()
    async with httpx.AsyncClient(timeout=WITHIN_S) as http:
        now = (await http.get(f"{server.url}/live/forum/now")).json()
    assert now["views"]["meeting"]["title"]["en"] == "The assembly"


@pytest.mark.parametrize(
    ("meeting", "line"),
    [
        (MEETING.replace("minutes = 30", 'minutes = "half an hour"'), MEETING.splitlines().index("minutes = 30") + 1),
        (MEETING.replace('country = "EC"', 'country = "Ecuador"'), MEETING.splitlines().index('country = "EC"') + 1),
        (MEETING.replace("rehearsal = true", "rehearsal = "), MEETING.splitlines().index("rehearsal = true") + 1),
        (MEETING.replace('slug = "forum"', 'slug = "../forum"'), 2),
    ],
)
def test_wrong_file_is_refused_with_the_line_and_changes_nothing(data, meeting, line):
    load(data)
    before = (data / "meetings" / "forum.sqlite").read_bytes()
    file = data.parent / "wrong.toml"
    file.write_text(meeting)
    done = run("meeting", "load", file, "--data", data, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{file}, line {line}" in done.stderr
    assert "Nothing was changed." in done.stderr
    assert (data / "meetings" / "forum.sqlite").read_bytes() == before
    assert [path.name for path in (data / "meetings").glob("*.sqlite")] == ["forum.sqlite"]


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfeslug", "Save it as UTF-8."), (None, "No such file or directory.")]
)
def test_unreadable_file_is_told(data, content, said):
    file = data.parent / "meeting.toml"
    if content is not None:
        file.write_bytes(content)
    done = run("meeting", "load", file, "--data", data)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(said)
    assert "Traceback" not in done.stderr


def test_file_of_another_system_is_read(data):
    file = data.parent / "windows.toml"
    file.write_bytes(b"\xef\xbb\xbf" + MEETING.replace("\n", "\r\n").encode())
    done = run("meeting", "load", file, "--data", data, "--json")
    assert done.returncode == 0, done.stderr
    assert Links(done.stdout).tokens == load(data).tokens


async def test_revoked_link_stops_at_once_and_the_next_load_makes_a_new_one(server, data):
    old = server.links["captioner"]
    assert await status(server, old) == (200, None)
    done = run("meeting", "revoke", "forum", "captioner", "--data", data)
    assert (done.returncode, done.stdout) == (0, "The link captioner does not work any more.\n")
    assert await status(server, old) == (401, "token_revoked")
    new = load(data)
    assert new["captioner"] != old
    assert {**new.tokens, "captioner": old} == server.links.tokens
    assert await status(server, new["captioner"]) == (200, None)
    assert await status(server, old) == (401, "token_revoked")
    assert links_of(data).tokens == new.tokens


async def test_stream_of_a_revoked_link_ends(server, data):
    """Who has lost their desk sees nothing more of what only the desk sees."""
    follower = Follower(server.url, server.links["moderator"])
    task = asyncio.create_task(follower.follow())
    await until(lambda: follower.views)
    run("meeting", "revoke", "forum", "moderator", "--data", data)
    await until(lambda: follower.times_back)
    assert await status(server, server.links["moderator"]) == (401, "token_revoked")
    task.cancel()


def test_revoke_without_a_server_counts_too(data):
    old = load(data)["host"]
    assert run("meeting", "revoke", "forum", "host", "--data", data).returncode == 0
    assert load(data)["host"] != old


@pytest.mark.parametrize("arguments", [("links", "nowhere"), ("revoke", "nowhere", "host"), ("links", "../../etc")])
def test_unknown_meeting_is_told_with_those_there_are(data, arguments):
    load(data)
    done = run("meeting", *arguments, "--data", data)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"There is no meeting {arguments[1]} here. There is: forum.\n"


def test_unknown_link_is_told(data):
    load(data)
    done = run("meeting", "revoke", "forum", "janitor", "--data", data)
    assert done.returncode == 1
    assert "There is no link called janitor." in done.stderr


def test_folder_held_by_a_command_is_waited_for(data):
    """Two commands at once: the second finds neither the folder free nor a server to ask."""
    load(data)
    holder = os.open(data / "run" / "core.lock", os.O_RDWR)
    fcntl.flock(holder, fcntl.LOCK_EX)
    pid = os.fork()
    if pid == 0:  # a child lets go a little later, so that this process can wait for the command
        time.sleep(2)
        os._exit(0)
    os.close(holder)
    done = run("meeting", "links", "forum", "--data", data)
    os.waitpid(pid, 0)
    assert done.returncode == 0, done.stderr


def test_folder_held_for_good_is_told(data):
    load(data)
    holder = os.open(data / "run" / "core.lock", os.O_RDWR)
    fcntl.flock(holder, fcntl.LOCK_EX)
    done = run("meeting", "links", "forum", "--data", data)
    os.close(holder)
    assert done.returncode == 1
    assert done.stderr == f"Another process holds the folder {data}, and does not answer. Stop it, then try again.\n"

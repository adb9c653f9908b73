"""`intercommunity serve`: how it starts, whom it does not put up with, and that it leaves nothing behind."""

import asyncio
import signal
import socket

import httpx
import pytest

from serving import MEETING, Follower, Served, load, run, served
from waiting import WITHIN_S, until, within


async def none_left(server: Served) -> None:
    await until(lambda: not server.processes())


def test_port_in_use_is_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run("serve", "--data", tmp_path / "data", "--port", port)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use. Stop what uses it, or choose another with --port.\n"


def test_port_that_could_be_shared_is_not_shared_with_strangers(tmp_path):
    """Two servers on one port would each get half of the viewers, and nobody would notice."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", "--data", tmp_path / "data", "--port", port, "--workers", 2)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use. Stop what uses it, or choose another with --port.\n"


async def test_second_server_on_one_folder_is_told(server, data):
    done = run("serve", "--data", data, "--port", Served(data).port)
    assert done.returncode == 1
    assert done.stderr == f"Another server, or another command, works on the folder {data}. Stop it first.\n"
    async with httpx.AsyncClient(timeout=WITHIN_S) as http:
        assert (await http.get(f"{server.url}/live/forum/now")).status_code == 200


@pytest.mark.parametrize("arguments", [("--host", "203.0.113.1"), ("--workers", "0"), ("--port", "99999")])
def test_impossible_options_are_told_in_one_sentence(tmp_path, arguments):
    done = run("serve", "--data", tmp_path / "data", *arguments)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "data").write_text("not a folder")
    for command in (("serve",), ("meeting", "links", "forum")):
        done = run(*command, "--data", tmp_path / "data")
        assert done.returncode == 1
        assert done.stderr.startswith(f"Cannot use the folder {tmp_path / 'data'}: ")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 3])
async def test_asked_to_stop_it_leaves_nothing_and_starts_again(tmp_path, number, workers):
    """With somebody who watches, and a translator that runs as processes of its own."""
    data = tmp_path / "data"
    links = load(data, MEETING.replace('translator = "none"', 'translator = "apertium"'))
    async with served(data, workers) as server:
        follower = Follower(server.url, lang="es")
        following = asyncio.create_task(follower.follow())
        async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
            headers = {"Authorization": f"Bearer {links['captioner']}"}
            line = {"kind": "write_line", "track": "en", "text": "Good morning, everybody."}
            assert (await http.post("/live/forum/commands", json=line, headers=headers)).status_code == 200
        await until(lambda: follower.lines("es"))
        assert server.stop(number) == 0
        await none_left(server)
        assert "Traceback" not in server.errors()
        assert not (data / "run" / "core.sock").exists()
        await server.start()
        async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
            track = (await http.get("/live/forum/captions/es")).json()
        assert [line["text"] for line in track["lines"]] == [line["text"] for line in follower.lines("es").values()]
        following.cancel()


@pytest.mark.slow
async def test_who_is_cut_off_by_the_stop_is_told_to_try_again(tmp_path):
    data = tmp_path / "data"
    load(data)
    async with served(data) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        head = b"POST /live/forum/commands HTTP/1.1\r\nhost: here\r\nexpect: 100-continue\r\n"
        writer.write(head + b"content-length: 100\r\n\r\n{")
        assert b" 100 " in await within(reader.readuntil(b"\r\n\r\n"))  # the request is under way
        stopping = asyncio.create_task(asyncio.to_thread(server.stop))
        answer = await within(reader.read())
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b'"code":"core_gone"' in answer
        assert await stopping == 0
        assert "Traceback" not in server.errors()
        writer.close()


@pytest.mark.slow
async def test_killed_core_takes_everything_with_it(tmp_path):
    data = tmp_path / "data"
    load(data, MEETING.replace('translator = "none"', 'translator = "apertium"'))
    async with served(data, workers=2) as server:
        server.kill()
        await none_left(server)


@pytest.mark.slow
async def test_gateway_that_dies_is_started_again(tmp_path):
    data = tmp_path / "data"
    load(data)
    async with served(data, workers=2) as server:
        [before] = server.gateways()
        server.kill_one(before)
        await until(lambda: server.gateways() not in ([], [before]))

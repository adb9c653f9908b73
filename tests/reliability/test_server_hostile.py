"""People who mean harm to a real server: odd addresses, floods, half requests, crowds that vanish."""

import asyncio
import socket
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from bench.processes import Process

from intercommunity.gateway import takeover
from serving import MEETING, Follower, load, served
from waiting import WITHIN_S, until, within

NASTY = """<script>alert('x')</script>"><img src=x onerror=alert(1)>"""
SPEAKERS = f"""
[[speakers]]
id = "eve"
name = '''{NASTY}'''
"""


@pytest.fixture
async def server(tmp_path):
    data = tmp_path / "data"
    meeting = MEETING.replace('"The forum"', f"'''The {NASTY}'''").replace('"First"', f"'''First {NASTY}'''") + SPEAKERS
    links = load(data, meeting)
    async with served(data) as running:
        running.links = links
        yield running


async def connected(server):
    return await asyncio.open_connection("127.0.0.1", server.port)


async def raw(server, request: bytes) -> bytes:
    """Everything that is answered until the server closes."""
    reader, writer = await connected(server)
    try:
        writer.write(request)
        return await within(reader.read())
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def wish(http, token, kind, **fields):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = await http.post("/live/forum/commands", json={"kind": kind, **fields}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


async def healthy(server) -> bool:
    async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
        return (await http.get("/live/forum/now")).status_code == 200


PATHS = [
    "/live/../now",
    "/live/..%2f..%2flinks.key/now",
    "/live/%2e%2e/now",
    "/live/forum%00/now",
    "/live/forum%2Fnow/stream",
    "/live//stream",
    "/live/forum/stream/",
    "/live/forum/captions/..%2f..%2flinks.key",
    "/static/..%2f..%2f..%2flinks.key",
    "/static/%2e%2e/%2e%2e/settings.py",
    "/live/forum\\..\\now",
    "/live/" + "a" * 5_000 + "/now",
]


async def test_odd_addresses_lead_nowhere(server):
    for path in PATHS:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        answer = await raw(server, head.encode("latin-1"))
        assert answer.split(b" ")[1] in (b"400", b"404"), (path, answer[:200])
        assert b"Traceback" not in answer
    assert await healthy(server)
    assert "Traceback" not in server.errors()


async def test_head_without_an_end_is_refused_and_takes_no_memory(server):
    before = resident_kb(server.pid)
    _, writer = await connected(server)
    writer.write(b"GET /live/forum/now HTTP/1.1\r\nHost: localhost\r\n")
    sent = 0
    try:
        while sent < 30_000_000:
            writer.write(b"X-Flood: " + b"a" * 1_000 + b"\r\n")
            sent += 1_000
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()
    assert sent < 10_000_000
    assert resident_kb(server.pid) - before < 10_000
    assert await healthy(server)


async def test_head_that_is_too_large_is_told(server):
    large = b"a" * (takeover.LARGEST_HEAD + 1_000)
    for query, header in ((b"", b"X-Large: " + large + b"\r\n"), (b"?" + large, b"")):
        head = b"GET /live/forum/now" + query + b" HTTP/1.1\r\nHost: localhost\r\n" + header
        answer = await raw(server, head + b"\r\n")
        assert answer.startswith(b"HTTP/1.1 431 ") or answer == b"", answer[:200]
    assert await healthy(server)


async def test_very_long_query_that_fits_takes_little_to_answer(server):
    query = "&".join(f"lang={number}" for number in range(5_000))
    process = Process("server", server.pid)
    before = process.cpu_seconds()
    async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
        for address in ("now", "stream", "text"):
            answer = await http.get(f"/live/forum/{address}?{query}")
            assert (answer.status_code, answer.json()["code"]) == (400, "language_unknown")
    assert process.cpu_seconds() - before < 5


HEADS = [
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    b"Content-Length: 5\r\nContent-Length: 6\r\n",
    b"Transfer-Encoding: chunked, identity\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b"Content-Length: +5\r\n",
    b"Content-Length: 5, 5\r\n",
]


async def test_request_of_two_lengths_is_refused_whole(server):
    """Whatever stands in front and believes the other length: what it takes for a body never becomes a request."""
    smuggled = b"0\r\n\r\nGET /live/forum/now HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    for head in HEADS:
        request = b"POST /live/forum/commands HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n" + smuggled
        answer = await raw(server, request)
        assert answer.startswith(b"HTTP/1.1 400 "), (head, answer[:300])
        assert answer.count(b"HTTP/1.1 ") == 1
    assert await healthy(server)


@pytest.mark.slow
async def test_many_who_say_nothing_stop_nobody(server):
    idle = [await connected(server) for _ in range(600)]
    for number, (_, writer) in enumerate(idle):
        writer.write([b"", b"G", b"GET /live/forum/now HTTP/1.1\r\nHost: loc"][number % 3])
    follower = Follower(server.url, lang="en")
    following = asyncio.create_task(follower.follow())
    async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
        [line] = (await wish(http, server.links["captioner"], "write_line", track="en", text="Undisturbed."))["ids"]
        await until(lambda: line in follower.lines("en"))
    assert not [reader for reader, _ in idle if reader.at_eof()], "it was not let in only when others had been cut off"
    following.cancel()
    for _, writer in idle:
        writer.close()


async def presence(http):
    return (await http.get("/live/forum/now")).json()["views"].get("presence", {}).get("people", 0)


async def becomes_present(http, wanted):
    async def are_present():
        return await presence(http) == wanted

    await until(are_present)


def sockets_of(pid: int) -> int:
    return sum(str(path.readlink()).startswith("socket:") for path in Path(f"/proc/{pid}/fd").iterdir())


@pytest.mark.slow
async def test_crowd_that_vanishes_is_counted_no_more(server):
    """A thousand streams, opened and torn off, some in the middle of a change."""
    async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
        await presence(http)
        before = sockets_of(server.pid)
        crowd = []
        for number in range(1_000):
            sock = socket.create_connection(("127.0.0.1", server.port))
            form = "text" if number % 4 == 0 else "stream"
            sock.sendall(f"GET /live/forum/{form}?country=UY&node=hub HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            crowd.append(sock)
            if number % 100 == 0:
                await wish(http, server.links["captioner"], "write_line", track="en", text=f"Line {number}.")
        await becomes_present(http, 1_000)
        for sock in crowd:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # an RST, no FIN
            sock.close()
        await wish(http, server.links["captioner"], "write_line", track="en", text="To nobody.")
        await becomes_present(http, 0)
        assert (await http.get("/live/forum/now")).json()["views"]["presence"] == {}
        await until(lambda: sockets_of(server.pid) <= before)


async def test_secrets_are_never_logged(server):
    tokens = [*server.links.tokens.values(), "a-secret-that-is-wrong"]
    async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
        joined = await wish(http, "", "join", name="Lu")
        tokens.append(joined["token"])
        for token in tokens:
            headers = {"Authorization": f"Bearer {token}"}
            for address in ("now", "captions/en", "nothing-here", "captions/en/seq", "captions/xx"):
                await http.get(f"/live/forum/{address}", headers=headers)
                await http.get(f"/live/forum/{address}", params={"token": token})
                await http.get(f"/forum/{address}", params={"token": token})
            await http.post("/live/forum/commands", headers=headers, content=b"{" + token.encode())
            await http.post("/live/forum/captions/en", params={"token": token, "seq": "x"}, content=b"\xff")
            await raw(server, f"GET /live/forum/now?token={token} HTTP/9.9\r\nbroken\r\n\r\n".encode())
    server.stop()
    assert not [token for token in tokens if token in server.errors()]
    assert not [file for file in server.data.rglob("*") if file.is_file() and hides(file, tokens)]


def hides(file, tokens) -> bool:
    """A log holds hashes of secrets, so it is of no use to who steals it."""
    content = file.read_bytes()
    return any(token.encode() in content for token in tokens)


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


async def test_nothing_that_people_write_becomes_a_tag(server):
    links = server.links
    async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
        await wish(http, links["host"], "open_session", session="first")
        await wish(http, links["captioner"], "write_line", track="en", text=NASTY, speaker="eve")
        author = await wish(http, "", "join", name=NASTY[:60], affiliation=NASTY[:60], country="UY")
        [question] = (await wish(http, author["token"], "ask_question", text=NASTY, language="en"))["ids"]
        await wish(http, links["moderator"], "approve_question", question=question)
        await wish(http, links["moderator"], "stage_question", question=question)
        for address in ("/live/forum/text?grow=no", "/forum/", "/"):
            answer = await http.get(address)
            assert answer.status_code == 200
            found = Tags(answer.text)
            assert (found.handlers, "img" in found.tags) == ([], False), address
            assert NASTY not in answer.text, address
            assert "unsafe-inline" not in answer.headers["content-security-policy"]
        page = (await http.get("/live/forum/text?grow=no")).text
        assert page.count("&lt;script&gt;") == 8

"""A gateway on a free port with one meeting in it, for tests: the real parts, a store in memory, no office."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import msgspec
import uvicorn

from intercommunity.gateway.app import LiveApi
from intercommunity.gateway.broadcast import Broadcast
from intercommunity.gateway.commands import Commands
from intercommunity.gateway.fanout import Fanout
from intercommunity.gateway.intake import Intake
from intercommunity.gateway.pacer import Pacer
from intercommunity.gateway.streams import Streams
from intercommunity.gateway.takeover import protocol_with_takeover
from intercommunity.languages.polishing import Polisher
from intercommunity.meeting.access.commands import IssueLink
from intercommunity.meeting.actor import ORGANISER
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.description import Description, Node, NodeKind, Session, Speaker, Term
from intercommunity.store.journal import Journal
from intercommunity.store.memory import MemoryStore
from intercommunity.store.secret import token_hash
from waiting import WITHIN_S

DESCRIPTION = Description(
    slug="forum",
    title={"en": "The <Forum>", "es": "El foro"},
    starts=1_700_000_000_000,
    languages=("en", "es"),
    sessions=(Session("s1", {"en": "First", "es": "Primera"}, 1_700_000_000_000, 30, ("ana",)),),
    speakers=(Speaker("ana", "Ana Ruiz"), Speaker("ben", "Ben Okoye")),
    nodes=(
        Node("hub", "Quito", "EC", "America/Guayaquil", NodeKind.HUB),
        Node("suva", "Suva", "FJ", "Pacific/Fiji", NodeKind.VIEWING),
    ),
    glossary=(Term("acronym", {"en": "ABCD"}),),
    rehearsal=True,
)

ROLES = ("host", "moderator", "captioner", "panellist", "node", "participant")


class World:
    """What a test drives: commands as a role, streams, and the server's own parts to look into."""

    def __init__(self, http: httpx.AsyncClient, journal: Journal, broadcast: Broadcast, fanout: Fanout) -> None:
        self.http = http
        self.journal = journal
        self.broadcast = broadcast
        self.fanout = fanout
        self.port = http.base_url.port

    async def wish(self, role: str, kind: str, **fields: object) -> httpx.Response:
        """A command with the secret `secret-of-<role>`; role "" has none, and a whole token stands for itself."""
        token = f"secret-of-{role}" if role in ROLES else role
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await self.http.post("/live/forum/commands", json={"kind": kind, **fields}, headers=headers)

    async def granted(self, role: str, kind: str, **fields: object) -> list[str]:
        response = await self.wish(role, kind, **fields)
        assert response.status_code == 200, response.text
        return response.json()["ids"]

    async def joined(self, name: str, **about: object) -> str:
        """The token of somebody new."""
        response = await self.wish("", "join", name=name, **about)
        assert response.status_code == 200, response.text
        return response.json()["token"]

    async def now(self, role: str = "", **query: object) -> dict:
        headers = {"Authorization": f"Bearer {f'secret-of-{role}' if role in ROLES else role}"} if role else {}
        response = await self.http.get("/live/forum/now", params=query, headers=headers)
        assert response.status_code == 200, response.text
        return response.json()

    @asynccontextmanager
    async def stream(self, role: str = "", last: str = "", **query: object) -> AsyncIterator["Viewer"]:
        token = f"secret-of-{role}" if role in ROLES else role
        headers = {"Authorization": f"Bearer {token}"} if role else {}
        if last:
            headers["Last-Event-ID"] = last.encode("latin-1")
        async with self.http.stream(
            "GET", "/live/forum/stream", params=query, headers=headers, timeout=WITHIN_S
        ) as response:
            assert response.status_code == 200, await response.aread()
            yield Viewer(response)


class Viewer:
    """Reads a stream as the protocol says, and keeps what it is told: views by topic, lines by track and id."""

    def __init__(self, response: httpx.Response) -> None:
        self.views: dict[str, dict] = {}
        self.lines: dict[str, dict[str, dict]] = {}
        self.seen: list[str] = []
        """Ids of all lines, as often as they came."""
        self.last = ""
        self.nows = 0
        self.resume(response)

    def resume(self, response: httpx.Response) -> None:
        """Read on from another response, with what is known already."""
        self._chunks = response.aiter_bytes()
        self._buffer = b""

    async def message(self) -> dict:
        """The next message, taken in."""
        while True:
            head, found, rest = self._buffer.partition(b"\n\n")
            if found:
                self._buffer = rest
                fields = dict(line.split(b": ", 1) for line in head.split(b"\n") if not line.startswith(b":"))
                if b"data" in fields:
                    return self._take(fields)
            else:
                self._buffer += await anext(self._chunks)

    def _take(self, fields: dict[bytes, bytes]) -> dict:
        data = msgspec.json.decode(fields[b"data"])
        self.last = fields.get(b"id", self.last.encode()).decode()
        if fields.get(b"event") == b"now":
            self.nows += 1
            self.views, self.lines = data["views"], {}
            for topic, lines in data["lines"].items():
                self._take_lines(topic, lines["lines"])
        else:
            for topic, view in data.get("set", {}).items():
                if view is None:
                    self.views.pop(topic, None)
                else:
                    self.views[topic] = view
            for topic, lines in data.get("lines", {}).items():
                self._take_lines(topic, lines)
        return data

    def _take_lines(self, topic: str, lines: list[dict]) -> None:
        kept = self.lines.setdefault(topic, {})
        for line in lines:
            self.seen.append(line["id"])
            if line.get("struck"):
                kept.pop(line["id"], None)
            else:
                kept[line["id"]] = line

    async def until(self, wanted, seconds: float = WITHIN_S) -> None:
        """Read on until `wanted(self)` holds."""
        async with asyncio.timeout(seconds):
            while not wanted(self):
                await self.message()


@asynccontextmanager
async def gateway(description: Description = DESCRIPTION) -> AsyncIterator[World]:
    journal = Journal(MemoryStore())
    await journal.submit(DescribeMeeting(description), ORGANISER)
    for role in ROLES:
        node = "suva" if role == "node" else ""
        await journal.submit(IssueLink(role, role, token_hash(f"secret-of-{role}"), node=node), ORGANISER)
    fanout, pacer, broadcasts = Fanout(), Pacer(), {}
    broadcasts["forum"] = Broadcast("forum", journal, fanout, pacer, wall_clock)
    polish = Polisher().polish
    commands = Commands(wall_clock, time.monotonic, polish)
    api = LiveApi(broadcasts, commands, Intake(polish, wall_clock), wall_clock).application()
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    http = protocol_with_takeover(Streams(broadcasts, wall_clock), fanout)
    server = uvicorn.Server(
        uvicorn.Config(api, http=http, ws="none", lifespan="off", log_config=None, timeout_graceful_shutdown=1)
    )
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started:
        await asyncio.sleep(0.01)
    port = sock.getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=WITHIN_S) as client:
        yield World(client, journal, broadcasts["forum"], fanout)
    server.should_exit = True
    await serving
    broadcasts["forum"].close()
    await journal.close()


def wall_clock() -> int:
    return time.time_ns() // 1_000_000

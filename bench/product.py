"""The whole product as a process, with a meeting loaded and a captioner's token; or its core alone, in this process."""

import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.meeting_file import Session, meeting_file
from bench.processes import Process, free_port, running
from intercommunity.meeting.actor import Actor, Role
from intercommunity.store.installation import Installation
from intercommunity.store.journal import Journal

SLUG = "bench"
SESSIONS = (
    Session("first", "First hour", "Primera hora", minutes=60),
    Session("second", "Second hour", "Segunda hora", "15:00", minutes=60),
)
HOST = Actor("host", Role.HOST, languages=("en", "es"))
CLI = [sys.executable, "-m", "intercommunity.cli"]


def meeting(languages: Sequence[str] = ("en", "es"), more: str = "") -> str:
    """Its meeting file: two hours, one after the other. `more`: further tables."""
    return meeting_file(SLUG, "A meeting to measure", "Un encuentro para medir", SESSIONS, more, languages)


@contextmanager
def folder() -> Iterator[Path]:
    """A data folder on a disk, not in memory: what is durable must cost what it costs."""
    with TemporaryDirectory(dir=Path(__file__).parent / "out") as directory:
        yield Path(directory) / "data"


class Links:
    """What `meeting load --json` printed: tokens by role and by link, keys by source for who sends a programme."""

    def __init__(self, printed: str) -> None:
        self.printed: dict[str, Any] = json.loads(printed)
        self.slug: str = self.printed["slug"]
        self.tokens: dict[str, str] = {name: link["token"] for name, link in self.printed["roles"].items()}
        self.tokens |= {link["link"]: link["token"] for link in self.printed["links"]}
        self.keys: dict[str, str] = {each["source"]: each["key"] for each in self.printed["streams"]}

    def __getitem__(self, link: str) -> str:
        return self.tokens[link]


def environment() -> dict[str, str]:
    """Without what somebody has set for an installation of theirs."""
    return {name: value for name, value in os.environ.items() if not name.startswith("INTERCOMMUNITY_")}


def load(data: Path, text: str = meeting(), name: str = "meeting.toml") -> Links:
    """Load a meeting file, through the server where one runs. `text`: what stands in it."""
    file = data.parent / name
    file.write_text(text, encoding="utf-8")
    command: list[str | Path] = [*CLI, "meeting", "load", file, "--data", data, "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment())
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Links(done.stdout)


@contextmanager
def served(
    data: Path,
    port: int,
    *,
    workers: int = 1,
    cores: set[int] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Process]:
    command: list[str | Path] = [*CLI, "serve", "--data", data, "--port", str(port), "--workers", str(workers)]
    with running("product", command, port, cores, environment) as process:
        yield process


def new_port() -> int:
    return free_port()


class Captioner:
    """Writes numbered lines that viewers.c can read, and repeats each until it is acknowledged."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._headers = {"Authorization": f"Bearer {token}"}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=10)

    def write(self, number: int) -> None:
        mark = f"~{number:010d} {time.monotonic_ns():019d}~"
        self.wish({"kind": "write_line", "key": f"line-{number}", "track": "en", "text": f"Line {mark} was said."})

    def wish(self, wish: Mapping[str, object]) -> None:
        """Any command, with its `key`."""
        while not self._wish(json.dumps(wish).encode()):
            self._connection.close()
            time.sleep(0.05)

    def _wish(self, body: bytes) -> bool:
        try:
            self._connection.request("POST", f"/live/{SLUG}/commands", body, self._headers)
            response = self._connection.getresponse()
            answer = response.read()
        except (OSError, HTTPException):
            return False
        if 400 <= response.status < 500:
            raise RuntimeError(f"refused: {answer.decode()}")
        return response.status == 200


def participant(number: int) -> Actor:
    """One of the audience, by number."""
    name = f"person-{number}"
    return Actor(name, Role.PARTICIPANT, name=f"Person {number}", person=name)


@asynccontextmanager
async def core(data: Path) -> AsyncIterator[Journal]:
    """The journal of the loaded meeting, opened in this process."""
    installation = Installation(data)
    try:
        yield installation.meetings[SLUG]
    finally:
        await installation.close()

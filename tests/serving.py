"""A real server for tests: `intercommunity serve` as a process of its own on a free port; ends only what it started."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
from bench.meeting_file import Session, meeting_file
from bench.processes import free_port
from bench.product import CLI, Links, environment
from bench.product import load as load_file

from gateway.world import Viewer
from waiting import until_here

READY_WITHIN_S = 60
"""Long, because the machine may have other tests to run."""
ENDED_WITHIN_S = 30

WITH_THE_TESTS = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
"""Before a command that is to end when the tests are killed."""

MEETING = meeting_file("forum", "The forum", "El foro", [Session("first", "First", "Primera")])


def captioners(number: int) -> str:
    """More people for a meeting file: each has a link of their own."""
    return "".join(
        f'\n[[people]]\nname = "Captioner {each}"\nrole = "captioner"\nlanguages = ["en"]\n' for each in range(number)
    )


def run(*arguments: object, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """One command of the command line, to its end."""
    command = [*CLI, *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=seconds, env=environment())


def load(data: Path, meeting: str = MEETING, name: str = "meeting.toml") -> Links:
    """Loads a meeting file, through the server where one runs."""
    return load_file(data, meeting, name)


class Served:
    """A server's process, its port and its folder. It can be killed and started again on the same port."""

    def __init__(self, data: Path, workers: int = 1, options: dict[str, str] | None = None) -> None:
        """`options`: of the environment, as `INTERCOMMUNITY_…`."""
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.stderr = data.parent / f"{data.name}.stderr"
        self._workers = workers
        self._options = options or {}
        self._sessions: list[int] = []
        self.process: subprocess.Popen[bytes] | None = None

    def spawn(self) -> None:
        command = [*WITH_THE_TESTS, *CLI, "serve", "--data", str(self.data)]
        command += ["--port", str(self.port), "--workers", str(self._workers)]
        with self.stderr.open("ab") as errors:
            self.process = subprocess.Popen(
                command, stderr=errors, start_new_session=True, env=environment() | self._options
            )
        self._sessions.append(self.process.pid)

    def start_here(self) -> None:
        """In this thread, with which it ends: where the browser's loop runs, and so no other."""
        self.spawn()
        until_here(lambda: text_at(f"{self.url}/"), explain=self.errors)

    async def start(self) -> None:
        """Returns when all its processes answer."""
        self.spawn()
        until = time.monotonic() + READY_WITHIN_S
        while len(answering := await self._answering()) < self._workers:
            assert self.process is not None
            assert self.process.poll() is None, self.errors()
            assert time.monotonic() < until, f"{answering} of {self.processes()} answer: {self.errors()}"
            await asyncio.sleep(0.05)

    async def _answering(self) -> set[int]:
        """The processes that listen on the port."""
        async with httpx.AsyncClient(timeout=2) as client:
            try:
                await client.get(f"{self.url}/live/none/now")
            except httpx.TransportError:
                return set()
        return {pid for pid in self.processes() if _listens(pid, self.port)}

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def gateways(self) -> list[int]:
        """The processes besides the core."""
        return [pid for pid in self.processes() if pid != self.pid and b"gateway" in _command(pid)]

    def processes(self) -> list[int]:
        """Everything that runs because this was started, of every start."""
        return [pid for pid in _pids() if _session(pid) in self._sessions]

    def kill(self) -> None:
        """As if the power had gone for the core alone: no chance to clean up."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end, as a service manager does or, with SIGINT, as a terminal does: all at once. Its exit code."""
        assert self.process is not None
        if number == signal.SIGINT:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        return self.process.wait(ENDED_WITHIN_S)

    async def restart(self) -> None:
        self.kill()
        await self.start()

    def errors(self) -> str:
        return self.stderr.read_text(errors="replace") if self.stderr.exists() else ""

    def kill_one(self, pid: int) -> None:
        """One of its processes."""
        assert pid in self.processes()
        _kill(pid)

    def end_everything(self) -> None:
        for pid in self.processes():
            _kill(pid)
        if self.process is not None:
            self.process.wait()


def text_at(address: str) -> str:
    """What is found at an address; "" while there is nothing, or nobody listens."""
    try:
        answer = httpx.get(address, timeout=READY_WITHIN_S)
    except httpx.TransportError:
        return ""
    return answer.text if answer.status_code == httpx.codes.OK else ""


@asynccontextmanager
async def served(data: Path, workers: int = 1) -> AsyncIterator[Served]:
    server = Served(data, workers)
    try:
        await server.start()
        yield server
    finally:
        server.end_everything()


def _pids() -> Iterator[int]:
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _session(pid: int) -> int:
    """0 for what has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    state, _, _, session = stat.rpartition(")")[2].split()[:4]
    return 0 if state == "Z" else int(session)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _listens(pid: int, port: int) -> bool:
    wanted = f":{port:04X} 00000000:0000 0A"
    inodes = {line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines() if wanted in line}
    try:
        held = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return False
    return any(name.removeprefix("socket:[").removesuffix("]") in inodes for name in held)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


class Follower:
    """A viewer who comes back whenever the line drops, with the id of what they saw last."""

    def __init__(self, url: str, token: str = "", slug: str = "forum", **query: object) -> None:
        self.viewer: Viewer | None = None
        self.times_back = 0
        self._address = f"{url}/live/{slug}/stream"
        self._query = query
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    @property
    def views(self) -> dict[str, dict]:
        return self.viewer.views if self.viewer else {}

    def lines(self, track: str) -> dict[str, dict]:
        return self.viewer.lines.get(f"captions/{track}", {}) if self.viewer else {}

    async def follow(self) -> None:
        """Until cancelled."""
        async with httpx.AsyncClient(timeout=httpx.Timeout(10, read=60)) as client:
            while True:
                try:
                    await self._once(client)
                except (httpx.TransportError, StopAsyncIteration):
                    self.times_back += 1
                await asyncio.sleep(0.05)

    async def _once(self, client: httpx.AsyncClient) -> None:
        last = {"Last-Event-ID": self.viewer.last} if self.viewer and self.viewer.last else {}
        headers = self._headers | last
        async with client.stream("GET", self._address, params=self._query, headers=headers) as response:
            if response.status_code != httpx.codes.OK:
                return
            if self.viewer is None:
                self.viewer = Viewer(response)
            else:
                self.viewer.resume(response)
            while True:
                await self.viewer.message()


async def whole_track(client: httpx.AsyncClient, track: str) -> dict[str, dict]:
    """Every line of a track by id, in order, page by page from the end; `client` stands at /live/SLUG."""
    pages: list[list[dict]] = []
    before = ""
    while True:
        query = {"most": "200"} | ({"before": before} if before else {})
        answer = await client.get(f"/captions/{track}", params=query)
        assert answer.status_code == httpx.codes.OK, answer.text
        lines = answer.json()["lines"]
        if not lines:
            return {line["id"]: line for page in reversed(pages) for line in page}
        pages.append(lines)
        before = f"{lines[0]['start']},{lines[0]['id']}"


@contextmanager
def small_disk(folder: Path, size: str = "4m") -> Iterator[Path]:
    """A file system of its own, of so many bytes. Raises `PermissionError` where it may not be made."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder)]
    if os.geteuid() != 0 or shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        raise PermissionError("Only root may mount a small disk.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)

"""Servers as processes: pinned to a core, and what they have used of it. Knows nothing of what they serve."""

import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent
OUT = ROOT / "out"
SERVER_CORE, CLIENT_CORE = 0, 1
PAGE = resource.getpagesize()


class NotInstalledError(Exception):
    """A peer is missing on this machine; the message says what would bring it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def pin_to(cores: set[int]) -> None:
    """Keep the calling process to these cores, if the machine has them."""
    wanted = cores & os.sched_getaffinity(0)
    if wanted:
        os.sched_setaffinity(0, wanted)


def compiled(source: str) -> Path:
    """Compile one C file, given as a path below bench/, unless it has been already; return the program."""
    origin = ROOT / source
    program = OUT / origin.stem
    OUT.mkdir(exist_ok=True)
    if not program.exists() or program.stat().st_mtime < origin.stat().st_mtime:
        try:
            subprocess.run(["cc", "-O2", "-o", program, origin], check=True)
        except FileNotFoundError:
            raise NotInstalledError("a C compiler (cc)") from None
    return program


class Process:
    """A started server with its children. Its output goes to bench/out/NAME.log."""

    def __init__(self, name: str, pid: int) -> None:
        self.name = name
        self.pid = pid

    def cpu_seconds(self) -> float:
        """What it has used so far, system calls included, as the scheduler counts it (to the nanosecond)."""
        return self._scheduled(0)

    def waited_seconds(self) -> float:
        """How long its threads could have run and did not, because others had the core."""
        return self._scheduled(1)

    def _scheduled(self, column: int) -> float:
        threads = (task for pid in self._family() for task in _readable(Path(f"/proc/{pid}/task")))
        return sum(int((thread / "schedstat").read_text().split()[column]) for thread in threads) / 1e9

    def kill(self) -> None:
        """As if the power had gone: no chance to clean up."""
        for pid in self._family():
            os.kill(pid, signal.SIGKILL)

    def resident_bytes(self) -> int:
        return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE for pid in self._family())

    def proportional_bytes(self) -> int:
        """Its memory and its children's, what they share with others divided among all (PSS)."""
        return sum(map(_proportional, self._family()))

    def children(self) -> "list[Process]":
        return [Process(self.name, pid) for pid in self._family()[1:]]

    def command(self) -> bytes:
        """Arguments, each with a NUL behind it."""
        return Path(f"/proc/{self.pid}/cmdline").read_bytes()

    def pin_to(self, cores: set[int]) -> None:
        """All its threads, if the machine has these cores."""
        wanted = cores & set(range(os.cpu_count() or 1))
        for thread in _readable(Path(f"/proc/{self.pid}/task")) if wanted else []:
            os.sched_setaffinity(int(thread.name), wanted)

    def _family(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]


def _proportional(pid: int) -> int:
    """0 where it has just ended."""
    try:
        roll = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in roll if line.startswith("Pss:"))


def _readable(directory: Path) -> list[Path]:
    return list(directory.iterdir()) if directory.exists() else []


@contextmanager
def running(
    name: str,
    command: Sequence[str | Path],
    port: int | None,
    cores: set[int] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Process]:
    """Start a server, wait until its port answers if it has one, and end it on the way out."""
    OUT.mkdir(exist_ok=True)
    with (OUT / f"{name}.log").open("wb") as log:
        child = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            env={**os.environ, **(environment or {})},
            preexec_fn=lambda: pin_to({SERVER_CORE} if cores is None else cores),  # noqa: PLW1509 - no threads here
        )
    try:
        if port is not None:
            _wait_for(port, child, name)
        yield Process(name, child.pid)
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_for(port: int, child: subprocess.Popen[bytes], name: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{name} does not answer; see bench/out/{name}.log")

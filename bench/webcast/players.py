"""Drives bench/client/players.c, thousands of players of a webcast; and nginx, which shows them the same files."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select

from bench.peers import HERE
from bench.processes import CLIENT_CORE, OUT, NotInstalledError, Process, compiled, free_port, pin_to, running


@dataclass(frozen=True)
class Address:
    """Where a server has the two folders, and what the end of a playlist is called there."""

    port: int
    picture: str
    sound: str
    list: str


@dataclass(frozen=True)
class Played:
    """Since the last report. A round: two playlists and what is new in them, every two seconds; late: not over then."""

    requests: int
    bytes: int
    lists: int
    segments: int
    rounds: int
    late: int
    errors: int
    segment_p50_ms: float
    segment_p99_ms: float
    round_p99_ms: float


class Players:
    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def report(self, patience_s: float = 30) -> Played:
        """What was done since the last one. Raises `RuntimeError` where they do not answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(b"report\n")
        self._process.stdin.flush()
        said, until = b"", time.monotonic() + patience_s
        while not said.endswith(b"\n"):
            if time.monotonic() > until or not select([self._process.stdout], [], [], patience_s)[0]:
                raise RuntimeError("the players do not answer")
            piece = os.read(self._process.stdout.fileno(), 65536)
            if not piece:
                raise RuntimeError("the players have died")
            said += piece
        return Played(**json.loads(said))


@contextmanager
def playing(address: Address, count: int) -> Iterator[Players]:
    command = [compiled("client/players.c"), str(address.port), str(count), address.picture, address.sound]
    process = subprocess.Popen(
        [*command, address.list],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: pin_to({CLIENT_CORE}),  # noqa: PLW1509 - no threads that matter here
    )
    try:
        yield Players(process)
    finally:
        process.kill()
        process.wait()


@contextmanager
def nginx(files: Path) -> Iterator[tuple[Process, int]]:
    """Shows a folder as /hls/. On the server's core."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if program is None:
        raise NotInstalledError("apt install nginx-light")
    port, directory = free_port(), OUT / "nginx-hls"
    directory.mkdir(parents=True, exist_ok=True)
    text = (HERE / "hls.conf").read_text(encoding="utf-8")
    for name, value in {"PORT": port, "DIR": directory, "FILES": files}.items():
        text = text.replace(f"@{name}@", str(value))
    (directory / "nginx.conf").write_text(text, encoding="utf-8")
    command = [program, "-p", directory, "-c", directory / "nginx.conf", "-e", directory / "error.log"]
    with running("nginx-hls", command, port) as process:
        yield process, port

"""Real senders for the tests of the webcast: ffmpeg over RTMP and SRT; and the media process to send to."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import m3u8

from intercommunity.media.messages import Order, Ready, Report, Run, decode_answer, encode
from intercommunity.media.plan import Plan, PlannedSource
from intercommunity.meeting.description import Lower
from intercommunity.wire.origin import Origin
from waiting import until

KEYS = {"floor": "f" * 32, "es": "e" * 32, "sign": "s" * 32}
BEEP = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"]
PICTURE = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=25"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "25"]
AAC = ["-c:a", "aac"]
ENDED_WITHIN_S = 30


def plan(*, sign: bool = False, lower: Lower = Lower.NO, **origins: Origin) -> Plan:
    """A meeting with a floor and a Spanish channel, both by RTMP unless said otherwise."""
    languages = {"floor": "mul", "es": "es", **({"sign": "ase"} if sign else {})}
    sources = tuple(
        PlannedSource(name, name, language, origins.get(name, Origin("rtmp", "", KEYS[name])))
        for name, language in languages.items()
    )
    tracks = (("en", "English"), ("es", "español"))
    return Plan("forum", sources, tracks, 48, ("Back in a moment",), rehearsal=True, lower=lower)


def free_port(kind: int = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Process:
    """A running media process and the last it reported."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self.process = process
        self.folder = folder / "forum"
        self.rtmp_port = 0
        self.report: Report | None = None

    def tell(self, *orders: Order) -> None:
        for order in orders:
            self.process.stdin.write(encode(order))

    async def listen(self) -> None:
        while line := await self.process.stdout.readline():
            answer = decode_answer(line)
            if isinstance(answer, Ready):
                self.rtmp_port = answer.rtmp_port
            else:
                self.report = answer

    def source(self, name: str):
        return next(each for each in self.report.sources if each.name == name) if self.report else None

    def address(self, name: str) -> str:
        return f"rtmp://127.0.0.1:{self.rtmp_port}/live/{KEYS.get(name, name)}"

    @property
    def run(self) -> Path:
        return self.folder / (self.folder / "current").read_text()

    def list(self, rendition: str) -> m3u8.M3U8:
        """A playlist, read by a reader that is not ours; empty while there is none."""
        path = self.run / rendition / "list.m3u8" if (self.folder / "current").exists() else None
        return m3u8.load(str(path)) if path is not None and path.exists() else m3u8.M3U8()


@asynccontextmanager
async def media_process(
    folder: Path, *orders: Order, private_too: bool = False, rtmp_port: int = 0
) -> AsyncIterator[Process]:
    """`rtmp_port`: 0 for any; another one may be taken."""
    programmes = folder / "programmes"
    programmes.mkdir(exist_ok=True)
    arguments = ["--folder", str(folder), "--programmes", str(programmes), "--rtmp-host", "127.0.0.1"]
    arguments += ["--rtmp-port", str(rtmp_port), *(["--private-too"] if private_too else [])]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "intercommunity.media.process",
        *arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
    )
    running = Process(process, folder)
    listening = asyncio.create_task(running.listen())
    running.tell(*(orders or (Run(plan()),)))
    await until(lambda: (rtmp_port or running.rtmp_port) and running.report)
    try:
        yield running
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), ENDED_WITHIN_S)
        except TimeoutError:
            process.kill()
            await process.wait()
        await listening


@asynccontextmanager
async def sending(target: str, *what: str, form: str = "flv", seconds: float = 60) -> AsyncIterator[subprocess.Popen]:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-re", *what, "-t", str(seconds), "-f", form, target]
    process = await asyncio.create_subprocess_exec(
        *command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()

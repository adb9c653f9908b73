"""The media process: all webcasts of an installation and the RTMP port; started by `supervisor.py`, and spoken to on
its standard input and output (see `messages.py`). It ends when its input ends.
"""

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from intercommunity.media.arriving.guard import Guard
from intercommunity.media.arriving.ingest import RtmpServer
from intercommunity.media.arriving.sender import Receiver
from intercommunity.media.messages import (
    Answer,
    End,
    OnAir,
    Order,
    Ready,
    Report,
    Run,
    Say,
    StartOver,
    decode_order,
    encode,
)
from intercommunity.media.packaging.slate import CannotMakeSlate
from intercommunity.media.webcast import Webcast

LONGEST_LINE = 16 * 1024 * 1024
ENDS_WITHIN_S = 10
"""After its input has; then the kernel ends it, so that no old process holds ports and packages of a new one."""
_PORT_AGAIN_S = 5.0

_log = logging.getLogger(__name__)


class MediaProcess:
    def __init__(self, chosen: argparse.Namespace) -> None:
        self._folder: Path = chosen.folder
        self._programmes: Path = chosen.programmes
        self._host: str = chosen.rtmp_host
        self._port: int = chosen.rtmp_port
        self._guard = Guard(private_too=chosen.private_too)
        self._receivers: dict[str, Receiver] = {}
        self._rtmp = RtmpServer(self._receivers)
        self._webcasts: dict[str, Webcast] = {}

    async def run(self) -> None:
        reader = await _standard_input()
        opening = asyncio.create_task(self._open_port())
        try:
            while line := await reader.readline():
                await self._obey(decode_order(line))
        finally:
            signal.alarm(ENDS_WITHIN_S)
            opening.cancel()
            self._rtmp.close()
            for webcast in self._webcasts.values():
                await webcast.stop()

    async def _open_port(self) -> None:
        """Tried until it can be had; what is to be sent by RTMP says so meanwhile."""
        port = await self._try_port()
        if not port:
            _log.error("The RTMP port %d cannot be had", self._port)
        _tell(Ready(port))
        while not port:
            for receiver in self._receivers.values():
                receiver.note("no_port", str(self._port))
            await asyncio.sleep(_PORT_AGAIN_S)
            if port := await self._try_port():
                _tell(Ready(port))

    async def _try_port(self) -> int:
        """0 where it is taken."""
        try:
            return await self._rtmp.start(self._host, self._port)
        except OSError:
            return 0

    async def _obey(self, order: Order) -> None:
        match order:
            case Run():
                await self._start(order)
            case Say() if order.slug in self._webcasts:
                self._webcasts[order.slug].say(order.track, order.captions)
            case StartOver() if order.slug in self._webcasts:
                self._webcasts[order.slug].start_over()
            case End() if order.slug in self._webcasts:
                self._webcasts[order.slug].end()

    async def _start(self, order: Run) -> None:
        slug = order.plan.slug
        if slug in self._webcasts:
            await self._webcasts.pop(slug).stop()
        if not order.plan.sources:
            return
        webcast = self._webcasts[slug] = Webcast(
            order.plan, self._folder, self._programmes, self._guard, self._receivers, _tell
        )
        try:
            await webcast.start()
        except CannotMakeSlate as error:
            _log.error("There is no webcast of %s: %s", slug, error)
            await self._webcasts.pop(slug).stop()
            _tell(Report(slug, OnAir(fault="no_ffmpeg"), ()))


def _tell(answer: Answer) -> None:
    sys.stdout.buffer.write(encode(answer))
    sys.stdout.buffer.flush()


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    return reader


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--programmes", type=Path, required=True)
    parser.add_argument("--rtmp-host", required=True)
    parser.add_argument("--rtmp-port", type=int, required=True)
    parser.add_argument("--private-too", action="store_true")
    logging.basicConfig(level=logging.INFO, format="%(levelname)s media: %(message)s", stream=sys.stderr)
    logging.getLogger("libav").setLevel(logging.CRITICAL)
    asyncio.run(MediaProcess(parser.parse_args()).run())


if __name__ == "__main__":
    main()

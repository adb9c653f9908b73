"""Sources that FFmpeg brings in: a file, an address to pull, an SRT port; each as an FLV stream on a pipe.

FFmpeg gets no shell and no input of ours, may use only the protocols that the source needs, and reaches the network
over HTTP only through the guard (see `guard.py`). Keys and addresses stay out of the logs: of its complaints only
their meaning is told. Pictures that FLV can hold pass through, others are encoded.
"""

import asyncio
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

from intercommunity.media import children
from intercommunity.media.arriving.complaints import NO_STREAM, PORT_TAKEN, meaning_of, tells_of_a_stranger
from intercommunity.media.arriving.guard import ENTRANCE, Door, Forbidden, Guard, Unreachable
from intercommunity.media.arriving.sender import Receiver
from intercommunity.media.coding.flv import NotFlv, Tags, read_tag
from intercommunity.wire.origin import Origin

PAUSES = children.Pauses(first=0.5, longest=15.0, steady_after=10.0)
SILENT_S = 15.0
_READ = 64 * 1024
_MOST_COMPLAINT = 2_000
_WHOLE = "mov,matroska,mpegts,mpeg,avi,flv,mp3,aac,ac3,eac3,ogg,wav,flac,aiff"
_ALLOWED = {
    "file": ("file,pipe", _WHOLE),
    "srt": ("srt,udp,pipe", "concat,mpegts"),
    "http": ("http,https,httpproxy,tcp,tls,crypto,pipe", f"hls,webvtt,{_WHOLE}"),
    "rtmp": ("rtmp,tcp,pipe", "concat,flv,live_flv"),
    "rtmps": ("rtmps,rtmp,tls,tcp,pipe", "concat,flv,live_flv"),
}
"""Protocols and formats. Formats too: some lead to other addresses, and look at none of what HLS looks at first."""

_log = logging.getLogger(__name__)


class Pull:
    """Keeps one source coming: starts FFmpeg again when it ends, after a pause that grows while nothing comes of it.

    `programmes`: the folder that files are taken from.
    """

    def __init__(
        self, name: str, origin: Origin, receiver: Receiver, guard: Guard, programmes: Path, *, picture: bool
    ) -> None:
        self._encodes = False
        """Whether pictures are to be encoded here: FLV cannot hold them as they are."""
        self._name = name
        self._origin = origin
        self._receiver = receiver
        self._guard = guard
        self._door = Door(guard, origin.address if origin.address.startswith("http") else "")
        self._told = ""
        self._programmes = programmes
        self._picture = picture

    async def run(self) -> None:
        """Until cancelled."""
        try:
            await children.keep_running(self._try_once, PAUSES)
        finally:
            self._door.close()

    async def _try_once(self) -> None:
        try:
            await self._run_once()
        except Unreachable as reason:
            self._tell(reason.code)
        except OSError as reason:
            _log.error("FFmpeg cannot be started: %s", reason.strerror)
            self._tell("no_ffmpeg")

    async def _run_once(self) -> None:
        self._door.fault = ""
        arguments, listed = await self._input()
        environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "no_proxy": ""}
        command = ["ffmpeg", "-v", "error", "-nostdin", *arguments, *self._output()]
        process = await children.start(*command, env=environment, complains=True)
        complaining = asyncio.create_task(self._complaint(process.stderr))
        begun = False
        try:
            assert process.stdin is not None
            process.stdin.write(listed)
            process.stdin.close()
            begun = await self._read(process.stdout)
        finally:
            await children.end(process)
            complaint = await complaining
        self._judge(complaint, begun=begun)

    async def _complaint(self, stream: asyncio.StreamReader | None) -> str:
        """The last of what FFmpeg says; that a stranger knocked is told at once."""
        assert stream is not None
        said = b""
        while data := await stream.read(_READ):
            said = (said + data)[-_MOST_COMPLAINT:]
            if self._origin.kind == "srt" and tells_of_a_stranger(data):
                self._receiver.note("wrong_key")
        return said.decode(errors="replace")

    def _judge(self, complaint: str, *, begun: bool) -> None:
        """Once something has come, FFmpeg complains of much that nobody can mend."""
        if "not compatible with flv" in complaint and not self._encodes:
            self._encodes = True
            return
        code = self._door.fault or meaning_of(complaint) or ("" if begun else "unreachable")
        listens = self._origin.kind == "srt"
        if code and (code == PORT_TAKEN if listens else code != NO_STREAM or not begun):
            self._tell(code)

    def _tell(self, code: str) -> None:
        if code != self._told:
            _log.warning("%s cannot be brought in: %s", self._name, code)
        self._told = code
        self._receiver.note(code)

    async def _read(self, stream: asyncio.StreamReader | None) -> bool:
        """Until it ends; whether anything came."""
        assert stream is not None
        tags, begun = Tags(), False
        waits = self._origin.kind == "srt"
        try:
            while data := await read_some(stream, None if waits and not begun else SILENT_S):
                for tag in tags.feed(data):
                    if not begun:
                        begun, self._told = True, ""
                        self._receiver.connected()
                    if (arrived := read_tag(*tag)) is not None:
                        self._receiver.take(arrived)
        except (NotFlv, TimeoutError) as reason:
            _log.info("%s stopped: %s", self._name, reason or "nothing came")
        finally:
            if begun:
                self._receiver.gone()
        return begun

    async def _input(self) -> tuple[Sequence[str], bytes]:
        """Arguments, and what FFmpeg reads on its standard input."""
        match self._origin.kind:
            case "srt":
                url = f"srt://0.0.0.0:{self._origin.address}?mode=listener&passphrase={quote(self._origin.key)}"
                return _listed("srt", f"{url}&pbkeylen=16&latency=300000")
            case "file":
                return [*_allowed("file"), "-re", "-stream_loop", "-1", "-i", f"file:{self._file()}"], b""
        scheme = urlsplit(self._origin.address).scheme
        if scheme in ("http", "https"):
            proxy = ["-http_proxy", await self._door.address(), "-rw_timeout", "15000000"]
            return [*_allowed("http"), *proxy, "-re", "-i", ENTRANCE], b""
        return _listed(scheme, await self._guard.resolved(self._origin.address))

    def _file(self) -> Path:
        folder = self._programmes.resolve()
        path = (folder / self._origin.address).resolve()
        if not path.is_relative_to(folder):
            raise Forbidden("file_outside")
        if not path.is_file():
            raise Unreachable("file_missing")
        return path

    def _output(self) -> Sequence[str]:
        encode = ["-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-pix_fmt", "yuv420p"]
        encode += ["-vf", "scale='min(1280,iw)':-2", "-force_key_frames", "expr:gte(t,n_forced*2)", "-crf", "23"]
        pictures = ["-map", "0:v:0?", *(encode if self._encodes else ["-c:v", "copy"])] if self._picture else ["-vn"]
        sound = ["-map", "0:a:0?", "-c:a", "aac", "-b:a", "160k", "-ar", "48000", "-ac", "2"]
        return [*pictures, *sound, "-flush_packets", "1", "-flvflags", "no_duration_filesize", "-f", "flv", "pipe:1"]


def _allowed(scheme: str) -> list[str]:
    protocols, formats = _ALLOWED[scheme]
    return ["-protocol_whitelist", protocols, "-format_whitelist", formats]


def _listed(scheme: str, url: str) -> tuple[Sequence[str], bytes]:
    """An address in a list of FFmpeg's concat demuxer; in its quotes only a quote means anything."""
    listing = ["-f", "concat", "-safe", "0", "-auto_convert", "0", "-i", "pipe:0"]
    quoted = url.replace("'", "'\\''")
    return [*_allowed(scheme), *listing], f"ffconcat version 1.0\nfile '{quoted}'\n".encode()


async def read_some(stream: asyncio.StreamReader, within: float | None) -> bytes:
    """In so many seconds, or `TimeoutError`. Not `wait_for`: before Python 3.12 it loses a cancellation that comes with
    data in the same turn.
    """
    async with asyncio.timeout(within):
        return await stream.read(_READ)

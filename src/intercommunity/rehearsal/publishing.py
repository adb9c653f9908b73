"""Sends an FLV stream to our own RTMP port, as an encoder would; knows neither picture nor sound.

FFmpeg can send by itself, but wants the stream key among its arguments, which everybody on the machine can read.
After Adobe's RTMP specification 1.0 (see `media/arriving/rtmp.py`, the other end).
"""

import asyncio
import struct
from contextlib import suppress
from urllib.parse import urlsplit

from intercommunity.media.arriving import amf
from intercommunity.media.arriving.rtmp import HANDSHAKE
from intercommunity.media.coding.flv import AUDIO, VIDEO, Tags

_CHUNK = 64 * 1024
_SET_CHUNK_SIZE, _COMMAND = 1, 20
_STREAM = 1
_NO_EXTENSION = 0xFFFFFF
_WITHIN_S = 10.0
_READ = 64 * 1024


async def publish(server: str, key: str, flv: asyncio.StreamReader, begun: asyncio.Event | None = None) -> None:
    """Until `flv` ends. `server`: rtmp://host[:port]/app; `begun` is set with the first picture or sound. Raises
    `OSError` where nobody is there, the key is refused, or the line breaks.
    """
    address = urlsplit(server)
    reader, writer = await asyncio.open_connection(address.hostname, address.port or 1935)
    try:
        async with asyncio.timeout(_WITHIN_S):
            await _open(reader, writer, address.path.strip("/"), server, key)
        tags = Tags()
        while data := await flv.read(_READ):
            for kind, time, body in tags.feed(data):
                if kind in (AUDIO, VIDEO):
                    if begun is not None:
                        begun.set()
                    writer.write(_message(kind, body, time))
            await writer.drain()
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _open(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, app: str, server: str, key: str) -> None:
    writer.write(b"\3" + bytes(HANDSHAKE))
    answer = await _exactly(reader, 1 + 2 * HANDSHAKE)
    writer.write(answer[1 : 1 + HANDSHAKE])
    writer.write(_message(_SET_CHUNK_SIZE, struct.pack(">I", _CHUNK), stream=0, chunk=128))
    writer.write(_message(_COMMAND, amf.encode("connect", 1, {"app": app, "tcUrl": server}), stream=0))
    writer.write(_message(_COMMAND, amf.encode("createStream", 2, None), stream=0))
    writer.write(_message(_COMMAND, amf.encode("publish", 3, None, key, "live")))
    said = b""
    while b"NetStream.Publish.Start" not in said:
        data = await reader.read(_READ)
        if not data or b"NetStream.Publish.Denied" in said or b"NetStream.Publish.BadName" in said:
            raise ConnectionRefusedError("the stream key is refused")
        said += data


async def _exactly(reader: asyncio.StreamReader, size: int) -> bytes:
    try:
        return await reader.readexactly(size)
    except asyncio.IncompleteReadError as error:
        raise ConnectionResetError("the server went away") from error


def _message(kind: int, body: bytes, time: int = 0, *, stream: int = _STREAM, chunk: int = _CHUNK) -> bytes:
    """A whole message, in as many chunks as it needs (5.3)."""
    number = kind if kind in (AUDIO, VIDEO) else 3
    extended = struct.pack(">I", time) if time >= _NO_EXTENSION else b""
    head = bytes([number]) + min(time, _NO_EXTENSION).to_bytes(3) + len(body).to_bytes(3)
    head += bytes([kind]) + struct.pack("<I", stream) + extended
    parts = [body[at : at + chunk] for at in range(0, len(body), chunk)]
    return head + (bytes([0xC0 | number]) + extended).join(parts)

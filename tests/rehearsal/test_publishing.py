"""An FLV stream is sent, and arrives at our own RTMP port as it was."""

import asyncio

import pytest

from intercommunity.media.arriving.ingest import RtmpServer, hash_of
from intercommunity.media.coding.flv import Picture, Sound
from intercommunity.rehearsal.publishing import publish
from waiting import within

LARGE = b"\x17\1\0\0\0" + bytes(range(256)) * 1_000


class Heard:
    def __init__(self) -> None:
        self.arrived = []
        self.gone_again = asyncio.Event()

    def connected(self):
        pass

    def take(self, arrived):
        self.arrived.append(arrived)

    def gone(self):
        self.gone_again.set()

    def note(self, code, value=""):
        pass


def tag(kind: int, time: int, body: bytes) -> bytes:
    head = bytes([kind]) + len(body).to_bytes(3) + (time & 0xFFFFFF).to_bytes(3) + bytes([time >> 24]) + bytes(3)
    return head + body + (11 + len(body)).to_bytes(4)


def stream(*tags: bytes) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    reader.feed_data(b"FLV\1\5\0\0\0\x09\0\0\0\0" + b"".join(tags))
    reader.feed_eof()
    return reader


async def test_what_is_sent_arrives_whole_and_at_its_time():
    heard = Heard()
    server = RtmpServer({hash_of("secret"): heard})
    port = await server.start("127.0.0.1", 0)
    late = 0x1234567
    tags = [tag(18, 0, b"data about it"), tag(8, 40, b"\xaf\1sound"), tag(9, late, LARGE)]
    await publish(f"rtmp://127.0.0.1:{port}/live", "secret", stream(*tags))
    await within(heard.gone_again.wait())
    server.close()
    assert heard.arrived == [Sound(40, b"sound"), Picture(late, 0, key=True, data=LARGE[5:])]


async def test_who_is_refused_or_finds_nobody_is_told():
    server = RtmpServer({})
    port = await server.start("127.0.0.1", 0)
    with pytest.raises(ConnectionRefusedError):
        await publish(f"rtmp://127.0.0.1:{port}/live", "guess", stream())
    server.close()
    with pytest.raises(OSError):
        await publish(f"rtmp://127.0.0.1:{port}/live", "secret", stream())

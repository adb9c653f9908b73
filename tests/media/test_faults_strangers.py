"""Strangers at the RTMP port: those who guess, those who say nothing, those who speak without end."""

import asyncio

import pytest

from intercommunity.media.arriving.ingest import (
    MOST_CONNECTIONS,
    MOST_GUESSES,
    MOST_WAITING,
    TO_PUBLISH_S,
    RtmpServer,
    hash_of,
)
from intercommunity.rehearsal.publishing import publish
from media.heard import Heard
from waiting import until, within


def nothing() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    reader.feed_eof()
    return reader


async def connect(port: int, address: str = "127.0.0.1"):
    return await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))


async def is_cut_off(reader: asyncio.StreamReader) -> bool:
    try:
        return await within(reader.read(1)) == b""
    except ConnectionError:
        return True


async def test_who_says_nothing_on_many_lines_keeps_nobody_out():
    heard = Heard()
    server = RtmpServer({hash_of("secret"): heard})
    port = await server.start("0.0.0.0", 0)
    lines = [await connect(port, "127.0.0.9") for _ in range(MOST_CONNECTIONS + 10)]
    assert await is_cut_off(lines[MOST_WAITING][0])
    assert await is_cut_off(lines[-1][0])
    await publish(f"rtmp://127.0.0.1:{port}/live", "secret", nothing())
    assert heard.said[0] == "connected"
    assert not lines[0][0].at_eof(), "all were cut off, and not only those that were too many"
    for _, writer in lines:
        writer.close()
    await until(lambda: not server._waiting)
    again, writer = await connect(port, "127.0.0.9")
    writer.write(b"\3" + bytes(1536))
    assert await within(again.readexactly(1)) == b"\3"
    writer.close()
    server.close()


async def test_who_guesses_too_often_is_not_listened_to_and_others_are():
    heard = Heard()
    server = RtmpServer({hash_of("secret"): heard})
    port = await server.start("127.0.0.1", 0)
    address = f"rtmp://127.0.0.1:{port}/live"
    tried = await asyncio.gather(
        *(publish(address, f"guess {number}", nothing()) for number in range(MOST_GUESSES)), return_exceptions=True
    )
    assert {type(each) for each in tried} == {ConnectionRefusedError}
    with pytest.raises(ConnectionError):
        await publish(address, "secret", nothing())
    assert set(heard.said) == {"wrong_key"}
    server.close()


@pytest.mark.parametrize("data", [b"\3" + bytes(1536), b"\3" + bytes(3072) + b"\2"])
async def test_who_begins_and_goes_leaves_nothing(data):
    server = RtmpServer({})
    port = await server.start("127.0.0.1", 0)
    reader, writer = await connect(port)
    writer.write(data)
    assert await reader.readexactly(1) == b"\3"
    assert server._open == 1
    writer.close()
    await until(lambda: not server._open, seconds=TO_PUBLISH_S / 2)  # noticed, and not only let go after a while
    assert not server._waiting
    server.close()

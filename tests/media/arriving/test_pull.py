"""Why a source cannot be brought in: real servers, files and ports, and what is said of each."""

import asyncio
import shutil
import socket
from contextlib import asynccontextmanager

import pytest

from intercommunity.media.arriving.pull import read_some
from intercommunity.media.messages import Run
from intercommunity.media.state import Advice
from intercommunity.wire.origin import Origin
from media.senders import AAC, BEEP, KEYS, free_port, media_process, plan, sending
from waiting import until, within

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]


@asynccontextmanager
async def answering(answer: bytes):
    """An HTTP server that gives one answer to everybody; its port."""

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def response(status: str, body: bytes = b"") -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    return head.encode() + body


async def told(tmp_path, origin: Origin, *, private_too: bool = True) -> tuple[str, list[str]]:
    async with media_process(tmp_path, Run(plan(es=origin)), private_too=private_too) as process:
        await until(lambda: process.source("es").advice)
        return process.source("es").state, [each.code for each in process.source("es").advice]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (response("404 Not Found"), "not_found"),
        (response("403 Forbidden"), "denied"),
        (response("401 Unauthorized"), "denied"),
        (response("500 Internal Server Error"), "server_failed"),
        (response("200 OK", b"<html><body>No stream here.</body></html>"), "no_stream"),
    ],
)
async def test_answer_of_a_server_is_told_as_what_it_means(tmp_path, answer, code):
    async with answering(answer) as port:
        assert await told(tmp_path, Origin("pull", f"http://127.0.0.1:{port}/live")) == ("refused", [code])


@pytest.mark.parametrize("scheme", ["http", "rtmp"])
async def test_address_where_nobody_answers_is_unreachable(tmp_path, scheme):
    assert await told(tmp_path, Origin("pull", f"{scheme}://127.0.0.1:{free_port()}/live/x")) == (
        "refused",
        ["unreachable"],
    )


@pytest.mark.parametrize("scheme", ["http", "https", "rtmp", "srt"])
async def test_address_inside_is_refused_as_such(tmp_path, scheme):
    origin = Origin("pull", f"{scheme}://127.0.0.1:9/live")
    assert await told(tmp_path, origin, private_too=False) == ("refused", ["address_inside"])


@pytest.mark.parametrize(
    ("name", "code"), [("none.mp4", "file_missing"), ("../out.mp4", "file_outside"), ("words.mp4", "no_stream")]
)
async def test_file_that_cannot_be_shown_is_told_why(tmp_path, name, code):
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes/words.mp4").write_text("words, and no film")
    assert await told(tmp_path, Origin("file", name)) == ("refused", [code])


async def test_srt_port_that_is_taken_is_told(tmp_path):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("0.0.0.0", 0))
        origin = Origin("srt", str(taken.getsockname()[1]), KEYS["es"])
        assert await told(tmp_path, origin) == ("refused", ["port_taken"])


async def test_srt_sender_with_another_passphrase_is_told_and_the_port_stays_open(tmp_path):
    port = free_port(socket.SOCK_DGRAM)
    target = f"srt://127.0.0.1:{port}?mode=caller&pbkeylen=16&passphrase="
    async with media_process(tmp_path, Run(plan(es=Origin("srt", str(port), KEYS["es"])))) as process:
        async with sending(f"{target}{'x' * 32}", *BEEP, *AAC, form="mpegts"):
            await until(lambda: [each.code for each in process.source("es").advice] == ["wrong_key"])
        assert process.source("es").state == "waiting"
        async with sending(f"{target}{KEYS['es']}", *BEEP, *AAC, form="mpegts"):
            await until(lambda: process.source("es").state == "arriving")


async def test_srt_address_with_another_passphrase_is_told(tmp_path):
    port = free_port(socket.SOCK_DGRAM)
    listening = f"srt://127.0.0.1:{port}?mode=listener&pbkeylen=16&passphrase={'k' * 32}"
    async with sending(listening, *BEEP, *AAC, form="mpegts"):
        origin = Origin("pull", f"srt://127.0.0.1:{port}?mode=caller&pbkeylen=16&passphrase={'x' * 32}")
        assert await told(tmp_path, origin) == ("refused", ["key_refused"])


async def test_senders_without_the_key_and_beside_the_first_are_told(tmp_path):
    async with media_process(tmp_path) as process:
        async with sending(process.address("guess"), *BEEP, *AAC) as guessing:
            await within(guessing.wait())
        await until(lambda: process.source("es").advice)
        assert [(each.code, each.value) for each in process.source("es").advice] == [("wrong_key", "127.0.0.1")]
        async with sending(process.address("es"), *BEEP, *AAC), sending(process.address("es"), *BEEP, *AAC):
            await until(lambda: "second_sender" in [each.code for each in process.source("es").advice])


async def test_port_for_senders_that_is_taken_is_told_and_had_as_soon_as_it_is_free(tmp_path):
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    async with media_process(tmp_path, rtmp_port=port) as process:
        await until(lambda: process.source("es").advice == (Advice("no_port", str(port)),))
        assert process.rtmp_port == 0
        taken.close()
        await until(lambda: process.rtmp_port == port)
        async with sending(process.address("es"), *BEEP, *AAC):
            await until(lambda: process.source("es").sound and not process.source("es").advice)


async def test_cancellation_is_heard_when_data_come_in_the_same_turn():
    async def read_all():
        while await read_some(stream, 15):
            pass

    stream = asyncio.StreamReader()
    reading = asyncio.create_task(read_all())
    for _ in range(3):
        await asyncio.sleep(0)
    stream.feed_data(b"data")
    await asyncio.sleep(0)
    reading.cancel()
    for _ in range(5):
        await asyncio.sleep(0)
    assert reading.done()

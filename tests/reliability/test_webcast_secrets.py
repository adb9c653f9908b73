"""What a server with a webcast shows to others on its machine: no key, no token and no address, whoever knocks."""

import asyncio
import shutil
import socket
from pathlib import Path

import httpx
import pytest
from bench.meeting_file import programme

from intercommunity.rehearsal.publishing import publish
from media.senders import AAC, BEEP, sending
from media.senders import free_port as free_port_of
from serving import MEETING, Served, free_port, load
from waiting import WITHIN_S, until, within

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]
LINK_ONLY = MEETING.replace("rehearsal = true", 'rehearsal = true\nentrance = "link"')
PULLED = "address-that-is-pulled"
GUESS = "guess-\x1b[31m-of-a-key"


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An address that has nothing, in a bad way."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
    writer.close()


async def is_open(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return False
    writer.close()
    return True


def shown(server: Served) -> str:
    """Arguments of all its processes."""
    found = []
    for pid in server.processes():
        try:
            found.append(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(found)


async def test_keys_tokens_and_addresses_stand_in_no_log_and_in_no_arguments(tmp_path):
    pulled = await asyncio.start_server(answer, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{pulled.sockets[0].getsockname()[1]}/{PULLED}?token=of-the-address"
    rtmp_port, srt_port = free_port(), free_port_of(socket.SOCK_DGRAM)
    links = load(tmp_path / "data", LINK_ONLY + programme("rtmp", es=f"srt:{srt_port}", en=address))
    options = {"INTERCOMMUNITY_RTMP_PORT": str(rtmp_port), "INTERCOMMUNITY_PULL_FROM_INSIDE": "yes"}
    keys = {each["source"]: each["key"] for each in links.printed["streams"]}
    server, seen = Served(tmp_path / "data", options=options), ""
    rtmp, srt = f"rtmp://127.0.0.1:{rtmp_port}/live", f"srt://127.0.0.1:{srt_port}?mode=caller&pbkeylen=16&passphrase="
    try:
        await server.start()
        bearer = {"Authorization": f"Bearer {links['host']}"}
        async with httpx.AsyncClient(base_url=f"{server.url}/live/forum", timeout=WITHIN_S) as http:
            await until(lambda: is_open(rtmp_port))
            async with asyncio.timeout(WITHIN_S):
                while "source.invalid" not in seen:  # what is pulled is tried again and again, each time for a moment
                    seen += shown(server)
                    await asyncio.sleep(0.02)
            with pytest.raises(ConnectionRefusedError, match="the stream key is refused"):
                await publish(rtmp, GUESS, asyncio.StreamReader())
            async with sending(f"{srt}{'wrong' * 5}", *BEEP, *AAC, form="mpegts", seconds=3) as guessing:
                await within(guessing.wait())
                seen += shown(server)
            async with (
                sending(f"{rtmp}/{keys['floor']}", *BEEP, *AAC),
                sending(f"{srt}{keys['es']}", *BEEP, *AAC, form="mpegts"),
            ):
                async with asyncio.timeout(WITHIN_S):
                    while (await http.get("/hls/main.m3u8", headers=bearer)).status_code != httpx.codes.OK:
                        seen += shown(server)
                        await asyncio.sleep(0.1)
                answers = {}
                for token in ("", "guessed-token", links["host"]):
                    for path in ("/hls/main.m3u8", "/streams"):
                        answers[token, path] = (await http.get(path, params={"token": token})).status_code
                assert [answers[key] for key in answers if key[0] != links["host"]] == [403, 403, 403, 403]
                assert [answers[key] for key in answers if key[0] == links["host"]] == [200, 200]
                seen += shown(server)
        server.stop()
    finally:
        server.end_everything()
        pulled.close()
    said = server.errors()
    assert "A stream key that is not known came from 127.0.0.1" in said
    assert "Packaging forum" in said
    assert "srt,udp" in seen
    secrets = [
        *keys.values(),
        *links.tokens.values(),
        PULLED,
        "of-the-address",
        GUESS,
        "wrong" * 5,
        "guessed-token",
        "\x1b",
    ]
    assert [each for each in secrets if each in said] == []
    assert [each for each in secrets if each in seen] == []

"""An address that is pulled is a stranger's, and leads inside in every way that is known; real FFmpeg, real sockets.

127.0.0.2 stands for the internet here, 127.0.0.1 for the inside.
"""

import asyncio
import shutil
from pathlib import Path

import pytest

from intercommunity.media.arriving.guard import Forbidden, Guard
from intercommunity.media.arriving.pull import Pull
from intercommunity.wire.origin import Origin
from media.heard import Heard
from waiting import within

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]
OUTSIDE = "127.0.0.2"
HEAD = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n"


class Town(Guard):
    async def look_up(self, host: str, port: int) -> str:
        number = await Guard(private_too=True).look_up(host, port)
        if number != OUTSIDE:
            raise Forbidden("address_inside")
        return number


def redirect(to: str) -> str:
    return f"HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"


def page(body: str, kind: str = "application/vnd.apple.mpegurl") -> str:
    return f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n{body}"


def segment(uri: str) -> str:
    return page(f"{HEAD}#EXTINF:2,\n{uri}\n#EXT-X-ENDLIST\n")


def ways(inside: int) -> dict[str, str]:
    """What the stranger's server answers, by path; the port is that of a server inside."""
    there = f"127.0.0.1:{inside}/x.ts"
    names = {
        "plain": f"http://{there}",
        "name": f"http://localhost:{inside}/x.ts",
        "decimal": f"http://2130706433:{inside}/x.ts",
        "octal": f"http://0177.0.0.1:{inside}/x.ts",
        "short": f"http://127.1:{inside}/x.ts",
        "nothing": f"http://0.0.0.0:{inside}/x.ts",
        "mapped": f"http://[::ffff:127.0.0.1]:{inside}/x.ts",
        "as-if-outside": f"http://{OUTSIDE}@{there}",
        "tls": f"https://{there}",
        "tcp": f"tcp://{there}",
        "rtmp": f"rtmp://{there}",
        "concat": f"concat:http://{there}|http://{there}",
        "subfile": f"subfile,,start,0,end,99,,:http://{there}",
        "crypto": f"crypto+http://{there}",
        "cache": f"cache:http://{there}",
    }
    found = {f"/segment-{name}.m3u8": segment(uri) for name, uri in names.items()}
    found |= {f"/redirect-{name}": redirect(names[name]) for name in ("plain", "mapped", "tcp", "concat")}
    key = f'{HEAD}#EXT-X-KEY:METHOD=AES-128,URI="http://{there}"\n#EXTINF:2,\n/nothing.ts\n#EXT-X-ENDLIST\n'
    nested = f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://{there}.m3u8\n"
    sound = f'#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="http://{there}.m3u8"\n'
    sound += '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\n/segment-plain.m3u8\n'
    init = f'{HEAD}#EXT-X-MAP:URI="http://{there}"\n#EXTINF:2,\n/nothing.m4s\n#EXT-X-ENDLIST\n'
    list_of_files = f"ffconcat version 1.0\nfile 'http://{there}'\nfile 'tcp://{there}'\n"
    manifest = f'<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><BaseURL>http://{there}</BaseURL></MPD>'
    described = f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {inside} RTP/AVP 0\n"
    bodies = {"key": key, "nested": nested, "sound": sound, "init": init, "concat": list_of_files, "dash": manifest}
    found |= {f"/{name}.m3u8": page(body) for name, body in (bodies | {"sdp": described}).items()}
    return found


class Servers:
    """The stranger's, and one inside that must hear nothing."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.inside: list[bytes] = []
        self.answers: dict[str, str] = {}

    async def start(self) -> tuple[int, int]:
        inner = await asyncio.start_server(self._inside, "0.0.0.0", 0)
        outer = await asyncio.start_server(self._outside, OUTSIDE, 0)
        self._running = inner, outer
        inside, outside = (each.sockets[0].getsockname()[1] for each in self._running)
        self.answers = ways(inside)
        return inside, outside

    def close(self) -> None:
        for each in self._running:
            each.close()

    async def _inside(self, reader, writer):
        if writer.get_extra_info("sockname")[0] != OUTSIDE:
            self.inside.append(await reader.read(99))
        writer.close()

    async def _outside(self, reader, writer):
        path = (await reader.readline()).split(b" ")[1].decode()
        await reader.readuntil(b"\r\n\r\n")
        self.asked.add(path)
        writer.write(self.answers.get(path, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").encode())
        writer.close()


async def pulled(origin: Origin, folder: Path) -> Heard:
    """Once, to its end."""
    heard = Heard()
    pull = Pull("x", origin, heard, Town(), folder, picture=True)
    await within(pull._try_once())
    pull._door.close()
    return heard


async def test_no_playlist_redirection_or_name_leads_inside(tmp_path):
    servers = Servers()
    _, outside = await servers.start()
    some = asyncio.Semaphore(4)

    async def one(path: str) -> list[str]:
        async with some:
            return (await pulled(Origin("pull", f"http://{OUTSIDE}:{outside}{path}"), tmp_path)).said

    said = dict(zip(servers.answers, await asyncio.gather(*map(one, servers.answers)), strict=True))
    servers.close()
    assert servers.inside == []
    assert servers.asked >= set(servers.answers)
    assert {path: each for path, each in said.items() if "arrived" in each or not each} == {}


@pytest.mark.parametrize("scheme", ["rtmp", "srt"])
async def test_address_of_another_kind_that_leads_inside_is_refused(tmp_path, scheme):
    for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", f"{OUTSIDE}@127.0.0.1"):
        heard = await pulled(Origin("pull", f"{scheme}://{host}:9000/live/x"), tmp_path)
        assert (host, heard.said) == (host, ["address_inside"])


async def test_name_is_looked_up_once_and_connected_to_as_it_was_found():
    """A name that means something else a moment later (DNS rebinding) still leads where it was looked at."""

    class Changing(Town):
        asked = 0

        async def look_up(self, host, port):
            self.asked += 1
            return await super().look_up(OUTSIDE if self.asked == 1 else "127.0.0.1", port)

    guard = Changing()
    assert await guard.resolved("srt://changing.example:9000?mode=caller") == f"srt://{OUTSIDE}:9000?mode=caller"
    assert guard.asked == 1


@pytest.mark.parametrize(
    "leads_to", ["file:///etc/passwd", "concat:/etc/passwd", "/etc/passwd", "subfile,,:/etc/passwd"]
)
async def test_playlist_in_a_file_of_ours_leads_to_no_other_file(tmp_path, leads_to):
    (tmp_path / "list.m3u8").write_text(f"{HEAD}#EXTINF:2,\n{leads_to}\n#EXT-X-ENDLIST\n")
    (tmp_path / "list.ffconcat").write_text(f"ffconcat version 1.0\nfile '{leads_to}'\n")
    for name in ("list.m3u8", "list.ffconcat"):
        assert (await pulled(Origin("file", name), tmp_path)).said == ["no_stream"]

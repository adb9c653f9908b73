"""Packages over HTTP: the right types, ranges, caching, and nothing beside them."""

import httpx
import pytest

from intercommunity.media.files import HlsFiles


@pytest.fixture
def client(tmp_path):
    run = tmp_path / "media/forum/run/picture"
    run.mkdir(parents=True)
    (run / "1.m4s").write_bytes(b"0123456789")
    (run / "1.m4s.new").write_bytes(b"not yet")
    (tmp_path / "media/forum/main.m3u8").write_text("#EXTM3U\n")
    (tmp_path / "media/forum/run/package.jsonl").write_text("{}")
    (tmp_path / "secret.m3u8").write_text("secret")
    (tmp_path / "media/forum/link.m3u8").symlink_to(tmp_path / "secret.m3u8")
    files = HlsFiles(tmp_path / "media", lambda scope, slug: b"let-me-in" in scope["query_string"])
    return httpx.AsyncClient(transport=httpx.ASGITransport(files), base_url="http://x/live/forum/hls/")


async def test_playlist_is_looked_at_again_and_a_segment_never_changes(client):
    playlist, segment = await client.get("main.m3u8?token=let-me-in"), await client.get("run/picture/1.m4s")
    assert playlist.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert playlist.headers["cache-control"] == "public, max-age=1"
    assert segment.headers["content-type"] == "video/iso.segment"
    assert "immutable" in segment.headers["cache-control"]


async def test_part_of_a_segment_is_sent_alone(client):
    part = await client.get("run/picture/1.m4s", headers={"range": "bytes=2-4"})
    assert (part.status_code, part.content) == (206, b"234")


async def test_multivariant_playlist_is_for_those_who_may_enter(client):
    assert (await client.get("main.m3u8")).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["../../../secret.m3u8", "..%2f..%2f..%2fsecret.m3u8", "%2e%2e/%2e%2e/secret.m3u8", "link.m3u8",
     "run/package.jsonl", "run/picture/1.m4s.new", "run/picture/", "run//picture/1.m4s", "\0.m3u8", "C:\\x.m3u8"],
)  # fmt: skip
async def test_what_is_no_file_of_a_package_is_not_there(client, path):
    found = await client.get(f"http://x/live/forum/hls/{path}?token=let-me-in".replace("\0", "%00"))
    assert (found.status_code, b"secret" in found.content) == (404, False)


async def test_nothing_can_be_written(client):
    assert (await client.put("run/picture/1.m4s", content=b"x")).status_code == 405

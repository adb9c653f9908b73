"""Packages over HTTP: the right types, ranges, conditions, caching, and nothing beside them."""

import gzip
import os
from pathlib import Path

import httpx
import pytest

from intercommunity.media.serving.files import HlsFiles
from intercommunity.media.serving.held import COPIED_UP_TO

LARGE = bytes(range(256)) * (COPIED_UP_TO // 64)
LIST = b"#EXTM3U\n" + b"#EXTINF:2.00000,\n1.m4s\n" * 100


@pytest.fixture
def run(tmp_path) -> Path:
    run = tmp_path / "media/forum/run"
    (run / "picture").mkdir(parents=True)
    (run / "picture/1.m4s").write_bytes(b"0123456789")
    (run / "picture/2.m4s").write_bytes(LARGE)
    (run / "picture/1.m4s.new").write_bytes(b"not yet")
    (run / "picture/1.vtt").write_text("WEBVTT\n")
    (run / "picture/list.m3u8").write_bytes(LIST)
    (run / "picture/list-delta.m3u8").write_bytes(b"#EXTM3U\n#EXT-X-SKIP:SKIPPED-SEGMENTS=99\n")
    (run / "picture/hole.m4s").mkdir()
    os.mkfifo(run / "picture/pipe.m4s")
    (run.parent / "main.m3u8").write_text("#EXTM3U\n")
    (run / "package.jsonl").write_text("{}")
    (tmp_path / "secret.m3u8").write_text("secret")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/1.m4s").write_text("secret")
    (run.parent / "link.m3u8").symlink_to(tmp_path / "secret.m3u8")
    (run / "elsewhere").symlink_to(tmp_path / "secret")
    return run


@pytest.fixture
def client(run):
    files = HlsFiles(run.parent.parent, lambda scope, slug: b"let-me-in" in scope["query_string"])
    return httpx.AsyncClient(transport=httpx.ASGITransport(files), base_url="http://x/live/forum/hls/")


async def test_playlist_is_looked_at_again_and_a_segment_never_changes(client):
    playlist, segment = await client.get("main.m3u8?token=let-me-in"), await client.get("run/picture/1.m4s")
    captions = await client.get("run/picture/1.vtt")
    assert playlist.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert playlist.headers["cache-control"] == "public, max-age=1"
    assert segment.headers["content-type"] == "video/iso.segment"
    assert segment.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert captions.headers["cache-control"] == "public, max-age=2"
    assert {each.headers["access-control-allow-origin"] for each in (playlist, segment, captions)} == {"*"}


async def test_what_a_key_opened_is_in_no_shared_cache(client):
    playlist = await client.get("main.m3u8?token=let-me-in", headers={"authorization": "Bearer x"})
    assert playlist.headers["cache-control"] == "private, max-age=1"


@pytest.mark.parametrize("name", ["1.m4s", "2.m4s"])
async def test_part_of_a_segment_is_sent_alone(client, name):
    whole = (await client.get(f"run/picture/{name}")).content
    part = await client.get(f"run/picture/{name}", headers={"range": "bytes=2-"})
    assert (part.status_code, part.content) == (206, whole[2:])
    assert part.headers["content-range"] == f"bytes 2-{len(whole) - 1}/{len(whole)}"
    beyond = await client.get(f"run/picture/{name}", headers={"range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(whole)}")


async def test_large_segment_is_whole(client):
    assert (await client.get("run/picture/2.m4s")).content == LARGE


@pytest.mark.parametrize("name", ["run/picture/2.m4s", "run/picture/list.m3u8", "run/picture/1.vtt"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_head_says_what_get_would(client, name, encoding):
    headers = {"accept-encoding": encoding}
    head, get = [await client.request(method, name, headers=headers) for method in ("HEAD", "GET")]
    assert (head.status_code, head.headers, head.content) == (200, get.headers, b"")


@pytest.mark.parametrize("name", ["run/picture/2.m4s", "run/picture/list.m3u8", "run/picture/1.vtt"])
async def test_what_the_reader_has_is_not_sent_again(client, name):
    first = await client.get(name)
    again = await client.get(name, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {kept: again.headers[kept] for kept in ("etag", "cache-control")} == {
        kept: first.headers[kept] for kept in ("etag", "cache-control")
    }


async def test_playlist_is_compressed_for_who_can_read_that(client):
    plain = await client.get("run/picture/list.m3u8", headers={"accept-encoding": "gzip;q=0, br"})
    packed = await client.get("run/picture/list.m3u8", headers={"accept-encoding": "br, gzip;q=0.5"})
    assert plain.content == packed.content == LIST
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(gzip.compress(LIST, 5, mtime=0)) < len(LIST) // 10
    assert plain.headers["vary"] == packed.headers["vary"] == "accept-encoding"
    assert plain.headers["etag"] != packed.headers["etag"]


async def test_playlist_that_was_replaced_is_the_new_one_at_once(client, run):
    name = "run/picture/list.m3u8"
    before = await client.get(name)
    (run / "picture/new").write_bytes(LIST + b"#EXTINF:2.00000,\n2.m4s\n")
    (run / "picture/new").replace(run / "picture/list.m3u8")
    after = await client.get(name, headers={"if-none-match": before.headers["etag"]})
    assert (after.status_code, after.content) == (200, LIST + b"#EXTINF:2.00000,\n2.m4s\n")


async def test_reader_who_knows_the_beginning_gets_the_end_where_there_is_one(client, run):
    name = "run/picture/list.m3u8?_HLS_skip=YES"
    assert b"SKIPPED-SEGMENTS" in (await client.get(name)).content
    (run / "picture/list-delta.m3u8").unlink()
    assert (await client.get(name)).content == LIST


async def test_multivariant_playlist_is_for_those_who_may_enter(client):
    refused = await client.get("main.m3u8")
    assert (refused.status_code, refused.headers["cache-control"]) == (403, "no-store")


@pytest.mark.parametrize(
    "path",
    ["../../../secret.m3u8", "..%2f..%2f..%2fsecret.m3u8", "%2e%2e/%2e%2e/secret.m3u8", "link.m3u8",
     "%252e%252e/%252e%252e/secret.m3u8", "..%255c..%255csecret.m3u8", "run/elsewhere/1.m4s", "run/picture/hole.m4s",
     "run/picture/pipe.m4s", "run/package.jsonl", "run/picture/1.m4s.new", "run/picture/", "run//picture/1.m4s",
     "run/picture/1.m4s%00", "run/picture/1.m4s%0a", "run/picture/1.m4s/2.m4s", "\0.m3u8", "C:\\x.m3u8",
     "x" * 300 + ".m4s", "run/picture/%D9%A1.m4s"],
)  # fmt: skip
async def test_what_is_no_file_of_a_package_is_not_there(client, path):
    found = await client.get(f"http://x/live/forum/hls/{path}?token=let-me-in".replace("\0", "%00"))
    assert (found.status_code, b"secret" in found.content) == (404, False)
    assert found.headers["cache-control"] == "public, max-age=1"


async def test_nothing_can_be_written(client):
    assert (await client.put("run/picture/1.m4s", content=b"x")).status_code == 405


async def test_page_of_another_origin_may_ask_for_parts(client):
    allowed = await client.options("run/picture/1.m4s", headers={"access-control-request-headers": "range"})
    assert (allowed.status_code, allowed.headers["access-control-allow-headers"]) == (204, "range")


async def test_answer_that_many_get_is_made_once_and_not_for_who_asks_for_another(run):
    files = HlsFiles(run.parent.parent, lambda scope, slug: False)

    def answer(name: str, method: str = "GET", **headers: str):
        given = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
        path = f"/live/forum/hls/run/picture/{name}"
        return files.if_asked({"path": path, "method": method, "query_string": b"", "headers": given})

    common = answer("2.m4s")
    assert answer("2.m4s", accept_encoding="identity", user_agent="x") is common
    assert (common.status, common.part, common.body) == (200, range(len(LARGE)), b"")
    assert answer("list.m3u8", accept_encoding="gzip").body != answer("list.m3u8").body == LIST
    assert answer("2.m4s", range="bytes=2-4").part == range(2, 5)
    assert answer("2.m4s", "HEAD").file is None
    assert answer("2.m4s", if_none_match="*").status == 304
    assert b"cache-control: private" in answer("2.m4s", authorization="Bearer x").head
    assert answer("2.m4s") is common


async def test_what_is_no_file_of_a_webcast_is_asked_of_others(run):
    files = HlsFiles(run.parent.parent, lambda scope, slug: True)
    assert files.if_asked({"path": "/live/forum/stream"}) is None

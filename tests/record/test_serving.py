"""The record on the site: every file of it, to those who may see the meeting, and nothing beside it."""

from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse

from intercommunity.record.serving import RecordFiles, is_for_record
from intercommunity.record.write import write_record
from record.story import MADE_AT, told
from record.test_write import files_in

OPEN, CLOSED = "open", "closed"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for slug in (OPEN, CLOSED):
        write_record(told().meeting, "log", tmp_path / "records" / slug, MADE_AT, "0.9")
        (tmp_path / "records" / slug / "sound.m4a").write_bytes(bytes(range(200)))
    (tmp_path / "records" / "secret.html").write_text("SECRET")
    return tmp_path / "records"


@pytest.fixture
def site(folder: Path) -> httpx.AsyncClient:
    files = RecordFiles(
        folder, lambda slug, token: slug == OPEN or token == "good", PlainTextResponse("the office", 404)
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=files), base_url="http://site")


async def test_every_file_of_a_record_is_served_as_it_is(site, folder):
    for name, body in files_in(folder / OPEN).items():
        answer = await site.get(f"/{OPEN}/record/{name}")
        assert (answer.status_code, answer.content) == (200, body), name
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"].startswith("private")


async def test_folder_shows_its_first_page_and_is_asked_for_with_a_stroke(site, folder):
    assert (await site.get(f"/{OPEN}/record/")).text == (folder / OPEN / "index.html").read_text()
    assert (await site.get(f"/{OPEN}/record/es/")).text == (folder / OPEN / "es/index.html").read_text()
    assert (await site.get(f"/{OPEN}/record")).headers["location"] == f"/{OPEN}/record/"


async def test_part_of_a_file_is_served(site):
    answer = await site.get(f"/{OPEN}/record/sound.m4a", headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, bytes(range(10, 20)))
    assert answer.headers["content-range"] == "bytes 10-19/200"
    assert answer.headers["content-type"] == "audio/mp4"


async def test_file_that_did_not_change_is_not_sent_again(site):
    first = await site.get(f"/{OPEN}/record/style.css")
    again = await site.get(f"/{OPEN}/record/style.css", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["../secret.html", "..%2fsecret.html", "en/../../secret.html", "%2e%2e/secret.html", ".hidden", "nothing", "en//x"],
)
async def test_what_is_no_file_of_the_record_is_left_to_the_site(site, folder, path):
    (folder / OPEN / ".hidden").write_text("SECRET")
    answer = await site.get(f"/{OPEN}/record/{path}")
    assert (answer.status_code, answer.text) == (404, "the office")


async def test_link_out_of_the_record_leads_nowhere(site, folder):
    (folder / OPEN / "way-out.html").symlink_to(folder / "secret.html")
    assert (await site.get(f"/{OPEN}/record/way-out.html")).status_code == 404


async def test_who_needs_a_link_shows_its_token_once(site):
    address = f"/{CLOSED}/record/en/index.html"
    assert (await site.get(address)).text == "the office"
    refused = await site.post(f"/{CLOSED}/record/enter", headers={"Authorization": "Bearer bad"})
    assert (refused.status_code, dict(refused.cookies)) == (403, {})
    entered = await site.post(f"/{CLOSED}/record/enter", headers={"Authorization": "Bearer good"})
    assert entered.status_code == 204
    kept = entered.headers["set-cookie"].lower()
    assert {"httponly", "path=/closed/record/", "samesite=lax"} <= set(kept.split("; "))
    assert (await site.get(address)).status_code == 200
    site.cookies.set("record-closed", "withdrawn")
    site.cookies = {"record-closed": "withdrawn"}
    assert (await site.get(address)).text == "the office"


def test_only_a_records_addresses_are_its_own():
    paths = [
        "/forum/record/",
        "/forum/record",
        "/forum/record/en/x.html",
        "/forum/",
        "/",
        "/record/",
        "/forum/recorded/",
    ]
    assert [is_for_record(path) for path in paths] == [True, True, True, False, False, False, False]

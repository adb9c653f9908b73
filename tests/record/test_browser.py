"""The record in a real browser, opened from the disk as people open it."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, sync_playwright

from intercommunity.meeting.floor.commands import OpenSession
from intercommunity.record.write import write_record
from record.story import HOST, MADE_AT, MEETING, Story, told

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium here")]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, "--disable-component-update"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("browser") / "record"
    write_record(told().meeting, "log", out, MADE_AT, "0.9")
    return out


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_pages_fit_and_complain_of_nothing(browser: Browser, folder: Path, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    for path in sorted(folder.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", path
    assert said == []
    page.close()


def test_reader_finds_the_answer_by_keyboard_and_links(browser: Browser, folder: Path):
    page = browser.new_page(java_script_enabled=False)
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Questions", exact=True).press("Enter")
    page.get_by_role("link", name="The answer at 11:23").press("Enter")
    assert page.locator(":target .words").inner_text() == "Can you hear us in Lagos?"
    page.get_by_role("link", name="Español").press("Enter")
    assert "/es/sessions/02-water.html" in page.url
    page.close()


def test_arabic_stands_at_the_right(browser: Browser, tmp_path):
    story = Story(replace(MEETING, languages=("en", "ar"), title={"en": "Forum", "ar": "منتدى"}))
    story.wish(OpenSession("welcome"), HOST, 1)
    story.line("ar", "مرحبا بكم جميعا.", 1_000, 2_000)
    write_record(story.meeting, "log", tmp_path / "record", MADE_AT, "0.9")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((tmp_path / "record/ar/sessions/01-welcome.html").as_uri())
    column = page.locator(".words").bounding_box()
    words = page.locator(".words > span").bounding_box()
    assert words["x"] + words["width"] == pytest.approx(column["x"] + column["width"], abs=2)
    page.close()

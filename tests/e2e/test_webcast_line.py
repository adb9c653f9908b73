"""The line of somebody who watches becomes slow, breaks and returns: the player steps down and back, and says why."""

import re
import shutil

import pytest
from playwright.sync_api import CDPSession, Page, expect

from e2e.toned import Toned

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("ffmpeg"), reason="there is nothing to see"),
]

SOON_MS = 20_000
IN_A_WHILE_MS = 60_000
BITS_PER_BYTE = 8
MORE_THAN_IN_HAND_S = 6
BROKEN = "Failed to load resource|net::ERR"

PLACE = "(document.querySelector('.picture > video')?.currentTime ?? -1)"


@pytest.fixture(scope="module")
def toned(server) -> Toned:
    return Toned(server, "toned-line")


def playing(visit, toned: Toned) -> Page:
    page = visit(toned.page, bears=BROKEN)
    page.get_by_role("button", name="Webcast").click(timeout=SOON_MS)
    expect(page.get_by_role("button", name="Pause")).to_be_visible(timeout=SOON_MS)
    wait_until_past(page, 0)
    return page


def wait_until_past(page: Page, place: float, within_ms: int = SOON_MS) -> None:
    for _ in range(within_ms // 100):
        if page.evaluate(PLACE) > place:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"It stands at {page.evaluate(PLACE)}: {page.locator('.player .notice').inner_text()}")


def line_of(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return session


def narrow(line: CDPSession, kbit: int = 0, *, offline: bool = False) -> None:
    """0: as wide as it is."""
    rate = kbit * 1000 // BITS_PER_BYTE or -1
    conditions = {"offline": offline, "latency": 50, "downloadThroughput": rate, "uploadThroughput": rate}
    line.send("Network.emulateNetworkConditions", conditions)


def expect_mode(page: Page, mode: str) -> None:
    expect(page.locator(".player")).to_have_attribute("data-mode", mode, timeout=IN_A_WHILE_MS)


def test_sound_goes_on_at_64_kbit_and_the_picture_comes_back(visit, toned: Toned):
    page = playing(visit, toned)
    line = line_of(page)
    narrow(line, 64)
    notice = page.locator(".player .notice")
    expect(notice).to_have_text(re.compile("Waiting for the line"), timeout=SOON_MS)
    expect_mode(page, "sound")
    expect(notice).to_have_text(re.compile("too slow for the picture"), timeout=IN_A_WHILE_MS)
    place = page.evaluate(PLACE)
    wait_until_past(page, place + 10, within_ms=SOON_MS)
    expect_mode(page, "sound")
    narrow(line)
    expect_mode(page, "picture")
    wait_until_past(page, page.evaluate(PLACE) + 1)
    expect(notice).to_have_text("")


def test_words_go_on_at_16_kbit_and_the_sound_comes_back(visit, toned: Toned):
    page = playing(visit, toned)
    page.get_by_role("combobox", name=re.compile("^Show")).select_option("sound")
    expect_mode(page, "sound")
    wait_until_past(page, page.evaluate(PLACE) + 1)
    line = line_of(page)
    narrow(line, 16)
    expect_mode(page, "text")
    expect(page.locator(".player .notice")).to_have_text(re.compile("the words go on below"))
    toned.wish("captioner", "write_line", track="en", text="The bridge is open.", speaker="")
    expect(page.get_by_text("The bridge is open.").first).to_be_visible(timeout=SOON_MS)
    narrow(line)
    expect_mode(page, "sound")
    expect(page.get_by_role("button", name="Pause")).to_be_visible(timeout=SOON_MS)


def test_player_goes_on_at_its_place_after_ten_seconds_without_a_network(visit, toned: Toned):
    page = playing(visit, toned)
    line = line_of(page)
    narrow(line, offline=True)
    expect(page.locator(".player .notice")).to_have_text(re.compile("cannot be reached"), timeout=SOON_MS)
    page.wait_for_timeout(8_000)
    place = page.evaluate(PLACE)
    narrow(line)
    wait_until_past(page, place + 1)
    assert page.evaluate(PLACE) < place + 6
    expect(page.locator(".player .notice")).to_have_text("")
    expect_mode(page, "picture")


def test_player_goes_on_after_the_server_was_killed(visit, toned: Toned):
    page = playing(visit, toned)
    toned.server.kill()
    expect(page.locator(".player .notice")).to_have_text(re.compile("cannot be reached"), timeout=SOON_MS)
    place = page.evaluate(PLACE)
    toned.server.spawn()
    wait_until_past(page, place + MORE_THAN_IN_HAND_S, within_ms=IN_A_WHILE_MS)
    expect(page.locator(".player .notice")).not_to_have_text(re.compile("cannot be reached"))

"""The line of somebody who watches carries the smaller picture alone: the player takes that one, and says so."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.meeting_file import programme
from playwright.sync_api import Browser, Page, expect

from e2e.encoder import Encoder
from e2e.test_webcast_choices import wait_for
from e2e.test_webcast_line import BROKEN, IN_A_WHILE_MS, PLACE, SOON_MS, line_of, narrow, wait_until_past
from serving import MEETING, Served, free_port, load, text_at
from waiting import until_here

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("ffmpeg"), reason="there is nothing to see"),
]

WEBCAST = programme("rtmp", 'lower = "yes"\n')
UPPER, LOWER = 720, 360
BETWEEN_KBIT = 1_100
"""The larger picture is of some 2 Mbit/s, the smaller one of 400 kbit/s at most."""
SECONDS = 12

LINES = "(document.querySelector('.picture > video')?.videoHeight ?? 0)"
STOOD_STILL_AT_MOST_MS = 2_500
"""Less than a large segment takes on such a line, and room for a machine that has other things to do."""

NOTE_MODES = """() => {
  window.modes = []
  window.stoodStill = 0
  const video = document.querySelector('.picture > video')
  setInterval(() => {
    const { mode } = document.querySelector('.player').dataset
    if (mode !== modes.at(-1)) modes.push(mode)
    if (video.readyState < 3) stoodStill += 50
  }, 50)
}"""


def film(file: Path) -> None:
    """Its noise does not let itself be made small."""
    seen = f"testsrc=size=1280x720:rate=25:duration={SECONDS},noise=alls=12:allf=t"
    heard = f"sine=frequency=440:sample_rate=48000:duration={SECONDS}"
    coded = "-c:v libx264 -preset ultrafast -g 50 -bf 0 -pix_fmt yuv420p -b:v 2000k -maxrate 2200k -bufsize 1000k"
    inputs = ["-f", "lavfi", "-i", seen, "-f", "lavfi", "-i", heard]
    subprocess.run(["ffmpeg", "-v", "error", *inputs, *coded.split(), "-c:a", "aac", str(file)], check=True)


@pytest.fixture
def watched(tmp_path: Path, browser: Browser) -> Iterator[str]:
    """The address of a meeting with a webcast of two sizes. After the browser, whose loop runs in this thread."""
    rtmp_port = free_port()
    links = load(tmp_path / "data", MEETING + WEBCAST)
    server = Served(tmp_path / "data", options={"INTERCOMMUNITY_RTMP_PORT": str(rtmp_port)})
    film(tmp_path / "film.mp4")
    server.spawn()
    address = f"rtmp://127.0.0.1:{rtmp_port}/live/{links.keys['floor']}"
    encoder = Encoder(address, "-stream_loop -1 -i", str(tmp_path / "film.mp4"), "-c copy")
    try:
        until_here(lambda: "RESOLUTION=640x360" in text_at(f"{server.url}/live/forum/hls/main.m3u8"))
        yield f"{server.url}/forum/"
    finally:
        encoder.end()
        server.end_everything()


def playing(visit, address: str) -> Page:
    """With the larger picture, from the stage, for some segments."""
    page = visit(address, bears=BROKEN)
    page.get_by_role("button", name="Webcast").click(timeout=IN_A_WHILE_MS)
    wait_until_past(page, 0)
    wait_for_lines(page, UPPER)
    wait_until_past(page, page.evaluate(PLACE) + 6)
    return page


def wait_for_lines(page: Page, lines: int) -> None:
    wait_for(page, f"{LINES} === {lines}", within_ms=IN_A_WHILE_MS)


def test_smaller_picture_stands_in_on_a_line_that_carries_no_more_and_says_so(visit, watched: str):
    page = playing(visit, watched)
    line, notice = line_of(page), page.locator(".player .notice")
    page.evaluate(NOTE_MODES)
    narrow(line, BETWEEN_KBIT)
    place = page.evaluate(PLACE)
    wait_for_lines(page, LOWER)
    expect(notice).to_have_text(re.compile("picture is a smaller one"), timeout=SOON_MS)
    wait_until_past(page, place + 7)
    narrow(line)
    wait_for_lines(page, UPPER)
    expect(notice).to_have_text("", timeout=SOON_MS)
    assert page.evaluate("modes") == ["picture"]
    assert page.evaluate("stoodStill") < STOOD_STILL_AT_MOST_MS

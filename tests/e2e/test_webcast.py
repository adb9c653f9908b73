"""Somebody watches the webcast of a rehearsal: picture, sound and words on one clock, in a real browser."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from statistics import median

import httpx
import pytest
from playwright.sync_api import Page, expect

from serving import WITH_THE_TESTS, environment, free_port, text_at
from waiting import until_here

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("ffmpeg") and shutil.which("espeak-ng")), reason="there is nothing to speak"),
]

WITH_THE_SOUND_MS = 200
LINES = 3
WITHIN_MS = 40_000
SLUG = "spring-forum"
BEGINNING = 12
"""So many characters of a line tell it from the others, and stand in the first of its parts."""

NOTE_WORDS = """() => {
  const known = new Set()
  window.shown = []
  const look = () => {
    for (const { textContent } of document.querySelectorAll('.words p')) {
      if (!known.has(textContent)) shown.push([textContent, document.querySelector('video').currentTime])
      known.add(textContent)
    }
  }
  new MutationObserver(look).observe(document.querySelector('.screen'), { childList: true, subtree: true })
}"""


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo's server."""
    port = free_port()
    command = [*WITH_THE_TESTS, sys.executable, "-m", "intercommunity.cli", "demo", "--port", str(port), "--data"]
    command += [str(tmp_path_factory.mktemp("webcast") / "data")]
    rtmp = {"INTERCOMMUNITY_RTMP_PORT": str(free_port())}
    process = subprocess.Popen(command, env=environment() | rtmp, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)


def playing(visit, address: str) -> Page:
    until_here(lambda: text_at(f"{address}/live/{SLUG}/hls/main.m3u8"))
    page = visit(f"{address}/{SLUG}/", bears="Failed to load resource")
    page.get_by_role("button", name="Webcast").click(timeout=WITHIN_MS)
    expect(page.get_by_role("button", name="Pause")).to_be_visible(timeout=WITHIN_MS)
    page.evaluate(NOTE_WORDS)
    return page


def stretches(address: str) -> list[tuple[float, float]]:
    """Read from the playlist, apart from the player: place (s) and moment (ms UTC) of every segment of the picture."""
    folder = f"{address}/live/{SLUG}/hls/"
    main = httpx.get(f"{folder}main.m3u8").text
    found, place, moment = [], 0.0, 0.0
    picture = next(line for line in main.splitlines() if line.endswith("picture/list.m3u8"))
    for line in httpx.get(folder + picture).text.splitlines():
        name, _, value = line.partition(":")
        if name == "#EXT-X-PROGRAM-DATE-TIME":
            moment = datetime.fromisoformat(value).timestamp() * 1000
        elif name == "#EXTINF":
            found.append((place, moment))
            place += float(value.rstrip(","))
            moment += float(value.rstrip(",")) * 1000
    return found


def late_ms(page: Page, address: str) -> list[float]:
    """By how much each line that was shown since `NOTE_WORDS` came after its beginning was seen and heard."""
    known = stretches(address)
    lines = httpx.get(f"{address}/live/{SLUG}/captions/en", params={"most": "200"}).json()["lines"]
    starts = {line["text"][:BEGINNING]: line["start"] for line in lines}
    first = page.evaluate("document.querySelector('video').seekable.start(0)")
    found = []
    for text, place in page.evaluate("shown.splice(0)"):
        segment, moment = max(each for each in known if each[0] <= place - first)
        start = starts.get(text[:BEGINNING], 0)  # of a long line, the later parts begin with other words
        if start > known[0][1]:  # who was speaking when the webcast began is heard from the middle
            found.append(moment + (place - first - segment) * 1000 - start)
    return found


def test_words_come_with_the_sound_at_live_and_after_going_back(visit, rehearsal: str):
    page = playing(visit, rehearsal)
    page.wait_for_timeout(8_000)
    page.evaluate("shown.splice(0)")  # those that stood already when somebody came
    page.get_by_role("button", name="To the beginning").click()
    page.wait_for_timeout(14_000)
    late: list[float] = []
    until_here(lambda: late.extend(late_ms(page, rehearsal)) or len(late) >= LINES)
    page.locator("button.where").click()
    expect(page.get_by_role("button", name="Live", exact=True)).to_have_attribute("aria-pressed", "true")
    assert min(late) >= 0
    assert median(late) <= WITH_THE_SOUND_MS, late  # one may come late where the machine does


def test_viewer_turns_to_sound_alone_and_back(visit, rehearsal: str):
    page = playing(visit, rehearsal)
    width = "document.querySelector('video').videoWidth"
    page.get_by_role("combobox", name=re.compile("^Show")).select_option("sound")
    expect(page.locator(".player")).to_have_attribute("data-mode", "sound")
    expect(page.get_by_role("button", name="Picture in a window of its own")).to_have_count(0)
    page.get_by_role("combobox", name=re.compile("^Show")).select_option("picture")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    until_here(lambda: page.evaluate(width) > 0)

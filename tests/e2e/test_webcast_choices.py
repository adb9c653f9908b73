"""What somebody chooses to see and to hear, how they come to it with keys alone, and the webcast after its end."""

import re
import shutil

import pytest
from playwright.sync_api import Page, expect

from e2e.test_axe import violations
from e2e.test_keyboard import tab_to
from e2e.test_webcast_line import IN_A_WHILE_MS, PLACE, SOON_MS, expect_mode, playing, wait_until_past
from e2e.toned import FLOOR_HZ, SPANISH_HZ, Toned
from e2e.visiting import PHONE

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("ffmpeg"), reason="there is nothing to see"),
]

EAR = """([floor, spanish]) => {
  const context = new AudioContext()
  const ear = new AnalyserNode(context, { fftSize: 4096 })
  context.createMediaElementSource(document.querySelector('.picture > video')).connect(ear)
  const loudness = new Float32Array(ear.frequencyBinCount)
  const at = (hertz) => loudness[Math.round(hertz * ear.fftSize / context.sampleRate)]
  window.louder = () => {
    ear.getFloatFrequencyData(loudness)
    return at(floor) > at(spanish) + 20 ? floor : at(spanish) > at(floor) + 20 ? spanish : 0
  }
}"""
"""Which of the two tones is heard."""

SIGNING = ".picture .signing video"
IN_STEP = f"""() => {{
  const [stage, signing] = [document.querySelector('.picture > video'), document.querySelector('{SIGNING}')]
  return !!signing && signing.readyState > 2 && Math.abs(stage.currentTime - signing.currentTime) < 0.3
}}"""

PLACES = "[...document.querySelectorAll('.picture video')].map((each) => [each.currentTime, each.readyState])"

NO_MEDIA_SOURCE = "for (const name of ['MediaSource', 'ManagedMediaSource']) delete window[name]"
ITSELF = "document.createElement('video').canPlayType('application/vnd.apple.mpegurl')"


@pytest.fixture(scope="module")
def toned(server) -> Toned:
    return Toned(server, "toned-choices")


def choice(page: Page, name: str):
    return page.get_by_role("combobox", name=re.compile(f"^{name}"))


def wait_for(page: Page, condition: str, within_ms: int = SOON_MS) -> None:
    for _ in range(within_ms // 50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"not so: {condition} {page.evaluate(PLACES)}")


def test_other_language_is_heard_soon_at_the_same_place_and_is_remembered(visit, toned: Toned):
    page = playing(visit, toned)
    page.evaluate(EAR, [FLOOR_HZ, SPANISH_HZ])
    for mode in ("picture", "sound"):
        choice(page, "Show").select_option(mode)
        expect_mode(page, mode)
        wait_until_past(page, page.evaluate(PLACE) + 1)
        wait_for(page, f"louder() === {FLOOR_HZ}")
        for language, tone in (("es", SPANISH_HZ), ("mul", FLOOR_HZ)):
            began, place = page.evaluate(f"[performance.now() / 1000, {PLACE}]")
            choice(page, "Hear").select_option(language)
            wait_for(page, f"louder() === {tone}", within_ms=5_000)
            passed, moved = page.evaluate(f"[performance.now() / 1000 - {began}, {PLACE} - {place}]")
            assert abs(passed - moved) < 0.5
    choice(page, "Hear").select_option("es")
    page.reload()
    page.get_by_role("button", name="Webcast").click()
    expect(choice(page, "Hear")).to_have_value("es")
    expect(choice(page, "Show")).to_have_value("sound")


def test_sign_language_stands_beside_the_words_in_step_and_is_remembered(visit, toned: Toned):
    page = playing(visit, toned)
    choice(page, "Sign language").select_option("small")
    wait_for(page, IN_STEP)
    page.get_by_role("button", name="Ten seconds back").click()
    wait_for(page, IN_STEP)
    page.get_by_role("button", name="Sign language: larger").click()
    expect(choice(page, "Sign language")).to_have_value("large")
    toned.wish("captioner", "write_line", track="en", text="The bridge is open, and the river is low.", speaker="")
    words = page.locator(".picture .words p")
    page.get_by_label("Words at once").check()
    expect(words).to_be_visible()
    beside = "[words, signing] => words.getBoundingClientRect().right <= signing.getBoundingClientRect().left"
    assert page.evaluate(
        f"({beside})".replace("[words, signing]", "([words, signing])"),
        [words.element_handle(), page.locator(".signing").element_handle()],
    )
    page.reload()
    page.get_by_role("button", name="Webcast").click()
    wait_for(page, IN_STEP)


def test_player_by_keyboard_alone_from_the_page_to_the_whole_screen(visit, toned: Toned):
    page = visit(toned.page)
    play = page.get_by_role("button", name="Webcast")
    expect(play).to_be_visible(timeout=SOON_MS)
    tab_to(page, play)
    page.keyboard.press("Enter")
    wait_until_past(page, 0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Ten seconds back")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    wait_for(page, "document.fullscreenElement?.contains(document.querySelector('.words'))")
    page.keyboard.press("c")
    expect(page.locator(".words")).to_have_count(0)
    page.keyboard.press("c")
    expect(page.locator(".words")).to_have_count(1)
    page.keyboard.press("0")
    wait_for(page, f"{PLACE} < 6")
    page.keyboard.press("9")
    wait_for(page, "document.querySelector('button.where').ariaPressed === 'true'")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.keyboard.press("f")
    wait_for(page, "!document.fullscreenElement")
    tab_to(page, page.get_by_role("slider", name="Place in the webcast"))
    tab_to(page, choice(page, "Captions"))
    tab_to(page, page.get_by_label("Your question"))
    page.keyboard.type("k f c 0")
    expect(page.get_by_label("Your question")).to_have_value("k f c 0")
    assert not page.evaluate("!!document.fullscreenElement")


def test_axe_finds_nothing_while_it_plays(visit, toned: Toned):
    page = playing(visit, toned)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.locator(".wishes summary").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_browser_without_media_source_plays_by_itself(visit, toned: Toned):
    page = visit()
    page.add_init_script(NO_MEDIA_SOURCE)
    page.goto(toned.page)
    if not page.evaluate(ITSELF):
        pytest.skip("this browser plays no HLS itself")
    page.get_by_role("button", name="Webcast").click(timeout=SOON_MS)
    wait_until_past(page, 1, within_ms=IN_A_WHILE_MS)
    assert page.evaluate("[typeof Hls, document.querySelector('.picture > video').videoWidth]") == ["undefined", 320]
    choice(page, "Show").select_option("sound")
    choice(page, "Hear").select_option("es")
    wait_for(page, "document.querySelector('.picture > video').src.endsWith('/sound/es/list.m3u8')")
    wait_until_past(page, 1)


def test_whole_can_be_played_after_the_end(visit, toned: Toned):
    """The last one: it ends the meeting."""
    page = playing(visit, toned)
    toned.wish("host", "end_meeting")
    expect(page.locator(".player .notice")).to_have_text(re.compile("This was all of it"), timeout=2 * SOON_MS)
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for(page, f"{PLACE} > 0 && {PLACE} < 6")
    later = playing(visit, toned)
    expect(later.get_by_role("button", name="Live", exact=True)).to_have_count(0)

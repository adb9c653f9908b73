"""How pages stand on a phone and on a desk, in every language and at 400 %, and how they obey what a device asks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from e2e.forum import Forum, forum_on
from e2e.pages import PAGES, READY, WITH_CONTROLS, fill
from e2e.visiting import DESK, PHONE, ZOOMED, Visits

pytestmark = pytest.mark.e2e

LIGHT, DARK = 200, 80
"""Of 255."""

BEARS = "404 \\(Not Found\\)"

OVERFLOWING = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""

CLIPPED = """() => {
  const clips = (style) => ['hidden', 'clip'].includes(style.overflowX) || style.textOverflow === 'ellipsis'
  const unseen = (element) => element.closest('.unseen, [hidden], dialog:not([open])') || !element.checkVisibility()
  return [...document.querySelectorAll('body *')]
    .filter((element) => !unseen(element) && clips(getComputedStyle(element)))
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.innerText?.trim())
    .map((element) => `${element.tagName} ${element.className}: ${element.innerText.slice(0, 60)}`)
}"""

OUTSIDE = """() => {
  const scrolls = (element) => {
    for (let each = element.parentElement; each; each = each.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(each).overflowX)) return true
    return false
  }
  return [...document.querySelectorAll('button, a, input, select, textarea, h1, h2, h3, p, summary')]
    .filter((element) => element.checkVisibility() && !element.closest('.unseen, .skip') && !scrolls(element))
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width && (left < -1 || right > document.documentElement.clientWidth + 1)
    })
    .map((element) => `${element.tagName} ${element.className}: ${(element.innerText || '').slice(0, 60)}`)
}"""

SMALL_TARGETS = """() => {
  const inText = (element) =>
    element.matches('a, button.plain, summary') && getComputedStyle(element).display === 'inline'
  return [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
    .filter((element) => element.checkVisibility() && !element.closest('.unseen, .skip') && !inText(element))
    .map((element) => [element, (element.closest('label') ?? element).getBoundingClientRect()])
    .filter(([, { width, height }]) => width && (width < 23.5 || height < 23.5))
    .map(([element, { width, height }]) =>
      `${element.tagName} ${element.className} ${(element.innerText || '').slice(0, 30)} ${width}x${height}`)
}"""


@pytest.fixture(scope="module")
def full(server) -> Iterator[Forum]:
    with forum_on(server, languages=("en", "es", "ar")) as forum:
        fill(forum)
        yield forum


def opened(
    visit: Visits, forum: Forum, name: str, locale: str = "en", size: tuple[int, int] = DESK, **options: object
) -> Page:
    page = visit(PAGES[name](forum), size, locale, BEARS, **options)
    if name in READY:
        page.wait_for_selector(READY[name])
    return page


def resized(page: Page, size: tuple[int, int]) -> Page:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page


@pytest.mark.parametrize(
    ("name", "locale"), [*((name, locale) for name in PAGES for locale in ("en", "es")), ("watch", "ar")]
)
def test_page_fits_on_phone_desk_and_at_400_per_cent(visit, full, name, locale):
    page = opened(visit, full, name, locale)
    expected = "rtl" if locale == "ar" else "ltr"
    if name != "text":
        assert page.locator("html").get_attribute("dir") == expected
    for size in (DESK, PHONE, ZOOMED):
        resized(page, size)
        assert page.evaluate(OVERFLOWING) == 0, size
        assert page.evaluate(OUTSIDE) == [], size
        if not (name == "wall" and size == ZOOMED):
            assert page.evaluate(CLIPPED) == [], size
        assert page.evaluate(SMALL_TARGETS) == [], size


@pytest.mark.parametrize("part", ["Questions", "Agenda", "People"])
def test_every_part_of_the_watch_page_fits(visit, full, part):
    page = opened(visit, full, "watch")
    for size in (DESK, PHONE, ZOOMED):
        resized(page, size)
        page.get_by_role("button", name=part, exact=True).click()
        assert page.evaluate(OVERFLOWING) == 0, size
        assert page.evaluate(OUTSIDE) == [], size
        assert page.evaluate(SMALL_TARGETS) == [], size


@pytest.mark.parametrize("name", WITH_CONTROLS)
def test_page_obeys_the_colours_that_a_device_asks_for(visit, full, name):
    page = opened(visit, full, name)
    lightness = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        lightness[scheme] = page.evaluate(BRIGHTNESS)
    light, dark = lightness["light"], lightness["dark"]
    assert light["ground"] > LIGHT
    assert light["ink"] < DARK
    assert dark["ground"] < DARK
    assert dark["ink"] > LIGHT - 40


BRIGHTNESS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const bright = (colour) => {
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data
    return (red + green + blue) / 3
  }
  let ground = document.querySelector('main h1, main h2, main [id^=line-]')
  const ink = bright(getComputedStyle(ground).color)
  while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement
  return { ink, ground: bright(ground ? getComputedStyle(ground).backgroundColor : 'Canvas') }
}"""


@pytest.mark.parametrize("name", WITH_CONTROLS)
def test_pressed_buttons_can_be_told_apart_in_forced_colours(visit, full, name):
    page = opened(visit, full, name, forced_colors="active")
    pressed = page.eval_on_selector_all("button[aria-pressed=true], button[aria-current=true]", LOOKS)
    others = page.eval_on_selector_all("button[aria-pressed=false]", LOOKS)
    assert not set(pressed) & set(others)


LOOKS = """(all) => all.filter((each) => each.checkVisibility()).map((each) => {
  const style = getComputedStyle(each)
  return [style.backgroundColor, style.color, style.borderTopWidth, style.fontWeight, style.outlineStyle].join('|')
})"""


def test_nothing_moves_for_who_wants_less_motion(visit, full):
    page = opened(visit, full, "watch", reduced_motion="reduce")
    full.say("A new line.")
    page.wait_for_selector("text=A new line.")
    assert page.evaluate("document.getAnimations().filter((each) => each.playState === 'running').length") == 0
    durations = page.eval_on_selector_all(
        "body *", "(all) => all.map((one) => getComputedStyle(one).transitionDuration)"
    )
    assert set(durations) == {"0s"}

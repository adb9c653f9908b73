"""Somebody listens to the watch page with a screen reader; heard is what the live region is given."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from e2e.forum import Forum

pytestmark = pytest.mark.e2e

LISTEN = """() => {
  window.heard = []
  const region = [...document.querySelectorAll('main [aria-live=polite]')].at(-1)
  new MutationObserver(() => {
    const said = [...region.querySelectorAll('p')].map((each) => each.textContent)
    if (said.length) heard.push({ at: performance.now(), said })
  }).observe(region, { childList: true, subtree: true, characterData: true })
}"""

MS_A_WORD = 300


def listening(visit, forum: Forum) -> Page:
    forum.say("Before.")
    page = visit()
    page.clock.install()
    page.goto(forum.page())
    expect(page.get_by_text("Before.")).to_be_visible()
    page.evaluate(LISTEN)
    return page


def heard(page: Page) -> list[dict]:
    return list(page.evaluate("heard"))


def wait_until_heard(page: Page, text: str) -> None:
    """Lets the page's time run faster than ours."""
    for _ in range(200):
        if any(text in said for each in heard(page) for said in each["said"]):
            return
        page.clock.run_for(500)
    pytest.fail(f"{text} is not heard")


def test_listener_hears_whole_lines_and_no_drafts(visit, forum: Forum):
    page = listening(visit, forum)
    forum.wish("captioner", "draft", track="en", text="Good mor", speaker="ada")
    expect(page.get_by_text("Good mor")).to_be_visible()
    forum.say("Good morning, everybody.")
    wait_until_heard(page, "Good morning, everybody.")
    assert [each["said"] for each in heard(page)] == [["Good morning, everybody."]]


def test_listener_hears_a_burst_at_a_pace_that_can_be_spoken(visit, forum: Forum):
    page = listening(visit, forum)
    line = "Here are ten words of somebody who speaks too fast."
    for number in range(20):
        forum.say(f"Number {number}. {line}")
    expect(page.locator("[id^=line-]").get_by_text("Number 19.")).to_be_visible()
    wait_until_heard(page, "Number 19.")
    told = heard(page)
    assert any("left out" in said for each in told for said in each["said"])
    for before, after in pairwise(told):
        words = sum(len(said.split()) for said in before["said"] if "left out" not in said)
        assert after["at"] - before["at"] >= words * MS_A_WORD


def test_listener_hears_nothing_when_it_is_switched_off(visit, forum: Forum):
    page = listening(visit, forum)
    page.get_by_role("button", name="How you read").click()
    page.get_by_label("Tell a screen reader what is new").uncheck()
    page.get_by_role("button", name="Done").click()
    forum.say("Nobody is told this.")
    expect(page.locator("[id^=line-]").get_by_text("Nobody is told this.")).to_be_visible()
    page.clock.run_for(5_000)
    assert heard(page) == []


def test_live_region_is_whole_and_in_the_language_that_is_read(visit, forum: Forum):
    page = listening(visit, forum)
    region = page.locator("main [aria-live=polite][aria-atomic=true]")
    expect(region).to_have_attribute("lang", "en")
    page.get_by_role("button", name="español", exact=True).click()
    expect(region).to_have_attribute("lang", "es")

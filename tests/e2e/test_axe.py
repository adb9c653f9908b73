"""axe finds nothing on any page. It comes with the packages of the web client and never reaches a user."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from e2e.forum import Forum, forum_on
from e2e.pages import PAGES, READY, fill
from e2e.visiting import DESK, PHONE
from intercommunity.record.write import write_record
from record.story import MADE_AT, told

pytestmark = pytest.mark.e2e

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"

OF_A_RECORD = (
    "index.html",
    "en/index.html",
    "en/questions.html",
    "en/polls.html",
    "en/attendance.html",
    "en/files.html",
    "en/sessions/02-water.with-es.html",
)

RUN = """async () => {
  const { violations, passes } = await axe.run(document, { resultTypes: ['violations'], preload: false })
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, any }) => `${id}: ${target} ${html.slice(0, 120)} ${any.map((each) => each.message)}`))
  return { told, looked: passes.length }
}"""


@pytest.fixture(scope="module")
def full(server) -> Iterator[Forum]:
    with forum_on(server) as forum:
        fill(forum)
        yield forum


def violations(page: Page) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)
    assert found["looked"] > 5
    return list(found["told"])


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit, full, name):
    page = visit(PAGES[name](full), bears="404")
    if name in READY:
        page.wait_for_selector(READY[name])
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert violations(page) == []


@pytest.mark.parametrize("part", ["Agenda", "People"])
def test_axe_finds_nothing_in_the_parts_of_the_watch_page(visit, full, part):
    page = visit(full.page())
    page.get_by_role("button", name=part).click()
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark", "yellow"])
def test_axe_finds_nothing_in_settings_and_contrasts(visit, full, theme):
    page = visit(full.page())
    page.get_by_role("button", name="How you read").click()
    page.get_by_label("Contrast").select_option(theme)
    assert violations(page) == []
    page.get_by_role("button", name="Done").click()
    assert violations(page) == []


def test_axe_finds_nothing_where_a_person_says_who_they_are(visit, full):
    page = visit(full.page())
    page.get_by_label("Your question").fill("May I?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("dialog").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("form", ["Decline", "Merge"])
def test_axe_finds_nothing_in_the_forms_of_the_question_desk(visit, full, form):
    page = visit(full.page("questions", "moderator"))
    page.get_by_role("article").filter(has_text="Does this wait?").get_by_role("button", name=form, exact=True).click()
    assert violations(page) == []


def test_axe_finds_nothing_in_corrections_polls_and_confirmations(visit, full):
    desk = visit(full.page("captions", "captioner"))
    desk.wait_for_selector("textarea")
    desk.keyboard.press("ArrowUp")
    desk.get_by_role("group", name="Correct this line").wait_for()
    assert violations(desk) == []
    host = visit(full.page("host", "host"))
    host.get_by_role("button", name="New poll").click()
    host.get_by_text("All sessions").click()
    assert violations(host) == []
    host.get_by_role("button", name="End the meeting").click()
    assert violations(host) == []


def test_axe_finds_nothing_in_a_record(visit, tmp_path):
    write_record(told().meeting, "log", tmp_path / "record", MADE_AT, "0.9")
    page = visit(size=DESK)
    for name in OF_A_RECORD:
        page.goto((tmp_path / "record" / name).as_uri())
        assert violations(page) == [], name

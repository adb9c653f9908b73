"""The line drops, the server dies: the page says so calmly, and everything returns, complete and once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.cable import Cable, cable_to
from e2e.forum import Forum, forum_on
from e2e.visiting import PHONE
from serving import Served

pytestmark = pytest.mark.e2e

BROKEN_LINE = r"net::ERR_|TypeError: network error"
RETURNS_WITHIN_MS = 40_000


@pytest.fixture
def mortal(tmp_path, browser: Browser) -> Iterator[Served]:
    """A server of the story's own, which may be killed."""
    running = Served(tmp_path / "data")
    try:
        running.start_here()
        yield running
    finally:
        running.end_everything()


@pytest.fixture
def cable(server: Served) -> Iterator[Cable]:
    with cable_to(server.port) as cable:
        yield cable


def through(cable: Cable, address: str) -> str:
    return address.replace(f":{cable.server}", f":{cable.port}")


def texts(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("[id^=line-]").all_inner_texts()]


def interruption(page: Page):
    return page.get_by_role("status").filter(has_text="The line is interrupted")


@pytest.mark.parametrize("size", [PHONE, (1280, 800)])
def test_reader_without_a_line_is_told_so_and_gets_everything_afterwards(visit, cable, forum: Forum, size):
    page = visit(through(cable, forum.page()), size, bears=BROKEN_LINE)
    said = [forum.say(f"Line {number}.") for number in range(3)]
    expect(page.locator("[id^=line-]")).to_have_count(3)
    cable.cut()
    expect(interruption(page)).to_contain_text("Everything will return by itself.")
    said += [forum.say(f"Line {number}.") for number in range(3, 8)]
    forum.wish("captioner", "correct_line", line=said[0], track="en", text="Line nought.")
    cable.mend()
    expect(page.locator("[id^=line-]")).to_have_count(8, timeout=RETURNS_WITHIN_MS)
    expect(interruption(page)).to_have_count(0)
    expect(page.get_by_text("Line nought.").first).to_be_visible()
    assert [text.split()[1] for text in texts(page)] == ["nought.", *(f"{number}." for number in range(1, 8))]


def test_server_is_killed_and_everybody_returns_with_all_lines_once(visit, mortal: Served):
    with forum_on(mortal) as forum:
        watch = visit(forum.page(), bears=BROKEN_LINE)
        wall = visit(forum.page("wall"), bears=BROKEN_LINE)
        desk = visit(forum.page("captions", "captioner"), bears=BROKEN_LINE)
        host = visit(forum.page("host", "host"), bears=BROKEN_LINE)
        for number in range(5):
            forum.say(f"Before {number}.")
        expect(watch.locator("[id^=line-]")).to_have_count(5)
        expect(desk.get_by_role("textbox", name="The next line")).to_be_focused()
        mortal.kill()
        expect(interruption(watch)).to_be_visible()
        expect(wall.get_by_role("status").filter(has_text="it will return by itself")).to_be_visible()
        expect(host.get_by_text("trying again")).to_be_visible()
        expect(watch.get_by_text("Before 4.").first).to_be_visible()
        desk.keyboard.type("Typed while the server was away.")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("list", name="Lines that are on their way")).to_contain_text("Typed while")
        mortal.start_here()
        expect(watch.get_by_text("Typed while the server was away.").first).to_be_visible(timeout=RETURNS_WITHIN_MS)
        forum.say("After.")
        expect(watch.locator("[id^=line-]")).to_have_count(7)
        expect(interruption(watch)).to_have_count(0)
        expect(desk.get_by_role("list", name="Lines that are on their way")).to_have_count(0)
        expect(host.get_by_text("trying again")).to_have_count(0, timeout=RETURNS_WITHIN_MS)
        expect(wall.get_by_text("After.")).to_be_visible(timeout=RETURNS_WITHIN_MS)
        everything = [f"Before {number}." for number in range(5)] + ["Typed while the server was away.", "After."]
        assert texts(watch) == everything


def test_question_sent_without_a_line_is_asked_once_when_it_is_back(visit, cable, forum: Forum):
    page = visit(through(cable, forum.page()), bears=BROKEN_LINE)
    ask(page, "The first question?")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("listitem").filter(has_text="The first question?")).to_be_visible()
    cable.cut()
    ask(page, "The second question?")
    expect(interruption(page)).to_be_visible()
    cable.mend()
    own = page.get_by_role("listitem").filter(has_text="The second question?")
    refused = page.get_by_role("alert").filter(has_text="The server cannot be reached. What you wrote is kept here")
    expect(own.or_(refused)).to_be_visible(timeout=RETURNS_WITHIN_MS)
    if refused.is_visible():
        expect(page.get_by_label("Your question")).to_have_value("The second question?")
        page.get_by_role("button", name="Ask", exact=True).click()
    expect(own).to_be_visible(timeout=RETURNS_WITHIN_MS)
    asked = [view["text"] for topic, view in forum.now("moderator").items() if topic.startswith("questions/")]
    assert sorted(asked) == ["The first question?", "The second question?"]


def ask(page: Page, text: str) -> None:
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()


def test_room_without_a_line_reports_when_it_is_back(visit, cable, forum: Forum):
    node = visit(through(cable, forum.page("node", "node-kisumu")), bears=BROKEN_LINE)
    count = node.get_by_role("spinbutton", name="People in the room")
    count.fill("12")
    expect(node.get_by_role("status").filter(has_text="The host has this")).to_be_visible()
    cable.cut()
    expect(node.get_by_text("trying again")).to_be_visible()
    count.fill("40")
    cable.mend()
    expect(node.get_by_text("trying again")).to_have_count(0, timeout=RETURNS_WITHIN_MS)
    expect(count).to_have_value("40")
    expect(node.get_by_role("status").filter(has_text="The host has this")).to_be_visible(timeout=RETURNS_WITHIN_MS)
    assert forum.now("host")["nodes"]["reports"]["kisumu"]["people"] == 40

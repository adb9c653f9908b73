"""People who have no mouse: every journey by the keyboard alone, with the focus always to be seen."""

import pytest
from playwright.sync_api import ElementHandle, Locator, Page, expect

from e2e.forum import Forum
from e2e.pages import WITH_CONTROLS

pytestmark = pytest.mark.e2e

MOST_STOPS = 80

FOCUS = """(wanted) => {
  const element = document.activeElement
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  return {
    name: `${element.tagName} ${(element.getAttribute('aria-label') ?? element.innerText ?? '').trim().slice(0, 40)}`,
    isNowhere: element === document.body || element === document.documentElement,
    isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    isWanted: element === wanted,
    number: element.dataset.number,
  }
}"""


def next_stop(page: Page, wanted: ElementHandle | None = None, key: str = "Tab") -> dict:
    """Where the focus is after one press of the Tab key; it has to be seen there."""
    page.keyboard.press(key)
    stop = dict(page.evaluate(FOCUS, wanted))
    assert stop["isNowhere"] or stop["isSeen"], stop
    return stop


def tab_to(page: Page, target: Locator, *, back: bool = False) -> None:
    wanted = target.first.element_handle()
    for _ in range(MOST_STOPS):
        if next_stop(page, wanted, "Shift+Tab" if back else "Tab")["isWanted"]:
            return
    pytest.fail(f"the Tab key does not reach {target}")


def test_watch_page_by_keyboard_alone(visit, forum: Forum):
    forum.wish("host", "open_session", session="opening")
    for number in range(60):
        forum.say(f"Line {number} from the stage.")
    forum.say("Última línea.", "luis", track="es")
    other = forum.ask_and_approve("Is the bridge open?")
    page = visit(forum.page())
    expect(page.get_by_text("Line 59 from the stage.")).to_be_in_viewport()

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    spanish = page.get_by_role("button", name="español", exact=True)
    tab_to(page, spanish)
    page.keyboard.press("Space")
    expect(page.get_by_text("Última línea.")).to_be_visible()
    expect(page.get_by_role("button", name="Preguntas")).to_be_visible()
    expect(spanish).to_be_focused()
    tab_to(page, page.get_by_role("button", name="English", exact=True), back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Line 59 from the stage.")).to_be_visible()
    expect(page.get_by_role("button", name="Questions")).to_be_visible()

    for _ in range(3):
        page.keyboard.press("PageUp")
        page.wait_for_timeout(150)
    live = page.get_by_role("button", name="Back to live")
    tab_to(page, live)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Line 59 from the stage.")).to_be_in_viewport()

    tab_to(page, page.get_by_label("Your question"))
    page.keyboard.type("When is the next one?")
    tab_to(page, page.get_by_role("button", name="Ask", exact=True))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    tab_to(page, dialog.get_by_label("Name", exact=True))
    page.keyboard.type("Rosa")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("listitem").filter(has_text="When is the next one?")).to_be_visible()

    vote = page.get_by_role("button", name="Vote for this question")
    tab_to(page, vote)
    page.keyboard.press("Space")
    expect(vote).to_have_attribute("aria-pressed", "true")
    assert forum.now()[f"questions/{other}"]["votes"] == 1


def test_settings_open_and_close_by_keys_and_give_the_focus_back(visit, forum: Forum):
    page = visit(forum.page())
    looks = page.get_by_role("button", name="How you read")
    tab_to(page, looks)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(looks).to_be_focused()


LINKS = {"captions": "captioner", "questions": "moderator", "host": "host", "panel": "panellist", "node": "node-kisumu"}


@pytest.mark.parametrize("name", [name for name in WITH_CONTROLS if name in LINKS])
def test_every_control_of_a_desk_is_reached_and_left_by_the_tab_key(visit, forum: Forum, name):
    forum.say("A line.")
    forum.ask("Does this wait?")
    forum.ask_and_approve("Is the bridge open?")
    page = visit(forum.page(name, LINKS[name]))
    page.wait_for_selector("main select")
    if name in {"questions", "host"}:
        expect(page.get_by_text("Is the bridge open?")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    wanted = page.evaluate(MARK_CONTROLS)
    reached = set()
    reached = {next_stop(page)["number"] for _ in range(wanted + 30)}
    assert reached >= {str(number) for number in range(wanted)}


MARK_CONTROLS = """() => {
  const controls = [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
    .filter((each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0)
  controls.forEach((each, place) => { each.dataset.number = place })
  return controls.length
}"""


def test_host_desk_by_keyboard_alone(visit, forum: Forum):
    forum.ask_and_approve("Is the bridge open?")
    host = visit(forum.page("host", "host"))
    tab_to(host, host.get_by_role("button", name="Open “Opening”").first)
    host.keyboard.press("Enter")
    expect(host.get_by_role("button", name="Close the session")).to_be_visible()
    tab_to(host, host.get_by_role("button", name="Luis Arroyo"))
    host.keyboard.press("Space")
    expect(host.get_by_role("button", name="Luis Arroyo")).to_have_attribute("aria-pressed", "true")
    tab_to(host, host.get_by_role("button", name="On stage"))
    host.keyboard.press("Enter")
    expect(host.get_by_role("button", name="Answered")).to_be_visible()
    tab_to(host, host.get_by_role("button", name="Start the rehearsal over"))
    host.keyboard.press("Enter")
    expect(host.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    host.keyboard.press("Escape")
    expect(host.get_by_role("dialog")).to_have_count(0)
    expect(host.get_by_role("button", name="Start the rehearsal over")).to_be_focused()


def test_node_desk_by_keyboard_alone(visit, forum: Forum):
    node = visit(forum.page("node", "node-kisumu"))
    tab_to(node, node.get_by_role("spinbutton", name="People in the room"))
    node.keyboard.press("Control+A")
    node.keyboard.type("27")
    tab_to(node, node.get_by_label("Note for the host and the other rooms"))
    node.keyboard.type("All is well.")
    expect(node.get_by_role("status").filter(has_text="The host has this")).to_be_visible()
    report = forum.now("host")["nodes"]["reports"]["kisumu"]
    assert (report["people"], report["note"]) == (27, "All is well.")

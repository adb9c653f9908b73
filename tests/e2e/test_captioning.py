"""A captioner types at the desk, and the audience reads."""

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.forum import Forum

pytestmark = pytest.mark.e2e


def field(desk: Page) -> Locator:
    return desk.get_by_role("textbox", name="The next line; Enter sends it")


def open_desk(visit, forum: Forum) -> Page:
    desk = visit(forum.page("captions", "captioner"))
    expect(field(desk)).to_be_focused()
    return desk


def lines_of(audience: Page) -> Locator:
    return audience.locator("[id^=line-]")


def test_captioner_types_lines_with_one_key_for_each_speaker(visit, forum):
    desk, audience = open_desk(visit, forum), visit(forum.page())
    desk.keyboard.press("F1")
    desk.keyboard.type("Good morning, everybody.")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Alt+2")
    desk.keyboard.type("Buenos días.")
    desk.keyboard.press("Enter")
    desk.keyboard.press("F1")
    desk.keyboard.type("(applause)")
    desk.keyboard.press("Enter")
    expect(lines_of(audience)).to_contain_text(["Good morning, everybody.", "Buenos días.", "(applause)"])
    expect(audience.locator("h3 bdi:first-child")).to_have_text(["Ada Brook", "Luis Arroyo"])
    expect(desk.get_by_role("region", name="What the audience reads")).to_contain_text("Buenos días.")
    expect(field(desk)).to_be_focused()


def test_audience_sees_the_words_before_they_are_finished(visit, forum):
    desk, audience = open_desk(visit, forum), visit(forum.page())
    desk.keyboard.type("Good mor")
    expect(audience.locator(".draft")).to_contain_text("Good mor")
    expect(lines_of(audience)).to_have_count(0)
    desk.keyboard.type("ning.")
    desk.keyboard.press("Enter")
    expect(lines_of(audience)).to_contain_text(["Good morning."])
    expect(audience.locator(".draft")).to_have_count(0)
    views = forum.now()
    assert not [topic for topic in views if topic.startswith("draft/")]


def test_captioner_corrects_a_line_that_has_gone_out(visit, forum):
    desk, audience = open_desk(visit, forum), visit(forum.page())
    desk.keyboard.type("The rivver is high.")
    desk.keyboard.press("Enter")
    expect(lines_of(audience)).to_contain_text(["The rivver is high."])
    expect(desk.get_by_role("region", name="What the audience reads")).to_contain_text("The rivver")
    desk.keyboard.press("ArrowUp")
    correction = desk.get_by_role("textbox", name="Words; Enter saves, Escape leaves")
    expect(correction).to_be_focused()
    expect(correction).to_have_value("The rivver is high.")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("The river is high.")
    desk.keyboard.press("Enter")
    expect(lines_of(audience)).to_contain_text(["The river is high."])
    expect(audience.get_by_role("img", name="Corrected")).to_be_visible()
    expect(field(desk)).to_be_focused()


def test_captioner_takes_a_line_out(visit, forum):
    forum.say("Nobody said this.")
    desk, audience = open_desk(visit, forum), visit(forum.page())
    expect(lines_of(audience)).to_have_count(1)
    desk.get_by_role("button", name="Nobody said this.").click()
    desk.get_by_role("button", name="Take the line out").click()
    expect(lines_of(audience)).to_have_count(0)


def test_long_text_is_asked_about_and_pasted_as_lines(visit, forum):
    desk, audience = open_desk(visit, forum), visit(forum.page())
    text = " ".join(f"This is sentence {number} of a speech that was written beforehand." for number in range(1, 9))
    paste(desk, text)
    offer = desk.get_by_role("group", name="What was pasted")
    expect(offer).to_contain_text("Send them as lines of their own?")
    expect(lines_of(audience)).to_have_count(0)
    expect(desk.get_by_role("button", name="Send as lines")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(audience.get_by_text("This is sentence 8")).to_be_visible()
    assert " ".join(" ".join(lines_of(audience).all_inner_texts()).split()) == text
    expect(field(desk)).to_be_focused()


def test_short_text_is_pasted_into_the_field(visit, forum):
    desk = open_desk(visit, forum)
    desk.evaluate("document.activeElement.focus()")
    desk.keyboard.insert_text("A short one.")
    expect(field(desk)).to_have_value("A short one.")


def paste(desk: Page, text: str) -> None:
    field(desk).evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData('text/plain', text)
            field.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}))
        }""",
        text,
    )


def test_short_form_is_written_out_and_can_be_taken_back(visit, forum):
    desk = open_desk(visit, forum)
    desk.keyboard.type("Here is mr ")
    expect(field(desk)).to_have_value("Here is Mill Radio ")
    desk.keyboard.press("Backspace")
    expect(field(desk)).to_have_value("Here is mr ")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("This is mr")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="What the audience reads")).to_contain_text("This is Mill Radio")


def test_desk_shows_a_second_track_beside_the_own(visit, forum):
    forum.say("Buenos días.", "luis", track="es")
    desk = open_desk(visit, forum)
    desk.get_by_label("Beside it").select_option(label="Spanish")
    expect(desk.get_by_role("region", name="What the audience reads")).to_contain_text("Buenos días.")

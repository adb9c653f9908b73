"""Somebody reads along on the watch page."""

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.forum import Forum, forum_on
from e2e.pages import fill
from e2e.visiting import PHONE
from waiting import until_here

pytestmark = pytest.mark.e2e

READINGS = 450


def lines_of(page: Page) -> Locator:
    return page.get_by_role("region", name="What is being said").locator("[id^=line-]")


def read_out(forum: Forum, number: int = READINGS) -> None:
    """One line a sentence: reading 1 to `number`."""
    forum.post_transcript(
        "".join(f">> Reading {each} from the gauge at the mill is steady.\n" for each in range(1, number + 1))
    )


def top_of(page: Page, line: str) -> float:
    """Also where its element is just being made anew."""
    found: list[float] = []

    def is_there() -> bool:
        box = page.locator(f"[id='{line}']").bounding_box()
        found.extend([box["y"]] if box else [])
        return bool(box)

    until_here(is_there)
    return found[-1]


def readings(page: Page) -> list[int]:
    """The numbers that the page shows, from top to bottom."""
    texts = lines_of(page).all_inner_texts()
    return [int(text.split()[1]) for text in texts]


def scroll_to_top(page: Page) -> None:
    page.mouse.move(300, 500)
    page.mouse.wheel(0, -100_000)


def test_reader_sees_lines_as_they_are_written_and_who_said_them(visit, forum):
    page = visit(forum.page())
    forum.say("Good morning, everybody.")
    forum.say("The river is high.")
    forum.say("Buenos días desde el molino.", "luis")
    said = ["Good morning, everybody.", "The river is high.", "Buenos días desde el molino."]
    expect(lines_of(page)).to_have_text(said, use_inner_text=True)
    speakers = page.locator(".speaker")
    expect(speakers).to_have_count(2)
    expect(speakers.nth(0)).to_contain_text("Ada Brook")
    expect(speakers.nth(0)).to_contain_text("Mill Radio")
    expect(speakers.nth(1)).to_contain_text("Luis Arroyo")


def test_reader_sees_a_correction_in_its_place_and_what_was_taken_out_go(visit, forum):
    page = visit(forum.page())
    first, second = forum.say("The rivver is high."), forum.say("Nobody said this.")
    expect(lines_of(page)).to_have_count(2)
    forum.wish("captioner", "correct_line", line=first, track="en", text="The river is high.")
    forum.wish("captioner", "strike_line", line=second)
    expect(lines_of(page)).to_have_count(1)
    expect(lines_of(page)).to_contain_text("The river is high.")
    expect(lines_of(page).get_by_role("img", name="Corrected")).to_be_visible()


def test_newcomer_is_at_the_end_and_follows(visit, forum):
    read_out(forum, 60)
    page = visit(forum.page())
    expect(page.get_by_text("Reading 60 from")).to_be_in_viewport()
    forum.say("This is new.")
    expect(lines_of(page).filter(has_text="This is new.")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Back to live")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, (1280, 800)])
def test_reader_scrolls_back_to_the_beginning_and_returns_to_live(visit, forum, size):
    read_out(forum)
    page = visit(forum.page(), size)
    expect(page.get_by_text(f"Reading {READINGS} from")).to_be_in_viewport()
    back = page.get_by_role("button", name="Back to live")
    until_here(lambda: scroll_to_top(page) or page.get_by_text("Reading 1 from").count())
    expect(page.get_by_text("Reading 1 from")).to_have_count(1)
    shown = readings(page)
    assert shown == list(range(1, len(shown) + 1))

    forum.say("Reading 451 is new.")
    expect(back).to_contain_text("1 new line")
    back.click()
    expect(lines_of(page).filter(has_text="Reading 451 is new.")).to_be_in_viewport()
    expect(back).to_have_count(0)
    shown = readings(page)
    assert shown == list(range(shown[0], READINGS + 2))


def test_reader_stays_at_the_line_while_others_speak(visit, forum):
    read_out(forum, 80)
    page = visit(forum.page())
    expect(page.get_by_text("Reading 80 from")).to_be_in_viewport()
    page.mouse.move(300, 500)
    page.mouse.wheel(0, -900)
    expect(page.get_by_role("button", name="Back to live")).to_be_visible()
    line = first_in_view(page)
    before = top_of(page, line)
    for number in range(5):
        forum.say(f"Line {number} from the stage.")
    expect(page.get_by_role("button", name="Back to live")).to_contain_text("5 new lines")
    assert top_of(page, line) == pytest.approx(before, abs=2)


def first_in_view(page: Page) -> str:
    """The id of the first line that is wholly in sight."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('[id^=line-]')]
            .find((line) => line.getBoundingClientRect().top > 250)?.id"""
    )
    return str(found)


def test_reader_switches_language_without_losing_the_place(visit, server):
    with forum_on(server, translator="apertium") as forum:
        read_out(forum, 80)
        page = visit(forum.page(lang="es"))
        expect(page.locator("[id^=line-]", has_text="80")).to_be_in_viewport()
        page.get_by_role("button", name="English", exact=True).click()
        expect(page.get_by_text("Reading 80 from")).to_be_in_viewport()
        page.mouse.move(300, 500)
        page.mouse.wheel(0, -900)
        expect(
            page.get_by_role("button", name="Volver al directo").or_(page.get_by_role("button", name="Back to live"))
        ).to_be_visible()
        line = first_in_view(page)
        english, before = page.locator(f"[id='{line}']").inner_text(), top_of(page, line)
        page.get_by_role("button", name="español", exact=True).click()
        expect(page.locator(f"[id='{line}']")).not_to_have_text(english, use_inner_text=True)
        assert page.locator(".lines").get_attribute("lang") == "es"
        assert top_of(page, line) == pytest.approx(before, abs=12)
        page.get_by_role("button", name="English", exact=True).click()
        expect(page.locator(f"[id='{line}']")).to_have_text(english, use_inner_text=True)
        assert top_of(page, line) == pytest.approx(before, abs=12)


def test_reader_of_a_translation_opens_what_was_really_said(visit, server):
    with forum_on(server, translator="apertium") as forum:
        page = visit(forum.page(lang="es"), locale="es")
        forum.say("The water is cold.")
        line = page.locator("[id^=line-]")
        expect(line).to_contain_text("agua")
        line.get_by_role("button").click()
        expect(page.locator(".original")).to_have_text("The water is cold.")
        assert page.locator(".original").get_attribute("lang") == "en"
        line.get_by_role("button").click()
        expect(page.locator(".original")).to_have_count(0)


def test_settings_are_remembered(visit, forum):
    forum.say("The river is high.")
    page = visit(forum.page(), color_scheme="light")
    looks = page.get_by_role("button", name="How you read")
    size_before = words_style(page, "fontSize")
    looks.click()
    page.get_by_label("Size of the words").fill("6")
    page.get_by_label("Contrast").select_option(label="Yellow on black")
    page.get_by_label("A colour for each speaker").uncheck()
    page.get_by_role("button", name="Done").click()
    page.reload()
    expect(lines_of(page)).to_have_count(1)
    assert float(words_style(page, "fontSize").removesuffix("px")) > 1.5 * float(size_before.removesuffix("px"))
    assert words_style(page, "color") == "rgb(255, 233, 77)" or yellow(words_style(page, "color"))
    looks.click()
    expect(page.get_by_label("Size of the words")).to_have_value("6")
    expect(page.get_by_label("Contrast")).to_have_value("yellow")
    expect(page.get_by_label("A colour for each speaker")).not_to_be_checked()


def words_style(page: Page, name: str) -> str:
    return str(lines_of(page).first.evaluate(f"(line) => getComputedStyle(line).{name}"))


def yellow(colour: str) -> bool:
    red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
    return red > 200 and green > 180 and blue < 160


def test_speakers_have_colours_until_they_are_switched_off(visit, forum):
    forum.say("Hello.")
    forum.say("Hola.", "luis")
    page = visit(forum.page())
    colours = ".speaker", "(all) => all.map((each) => getComputedStyle(each).color)"
    expect(page.locator(".speaker")).to_have_count(2)
    ada, luis = page.eval_on_selector_all(*colours)
    assert ada != luis
    page.get_by_role("button", name="How you read").click()
    page.get_by_label("A colour for each speaker").uncheck()
    ada, luis = page.eval_on_selector_all(*colours)
    assert ada == luis


def test_reader_sees_agenda_now_and_next_and_who_is_here(visit, forum):
    forum.wish("host", "open_session", session="opening")
    forum.wish("node-kisumu", "report_node", node="kisumu", people=34)
    page = visit(forum.page())
    expect(page.get_by_role("main")).to_contain_text("Now: Opening")
    expect(page.get_by_role("main")).to_contain_text("Next: Water levels")
    page.get_by_role("button", name="Agenda").click()
    running = page.get_by_role("listitem").filter(has_text="Opening")
    expect(running).to_contain_text("Now")
    expect(running).to_contain_text("Ada Brook (Mill Radio)")
    expect(page.get_by_role("listitem").filter(has_text="Water levels")).to_contain_text("Next")
    page.get_by_role("button", name="People").click()
    kisumu = page.get_by_role("listitem").filter(has_text="Kisumu")
    expect(kisumu).to_contain_text("34 people")
    expect(page.get_by_role("region", name="What is being said")).to_contain_text("people")
    forum.wish("host", "open_session", session="water")
    expect(page.get_by_role("main")).to_contain_text("Now: Water levels")


def test_link_to_a_line_leads_there_however_long_ago_it_was_said(visit, forum):
    first = forum.say("This was said first.")
    read_out(forum)
    page = visit(forum.page() + f"#line-{first}")
    expect(page.get_by_text("This was said first.")).to_be_in_viewport()
    expect(page.locator(f"[id='line-{first}']")).to_be_focused()


@pytest.mark.parametrize("locale", ["en", "es"])
def test_newcomer_with_a_full_page_beside_the_words_is_at_the_end(visit, server, locale):
    """The page is drawn anew when the catalogue of the reader's language arrives."""
    with forum_on(server) as forum:
        fill(forum)
        page = visit(forum.page(), locale=locale)
        expect(page.get_by_text("(applause)")).to_be_in_viewport()
        page.wait_for_timeout(500)
        expect(page.get_by_text("(applause)")).to_be_in_viewport()

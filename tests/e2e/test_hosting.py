"""The host runs the meeting from one page, and the rooms report to it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.forum import Forum

pytestmark = pytest.mark.e2e


def panel(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def open_desk(visit, forum: Forum, **options: object) -> Page:
    page = visit(forum.page("host", "host"), **options)
    expect(panel(page, "Session")).to_be_visible()
    return page


def test_host_opens_and_closes_sessions_and_sees_the_time_left(visit, forum):
    host, audience = open_desk(visit, forum), visit(forum.page())
    host.get_by_role("button", name="Open “Opening”").first.click()
    expect(panel(host, "Session")).to_contain_text("19:5")
    expect(panel(host, "Session")).to_contain_text("left")
    expect(audience.get_by_text("Now: Opening").first).to_be_visible()
    host.get_by_role("button", name="Close the session").click()
    expect(panel(host, "Session")).to_contain_text("No session is open.")
    expect(audience.get_by_text("Now: Opening")).to_have_count(0)
    host.get_by_role("button", name="Open “Water levels”").first.click()
    expect(audience.get_by_text("Now: Water levels").first).to_be_visible()


def test_host_gives_the_floor_with_language_and_node(visit, forum):
    host = open_desk(visit, forum)
    floor = panel(host, "Floor")
    expect(floor).to_contain_text("Nobody has the floor.")
    floor.get_by_role("button", name="Luis Arroyo").click()
    expect(floor.get_by_text("Luis Arroyo · Quito · Spanish")).to_be_visible()
    floor.get_by_role("button", name="Kisumu").click()
    expect(floor.get_by_role("button", name="Kisumu")).to_have_attribute("aria-pressed", "true")
    floor.get_by_role("button", name="English").click()
    expect(floor.get_by_text("Luis Arroyo · Kisumu · English")).to_be_visible()
    node = visit(forum.page("node", "node-kisumu"))
    expect(node.get_by_role("main")).to_contain_text("Luis Arroyo")
    given = forum.now()["floor"]
    assert (given["speaker"], given["language"], given["node"]) == ("luis", "en", "kisumu")
    floor.get_by_role("button", name="Nobody").click()
    expect(floor).to_contain_text("Nobody has the floor.")


def test_two_quick_choices_for_the_floor_both_hold(visit, forum):
    floor = panel(open_desk(visit, forum), "Floor")
    floor.evaluate("""(panel) => {
      const press = (name) => [...panel.querySelectorAll('button')].find((each) => each.innerText === name).click()
      press('Luis Arroyo')
      press('Kisumu')
    }""")
    expect(floor.get_by_text("Luis Arroyo · Kisumu · Spanish")).to_be_visible()


def test_host_puts_a_question_on_stage_and_marks_it_answered(visit, forum):
    forum.ask_and_approve("Is the bridge open?")
    host, screen = open_desk(visit, forum), visit(forum.page("panel", "panellist"))
    panel(host, "Questions").get_by_role("button", name="On stage").click()
    expect(screen.get_by_role("heading", name="Is the bridge open?")).to_be_visible()
    panel(host, "Questions").get_by_role("button", name="Answered").click()
    expect(screen.get_by_text("No question is on stage.")).to_be_visible()


def test_host_opens_a_poll_watches_it_and_closes_it(visit, forum):
    host = open_desk(visit, forum)
    polls = panel(host, "Polls")
    polls.get_by_role("button", name="New poll").click()
    polls.get_by_label("Question, English").fill("Shall we meet again?")
    polls.get_by_label("Option 1, English").fill("Yes")
    expect(polls.get_by_role("button", name="Open the poll")).to_be_disabled()
    polls.get_by_label("Option 2, English").fill("No")
    expect(polls.get_by_text("Not everything is written in Spanish")).to_be_visible()
    polls.get_by_role("button", name="Open the poll").click()
    expect(polls.get_by_role("article")).to_contain_text("0 ballots")
    poll = next(view["id"] for topic, view in forum.now().items() if topic.startswith("polls/"))
    forum.newcomer()("cast_ballot", poll=poll, option=1)
    expect(polls.get_by_role("article")).to_contain_text("1 ballot")
    polls.get_by_role("button", name="Close the poll").click()
    expect(polls.get_by_role("article")).to_contain_text("certified")
    expect(polls.get_by_role("row").filter(has_text="No")).to_contain_text("100 %")


def test_host_sees_who_is_at_which_desk(visit, forum):
    host = open_desk(visit, forum)
    desks = panel(host, "Desks")
    expect(desks).to_contain_text("nobody connected")
    second = visit(forum.page("questions", "moderator-second"))
    expect(desks).to_contain_text("Second")
    second.context.close()
    expect(desks).not_to_contain_text("Second")


def test_room_reports_and_the_host_sees_it(visit, forum):
    host, node = open_desk(visit, forum), visit(forum.page("node", "node-kisumu"))
    count = node.get_by_role("spinbutton", name="People in the room")
    count.fill("41")
    node.get_by_role("button", name="One more").click()
    room = panel(host, "Nodes").get_by_role("listitem").filter(has_text="Kisumu")
    expect(room).to_contain_text("42 people")
    states = node.get_by_role("group", name="How the room is").get_by_role("button")
    states.filter(has_text="rouble").click()
    node.get_by_label("Note for the host and the other rooms").fill("The picture stands still.")
    expect(room).to_contain_text("The picture stands still.")
    expect(room).to_contain_text("rouble")
    expect(panel(host, "Nodes").get_by_role("listitem").filter(has_text="Quito")).to_contain_text("No report yet")
    node.reload()
    expect(count).to_have_value("42")


def test_host_starts_the_rehearsal_over_and_everybody_begins_anew(visit, forum):
    forum.say("Good morning, everybody.")
    forum.ask_and_approve("Is the bridge open?")
    host, audience = open_desk(visit, forum), visit(forum.page())
    expect(audience.locator("[id^=line-]")).to_have_count(1)
    host.get_by_role("button", name="Start the rehearsal over").click()
    dialog = host.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    dialog.get_by_role("button", name="Start the rehearsal over").click()
    expect(audience.locator("[id^=line-]")).to_have_count(0)
    expect(audience.get_by_text("Is the bridge open?")).to_have_count(0)
    forum.say("Again from the beginning.")
    expect(audience.locator("[id^=line-]")).to_contain_text(["Again from the beginning."])


def test_host_ends_the_meeting(visit, forum):
    host, audience = open_desk(visit, forum), visit(forum.page())
    host.get_by_role("button", name="End the meeting").click()
    host.get_by_role("dialog").get_by_role("button", name="End the meeting").click()
    expect(audience.get_by_text("The meeting ended at").first).to_be_visible()
    expect(host.get_by_text("The meeting is over.")).to_be_visible()


def test_wall_shows_two_languages_with_the_newest_words_at_the_bottom(visit, forum):
    wall = visit(forum.page("wall") + "?lang=en&lang=es")
    for number in range(40):
        forum.say(f"This is line {number} from the stage.")
    forum.say("Última línea.", "luis", track="es")
    english, spanish = wall.get_by_role("region", name="English"), wall.get_by_role("region", name="Spanish")
    expect(english.get_by_text("This is line 39 from the stage.")).to_be_in_viewport(ratio=1)
    expect(spanish.get_by_text("Última línea.")).to_be_in_viewport(ratio=1)
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert wall.get_by_role("button").count() == 0
    expect(wall.get_by_text("Ada Brook").last).to_be_attached()

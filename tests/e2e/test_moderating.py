"""The question moderator works at the desk, beside the audience and another moderator."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from e2e.forum import Forum

pytestmark = pytest.mark.e2e


def card(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text)


def pile(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def press(page: Page, text: str, action: str) -> None:
    card(page, text).get_by_role("button", name=action, exact=True).click()


def more(page: Page, text: str, action: str) -> None:
    card(page, text).get_by_text("More", exact=True).click()
    press(page, text, action)


def decline(page: Page, text: str, reason: str) -> None:
    press(page, text, "Decline")
    own = card(page, text).get_by_role("textbox", name="Another reason")
    own.fill(reason)
    own.press("Enter")


def open_desk(visit, forum: Forum, link: str = "moderator", **options: object) -> Page:
    page = visit(forum.page("questions", link), **options)
    expect(pile(page, "Waiting")).to_be_visible()
    return page


def questions(forum: Forum, language: str = "en") -> dict[str, dict]:
    """What the public sees of the questions, by text."""
    views = forum.now(language=language)
    return {view["text"]: view for topic, view in views.items() if topic.startswith("questions/")}


def test_moderator_sees_who_asks_from_where_in_which_language(visit, forum):
    forum.ask("¿Está abierto el puente?", "es", "Inés", "AR")
    desk = open_desk(visit, forum)
    for said in ("¿Está abierto el puente?", "Inés", "Argentina", "Spanish"):
        expect(card(desk, "¿Está abierto el puente?")).to_contain_text(said)


def test_approved_question_reaches_the_audience_and_one_that_waits_does_not(visit, forum):
    forum.ask("Is the bridge open?")
    forum.ask("Is this private?")
    desk, audience = open_desk(visit, forum), visit(forum.page())
    press(desk, "Is the bridge open?", "Approve")
    expect(audience.get_by_text("Is the bridge open?")).to_be_visible()
    expect(pile(desk, "Queue").get_by_role("article")).to_have_count(1)
    assert "Is this private?" not in questions(forum)


def test_declining_needs_a_reason_which_stands_with_the_question(visit, forum):
    forum.ask("What is the price of bread?")
    desk = open_desk(visit, forum)
    decline(desk, "What is the price of bread?", "Not about the river.")
    expect(card(desk, "What is the price of bread?")).to_contain_text("Reason: Not about the river.")
    assert questions(forum) == {}


def test_duplicates_across_languages_are_merged_and_nobody_counts_twice(visit, forum):
    english = forum.ask_and_approve("Is the bridge open?", "en", "Juma", "KE")
    spanish = forum.ask_and_approve("¿Está abierto el puente?", "es", "Inés", "AR")
    for voted in ([english], [spanish], [english, spanish]):
        voter = forum.newcomer()
        for question in voted:
            voter("vote_for", question=question)
    desk = open_desk(visit, forum)
    more(desk, "¿Está abierto el puente?", "Merge")
    form = card(desk, "¿Está abierto el puente?")
    form.get_by_role("searchbox").fill("bridge")
    form.get_by_role("button", name="Is the bridge open?").click()
    expect(pile(desk, "Queue").get_by_role("article")).to_have_count(1)
    audience = visit(forum.page())
    shown = audience.get_by_role("button", name="Vote for this question")
    expect(shown).to_have_count(1)
    both = questions(forum)["Is the bridge open?"]["votes"]
    assert both == len({"first voter", "second voter", "third voter"})


def test_moderator_corrects_the_translation_that_others_read(visit, forum):
    question = forum.ask_and_approve("¿Está abierto el puente?", "es", "Inés", "AR")
    forum.wish("moderator", "translate_question", question=question, language="en", text="It is open the bridge?")
    desk, audience = open_desk(visit, forum), visit(forum.page())
    expect(audience.get_by_text("It is open the bridge?")).to_be_visible()
    more(desk, "It is open the bridge?", "Correct the translation")
    words = desk.get_by_role("textbox", name="Translation")
    expect(words).to_have_value("It is open the bridge?")
    words.fill("Is the bridge open?")
    desk.get_by_role("button", name="Save").click()
    expect(audience.get_by_text("Is the bridge open?", exact=True)).to_be_visible()
    expect(audience.get_by_text("It is open the bridge?")).to_have_count(0)


def test_queue_is_put_in_order(visit, forum):
    for number in ("first", "second", "third"):
        forum.ask_and_approve(f"Is this the {number}?")
    desk = open_desk(visit, forum)
    queue = pile(desk, "Queue").get_by_role("article")
    expect(queue).to_have_count(3)
    press(desk, "Is this the third?", "Move up")
    expect(queue.nth(1)).to_contain_text("Is this the third?")
    more(desk, "Is this the second?", "To the top")
    expect(queue.nth(0)).to_contain_text("Is this the second?")
    audience = visit(forum.page())
    audience.get_by_label("Sorted by").select_option(label="Queue")
    expected = ["Is this the second?", "Is this the first?", "Is this the third?"]
    shown = audience.get_by_role("listitem").filter(has=audience.get_by_role("button", name="Vote for"))
    expect(shown).to_have_count(3)
    for place, text in enumerate(expected):
        expect(shown.nth(place)).to_contain_text(text)


def test_question_goes_on_stage_and_is_answered(visit, forum):
    forum.wish("host", "open_session", session="opening")
    question = forum.ask_and_approve("¿Está abierto el puente?", "es", "Inés", "AR")
    forum.wish("moderator", "translate_question", question=question, language="en", text="Is the bridge open?")
    desk = open_desk(visit, forum)
    spanish = visit(forum.page("panel", "panellist-ines"))
    english = visit(forum.page("panel"))
    press(desk, "Is the bridge open?", "On stage")
    large = english.get_by_role("heading", name="Is the bridge open?")
    expect(large).to_be_visible()
    expect(english.get_by_text("¿Está abierto el puente?")).to_be_visible()
    expect(english.get_by_text("Argentina")).to_be_visible()
    expect(spanish.get_by_role("heading", name="¿Está abierto el puente?")).to_be_visible()
    expect(spanish.get_by_text("Is the bridge open?")).to_have_count(0)
    assert float(large.evaluate("(title) => parseFloat(getComputedStyle(title).fontSize)")) >= 40
    press(desk, "Is the bridge open?", "Answered")
    expect(english.get_by_text("No question is on stage.")).to_be_visible()
    expect(pile(desk, "Answered").get_by_role("article")).to_have_count(1)


def test_moderator_answers_in_writing(visit, forum):
    forum.ask_and_approve("Is the bridge open?")
    desk, audience = open_desk(visit, forum), visit(forum.page())
    more(desk, "Is the bridge open?", "Answer in writing")
    desk.get_by_role("textbox", name="Answer").fill("From Monday on.")
    desk.get_by_role("button", name="Send the answer").click()
    expect(audience.get_by_text("From Monday on.")).to_be_visible()
    expect(pile(desk, "Answered")).to_contain_text("From Monday on.")


def test_second_of_two_moderators_is_told_what_the_first_decided_and_may_decide_again(visit, forum):
    question = forum.ask("Is the bridge open?")
    desk = open_desk(visit, forum, "moderator-second", bears="409")

    def somebody_is_faster(route: Route) -> None:
        forum.wish("moderator", "approve_question", question=question)
        route.continue_()

    desk.route("**/commands?*", somebody_is_faster, times=1)
    decline(desk, "Is the bridge open?", "Not about the river.")
    notice = desk.get_by_role("alert").filter(has_text="already")
    expect(notice).to_be_visible()
    assert questions(forum)["Is the bridge open?"]["status"] == "approved"
    notice.get_by_role("button", name="Decline it after all").click()
    expect(card(desk, "Is the bridge open?")).to_contain_text("Reason: Not about the river.")
    assert questions(forum) == {}


def test_moderator_sees_in_an_open_form_that_somebody_has_decided(visit, forum):
    question = forum.ask("Is the bridge open?")
    desk = open_desk(visit, forum)
    press(desk, "Is the bridge open?", "Decline")
    reason = card(desk, "Is the bridge open?").get_by_role("textbox", name="Another reason")
    forum.wish("moderator-second", "approve_question", question=question)
    expect(card(desk, "Is the bridge open?").get_by_role("alert")).to_contain_text("Second has decided meanwhile")
    expect(reason).to_be_visible()


def test_desk_works_by_keys_alone(visit, forum):
    forum.ask("What is the price of bread?")
    forum.ask("Is the bridge open?")
    desk = open_desk(visit, forum)
    waiting = pile(desk, "Waiting").get_by_role("article")
    expect(waiting).to_have_count(2)
    for _ in range(60):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.matches('article')"):
            break
    expect(waiting.first).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(waiting.nth(1)).to_be_focused()
    card(desk, "Is the bridge open?").focus()
    desk.keyboard.press("a")
    expect(pile(desk, "Queue").get_by_role("article")).to_have_count(1)
    card(desk, "Is the bridge open?").focus()
    desk.keyboard.press("s")
    expect(pile(desk, "On stage").get_by_role("article")).to_have_count(1)
    card(desk, "Is the bridge open?").focus()
    desk.keyboard.press("x")
    expect(pile(desk, "Answered").get_by_role("article")).to_have_count(1)
    card(desk, "What is the price of bread?").focus()
    desk.keyboard.press("d")
    expect(card(desk, "What is the price of bread?").get_by_role("button").first).to_be_focused()
    desk.keyboard.press("Escape")
    expect(card(desk, "What is the price of bread?")).to_be_focused()

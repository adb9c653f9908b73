"""Somebody asks, votes and takes part in polls on the watch page."""

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.visiting import PHONE

pytestmark = pytest.mark.e2e


def ask(page: Page, text: str) -> None:
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()


def introduce(page: Page, name: str, country: str = "Uruguay") -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Country").select_option(label=country)
    page.get_by_role("button", name="Continue").click()


def question_with(page: Page, text: str) -> Locator:
    """One's own stand first, and again among those that are answered."""
    return page.get_by_role("listitem").filter(has_text=text).first


def waiting(forum) -> list[dict]:
    views = forum.now("moderator")
    return [view for topic, view in views.items() if topic.startswith("questions/") and view["status"] == "waiting"]


@pytest.mark.parametrize("size", [PHONE, (1280, 800)])
def test_question_is_followed_from_asking_to_the_minute_of_its_answer(visit, forum, size):
    forum.wish("host", "open_session", session="opening")
    page = visit(forum.page(), size)
    page.get_by_role("button", name="Questions").click()
    ask(page, "When will the gauge be mended?")
    introduce(page, "Rosa")
    own = question_with(page, "When will the gauge be mended?")
    expect(own.locator(".state")).to_have_text("Waiting for the moderator")
    expect(page.get_by_role("status").filter(has_text="A moderator reads your question first.")).to_be_visible()
    question = waiting(forum)[0]
    assert (question["name"], question["country"]) == ("Rosa", "UY")

    forum.wish("moderator", "approve_question", question=question["id"])
    expect(own.locator(".state")).to_have_text("Approved: in the queue")
    forum.wish("moderator", "stage_question", question=question["id"])
    expect(own.locator(".state")).to_have_text("Being answered now")
    expect(page.get_by_role("region", name="The question on stage")).to_contain_text("When will the gauge be mended?")
    answer = forum.say("It will be mended in May.")
    forum.wish("moderator", "mark_answered", question=question["id"])
    expect(own.locator(".state")).to_have_text("Answered")
    for number in range(30):
        forum.say(f"We go on with something else, number {number}.")
    own.get_by_role("button", name="Read the answer").click()
    expect(page.locator(f"[id='line-{answer}']")).to_be_in_viewport()


def test_person_is_asked_only_once_who_they_are(visit, forum):
    page = visit(forum.page())
    ask(page, "The first question?")
    introduce(page, "Rosa")
    expect(question_with(page, "The first question?").locator(".state")).to_be_visible()
    ask(page, "The second question?")
    expect(question_with(page, "The second question?").locator(".state")).to_be_visible()
    page.reload()
    expect(question_with(page, "The first question?").locator(".state")).to_be_visible()
    ask(page, "The third question?")
    expect(question_with(page, "The third question?").locator(".state")).to_be_visible()
    assert {question["name"] for question in waiting(forum)} == {"Rosa"}
    assert len(waiting(forum)) == 3


def test_person_who_cancels_has_asked_nothing_and_keeps_their_words(visit, forum):
    page = visit(forum.page())
    ask(page, "Shall I?")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Your question")).to_have_value("Shall I?")
    assert waiting(forum) == []


def test_declined_question_tells_its_reason_to_the_person_alone(visit, forum):
    page, other = visit(forum.page()), visit(forum.page())
    ask(page, "What is the price of bread?")
    introduce(page, "Rosa")
    own = question_with(page, "What is the price of bread?")
    expect(own.locator(".state")).to_be_visible()
    forum.wish("moderator", "decline_question", question=waiting(forum)[0]["id"], reason="Not about the river.")
    expect(own.locator(".state")).to_have_text("Declined: Not about the river.")
    forum.ask_and_approve("Is the bridge open?")
    expect(question_with(other, "Is the bridge open?")).to_be_visible()
    expect(question_with(other, "What is the price of bread?")).to_have_count(0)


def test_answer_in_writing_stands_under_the_question(visit, forum):
    question = forum.ask_and_approve("Is the bridge open?")
    page = visit(forum.page())
    expect(question_with(page, "Is the bridge open?")).to_be_visible()
    forum.wish("moderator", "reply_to_question", question=question, text="From Monday on.", language="en")
    answered = question_with(page, "Is the bridge open?")
    expect(answered).to_contain_text("Answer in writing")
    expect(answered).to_contain_text("From Monday on.")


def test_vote_counts_once_and_can_be_taken_back(visit, forum):
    forum.ask_and_approve("Is the bridge open?", name="Juma", country="KE")
    page, other = visit(forum.page()), visit(forum.page())
    vote = question_with(page, "Is the bridge open?").get_by_role("button", name="Vote for this question")
    seen = question_with(other, "Is the bridge open?").get_by_role("button", name="Vote for this question")
    expect(seen).to_contain_text("(0 votes)")
    vote.click()
    introduce(page, "Rosa")
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(seen).to_contain_text("(1 vote)")
    expect(seen).to_have_attribute("aria-pressed", "false")
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "false")
    expect(seen).to_contain_text("(0 votes)")


def test_question_in_another_language_is_read_in_ones_own_with_the_original_one_tap_away(visit, forum):
    question = forum.ask_and_approve("¿Está abierto el puente?", "es", "Inés", "AR")
    forum.wish("moderator", "translate_question", question=question, language="en", text="Is the bridge open?")
    page = visit(forum.page())
    shown = question_with(page, "Is the bridge open?")
    expect(shown).to_contain_text("Inés · Argentina")
    expect(shown).to_contain_text("Translated from Spanish.")
    shown.get_by_role("button", name="Show the original").click()
    original = shown.locator(".original")
    expect(original).to_have_text("¿Está abierto el puente?")
    assert original.get_attribute("lang") == "es"


def test_ballot_is_cast_in_a_poll_and_the_result_shown_when_it_closes(visit, forum):
    page, other = visit(forum.page()), visit(forum.page())
    texts = {"en": "Shall we meet again?", "es": "¿Nos vemos otra vez?"}
    options = [{"en": "Yes", "es": "Sí"}, {"en": "No", "es": "No"}]
    poll = forum.wish("host", "open_poll", question=texts, options=options)["ids"][0]
    mine = page.get_by_role("group", name="Shall we meet again?")
    mine.get_by_label("No").check()
    introduce(page, "Rosa")
    expect(mine).to_contain_text("1 person has voted.")
    mine.get_by_label("Yes").check()
    expect(mine.get_by_label("Yes")).to_be_checked()
    other.get_by_role("button", name="Español").click()
    theirs = other.get_by_role("group", name="¿Nos vemos otra vez?")
    theirs.get_by_label("No").check()
    other.get_by_role("dialog").get_by_role("button").first.click()
    expect(mine).to_contain_text("2 people have voted.")
    forum.wish("host", "close_poll", poll=poll)
    expect(mine.locator(".count")).to_have_text(["1", "1"])
    expect(mine.get_by_label("Yes")).to_be_disabled()
    expect(mine.get_by_label("Yes")).to_be_checked()


def test_own_question_can_be_withdrawn(visit, forum):
    page = visit(forum.page())
    ask(page, "Never mind?")
    introduce(page, "Rosa")
    own = question_with(page, "Never mind?")
    own.get_by_role("button", name="Withdraw").click()
    expect(own.locator(".state")).to_have_text("Withdrawn")
    assert waiting(forum) == []


def test_person_who_is_blocked_is_told_why_nothing_happens(visit, forum):
    page = visit(forum.page(), bears="403")
    ask(page, "The first question?")
    introduce(page, "Rosa")
    expect(question_with(page, "The first question?").locator(".state")).to_be_visible()
    forum.wish("moderator", "block_person", person=waiting(forum)[0]["person"])
    ask(page, "The second question?")
    expect(page.get_by_role("alert").filter(has_text="You can read along, but no longer take part.")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("The second question?")

"""Links that are missing, wrong, withdrawn, expired or another's; meetings that are not; browsers without a script."""

import pytest
from playwright.sync_api import expect

from e2e.visiting import PHONE
from intercommunity.meeting.actor import Role

pytestmark = pytest.mark.e2e

DESKS = ["captions", "questions", "host", "node"]
REFUSED = "401|403"


@pytest.mark.parametrize("desk", DESKS)
def test_desk_without_a_link_says_what_to_do(visit, forum, desk):
    page = visit(forum.page(desk))
    expect(page.get_by_role("heading", name="This page opens with a personal link")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("ask the organiser for a new link")
    page.get_by_role("link", name="Watch the meeting instead").click()
    expect(page.get_by_label("Your question")).to_be_visible()


def test_desk_with_a_wrong_link_says_so(visit, forum):
    page = visit(forum.page("captions") + "#t=abcdefghijklmnopqrstuvwxyz", bears=REFUSED)
    expect(page.get_by_role("heading", name="This link does not open the meeting")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Open the whole link")


def test_link_that_is_withdrawn_closes_the_desk(visit, forum):
    page = visit(forum.page("questions", "moderator-second"), bears=REFUSED)
    expect(page.get_by_role("region", name="Waiting")).to_be_visible()
    forum.revoke("moderator-second")
    page.reload()
    expect(page.get_by_role("heading", name="Your link has been withdrawn")).to_be_visible()


def test_expired_link_says_so(visit, forum):
    forum.add_expired_link("old", Role.HOST)
    page = visit(forum.page("host", "old"), PHONE, bears=REFUSED)
    expect(page.get_by_role("heading", name="Your link has expired")).to_be_visible()


def test_link_of_another_role_leads_to_its_own_desk(visit, forum):
    page = visit(forum.page("host", "captioner"))
    expect(page.get_by_role("heading", name="Your link is for another page")).to_be_visible()
    page.get_by_role("link", name="Open the Caption desk").click()
    expect(page.get_by_role("textbox", name="The next line")).to_be_visible()


def test_link_is_not_left_in_the_address(visit, forum):
    page = visit(forum.page("host", "host"))
    expect(page.get_by_role("region", name="Session", exact=True)).to_be_visible()
    assert forum.tokens["host"] not in page.url
    page.reload()
    expect(page.get_by_role("region", name="Session", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "title"), [("en", "There is nothing at this address"), ("es", "No hay nada en esta dirección")]
)
@pytest.mark.parametrize("path", ["no-such-meeting/", "no-such-meeting/host/"])
def test_meeting_that_is_not_says_so_and_leads_home(visit, server, path, locale, title):
    page = visit(f"{server.url}/{path}", locale=locale, bears="404")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("main").get_by_role("link").first.click()
    assert page.url == f"{server.url}/"
    assert page.locator("html").get_attribute("lang") == locale


def test_reader_without_a_script_is_led_to_the_text_page(visit, forum):
    forum.say("Good morning, everybody.")
    page = visit(forum.page(), java_script_enabled=False)
    page.get_by_role("link", name="Read along on the text page").click(no_wait_after=True)
    expect(page.get_by_text("Good morning, everybody.")).to_be_visible()
    forum.say("The river is high.")
    expect(page.get_by_text("The river is high.")).to_be_visible()


def test_home_leads_into_the_meeting(visit, forum):
    page = visit(f"{forum.server.url}/")
    page.get_by_role("link", name="The river forum").last.click()
    expect(page.get_by_role("heading", name="The river forum")).to_be_visible()


def test_pages_stand_in_the_language_that_is_chosen(visit, forum):
    page = visit(forum.page())
    page.get_by_role("link", name="español").click()
    expect(page.get_by_role("heading", name="El foro del río")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "es"

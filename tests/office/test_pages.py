"""The pages of a meeting: frame, language, what the script is told, what is kept out."""

import json
import re

import pytest

from intercommunity.office.pages import PAGES, WATCH
from intercommunity.office.ports import MeetingCard

ADDRESS = {name: "/forum/" if name == WATCH else f"/forum/{name}/" for name in PAGES}


def embedded(page: str, name: str) -> object:
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")])
def test_page_stands_in_the_language_asked_for(browser, meetings, forum, name, language, direction):
    meetings.cards = [forum]
    answer = browser.get(ADDRESS[name], {"ui": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in answer.text
    assert embedded(answer.text, "catalogue")["language"] == language
    assert answer.headers["Content-Language"] == language


def test_page_tells_the_script_its_meeting(browser, meetings, forum):
    meetings.cards = [forum]
    assert embedded(browser.get("/forum/questions/").text, "config") == {
        "page": "questions",
        "slug": "forum",
        "titles": {"en": "The forum", "es": "El foro"},
        "languages": ["es", "en"],
    }


def test_page_has_one_script_and_one_style_and_nothing_inline(browser, meetings, forum):
    meetings.cards = [forum]
    page = browser.get("/forum/").text
    assert re.findall(r'<script src="([^"]*)" defer>', page) == ["/static/live/watch-0123456789ab.js"]
    assert re.findall(r'<link rel="stylesheet" href="([^"]*)">', page) == ["/static/live/watch-ba9876543210.css"]
    assert re.findall(r"<script(?! src=)[^>]*>", page) == [
        '<script id="config" type="application/json">',
        '<script id="catalogue" type="application/json">',
    ]
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_watch_page_offers_the_text_page_until_its_script_is_there(browser, meetings, forum):
    meetings.cards = [forum]
    offer = '<p class="late"><a href="/live/forum/text?lang=es">'
    assert offer in browser.get("/forum/", {"ui": "ar"}).text
    assert 'class="late"' not in browser.get("/forum/questions/").text


def test_page_without_script_leads_to_the_text_page_in_a_language_of_the_meeting(browser, meetings, forum):
    meetings.cards = [forum]
    for asked, given in (("en", "en"), ("ar", "es")):
        page = browser.get("/forum/", {"ui": asked}).text
        assert (
            f'<a href="/live/forum/text?lang={given}">' in page.partition("<noscript>")[2].partition("</noscript>")[0]
        )


def test_screens_have_no_masthead_and_desks_have_one(browser, meetings, forum):
    meetings.cards = [forum]
    with_masthead = {name for name in PAGES if 'class="masthead"' in browser.get(ADDRESS[name]).text}
    assert with_masthead == set(PAGES) - {"wall", "panel"}


def test_hostile_titles_stay_text(browser, meetings):
    hostile = "</title><script>alert(1)</script><!-- \u202e \" onload='x'"
    card = MeetingCard("forum", {"en": hostile}, 0, ["en"], "live")
    meetings.cards = [card]
    for address in ("/", "/forum/", "/forum/wall/"):
        page = browser.get(address).text
        assert "<script>" not in page
        assert "<!--" not in page
        assert "&lt;/title&gt;&lt;script&gt;" in page
    assert embedded(browser.get("/forum/").text, "config")["titles"] == {"en": hostile}


def test_unknown_meeting_and_unknown_page_are_not_found(browser, meetings, forum):
    meetings.cards = [forum]
    for address in ("/nowhere/", "/nowhere/host/", "/forum/nothing/", "/forum/watch/", "/catalogue/"):
        answer = browser.get(address, {"ui": "es"})
        assert answer.status_code == 404
        assert "No hay nada en esta dirección" in answer.text


def test_pages_are_only_read(browser, meetings, forum):
    meetings.cards = [forum]
    assert [browser.post(address).status_code for address in ("/", "/forum/", "/catalogue/es.json")] == [405] * 3
    assert browser.head("/forum/").content == b""


def test_title_falls_back_to_the_meetings_languages_then_to_any_then_to_the_slug():
    titles = {"fr": "Réunion", "es": "El foro"}
    assert MeetingCard("forum", titles, 0, ["es"], "over").title("en") == ("El foro", "es")
    assert MeetingCard("forum", titles, 0, ["en"], "over").title("en") == ("Réunion", "fr")
    assert MeetingCard("forum", {}, 0, ["en"], "over").title("en") == ("forum", "")

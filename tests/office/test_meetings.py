"""The front page: which meetings, in which order, which one in large."""

import re
from dataclasses import replace


def linked(page: str) -> list[str]:
    return re.findall(r'href="/([\w-]+)/"', page.partition("<main")[2])


def test_one_live_meeting_is_offered_in_large(browser, meetings, forum):
    meetings.cards = [forum]
    page = browser.get("/").text
    assert re.search(r'<h2 id="now"><bdi lang="en">The forum</bdi></h2>', page)
    assert linked(page) == ["forum"]


def test_two_live_meetings_stand_in_the_list(browser, meetings, forum):
    meetings.cards = [forum, replace(forum, slug="other", starts=forum.starts - 1)]
    page = browser.get("/").text
    assert 'id="now"' not in page
    assert linked(page) == ["other", "forum"]


def test_what_is_live_comes_first_then_what_comes_next_then_what_was_last(browser, meetings, forum):
    hour = 3_600_000
    meetings.cards = [
        replace(forum, slug="long-ago", state="over", starts=forum.starts - 2 * hour),
        replace(forum, slug="later", state="coming", starts=forum.starts + 2 * hour),
        replace(forum, slug="soon", state="coming", starts=forum.starts + hour),
        replace(forum, slug="lately", state="over", starts=forum.starts - hour),
        forum,
    ]
    assert linked(browser.get("/").text) == ["forum", "soon", "later", "lately", "long-ago"]


def test_a_start_is_told_in_utc_for_whom_no_script_tells_it_in_their_zone(browser, meetings, forum):
    meetings.cards = [replace(forum, state="coming")]
    page = browser.get("/", {"ui": "es"}).text
    assert '<time datetime="2026-01-01T12:00:00+00:00">1 de enero de 2026 a las 12:00 UTC</time>' in page


def test_no_meeting_is_said(browser):
    assert "There is no meeting here yet." in browser.get("/").text

"""What stands where a record would, before it is there or for whom it is not; and the way there from the front page."""

from dataclasses import replace


def test_record_of_a_meeting_that_goes_on_is_promised(browser, meetings, forum):
    meetings.cards = [forum]
    answer = browser.get("/forum/record/")
    assert answer.status_code == 404
    assert "will be here when the meeting has ended" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_record_that_is_being_made_is_waited_for(browser, meetings, forum):
    meetings.cards = [replace(forum, state="over")]
    page = browser.get("/forum/record/").text
    assert "is being made" in page
    assert '"recorded": false, "coming": true' in page


def test_who_may_not_see_the_record_is_told_how(browser, meetings, forum):
    meetings.cards = [replace(forum, state="over", recorded=True)]
    answer = browser.get("/forum/record/")
    assert answer.status_code == 403
    assert "Open your link to the meeting first" in answer.text
    assert browser.get("/forum/record/en/questions.html").status_code == 404


def test_meeting_that_is_not_there_has_no_record(browser, meetings):
    assert browser.get("/nowhere/record/").status_code == 404


def test_front_page_leads_to_the_records_that_are_there(browser, meetings, forum):
    over = replace(forum, state="over")
    meetings.cards = [replace(over, slug="one", recorded=True), replace(over, slug="other")]
    page = browser.get("/").text
    assert 'href="/one/record/"' in page
    assert 'href="/other/record/"' not in page

"""In which language the pages are read."""

import pytest
from django.test import Client


def language_of(answer) -> str:
    return answer.headers["Content-Language"]


@pytest.mark.parametrize(
    ("accepted", "given"),
    [("es-MX,en;q=0.5", "es"), ("ar", "ar"), ("fr,de", "en"), ("", "en"), ("\x00;q=;;", "en"), ("fr, es;q=0.3", "es")],
)
def test_language_is_the_browsers(browser, accepted, given):
    assert language_of(Client(headers={"Accept-Language": accepted}).get("/")) == given


def test_language_asked_for_wins_and_is_remembered(browser):
    assert language_of(browser.get("/", {"ui": "ar"})) == "ar"
    assert browser.cookies["ui"]["samesite"] == "Lax"
    assert language_of(browser.get("/")) == "ar"


@pytest.mark.parametrize("asked", ["fr", "../en", "", "<script>"])
def test_language_that_we_have_not_is_passed_over_and_not_remembered(browser, asked):
    assert language_of(browser.get("/", {"ui": asked})) == "en"
    assert "ui" not in browser.cookies


def test_language_is_told_to_caches(browser):
    vary = {name.strip() for name in browser.get("/").headers["Vary"].split(",")}
    assert vary >= {"Accept-Language", "Cookie"}

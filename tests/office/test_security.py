"""The headers that keep every answer to itself."""

import re

import pytest
from django.test import Client
from django.test.utils import override_settings

from intercommunity.wire.headers import SECURITY_HEADERS

ADDRESSES = ["/", "/forum/", "/nowhere/", "/catalogue/es.json", "/static/live/watch-0123456789ab.js", "/forum"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_the_headers(browser, meetings, forum, address):
    meetings.cards = [forum]
    headers = browser.get(address).headers
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_broken_page_has_the_headers_and_tells_nothing(browser, meetings):
    meetings.cards = None
    answer = browser.get("/", {"ui": "es"})
    assert answer.status_code == 500
    assert "Algo ha fallado" in answer.text
    assert "Traceback" not in answer.text
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_policy_lets_nothing_inline_run_and_nothing_in_from_elsewhere():
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert {source for sources in directives.values() for source in sources.split()} == {
        "'none'",
        "'self'",
        "data:",
        "blob:",
    }
    assert [name for name, sources in directives.items() if "blob:" in sources] == ["media-src"]
    assert [name for name, sources in directives.items() if "data:" in sources] == ["img-src"]


def test_https_is_insisted_on_only_where_the_operator_says_so(browser, built, meetings):
    assert "Strict-Transport-Security" not in browser.get("/").headers
    with override_settings(HTTPS_ONLY=True):
        insisting = Client().get("/")
    assert re.fullmatch(r"max-age=\d{8}", insisting.headers["Strict-Transport-Security"])

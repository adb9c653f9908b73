"""Catalogues as the web client reads them."""

import pytest
from babel import Locale

from intercommunity.office.web_catalogue import NUMBER_OF
from intercommunity.wire.catalogue import LANGUAGES, PLURAL_CATEGORIES, catalogue

SINGULAR, PLURAL = "{count} country", "{count} countries"


def test_catalogue_holds_what_is_translated_of_what_the_page_says(browser):
    answer = browser.get("/catalogue/es.json", {"page": "watch"})
    assert answer.json() == {
        "language": "es",
        "direction": "ltr",
        "categories": ["one", "other"],
        "messages": {
            "Watch": "Seguir la reunión",
            SINGULAR: [
                "{count} país",
                "{count} países",
            ],
        },
    }
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_catalogue_of_no_page_holds_what_all_pages_say(browser):
    assert sorted(browser.get("/catalogue/es.json").json()["messages"]) == ["Live now", "Watch", SINGULAR]


def test_catalogue_in_english_is_empty_because_the_script_has_it(browser):
    assert browser.get("/catalogue/en.json").json()["messages"] == {}


def test_catalogue_in_arabic_has_six_forms(browser):
    answer = browser.get("/catalogue/ar.json", {"page": "watch"}).json()
    assert answer["direction"] == "rtl"
    assert answer["categories"] == ["zero", "one", "two", "few", "many", "other"]
    assert len(answer["messages"][SINGULAR]) == 6


@pytest.mark.parametrize("address", ["/catalogue/fr.json", "/catalogue/es.json?page=nothing", "/catalogue/es"])
def test_unknown_catalogue_is_not_found(browser, address):
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_that_browsers_choose(language):
    """Every number takes the form that stands at its CLDR category; Spanish "many" has none and is the last."""
    categories = PLURAL_CATEGORIES[language]
    rule = Locale.parse(language).plural_form
    compiled = catalogue(language)
    samples = {category: compiled.ngettext(SINGULAR, PLURAL, NUMBER_OF[category]) for category in categories}
    for number in range(210):
        said = compiled.ngettext(SINGULAR, PLURAL, number)
        assert said == samples[rule(number)], number

"""How somebody reads in one language."""

import pytest
from markupsafe import Markup

from intercommunity.meeting.description import UNDESCRIBED
from intercommunity.record.reader import Reader, elapsed
from record.story import MEETING, SPANISH_IS_COMPILED, START

compiled = pytest.mark.skipif(not SPANISH_IS_COMPILED, reason="the catalogues are not compiled: make test does it")


@pytest.fixture
def english() -> Reader:
    return Reader("en", MEETING)


def test_reader_escapes_what_fills_a_sentence(english):
    said = english.tell("Original, in {language}:", language="<b>")
    assert said == "Original, in &lt;b&gt;:"
    assert isinstance(said, Markup)


def test_reader_counts_in_their_own_figures(english):
    assert english.tell_count("{count} line", "{count} lines", 4000) == "4,000 lines"


@compiled
def test_reader_is_told_in_their_language():
    assert Reader("es-MX", MEETING).tell("not answered") == "sin responder"


def test_reader_without_a_catalogue_gets_english_around_the_words():
    reader = Reader("mi", MEETING)
    assert (reader.interface, reader.direction) == ("en", "ltr")
    assert reader.phrase("Kia ora", "mi") == '<span lang="mi" dir="ltr">Kia ora</span>'


def test_phrase_marks_another_language_and_its_direction(english):
    assert english.phrase("a < b", "en") == "a &lt; b"
    assert english.phrase("سلام", "ar") == '<span lang="ar" dir="rtl">سلام</span>'


def test_words_fall_back_to_the_meetings_first_language():
    assert Reader("es", MEETING).words({"de": "Hallo", "en": "Hello"}) == ("Hello", "en")
    assert Reader("es", MEETING).words({"de": "Hallo", "en": " "}) == ("Hallo", "de")


def test_texts_without_words_are_empty():
    assert not Reader("mi", MEETING).texts({})


def test_percent_is_never_all_nor_nothing_where_it_is_neither(english):
    assert english.percent(999, 1000) == "99%"
    assert english.percent(1, 1000) == "1%"
    assert english.percent(0, 0) == "0%"
    assert english.percent(5, 5) == "100%"


def test_country_has_a_name_or_stays_what_it_is(english):
    assert english.country("CL") == "Chile"
    assert english.country("<x>") == "<x>"
    assert english.country("") == ""


def test_clock_is_that_of_the_hub(english):
    assert english.clock(START) == "11:13:20"
    assert english.place == "Valparaíso (America/Santiago)"


def test_clock_without_a_hub_is_utc():
    reader = Reader("en", UNDESCRIBED)
    assert (reader.clock(START), reader.place) == ("14:13:20", "UTC")


def test_elapsed_counts_hours_minutes_seconds():
    assert elapsed(3_725_999) == "1:02:05"

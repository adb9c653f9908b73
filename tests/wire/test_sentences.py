"""The sentences that people read for stable codes."""

import re
from pathlib import Path

import intercommunity
from intercommunity.wire.sentences import SENTENCES, sentence

SOURCES = Path(intercommunity.__file__).parent
REFUSED = re.compile(r'\bRefused\(\s*"(\w+)"(?: if [^"]* else "(\w+)")?')


def test_every_code_that_is_raised_has_a_sentence():
    raised = {
        code for path in SOURCES.rglob("*.py") for codes in REFUSED.findall(path.read_text()) for code in codes if code
    }
    assert len(raised) > 30
    assert sorted(raised - set(SENTENCES)) == []


def test_sentence_is_in_the_language_with_its_values():
    assert sentence("language_unknown", "en", language="fr") == "fr is not one of the meeting's languages."
    assert sentence("language_unknown", "es", language="fr") == "fr no es uno de los idiomas de la reunión."
    assert sentence("language_unknown", "es-MX", language="fr") == "fr no es uno de los idiomas de la reunión."


def test_sentence_is_english_where_there_is_no_catalogue():
    assert sentence("poll_closed", "fr") == "This poll is closed."


def test_sentence_leaves_values_as_they_are():
    assert sentence("node_unknown", "en", node="{link} %s <b>") == (
        "There is no room called {link} %s <b> in this meeting."
    )


def test_unknown_code_still_gets_a_sentence_that_names_it():
    assert "(never_heard_of)" in sentence("never_heard_of", "es")
    assert "Vuelva a cargar" in sentence("never_heard_of", "es")

import pytest

from intercommunity.languages.lexicon import lexicon


@pytest.mark.parametrize(
    ("lang", "has", "has_not"),
    [
        ("en", {"New Zealand", "French", "Sunday", "July", "Auckland", "Trinidad and Tobago"}, {"world", "World"}),
        ("es", {"Nueva Zelanda", "Latinoamérica", "Nueva York"}, {"Español", "Lunes", "Julio", "Mundo"}),
        ("fr", {"Nouvelle-Zélande", "Royaume-Uni"}, {"Français", "Lundi"}),
    ],
)
def test_lexicon_has_what_the_language_writes_with_capitals(lang, has, has_not):
    proper = set(lexicon(lang).proper)
    assert has - proper == set()
    assert proper & has_not == set()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_lexicon_of_the_projects_own_has_no_capitals_where_it_says_small(lang):
    found = lexicon(lang)
    assert {word for word in found.ordinary if word != word.lower()} == set()
    assert {written for written in found.proper if written != written.strip() or written == written.lower()} == set()


def test_lexicon_serves_regional_tags():
    assert lexicon("es-MX") == lexicon("es")


@pytest.mark.parametrize("lang", ["tlh", "../en", "", "x-klingon", "__init__"])
def test_lexicon_of_an_unknown_language_is_empty(lang):
    assert lexicon(lang).proper == ()

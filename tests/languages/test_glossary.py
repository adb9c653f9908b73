import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.languages.glossary import Glossary, Term

GLOSSARY = Glossary(
    [
        Term({"en": "Harbour Society", "es": "la Sociedad del Puerto"}, "name"),
        Term({"en": "Harbour Society Fund"}, "name"),
        Term({"en": "Tide Forum"}, "name"),
        Term({"en": "Aho"}, "name"),
        Term({"en": "ISP"}, "acronym"),
        Term({"en": "WHO", "es": "OMS"}, "acronym"),
        Term({"en": "root server", "es": "servidor raíz"}),
        Term({"en": "exchange point", "es": "punto de intercambio"}),
        Term({"en": "policy", "es": "política"}),
        Term({"en": "reef"}),
    ]
)
PIECES = st.one_of(
    st.sampled_from(
        ["Harbour Society", "harbour society", "ISPs", "ISP", "WHO", "who", "policies", "root servers", "reef", "Xqbbz"]
    ),
    st.sampled_from(
        ["https://a.example/b?c=d", "ana@example.org", "#forum", "Netscape", "[", "^", "\\", "(?i", "\0", " ", "'s"]
    ),
    st.text(max_size=5),
)
HOSTILE = st.lists(PIECES).map(" ".join) | st.lists(PIECES).map("".join) | st.text()
MARKS = ("Netscape", "Siemens")


@given(HOSTILE)
def test_protected_text_untouched_by_the_engine_is_the_text(text):
    plain = Glossary([Term({"en": form}, "name") for form in ("Harbour", "ISP", "WHO", "(?i", "^", "\\")])
    assert plain.protect(text, "en", "en", MARKS).restore(plain.protect(text, "en", "en", MARKS).text) == text


@given(HOSTILE)
def test_every_mark_comes_back_once_whatever_the_text_contains(text):
    protected = GLOSSARY.protect(text, "en", "es", MARKS)
    restored = protected.restore(protected.text)
    assert restored is not None
    assert all(kept.mark not in restored or kept.mark in text for kept in protected.kept)
    assert all(protected.text.count(kept.mark) == 1 for kept in protected.kept)


@given(HOSTILE.filter(lambda text: GLOSSARY.protect(text, "en", "es").kept), st.data())
def test_a_mark_that_is_lost_or_doubled_is_noticed(text, data):
    protected = GLOSSARY.protect(text, "en", "es")
    mark = data.draw(st.sampled_from(protected.kept)).mark
    assert protected.restore(protected.text.replace(mark, "")) is None
    assert protected.restore(protected.text.replace(mark, f"{mark} {mark}")) is None


def _through(text: str, target: str = "es") -> str | None:
    protected = GLOSSARY.protect(text, "en", target)
    return protected.restore(protected.text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Tide Forum", "Tide Forum"),
        ("TIDE FORUM", "Tide Forum"),
        ("tide forum", "Tide Forum"),
        ("Aho, aho, AHO", "Aho, aho, Aho"),
        ("Tide  Forum", "Tide Forum"),
        ("Tide Forums", "Tide Forums"),
        ("Harbour Society Fund", "Harbour Society Fund"),
        ("two ISPs, one ISP", "two ISP, one ISP"),
        ("the WHO, who", "the OMS, who"),
        ("root servers", "servidores raíces"),
        ("Root server", "Servidor raíz"),
        ("exchange points", "puntos de intercambio"),
        ("policies", "políticas"),
        ("reefs", "reefs"),
        ("reefsand", "reefsand"),
        ("see https://a.example/reef.", "see https://a.example/reef."),
    ],
)
def test_entries_take_their_form_in_the_target_language(text, kept):
    assert _through(text) == kept


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("del Harbour Society", "de la Sociedad del Puerto"),
        ("Al Harbour Society", "A la Sociedad del Puerto"),
        ("El Harbour Society", "La Sociedad del Puerto"),
        ("un policy, el policies", "una política, las políticas"),
        ("el root servers de el root server", "los servidores raíces del servidor raíz"),
        ("Harbour Society", "Sociedad del Puerto"),
        ("el Tide Forum", "el Tide Forum"),
    ],
)
def test_spanish_articles_agree_with_the_form(text, agreed):
    assert _through(text) == agreed


def test_marks_of_the_engine_are_used_first_and_only_when_the_text_lacks_them():
    protected = GLOSSARY.protect("Netscape, ISP, WHO, reef", "en", "es", MARKS)
    assert protected.text == "Netscape, Siemens, Xqbbz, Xqbcz"


def test_marks_do_not_occur_in_the_text():
    protected = GLOSSARY.protect("xqb says Xqbbz to the ISP", "en", "es")
    assert protected.text == "xqb says Xqbbz to the Xqcbz"


def test_marks_are_found_again_whatever_their_case():
    protected = GLOSSARY.protect("the ISP", "en", "es")
    assert protected.restore(protected.text.upper()) == "THE ISP"


def test_names_are_what_is_written_with_capitals():
    assert GLOSSARY.names("es") == [
        "la Sociedad del Puerto",
        "Harbour Society Fund",
        "Tide Forum",
        "Aho",
        "ISP",
        "OMS",
    ]


def test_glossary_without_entries_keeps_addresses():
    protected = Glossary().protect("write to ana@example.org about #forum", "en", "es")
    assert [kept.form for kept in protected.kept] == ["ana@example.org", "#forum"]


def test_glossary_serves_regional_tags():
    protected = GLOSSARY.protect("the WHO", "en-NZ", "es-MX")
    assert protected.restore(protected.text) == "the OMS"

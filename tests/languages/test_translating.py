"""Lines and questions through the real default engine."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intercommunity.languages.engines import open_translator
from intercommunity.languages.glossary import Glossary, Term
from intercommunity.languages.ports import PairMissing, TranslationFailed
from intercommunity.languages.stitch import Stitcher
from intercommunity.languages.translating import LineTranslation
from intercommunity.wire.text.control import clean

GLOSSARY = Glossary(
    [
        Term({"en": "Harbour Society", "es": "la Harbour Society"}, "name"),
        Term({"en": "ISP"}, "acronym"),
        Term({"en": "root server", "es": "servidor raíz"}),
    ]
)


@pytest.fixture
async def lines() -> AsyncIterator[LineTranslation]:
    translator = await open_translator("apertium")
    yield LineTranslation(translator, GLOSSARY)
    await translator.close()


async def test_translate_text_keeps_the_glossary(lines):
    translated = await lines.translate_text("The office of the Harbour Society has two root servers.", "en", "es")
    assert translated == "La oficina de la Harbour Society tiene dos servidores raíces."


async def test_translate_text_opens_questions_and_keeps_paragraphs(lines):
    assert await lines.translate_text("Is it a house?\n\nThank you.", "en", "es") == "¿Es una casa?\n\nGracias."


async def test_translate_text_leaves_white_space(lines):
    assert await lines.translate_text(" \n", "en", "es") == " \n"


async def test_translate_piece_corrects_the_lines_before(lines):
    stitcher = Stitcher("en")
    first = await lines.translate_piece(stitcher.feed("1", "ana", "This is the house of the vice"), "en", "es")
    assert list(first) == ["1"]
    both = await lines.translate_piece(stitcher.feed("2", "ana", "president of the school."), "en", "es")
    assert list(both) == ["1", "2"]
    assert " ".join(both.values()) == "Esto es la casa del vicepresidente de la escuela."
    assert both["1"] != first["1"]


async def test_translate_piece_keeps_a_name_that_runs_over_two_lines(lines):
    stitcher = Stitcher("en")
    stitcher.feed("1", "ana", "We work for the Harbour")
    both = await lines.translate_piece(stitcher.feed("2", "ana", "Society in the city."), "en", "es")
    assert "Harbour Society" in " ".join(both.values())


async def test_translate_piece_gives_a_line_without_words_an_empty_one(lines):
    assert await lines.translate_piece(Stitcher("en").feed("1", "ana", " "), "en", "es") == {"1": ""}


async def test_can_says_what_the_engine_offers(lines):
    assert lines.can("en-NZ", "es")
    assert not lines.can("en", "mi")
    with pytest.raises(PairMissing):
        await lines.translate_text("hello", "en", "mi")


async def test_name_is_the_engines(lines):
    assert lines.name == "Apertium"


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            [
                "the ",
                "ISP",
                "ISPs",
                "Harbour Society",
                " of ",
                ", ",
                "'s ",
                " [",
                "] ",
                "^",
                "$",
                " and ",
                ". ",
                "root server",
            ]
        )
        | st.text(max_size=3),
        min_size=1,
        max_size=25,
    ).map(lambda parts: clean("".join(parts)))
)
async def test_no_entry_is_lost_in_the_engine(lines, text):
    """The real engine hands every mark on, or the text goes through without marks; nothing else comes out."""
    protected = GLOSSARY.protect(text, "en", "es", ("Netscape", "Siemens"))
    try:
        translated = await lines._translator.translate(protected.text, "en", "es")
    except TranslationFailed:
        pytest.fail(f"the engine failed on {text!r}")
    assert protected.restore(translated) is not None

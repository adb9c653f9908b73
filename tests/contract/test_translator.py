"""What every translation engine must do, run against all of them; knows none from the inside."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intercommunity.languages.engines import open_translator
from intercommunity.languages.ports import EngineDown, PairMissing, TranslationFailed, Translator
from languages.engines.libretranslate.server import LibreTranslateServer, serving
from waiting import within

HOSTILE = [
    "[ ] ^ $ / \\ < > { } @ ~ * # +",
    "[[t:b:1]]word[[/]] ^word/word<n>$",
    "one\0two\x07three\x1b[31m",
    "<script>alert(1)</script> &amp; {{7*7}}",
    "\u202eright to left override\u202c and \u200bzero width",
    "lone surrogate \ud800 here",
    "private \ue05b use",
    "'; DROP TABLE lines; -- $(reboot) `reboot`",
    "\\",
    "]",
    ".[1]",
    "*****",
    "e\u0301\u0301\u0301 👩‍👩‍👧‍👦 العربية 日本語",
]


@asynccontextmanager
async def _apertium() -> AsyncIterator[Translator]:
    engine = await open_translator("apertium")
    yield engine
    await engine.close()


@asynccontextmanager
async def _libretranslate() -> AsyncIterator[Translator]:
    async with serving(LibreTranslateServer()) as server:
        engine = await open_translator("libretranslate", libretranslate_url=server.url)
        yield engine
        await engine.close()


@asynccontextmanager
async def _none() -> AsyncIterator[Translator]:
    engine = await open_translator("none")
    yield engine
    await engine.close()


ENGINES = {"apertium": _apertium, "libretranslate": _libretranslate, "none": _none}
WORKING = [name for name in ENGINES if name != "none"]


@pytest.fixture(params=ENGINES)
async def engine(request) -> AsyncIterator[Translator]:
    async with ENGINES[request.param]() as opened:
        yield opened


@pytest.fixture(params=WORKING)
async def working(request) -> AsyncIterator[Translator]:
    async with ENGINES[request.param]() as opened:
        yield opened


async def test_name_is_for_readers(engine):
    assert engine.name.strip() == engine.name != ""


async def test_translate_raises_for_a_pair_that_is_not_offered(engine):
    assert ("en", "tlh") not in engine.pairs()
    with pytest.raises(PairMissing):
        await engine.translate("hello", "en", "tlh")


@pytest.mark.parametrize("text", ["", " ", "\n", " \t\n "])
async def test_translate_returns_white_space_as_it_is(engine, text):
    assert await engine.translate(text, "en", "es") == text


async def test_close_may_be_called_again(engine):
    await engine.close()
    await engine.close()


async def test_close_while_texts_wait_leaves_none_hanging(working):
    waiting = [asyncio.create_task(working.translate(f"house {n}", "en", "es")) for n in range(20)]
    await asyncio.sleep(0)
    await working.close()
    outcomes = await within(asyncio.gather(*waiting, return_exceptions=True))
    assert all(isinstance(outcome, str | TranslationFailed) for outcome in outcomes)


async def test_closed_engine_raises(working):
    await working.translate("hello", "en", "es")
    await working.close()
    with pytest.raises(EngineDown):
        await working.translate("hello", "en", "es")


async def test_translate_serves_regional_tags(working):
    assert await working.translate("house", "en-NZ", "es-MX") == await working.translate("house", "en", "es")


async def test_translate_keeps_texts_in_order(working):
    texts = [f"This is house number {n}." for n in range(20)]
    assert [str(n) in await working.translate(text, "en", "es") for n, text in enumerate(texts)] == [True] * 20


async def test_translate_gives_each_of_fifty_at_once_its_own(working):
    texts = [f"The new house number 7{n:02} is here." for n in range(50)]
    alone = [await working.translate(text, "en", "es") for text in texts]
    assert await asyncio.gather(*(working.translate(text, "en", "es") for text in texts)) == alone
    assert all(f"7{n:02}" in translated for n, translated in enumerate(alone))


async def test_translate_both_directions_at_once(working):
    one, other = await asyncio.gather(working.translate("house", "en", "es"), working.translate("casa", "es", "en"))
    assert (one, other) == (await working.translate("house", "en", "es"), await working.translate("casa", "es", "en"))


async def test_translate_keeps_line_breaks(working):
    translated = await working.translate("One house.\n\nTwo houses.\n", "en", "es")
    assert [bool(line) for line in translated.split("\n")] == [True, False, True, False]


@pytest.mark.parametrize("word", ["Ñandú", "日本語", "العربية", "Łódź", "Ελλάδα", "🎉", "नमस्ते"])
async def test_translate_keeps_words_of_any_script(working, word):
    assert word.casefold() in (await working.translate(f"They say {word} here.", "en", "es")).casefold()


@pytest.mark.parametrize(
    "text", ["The house is big. " * 555, "the house is big and " * 476, "a" * 10_000, "*[^$" * 2500, "🎉" * 10_000]
)
async def test_translate_takes_ten_thousand_characters(working, text):
    translated = await working.translate(text[:10_000], "en", "es")
    assert len(translated) > 7_000
    assert await working.translate("house", "en", "es") in {"casa", "Casa", "HOUSE [en>es]"}


@pytest.mark.parametrize(
    "text", ["J", "J.", "with Dr", "Mr.", "no", "a. m", "U.S", "5", "5.", "e.g.", "the", "I", "I'm", "and"]
)
async def test_translate_takes_lines_that_stop_anywhere(working, text):
    assert await working.translate(text, "en", "es")


@pytest.mark.parametrize("text", HOSTILE)
async def test_translate_survives_hostile_text(working, text):
    hostile, sound = await asyncio.gather(
        working.translate(f"Qzxone {text} qzxtwo", "en", "es"), working.translate("the house", "en", "es")
    )
    assert "QZXONE" in hostile.upper()
    assert "QZXTWO" in hostile.upper()
    assert sound.casefold() in {"la casa", "the house [en>es]"}


@pytest.fixture
async def apertium() -> AsyncIterator[Translator]:
    async with _apertium() as engine:
        yield engine


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_apertium_loses_no_word_and_no_mark(apertium, data):
    """Words that no dictionary knows, and every character that steers Apertium, come back as often as they went in."""
    pieces = st.one_of(
        st.sampled_from("[]^$/\\<>{}@~*#+"),
        st.sampled_from([" ", "  ", ".", ", ", "\u202e", "\0", "\ue05b"]),
        st.sampled_from(["the ", " house ", "of ", " took ", " president ", "vice ", "not ", "'s "]),
        st.just(" Qzxw "),
    )
    text = "".join(data.draw(st.lists(pieces, min_size=1, max_size=30)))
    translated = await apertium.translate(text, "en", "es")
    kept = "[]^$/\\<>{}@~*#+"
    assert [translated.count(char) for char in kept] == [text.count(char) for char in kept]
    assert translated.count("Qzxw") == text.count("Qzxw")

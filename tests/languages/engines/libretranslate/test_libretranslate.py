import asyncio
import socket

import pytest

from intercommunity.languages.engines import open_translator
from intercommunity.languages.ports import AnswerUnusable, EngineDown, EngineTimedOut, PairMissing
from languages.engines.libretranslate.server import LibreTranslateServer, serving


async def _open(server: LibreTranslateServer, **options):
    return await open_translator("libretranslate", libretranslate_url=server.url, **options)


async def test_pairs_are_the_servers_languages():
    async with serving(LibreTranslateServer()) as server:
        engine = await _open(server)
        assert engine.pairs() == {("en", "es"), ("en", "pt-BR"), ("es", "en")}
        await engine.close()


async def test_pairs_of_an_old_server_are_all_its_languages_both_ways():
    async with serving(LibreTranslateServer(languages=[{"code": "en"}, {"code": "fr"}])) as server:
        engine = await _open(server)
        assert engine.pairs() == {("en", "fr"), ("fr", "en")}
        await engine.close()


async def test_translate_asks_for_plain_text_in_the_servers_own_codes():
    async with serving(LibreTranslateServer()) as server:
        engine = await _open(server)
        assert await engine.translate("good day", "en-NZ", "pt") == "GOOD DAY [en>pt-BR]"
        assert server.asked == [{"q": "good day", "source": "en", "target": "pt-BR", "format": "text"}]
        await engine.close()


async def test_translate_sends_the_key():
    async with serving(LibreTranslateServer(key="open sesame")) as server:
        engine = await _open(server, libretranslate_key="open sesame")
        assert await engine.translate("hi", "en", "es") == "HI [en>es]"
        await engine.close()


async def test_translate_without_the_key_tells_the_servers_reason():
    async with serving(LibreTranslateServer(key="open sesame")) as server:
        engine = await _open(server, libretranslate_key="guess")
        with pytest.raises(EngineDown, match="403: Invalid API key"):
            await engine.translate("hi", "en", "es")
        await engine.close()


async def test_translate_raises_when_the_server_refuses():
    async with serving(LibreTranslateServer()) as server:
        engine = await _open(server)
        server.status = 429
        with pytest.raises(EngineDown, match="429: Slowdown"):
            await engine.translate("hi", "en", "es")
        await engine.close()


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"translatedText": 3}', b'{"translatedText": " "}', b"\xff"])
async def test_translate_raises_on_an_answer_that_is_none(body):
    async with serving(LibreTranslateServer()) as server:
        engine = await _open(server)
        server.body = body
        with pytest.raises(AnswerUnusable):
            await engine.translate("hi", "en", "es")
        await engine.close()


async def test_translate_raises_when_the_server_is_silent():
    async with serving(LibreTranslateServer()) as server:
        engine = await _open(server, timeout_s=0.1)
        server.hold = asyncio.Event()
        with pytest.raises(EngineTimedOut):
            await engine.translate("hi", "en", "es")
        await engine.close()


async def test_translate_raises_when_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        engine = await open_translator("libretranslate", libretranslate_url=f"http://127.0.0.1:{free.getsockname()[1]}")
        assert engine.pairs() == frozenset()
        with pytest.raises(EngineDown, match="cannot be reached"):
            await engine.translate("hi", "en", "es")
        await engine.close()


async def test_translate_works_when_the_server_comes_up_later():
    async with serving(LibreTranslateServer(status=503)) as server:
        engine = await _open(server)
        assert engine.pairs() == frozenset()
        server.status = 200
        assert await engine.translate("hi", "en", "es") == "HI [en>es]"
        assert ("en", "es") in engine.pairs()
        await engine.close()


async def test_translate_raises_for_a_pair_that_the_server_lacks():
    async with serving(LibreTranslateServer()) as server:
        engine = await _open(server)
        with pytest.raises(PairMissing):
            await engine.translate("hi", "es", "pt")
        await engine.close()

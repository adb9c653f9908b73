"""Translation by a LibreTranslate server over HTTP; knows no other engine.

Uses two addresses of its API: ``GET /languages`` and ``POST /translate``. A server that is still loading its models
is asked again with the next text, so a meeting may start before it.
"""

import asyncio
import logging
from typing import Any

import httpx
import msgspec

from intercommunity.languages.engines.libretranslate.answers import (
    Language,
    Refusal,
    Translation,
    offered_pairs,
)
from intercommunity.languages.ports import (
    AnswerUnusable,
    EngineDown,
    EngineTimedOut,
    PairMissing,
    TranslationFailed,
)
from intercommunity.languages.speakable import speakable
from intercommunity.languages.tags import Pair, find_pair

_log = logging.getLogger(__name__)
_AT_ONCE = 8  # requests in flight; more would only queue inside the server


class LibreTranslateTranslator:
    """A server at ``url``; ``timeout_s`` covers one request."""

    name = "LibreTranslate"
    marks: tuple[str, ...] = ()

    def __init__(self, url: str, api_key: str = "", timeout_s: float = 10.0) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=timeout_s, trust_env=False)
        self._api_key = api_key
        self._pairs: frozenset[Pair] = frozenset()
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def connect(self) -> None:
        """Ask the server for its languages; log and go on if it does not answer yet."""
        try:
            await self._learn_pairs()
        except TranslationFailed as failure:
            _log.warning("LibreTranslate is not ready: %s", failure)

    def pairs(self) -> frozenset[Pair]:
        return self._pairs

    async def translate(self, text: str, source: str, target: str) -> str:
        if not text.strip():
            return text
        if not self._pairs:
            await self._learn_pairs()
        pair = find_pair(self._pairs, source, target)
        if pair is None:
            raise PairMissing(f"The LibreTranslate server has no pair {source} to {target}; load it there.")
        lines = text.split("\n")
        return "\n".join(await asyncio.gather(*(self._translate_line(line, pair) for line in lines)))

    async def close(self) -> None:
        await self._client.aclose()

    async def _learn_pairs(self) -> None:
        answer = await self._ask("GET", "/languages")
        self._pairs = offered_pairs(_decoded(answer, list[Language]))

    async def _translate_line(self, line: str, pair: Pair) -> str:
        if not line.strip():
            return line
        request = {"q": speakable(line), "source": pair[0], "target": pair[1], "format": "text"}
        answer = await self._ask("POST", "/translate", request | ({"api_key": self._api_key} if self._api_key else {}))
        translated: str = _decoded(answer, Translation).translated_text
        if not translated.strip():
            raise AnswerUnusable("The LibreTranslate server answered with an empty translation.")
        return translated

    async def _ask(self, method: str, path: str, body: dict[str, str] | None = None) -> httpx.Response:
        try:
            async with self._at_once:
                answer = await self._client.request(method, path, json=body)
        except httpx.TimeoutException as error:
            raise EngineTimedOut(f"The LibreTranslate server did not answer in time ({path}).") from error
        except (httpx.HTTPError, RuntimeError) as error:  # httpx says RuntimeError of a client that is closed
            raise EngineDown(f"The LibreTranslate server cannot be reached ({error}).") from error
        if answer.status_code != httpx.codes.OK:
            raise EngineDown(f"The LibreTranslate server refused with {answer.status_code}: {_reason(answer)}")
        return answer


def _decoded(answer: httpx.Response, shape: Any) -> Any:
    try:
        return msgspec.json.decode(answer.content, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise AnswerUnusable(f"The address does not speak LibreTranslate's API ({error}).") from error


def _reason(answer: httpx.Response) -> str:
    try:
        return msgspec.json.decode(answer.content, type=Refusal).error
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return answer.reason_phrase or "no reason given"

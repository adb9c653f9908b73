"""Speaks to a running server as every other client does: commands over HTTP; knows no script.

Exception
└── CommandFailed     the server refused; its stable code and its sentence
"""

import asyncio
import secrets
from typing import Any

import httpx
import msgspec

from intercommunity.meeting.kinds import kind_of

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0


class CommandFailed(Exception):  # noqa: N818 - an answer
    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class LiveClient:
    """One meeting on one server. Whatever the line does, a command happens once: it is repeated with its key."""

    def __init__(self, url: str, slug: str) -> None:
        self._http = httpx.AsyncClient(base_url=f"{url.rstrip('/')}/live/{slug}", timeout=20, limits=httpx.Limits())

    async def close(self) -> None:
        await self._http.aclose()

    async def command(self, token: str, kind: str, **fields: Any) -> dict[str, Any]:
        """The server's answer, with the `ids` of what happened. Raises `CommandFailed`."""
        body = {"kind": kind, "key": secrets.token_urlsafe(12), **fields}
        pause = FIRST_PAUSE_S
        while True:
            answer = await self._try("commands", token, msgspec.json.encode(body))
            if answer is not None:
                return answer
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_S, pause * 2)

    async def _try(self, address: str, token: str, body: bytes) -> dict[str, Any] | None:
        """The answer, or None where the same may work a little later."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            response = await self._http.post(address, content=body, headers=headers)
        except httpx.TransportError:
            return None
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            return None
        content = msgspec.json.decode(response.content)
        if response.status_code == httpx.codes.OK:
            return dict(content)
        if content.get("code") == "too_fast":
            return None
        raise CommandFailed(content.get("code", "unknown"), content.get("message", ""))

    async def join(self, name: str, country: str, node: str = "", affiliation: str = "") -> str:
        """The secret of somebody who joined."""
        joined = await self.command("", kind_of("Join"), name=name, country=country, node=node, affiliation=affiliation)
        return str(joined["token"])

    async def listen(self, language: str, country: str, node: str = "") -> None:
        """Follow the stream as a viewer does, and come back when it ends; until cancelled."""
        query = {"lang": language, "country": country, "node": node}
        while True:
            try:
                async with self._http.stream("GET", "stream", params=query, timeout=None) as stream:
                    async for _ in stream.aiter_raw():
                        pass
            except httpx.TransportError:
                pass
            await asyncio.sleep(LONGEST_PAUSE_S * secrets.randbelow(1000) / 1000)

"""People who write to a server until each wish is acknowledged, whatever becomes of the server; know no log."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import httpx

PAUSE_S = 0.01
TRY_AGAIN_S = 0.03


class Crowd:
    """What all of them have been told so far: ids by key, captions posted, people who joined, questions to act on."""

    def __init__(self, url: str, chance: random.Random) -> None:
        self.http = httpx.AsyncClient(base_url=f"{url}/live/forum", timeout=10, limits=httpx.Limits(max_connections=80))
        self.acknowledged: dict[str, tuple[str, ...]] = {}
        self.refused: dict[str, str] = {}
        self.posted: list[str] = []
        self.people: list[str] = []
        self.tokens: list[str] = []
        self.waiting: list[str] = []
        self.approved: list[str] = []
        self.tried_again = 0
        self._chance = chance
        self._ending = False

    @property
    def progress(self) -> int:
        return len(self.acknowledged) + len(self.posted)

    def end(self) -> None:
        """Everybody finishes what they are at."""
        self._ending = True

    async def captioner(self, name: str, token: str) -> None:
        await self._again_and_again(
            name, lambda key: self._wish(key, token, "write_line", track="en", text=f"Line {key}")
        )

    async def poster(self, name: str, token: str) -> None:
        """Sends captions from outside: a numbered post for every sentence."""
        seq = 0

        async def post(key: str) -> None:
            nonlocal seq
            seq += 1
            text = f"Post {key} was sent."
            address = f"/captions/en?seq={seq}"
            await self._until_answered(address, token, content=f"{text}\r\n".encode())
            self.posted.append(text)

        await self._again_and_again(name, post)

    async def participant(self, name: str) -> None:
        """Joins, then asks and votes."""
        joined = (await self._until_answered("/commands", "", json={"kind": "join", "name": name})).json()
        self.people.append(joined["person"])
        self.tokens.append(joined["token"])

        async def ask_or_vote(key: str) -> None:
            if self.approved and self._chance.random() < 0.7:
                await self._wish(key, joined["token"], "vote_for", question=self._chance.choice(self.approved))
                return
            ids = await self._wish(key, joined["token"], "ask_question", text=f"Question {key}?", language="es")
            self.waiting.extend(ids)

        await self._again_and_again(name, ask_or_vote)

    async def moderator(self, name: str, token: str) -> None:
        async def approve(key: str) -> None:
            if not self.waiting:
                return
            question = self.waiting.pop()
            await self._wish(key, token, "approve_question", question=question)
            self.approved.append(question)

        await self._again_and_again(name, approve)

    async def _again_and_again(self, name: str, act: Callable[[str], Awaitable[object]]) -> None:
        number = 0
        while not self._ending:
            await act(f"{name}-{number}")
            number += 1
            await asyncio.sleep(PAUSE_S)

    async def _wish(self, key: str, token: str, kind: str, **fields: object) -> tuple[str, ...]:
        answer = await self._until_answered("/commands", token, json={"kind": kind, "key": key, **fields})
        if answer.status_code != httpx.codes.OK:
            self.refused[key] = answer.json()["code"]
            return ()
        ids = tuple(answer.json()["ids"])
        self.acknowledged[key] = ids
        return ids

    async def _until_answered(self, address: str, token: str, **body: object) -> httpx.Response:
        """The answer that ends it: granted, or refused by the meeting."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        while True:
            try:
                answer = await self.http.post(address, headers=headers, **body)
            except httpx.TransportError:
                self.tried_again += 1
            else:
                assert answer.status_code != httpx.codes.INTERNAL_SERVER_ERROR, answer.text
                if answer.status_code not in (httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS):
                    return answer
            await asyncio.sleep(TRY_AGAIN_S)

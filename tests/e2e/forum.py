"""A meeting on the real server, and those of its people who have no browser in the story; knows no page."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

import httpx

from e2e.meeting import river_forum
from intercommunity.cli.meeting import load
from intercommunity.cli.reach import reach
from intercommunity.meeting.access.commands import IssueLink, RevokeLink
from intercommunity.meeting.actor import ORGANISER, Role
from intercommunity.store.live import Meetings
from intercommunity.store.secret import token_hash
from serving import Served

Result = TypeVar("Result")


class Forum:
    """One meeting: the addresses of its pages, and wishes sent as its people would by HTTP."""

    def __init__(self, server: Served, slug: str, tokens: dict[str, str]) -> None:
        self.slug = slug
        self.tokens = tokens
        self.server = server
        self._http = httpx.Client(base_url=f"{server.url}/live/{slug}", timeout=20)

    def close(self) -> None:
        self._http.close()

    def page(self, name: str = "", link: str = "", **query: str) -> str:
        """The address of a page, with the secret of a link where one is named."""
        path = f"{self.server.url}/{self.slug}/{name}{'/' if name else ''}"
        asked = "&".join(f"{key}={value}" for key, value in query.items())
        return path + (f"?{asked}" if asked else "") + (f"#t={self.tokens[link]}" if link else "")

    def text_page(self, language: str = "en") -> str:
        return f"{self.server.url}/live/{self.slug}/text?lang={language}&grow=no"

    def now(self, link: str = "", language: str = "en") -> dict:
        """The views as they are."""
        answer = self._http.get("/now", params={"lang": language}, headers=_bearer(self.tokens.get(link, "")))
        assert answer.status_code == httpx.codes.OK, answer.text
        return dict(answer.json()["views"])

    def wish(self, link: str, kind: str, **fields: object) -> dict:
        return self._send(self.tokens[link], kind, fields)

    def _send(self, token: str, kind: str, fields: dict[str, object]) -> dict:
        body = {"kind": kind, "key": secrets.token_urlsafe(9), **fields}
        answer = self._http.post("/commands", json=body, headers=_bearer(token))
        assert answer.status_code == httpx.codes.OK, answer.text
        return dict(answer.json())

    def say(self, text: str, speaker: str = "ada", track: str = "en", **more: object) -> str:
        """A line, as the captioner writes it; its id."""
        said = self.wish("captioner", "write_line", track=track, text=text, speaker=speaker, **more)
        return str(said["ids"][0])

    def post_transcript(self, text: str, track: str = "en") -> None:
        """Many lines at once, as a captioning service would send them."""
        headers = _bearer(self.tokens["captioner"]) | {"Content-Type": "text/plain; charset=utf-8"}
        answer = self._http.post(f"/captions/{track}", content=text.encode(), headers=headers)
        assert answer.status_code == httpx.codes.OK, answer.text

    def ask(self, text: str, language: str = "en", name: str = "", country: str = "") -> str:
        """A question of somebody new; its id."""
        return str(self.newcomer(name, country)("ask_question", text=text, language=language)["ids"][0])

    def newcomer(self, name: str = "", country: str = "") -> Callable[..., dict]:
        """Somebody who has joined: sends what they wish."""
        token = self._send("", "join", {"name": name, "country": country})["token"]
        return lambda kind, **fields: self._send(token, kind, fields)

    def ask_and_approve(self, text: str, language: str = "en", name: str = "", country: str = "") -> str:
        question = self.ask(text, language, name, country)
        self.wish("moderator", "approve_question", question=question)
        return question

    def revoke(self, link: str) -> None:
        self._as_organiser(RevokeLink(link))

    def add_expired_link(self, name: str, role: Role) -> None:
        self.tokens[name] = secrets.token_urlsafe(16)
        self._as_organiser(IssueLink(link=name, role=role, token_hash=token_hash(self.tokens[name]), expires=1))

    def _as_organiser(self, command: IssueLink | RevokeLink) -> None:
        async def submit(meetings: Meetings) -> None:
            await meetings.meetings[self.slug].submit(command, ORGANISER)

        _with_meetings(self.server, submit)


_numbers = count(1)


@contextmanager
def forum_on(
    server: Served,
    languages: tuple[str, ...] = ("en", "es"),
    translator: str = "none",
    policy: str = "moderated",
) -> Iterator[Forum]:
    """A meeting of its own."""
    description = river_forum(f"river-{next(_numbers)}", languages, translator, policy)

    async def create(meetings: Meetings, tokens_of: object) -> dict[str, str]:
        links = await load(meetings, description, tokens_of, server.url)  # type: ignore[arg-type]
        return {link.link: link.token for link in links}

    forum = Forum(server, description.slug, _reached(server, create))
    try:
        yield forum
    finally:
        forum.close()


def _with_meetings(server: Served, work: Callable[[Meetings], Awaitable[None]]) -> None:
    _reached(server, lambda meetings, _tokens: work(meetings))


def _reached(server: Served, work: Callable[..., Awaitable[Result]]) -> Result:
    """In a thread of its own: the browser's loop runs in this one."""

    async def reached() -> Result:
        async with reach(server.data) as (meetings, tokens_of):
            return await work(meetings, tokens_of)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, reached()).result()


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}

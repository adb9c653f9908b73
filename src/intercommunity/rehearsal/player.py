"""Plays the steps of a rehearsal into a running meeting, at a chosen speed; knows no form of script.

It does what people would do, over the same addresses: it gives the floor, types and sends lines, asks, votes, decides.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from intercommunity.rehearsal import steps as step
from intercommunity.rehearsal.audience import member
from intercommunity.rehearsal.client import CommandFailed, LiveClient

DRAFT_EVERY_S = 0.35
MOST_DRAFTING_SPEED = 8
"""Played faster than this, nobody could read words as they are typed."""

_NOT_FOR_THIS_LINK = frozenset({"not_allowed", "session_unknown", "node_unknown"})
"""A captioner's link can play the captions of a script, and a foreign script the parts this meeting has."""


class Player:
    """`token` is a host's, or a captioner's where only captions are to be played."""

    def __init__(self, client: LiveClient, token: str, languages: tuple[str, ...], speed: float = 1.0) -> None:
        self.left_out: dict[str, int] = {}
        """How many steps were left out, by the code of the refusal."""
        self._client = client
        self._token = token
        self._languages = languages
        self._speed = speed
        self._things: dict[str, str] = {}
        self._lines: dict[int, str] = {}
        self._members: dict[int, str] = {}
        self._people: dict[str, str] = {}
        self._began = 0.0
        self._began_at = 0
        self._aside: set[asyncio.Task[None]] = set()

    async def play(self, steps: Sequence[step.Step], told: Callable[[step.Step], None] = lambda _: None) -> None:
        """From the first step to the last; `told` hears of each as it begins."""
        self._things, self._lines = {}, {}
        self._began, self._began_at = time.monotonic(), time.time_ns() // 1_000_000
        for each in steps:
            await self._wait_for(each)
            told(each)
            await self._do(each)
        await asyncio.gather(*self._aside)

    async def _wait_for(self, each: step.Step) -> None:
        if isinstance(each, step.Say):
            await self._until(each.start)
            await self._type(each)
        await self._until(each.at)

    async def _until(self, at: int) -> None:
        await asyncio.sleep(max(0.0, self._began + at / 1000 / self._speed - time.monotonic()))

    async def _type(self, say: step.Say) -> None:
        """Show the words one after the other while they are spoken."""
        if self._speed > MOST_DRAFTING_SPEED or say.remark:
            return
        words = say.text.split()
        lasts = (say.end - say.start) / 1000 / self._speed
        shown = max(1, int(lasts / DRAFT_EVERY_S))
        for part in range(1, shown):
            await self._until(say.start + (say.end - say.start) * part // shown)
            text = " ".join(words[: len(words) * part // shown])
            await self._command("draft", track=say.language, text=text, speaker=say.speaker)

    async def _do(self, each: step.Step) -> None:
        try:
            await self._doers[type(each)](self, each)
        except CommandFailed as failed:
            if failed.code not in _NOT_FOR_THIS_LINK:
                raise
            self.left_out[failed.code] = self.left_out.get(failed.code, 0) + 1

    async def _command(self, kind: str, **fields: Any) -> list[str]:
        answer = await self._client.command(self._token, kind, **fields)
        return list(answer["ids"])

    def _moment(self, at: int) -> int:
        """Ms UTC at which something at `at` of the script was said."""
        return self._began_at + int(at / self._speed)

    # What happens on stage

    async def _open_session(self, each: step.OpenSession) -> None:
        await self._command("open_session", session=each.session)

    async def _close_session(self, each: step.CloseSession) -> None:
        await self._command("close_session", session=each.session)

    async def _give_floor(self, each: step.GiveFloor) -> None:
        await self._command("give_floor", speaker=each.speaker, language=each.language, node=each.node)

    async def _say(self, each: step.Say) -> None:
        ids = await self._command(
            "write_line",
            track=each.language,
            text=each.text,
            speaker=each.speaker,
            turn=each.turn,
            remark=each.remark,
            start=self._moment(each.start),
            end=self._moment(each.end),
        )
        self._lines[each.number] = ids[0]

    async def _correct(self, each: step.Correct) -> None:
        await self._command("correct_line", line=self._lines[each.number], track=each.language, text=each.text)

    # What the audience does

    async def _ask(self, each: step.Ask) -> None:
        asker = f"{each.person} {each.country}"
        if asker not in self._people:
            self._people[asker] = await self._client.join(each.person, each.country, each.node, each.affiliation)
        answer = await self._client.command(self._people[asker], "ask_question", text=each.text, language=each.language)
        self._things[each.key] = answer["ids"][0]

    async def _vote(self, each: step.Vote) -> None:
        self._meanwhile(self._as_member(each.voter, "vote_for", question=self._things[each.key]))

    async def _ballot(self, each: step.Ballot) -> None:
        poll = self._things[each.key]
        self._meanwhile(self._as_member(each.voter, "cast_ballot", poll=poll, option=each.option))

    def _meanwhile(self, work: Awaitable[None]) -> None:
        """Voters do not wait for each other, nor does the stage for them."""
        task = asyncio.ensure_future(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _as_member(self, number: int, kind: str, **fields: Any) -> None:
        if number not in self._members:
            person = member(number, self._languages)
            self._members[number] = await self._client.join(person.name, person.country)
        try:
            await self._client.command(self._members[number], kind, **fields)
        except CommandFailed as failed:
            # A vote that comes too late is refused, in a rehearsal as in life.
            self.left_out[failed.code] = self.left_out.get(failed.code, 0) + 1

    # What is decided about questions, polls and rooms

    async def _approve(self, each: step.Approve) -> None:
        await self._command("approve_question", question=self._things[each.key])

    async def _decline(self, each: step.Decline) -> None:
        await self._command("decline_question", question=self._things[each.key], reason=each.reason)

    async def _merge(self, each: step.Merge) -> None:
        await self._command("merge_question", question=self._things[each.key], into=self._things[each.into])

    async def _translate(self, each: step.Translate) -> None:
        question = self._things[each.key]
        await self._command("translate_question", question=question, language=each.language, text=each.text)

    async def _stage(self, each: step.Stage) -> None:
        await self._command("stage_question", question=self._things[each.key])

    async def _answered(self, each: step.Answered) -> None:
        await self._command("mark_answered", question=self._things[each.key])

    async def _reply(self, each: step.Reply) -> None:
        question = self._things[each.key]
        await self._command("reply_to_question", question=question, text=each.text, language=each.language)

    async def _open_poll(self, each: step.OpenPoll) -> None:
        ids = await self._command("open_poll", question=each.question, options=list(each.options))
        self._things[each.key] = ids[0]

    async def _close_poll(self, each: step.ClosePoll) -> None:
        await self._command("close_poll", poll=self._things[each.key])

    async def _heads(self, each: step.Heads) -> None:
        await self._command("report_node", node=each.node, people=each.people, state=each.state, note=each.note)

    _doers: ClassVar[dict[type, Callable[["Player", Any], Awaitable[None]]]] = {
        step.OpenSession: _open_session,
        step.CloseSession: _close_session,
        step.GiveFloor: _give_floor,
        step.Say: _say,
        step.Correct: _correct,
        step.Ask: _ask,
        step.Vote: _vote,
        step.Ballot: _ballot,
        step.Approve: _approve,
        step.Decline: _decline,
        step.Merge: _merge,
        step.Translate: _translate,
        step.Stage: _stage,
        step.Answered: _answered,
        step.Reply: _reply,
        step.OpenPoll: _open_poll,
        step.ClosePoll: _close_poll,
        step.Heads: _heads,
    }

"""Takes commands: who wishes what, how often they may, and what came of it; decides nothing itself."""

import secrets
from collections.abc import Callable

from msgspec.structs import replace

from intercommunity.gateway.broadcast import Broadcast
from intercommunity.gateway.limits import Buckets, Rate, sender_at
from intercommunity.gateway.source import Polish
from intercommunity.meeting.access.commands import Join
from intercommunity.meeting.access.rules import who_holds
from intercommunity.meeting.actor import NOBODY, Actor, Role
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.captions.rules import ensure_may_write, ensure_track
from intercommunity.meeting.captions.view import view_track
from intercommunity.meeting.commands import RIGHTS
from intercommunity.meeting.questions.commands import AskQuestion
from intercommunity.meeting.refusal import Refused
from intercommunity.store.secret import token_hash
from intercommunity.wire.commands import Draft, Wish
from intercommunity.wire.views import encode

PER_ADDRESS = Rate(burst=400, per_second=80)
"""A room of two hundred people stands behind one address."""

NEWCOMERS = Rate(burst=200, per_second=0.5)
"""From one address: the room at once, then one every two seconds. Who joins is somebody new every time, with a vote and
questions of their own, so whoever makes people up needs many addresses.
"""

QUESTIONS = Rate(burst=200, per_second=1)
"""From one address: everybody in the room one at once, then one a second. Each has to be read by a moderator."""

PER_PERSON = Rate(burst=20, per_second=2)

PER_DESK = Rate(burst=400, per_second=100)

_DRAFTERS = RIGHTS[WriteLine]


class Commands:
    """For all meetings of this process. `clock` is ms UTC, `seconds` a clock that never goes back."""

    def __init__(self, clock: Callable[[], int], seconds: Callable[[], float], polish: Polish) -> None:
        self._clock = clock
        self._seconds = seconds
        self._polish = polish
        self._addresses = Buckets(PER_ADDRESS)
        self._newcomers = Buckets(NEWCOMERS)
        self._questions = Buckets(QUESTIONS)
        self._people = Buckets(PER_PERSON)
        self._desks = Buckets(PER_DESK)

    async def who(self, broadcast: Broadcast, token: str) -> Actor:
        """The actor behind a token; without one, nobody in particular. Raises `Refused`.

        A link or person so new that it has not reached this gateway yet is asked for where it was decided.
        """
        if not token:
            return NOBODY
        hashed, now = token_hash(token), self._clock()
        if hashed in broadcast.shown.meeting.access.holders:
            return who_holds(broadcast.shown.meeting.access, hashed, now)
        return await broadcast.live.who(hashed, now)

    def ensure_not_too_fast(self, broadcast: Broadcast, actor: Actor, address: str) -> None:
        """One limit for the address, one for the person. Refuses `too_fast`.

        Whoever works at a desk has only their own. Whoever has not joined yet, and shares a link or none with all
        others, has only the address's.
        """
        who = f"{broadcast.slug} {actor.id}"
        if actor.role not in (Role.PUBLIC, Role.PARTICIPANT):
            self._take(self._desks, who)
            return
        self._take(self._addresses, sender_at(address))
        if actor.id in broadcast.shown.meeting.access.people:
            self._take(self._people, who)

    def _take(self, buckets: Buckets, sender: str) -> None:
        if wait := buckets.take(sender, self._seconds()):
            raise Refused("too_fast", seconds=int(wait) + 1)

    async def submit(
        self, broadcast: Broadcast, wish: Wish, actor: Actor, key: str, address: str = ""
    ) -> dict[str, object]:
        """What to answer: the ids of what happened; a person who joined also gets their secret."""
        if isinstance(wish, Draft):
            self._show_draft(broadcast, wish, actor)
            return {"ids": []}
        if isinstance(wish, Join):
            self._take(self._newcomers, sender_at(address))
            return await self._join(broadcast, wish, actor)
        if isinstance(wish, AskQuestion) and actor.role is Role.PARTICIPANT:
            self._take(self._questions, sender_at(address))
        if isinstance(wish, DescribeMeeting):
            raise Refused("not_allowed", kind="describe_meeting", role=actor.role)
        if isinstance(wish, WriteLine) and not wish.remark:
            wish = replace(wish, text=self._polished(broadcast, wish, turn=wish.turn))
        return {"ids": await broadcast.live.submit(wish, actor, key)}

    def _polished(self, broadcast: Broadcast, written: WriteLine | Draft, *, turn: bool) -> str:
        """A captioner may type in capitals."""
        meeting = broadcast.shown.meeting
        lines = () if turn else view_track(meeting.captions, written.track, most=1).lines
        before = lines[0].text if lines and lines[0].speaker == written.speaker else ""
        return self._polish(meeting.description, written.track, written.text, before)

    async def _join(self, broadcast: Broadcast, wish: Join, actor: Actor) -> dict[str, object]:
        """A join is never a repeat of another: the secret is made here and known to nobody else."""
        token = secrets.token_urlsafe(24)
        ids = await broadcast.live.submit(replace(wish, token_hash=token_hash(token)), actor, "")
        return {"ids": ids, "person": ids[0], "token": token}

    def _show_draft(self, broadcast: Broadcast, draft: Draft, actor: Actor) -> None:
        if actor.role not in _DRAFTERS:
            raise Refused("not_allowed", kind="draft", role=actor.role)
        ensure_track(draft.track, broadcast.shown.meeting.description)
        ensure_may_write(actor, draft.track)
        words = self._polished(broadcast, draft, turn=False)
        value = encode({"text": words, "speaker": draft.speaker}) if draft.text else b""
        broadcast.live.whisper(f"draft/{draft.track}", value)

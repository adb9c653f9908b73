"""Takes commands: who wishes what, how often they may, and what came of it; decides nothing itself."""

import secrets
from collections.abc import Callable

from msgspec.structs import replace

from intercommunity.gateway.broadcast import Broadcast
from intercommunity.gateway.keys import hash_of
from intercommunity.gateway.limits import Buckets, Rate
from intercommunity.gateway.source import Polish
from intercommunity.meeting.access.commands import Join
from intercommunity.meeting.access.rules import who_holds
from intercommunity.meeting.actor import NOBODY, Actor, Role
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.captions.rules import ensure_may_write, ensure_track
from intercommunity.meeting.captions.view import view_track
from intercommunity.meeting.commands import RIGHTS
from intercommunity.meeting.refusal import Refused
from intercommunity.wire.commands import Draft, Wish
from intercommunity.wire.views import encode

PER_ADDRESS = Rate(burst=400, per_second=80)
"""A room of two hundred people stands behind one address."""

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
        self._people = Buckets(PER_PERSON)
        self._desks = Buckets(PER_DESK)

    async def who(self, broadcast: Broadcast, token: str) -> Actor:
        """The actor behind a token; without one, nobody in particular. Raises `Refused`.

        A link or person so new that it has not reached this gateway yet is asked for where it was decided.
        """
        if not token:
            return NOBODY
        hashed, now = hash_of(token), self._clock()
        if hashed in broadcast.shown.meeting.access.holders:
            return who_holds(broadcast.shown.meeting.access, hashed, now)
        return await broadcast.live.who(hashed, now)

    def ensure_not_too_fast(self, actor: Actor, address: str) -> None:
        """Two limits: one for the address, one for whoever it is. Refuses `too_fast`."""
        seconds = self._seconds()
        at_desk = actor.role not in (Role.PUBLIC, Role.PARTICIPANT)
        wait = 0.0 if at_desk else self._addresses.take(address, seconds)
        buckets = self._desks if at_desk else self._people
        wait = wait or buckets.take(actor.id if actor.person else f"{actor.id} {address}", seconds)
        if wait:
            raise Refused("too_fast", seconds=int(wait) + 1)

    async def submit(self, broadcast: Broadcast, wish: Wish, actor: Actor, key: str) -> dict[str, object]:
        """What to answer: the ids of what happened; a person who joined also gets their secret."""
        if isinstance(wish, Draft):
            self._show_draft(broadcast, wish, actor)
            return {"ids": []}
        if isinstance(wish, Join):
            return await self._join(broadcast, wish, actor)
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
        ids = await broadcast.live.submit(replace(wish, token_hash=hash_of(token)), actor, "")
        return {"ids": ids, "person": ids[0], "token": token}

    def _show_draft(self, broadcast: Broadcast, draft: Draft, actor: Actor) -> None:
        if actor.role not in _DRAFTERS:
            raise Refused("not_allowed", kind="draft", role=actor.role)
        ensure_track(draft.track, broadcast.shown.meeting.description)
        ensure_may_write(actor, draft.track)
        words = self._polished(broadcast, draft, turn=False)
        value = encode({"text": words, "speaker": draft.speaker}) if draft.text else b""
        broadcast.live.whisper(f"draft/{draft.track}", value)

"""What must hold after a server has been killed while many wrote: checks of its log and of those who looked on."""

from collections import Counter
from pathlib import Path

import httpx

from intercommunity.meeting.log import Event
from intercommunity.store.chain import verify
from intercommunity.store.sqlite import SqliteLog
from intercommunity.wire.events import decode_event
from reliability.writers import Crowd
from serving import Follower, whole_track
from waiting import WITHIN_S, until

UNLOGGED = {"presence", "desks", "translator", "draft/en", "draft/es"}


def events_of(data: Path) -> list[Event]:
    """Everything in the log, once its chain has been found whole and its numbers without a gap."""
    log = SqliteLog(data / "meetings" / "forum.sqlite")
    records = list(log.read())
    log.close()
    assert verify(records).broken == {}
    events = [decode_event(record.entry.body) for record in records]
    assert [event.id for event in events] == [f"hub-{number}" for number in range(1, len(events) + 1)]
    return events


def ensure_nothing_lost_or_doubled(events: list[Event], crowd: Crowd) -> None:
    kept: dict[str, tuple[str, ...]] = {}
    for event in events:
        if event.key and not event.key.startswith("feed "):
            kept[event.key] = (*kept.get(event.key, ()), event.id)
    assert kept == {key: ids for key, ids in crowd.acknowledged.items() if ids}
    assert max(map(len, kept.values())) == 1
    assert set(crowd.people) <= {event.id for event in events}
    said = Counter(event.fact.text for event in events if event.key.startswith("feed "))
    assert said == Counter(crowd.posted)


async def ensure_everybody_sees_the_same(url: str, followers: dict[str, Follower], tokens: dict[str, str]) -> None:
    """Each follower, as soon as it is up to date, holds what a newcomer with the same token is given."""
    async with httpx.AsyncClient(base_url=f"{url}/live/forum", timeout=WITHIN_S) as http:
        track = await whole_track(http, "en")
        for name, follower in followers.items():
            headers = {"Authorization": f"Bearer {tokens[name]}"} if tokens.get(name) else {}
            fresh = (await http.get("/now", headers=headers, params={"lang": "en"})).json()
            await until_at(follower, fresh["id"])
            assert logged(follower.views) == logged(fresh["views"]), name
            held = follower.lines("en")
            first = next(at for at, line in enumerate(track) if line in held)
            assert held == dict(list(track.items())[first:]), name


async def until_at(follower: Follower, position: str) -> None:
    await until(lambda: follower.viewer is not None and follower.viewer.last == position)


def logged(views: dict[str, dict]) -> dict[str, dict]:
    return {topic: view for topic, view in views.items() if topic not in UNLOGGED}

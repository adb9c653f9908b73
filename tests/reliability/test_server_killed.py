"""The server is killed again and again while 50 clients write and others look on: all of it over HTTP."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from reliability.after import ensure_everybody_sees_the_same, ensure_nothing_lost_or_doubled, events_of
from reliability.writers import Crowd
from serving import MEETING, Follower, Links, Served, captioners, load, served
from waiting import until, within

ROUNDS = int(os.environ.get("INTERCOMMUNITY_TEST_SERVER_KILLS", "5"))
SEED = int(os.environ.get("INTERCOMMUNITY_TEST_SEED", "11"))
POSTERS = 8
WRITERS = 20
PARTICIPANTS = 20
MODERATORS = 2


class Busy:
    """A server with everybody at work."""

    def __init__(self, server: Served, links: Links, crowd: Crowd, viewers: int) -> None:
        self.server = server
        self.crowd = crowd
        self.tokens = {
            **{f"viewer {each}": "" for each in range(viewers)},
            "moderator": links["moderator"],
            "host": links["host"],
        }
        self.followers = {name: Follower(server.url, token, lang="en") for name, token in self.tokens.items()}
        self._links = links

    def begin(self) -> list[asyncio.Task[None]]:
        crowd, links = self.crowd, self._links
        work = [crowd.captioner(f"writer-{each}", links["captioner"]) for each in range(WRITERS)]
        work += [crowd.poster(f"poster-{each}", links[f"captioner-captioner-{each}"]) for each in range(POSTERS)]
        work += [crowd.participant(f"person-{each}") for each in range(PARTICIPANTS)]
        work += [crowd.moderator(f"moderator-{each}", links["moderator"]) for each in range(MODERATORS)]
        return [asyncio.create_task(each) for each in work]

    async def until_more(self, number: int) -> None:
        before = self.crowd.progress
        await until(lambda: self.crowd.progress >= before + number)

    async def add_participant(self) -> None:
        """Somebody who follows what becomes of their own questions."""
        await until(lambda: self.crowd.tokens)
        self.tokens["participant"] = self.crowd.tokens[0]
        self.followers["participant"] = Follower(self.server.url, self.crowd.tokens[0], lang="en")


@asynccontextmanager
async def busy(tmp_path, workers: int, viewers: int = 2) -> AsyncIterator[Busy]:
    """When this ends, everybody has finished, and everything has been found to hold."""
    data = tmp_path / "data"
    links = load(data, MEETING + captioners(POSTERS))
    async with served(data, workers) as server:
        crowd = Crowd(server.url, random.Random(SEED))
        place = Busy(server, links, crowd, viewers)
        writing = place.begin()
        await place.add_participant()
        following = [asyncio.create_task(each.follow()) for each in place.followers.values()]
        try:
            yield place
            crowd.end()
            await within(asyncio.gather(*writing))
            await ensure_everybody_sees_the_same(server.url, place.followers, place.tokens)
        finally:
            for task in (*writing, *following):
                task.cancel()
            await asyncio.gather(*writing, *following, return_exceptions=True)
            await crowd.http.aclose()
        server.kill()
        ensure_nothing_lost_or_doubled(events_of(data), crowd)


@pytest.mark.slow
async def test_nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed(tmp_path):
    chance = random.Random(SEED)
    async with busy(tmp_path, workers=1) as place:
        for _ in range(ROUNDS):
            await place.until_more(100)
            await asyncio.sleep(chance.uniform(0, 0.3))
            await place.server.restart()
        await place.until_more(50)
    assert place.crowd.tried_again > ROUNDS
    assert place.crowd.progress > 100 * ROUNDS
    assert all(follower.times_back >= ROUNDS for follower in place.followers.values())


@pytest.mark.slow
async def test_viewers_of_a_gateway_that_is_killed_go_on_at_another(tmp_path):
    chance = random.Random(SEED)
    async with busy(tmp_path, workers=3, viewers=12) as place:  # so many that there are some at every process
        for _ in range(ROUNDS - 2):
            await place.until_more(100)
            await asyncio.sleep(chance.uniform(0, 0.3))
            os.kill(chance.choice(place.server.gateways()), signal.SIGKILL)
        await place.until_more(100)
    assert sum(follower.times_back for follower in place.followers.values()) > 0


@pytest.mark.slow
async def test_nothing_is_lost_when_the_core_of_several_processes_is_killed(tmp_path):
    chance = random.Random(SEED)
    async with busy(tmp_path, workers=3) as place:
        for _ in range(ROUNDS // 2):
            await place.until_more(100)
            await asyncio.sleep(chance.uniform(0, 0.3))
            await place.server.restart()
        await place.until_more(50)
    assert place.crowd.tried_again > 0

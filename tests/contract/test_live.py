"""What a running meeting must do for gateways, here and through the socket; knows neither from the inside."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

import pytest

from intercommunity.meeting.access.commands import IssueLink
from intercommunity.meeting.actor import NOBODY, ORGANISER, Role
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.refusal import Refused
from intercommunity.store.installation import Installation, socket_path
from intercommunity.store.live import Live, Meetings, SlugUnusable
from intercommunity.store.remote.client import RemoteInstallation
from intercommunity.store.remote.server import CoreServer
from store.meeting import NOW, Clock, Heard, describe, lines, say
from waiting import WITHIN_S, until


@asynccontextmanager
async def _here(data_dir) -> AsyncIterator[Meetings]:
    installation = Installation(data_dir, clock=Clock())
    yield installation
    await installation.close()


@asynccontextmanager
async def _through_socket(data_dir) -> AsyncIterator[Meetings]:
    async with _here(data_dir) as installation:
        server = CoreServer(installation, socket_path(data_dir))
        await server.start()
        remote = RemoteInstallation(socket_path(data_dir))
        await remote.connect()
        yield remote
        await remote.close()
        await server.close()


WAYS = {"here": _here, "through socket": _through_socket}


@pytest.fixture(params=WAYS)
async def meetings(request, tmp_path) -> AsyncIterator[Meetings]:
    async with asyncio.timeout(WITHIN_S), WAYS[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
async def live(meetings) -> Live:
    created = await meetings.create("forum")
    await describe(created)
    return created


async def test_live_answers_with_the_ids_of_what_a_wish_led_to(live):
    assert await say(live, "Welcome.") == ("hub-2",)
    assert await say(live, "Thank you.") == ("hub-3",)


async def test_live_shows_what_it_answers_before_it_answers(live):
    heard = Heard()
    live.follow(heard)
    await until(lambda: heard.ids == ["hub-1"])
    for number in range(2, 30):
        await say(live, "Welcome.")
        assert heard.ids == lines(1, number)
    assert live.position == 29


async def test_live_recognises_a_repeated_wish(live):
    first = await asyncio.gather(*(say(live, "Welcome.", "k1") for _ in range(5)))
    assert first == [("hub-2",)] * 5
    assert await say(live, "Something else.", "k1") == ("hub-2",)
    assert await say(live, "Next.", "k2") == ("hub-3",)


async def test_live_passes_a_refusal_on_with_its_values(live):
    with pytest.raises(Refused) as refused:
        await live.submit(WriteLine("en", "I am nobody."), NOBODY)
    assert refused.value.code == "not_allowed"
    assert refused.value.values == {"kind": "write_line", "role": "public"}


async def test_live_tells_a_follower_what_it_missed_then_what_comes(live):
    for _ in range(4):
        await say(live, "Welcome.")
    all_of_it, rest = Heard(), Heard(after=3)
    live.follow(all_of_it)
    live.follow(rest, after=3)
    await say(live, "Thank you.")
    await until(lambda: len(all_of_it.ids) == 6 and len(rest.ids) == 3)
    assert (all_of_it.ids, rest.ids) == (lines(1, 6), lines(4, 6))
    assert live.position == 6


async def test_live_tells_followers_who_join_and_leave_under_load_without_gap_or_double(live):
    writing = asyncio.gather(*(say(live, "Welcome.") for _ in range(3_000)))
    heard = []
    while not writing.done():
        heard.append(Heard())
        stop = live.follow(heard[-1])
        if len(heard) % 2:
            stop()
        await asyncio.sleep(0.005)
    await writing
    staying = heard[1::2]
    await until(lambda: all(each.position == 3_001 for each in staying))
    assert len(staying) > 1
    for each in staying:
        assert each.ids == lines(1, 3_001)


async def test_live_stops_telling_who_has_left(live):
    left, stayed = Heard(), Heard()
    stop = live.follow(left)
    live.follow(stayed)
    await until(lambda: left.ids == stayed.ids == ["hub-1"])
    stop()
    stop()
    await say(live, "Welcome.")
    await until(lambda: stayed.position == 2)
    assert left.ids == ["hub-1"]


async def test_live_goes_on_when_a_follower_fails(live, caplog):
    def fails(_batch):
        raise ZeroDivisionError

    heard = Heard()
    live.follow(fails)
    live.follow(heard)
    assert await say(live, "Welcome.") == ("hub-2",)
    await until(lambda: heard.ids == lines(1, 2))
    assert "A follower failed" in caplog.text


async def test_live_knows_who_holds_a_token(live):
    digest = sha256(b"secret").hexdigest()
    wish = IssueLink("stage", Role.HOST, digest, name="Ana", expires=NOW + 1_000)
    await live.submit(wish, ORGANISER)
    actor = await live.who(digest, NOW)
    assert (actor.role, actor.name, actor.id) == (Role.HOST, "Ana", "link:stage")
    with pytest.raises(Refused, match="token_expired"):
        await live.who(digest, NOW + 1_000)
    with pytest.raises(Refused, match="token_unknown"):
        await live.who("0" * 64, NOW)


async def test_live_whispers_the_latest_of_each_topic_to_all(live):
    early = {}
    live.listen(early.__setitem__)
    live.whisper("drafts/en", b"Wel")
    live.whisper("drafts/en", b"Welc\xc3")
    live.whisper("drafts/es", b"Bien")
    await until(lambda: early == {"drafts/en": b"Welc\xc3", "drafts/es": b"Bien"})
    live.whisper("drafts/es", b"")
    await until(lambda: early["drafts/es"] == b"")
    late = {}
    stop = live.listen(late.__setitem__)
    assert late == {"drafts/en": b"Welc\xc3"}
    stop()
    live.whisper("drafts/en", b"Welcome")
    await until(lambda: early["drafts/en"] == b"Welcome")
    assert late == {"drafts/en": b"Welc\xc3"}


async def test_meetings_tell_of_new_ones(meetings):
    new = []
    stop = meetings.on_new(lambda slug, live: new.append((slug, live)))
    first = await meetings.create("forum")
    assert await meetings.create("forum") is first
    stop()
    await meetings.create("other")
    assert new == [("forum", first)]
    assert dict(meetings.meetings).keys() == {"forum", "other"}
    assert meetings.meetings["forum"] is first


@pytest.mark.parametrize("slug", ["", "..", "a/b", "Forum", "-a", "a--b", "a" * 65, "é", "a\n", ".hidden"])
async def test_meetings_refuse_a_slug_that_cannot_be_a_name(meetings, slug):
    with pytest.raises(SlugUnusable):
        await meetings.create(slug)
    assert dict(meetings.meetings) == {}

"""What viewers are sent: at once, whole, in order, and only what is theirs to see."""

import asyncio

import pytest

from gateway.world import gateway
from waiting import WITHIN_S, until


@pytest.fixture
async def world():
    async with gateway() as running:
        yield running


def lines(viewer, track="en"):
    return [line["text"] for line in viewer.lines.get(f"captions/{track}", {}).values()]


async def test_newcomer_is_sent_the_whole_first(world):
    await world.granted("captioner", "write_line", track="en", text="Good morning.", speaker="ana")
    async with world.stream(lang="en") as viewer:
        await viewer.message()
        assert viewer.nows == 1
        assert lines(viewer) == ["Good morning."]
        assert viewer.views["meeting"]["title"]["es"] == "El foro"
        assert viewer.last == (await world.now())["id"]


async def test_line_reaches_only_those_who_read_its_language(world):
    async with world.stream(lang="en") as english, world.stream(lang="es") as spanish:
        await english.message()
        await spanish.message()
        await world.granted("captioner", "write_line", track="en", text="One.")
        await world.granted("captioner", "write_line", track="es", text="Dos.")
        await english.until(lambda viewer: lines(viewer) == ["One."])
        await spanish.until(lambda viewer: lines(viewer, "es") == ["Dos."])
        assert "captions/es" not in english.lines
        assert "captions/en" not in spanish.lines


async def test_two_languages_are_followed_at_once(world):
    async with world.stream(lang=["en", "es"]) as wall:
        await wall.message()
        await world.granted("captioner", "write_line", track="en", text="One.")
        await world.granted("captioner", "write_line", track="es", text="Dos.")
        await wall.until(lambda viewer: lines(viewer, "en") == ["One."] and lines(viewer, "es") == ["Dos."])


async def test_waiting_question_is_shown_to_moderators_and_its_author_only(world):
    author = await world.joined("Lu", country="UY")
    other = await world.joined("Max")
    async with (
        world.stream("moderator") as moderator,
        world.stream(author) as own,
        world.stream(other) as another,
        world.stream() as public,
    ):
        viewers = (moderator, own, another, public)
        for viewer in viewers:
            await viewer.message()
        [question] = await world.granted(author, "ask_question", text="Why the secret tower?", language="en")
        await moderator.until(lambda viewer: f"questions/{question}" in viewer.views)
        await own.until(lambda viewer: viewer.views["me"].get("asked", [{}])[0].get("status") == "waiting")
        await world.granted("moderator", "approve_question", question=question)
        for viewer in viewers:
            await viewer.until(lambda viewer: viewer.views.get(f"questions/{question}", {}).get("status") == "approved")
        assert another.views["me"].get("asked") is None


async def test_declined_question_leaves_no_word_with_others(world):
    author = await world.joined("Lu")
    async with world.stream() as public:
        messages = [await public.message()]
        last = public.last
        [question] = await world.granted(author, "ask_question", text="Unspeakable words", language="en")
        await world.granted("moderator", "decline_question", question=question, reason="Not about this")
        await world.granted("captioner", "write_line", track="en", text="Afterwards.")
        while lines(public) != ["Afterwards."]:
            messages.append(await public.message())
        async with world.stream(last=last) as returner:
            messages.append(await returner.message())
        assert question not in str(messages)
        assert "Unspeakable" not in str(public.views)
        assert "Unspeakable" not in str(await world.now())
    assert "Unspeakable" in str(await world.now(author))


async def test_question_that_was_shown_and_is_withdrawn_goes(world):
    author = await world.joined("Lu")
    [question] = await world.granted(author, "ask_question", text="Why?", language="en")
    await world.granted("moderator", "approve_question", question=question)
    async with world.stream() as public:
        await public.message()
        last = public.last
        assert f"questions/{question}" in public.views
        await world.granted(author, "withdraw_question", question=question)
        await public.until(lambda viewer: f"questions/{question}" not in viewer.views)
    async with world.stream(last=last) as returner:
        assert (await returner.message())["set"][f"questions/{question}"] is None


async def test_draft_is_shown_and_ends_with_its_line(world):
    async with world.stream(lang="en") as viewer:
        await viewer.message()
        await world.granted("captioner", "draft", track="en", text="Good mor", speaker="ana")
        await viewer.until(lambda viewer: viewer.views.get("draft/en") == {"text": "Good mor", "speaker": "ana"})
        await world.granted("captioner", "write_line", track="en", text="Good morning.", speaker="ana")
        await viewer.until(lambda viewer: "draft/en" not in viewer.views and lines(viewer) == ["Good morning."])
    assert "Good mor" not in str([event.fact for event in world.journal.since(0, 100)][:-1])


async def test_resume_brings_exactly_what_was_missed(world):
    await world.granted("captioner", "write_line", track="en", text="Before.")
    async with world.stream(lang="en") as viewer:
        await viewer.message()
        last = viewer.last
    await world.granted("captioner", "write_line", track="en", text="Missed.")
    await world.granted("host", "open_session", session="s1")
    async with world.stream(lang="en", last=last) as viewer:
        await viewer.message()
        assert viewer.nows == 0
        assert lines(viewer) == ["Missed."]
        assert viewer.views["floor"]["session"] == "s1"
        assert "meeting" not in viewer.views


@pytest.mark.parametrize("last", ["other.3", "nonsense", ".", "x" * 500, "\u00e9.1", "{identity}.999999"])
async def test_resume_from_elsewhere_starts_again(world, last):
    last = last.replace("{identity}", world.journal.identity)
    async with world.stream(lang="en", last=last) as viewer:
        await viewer.message()
        assert viewer.nows == 1


async def test_resume_after_too_many_lines_starts_again(world):
    async with world.stream(lang="en") as viewer:
        await viewer.message()
        last = viewer.last
    for number in range(310):
        await world.granted("captioner", "write_line", track="en", text=f"Line {number}.")
    async with world.stream(lang="en", last=last) as viewer:
        await viewer.message()
        assert viewer.nows == 1
        assert len(lines(viewer)) == 60


async def test_start_over_begins_again_for_everybody(world):
    await world.granted("captioner", "write_line", track="en", text="Rehearsed.")
    async with world.stream(lang="en") as viewer:
        await viewer.message()
        last = viewer.last
        await world.granted("host", "start_over")
        await viewer.until(lambda viewer: viewer.nows == 2)
        assert lines(viewer) == []
    async with world.stream(lang="en", last=last) as late:
        await late.message()
        assert late.nows == 1
        assert lines(late) == []


async def test_newcomers_during_a_flood_miss_and_double_nothing(world):
    """Forty viewers come at random moments while two hundred lines are written; each has each line once."""
    written = []

    async def write():
        for number in range(200):
            written.extend(await world.granted("captioner", "write_line", track="en", text=f"Line {number}."))

    async def watch(number):
        await asyncio.sleep(number * 0.02)
        async with world.stream(lang="en") as viewer:
            await viewer.message()
            first = len(viewer.seen)
            await viewer.until(lambda viewer: len(written) == 200 and written[-1] in viewer.seen)
            return viewer.seen, first

    results, _ = await asyncio.gather(asyncio.gather(*(watch(number) for number in range(40))), write())
    for seen, _ in results:
        assert seen == written[written.index(seen[0]) :]


async def test_presence_counts_people_by_place(world):
    person = await world.joined("Lu", country="UY", node="suva")
    async with world.stream(country="KE") as viewer, world.stream(person), world.stream("host"):
        await viewer.message()
        world.broadcast.count()
        await viewer.until(lambda viewer: viewer.views.get("presence", {}).get("people") == 2)
        assert viewer.views["presence"]["countries"] == {"KE": 1, "UY": 1}
        assert viewer.views["presence"]["nodes"] == {"suva": 1}
        assert "desks" not in viewer.views


async def test_count_of_another_gateway_outlives_a_core_that_starts_again(world, caplog):
    world.journal.whisper("census/other", b'{"presence":{"people":3}}')
    world.journal.whisper("census/other", b"")
    world.broadcast.count()
    assert (await world.now())["views"]["presence"]["people"] == 3
    assert not caplog.records


async def test_host_sees_who_sits_at_the_desks(world):
    async with world.stream("host") as host, world.stream("captioner", lang="en"):
        await host.message()
        world.broadcast.count()
        await host.until(lambda viewer: "desks" in viewer.views)
        assert {seat["role"] for seat in host.views["desks"]["seats"]} == {"host", "captioner"}


async def test_viewer_who_leaves_is_forgotten(world):
    person = await world.joined("Lu")
    async with world.stream(person) as viewer:
        await viewer.message()
        assert world.fanout.counters.readers == 1
    await until(lambda: not world.fanout.counters.readers)
    await until(lambda: world.broadcast._people == {} and world.broadcast._hub.followings() == [])
    assert world.broadcast.census.own().presence.people == 0


async def test_heartbeat_reaches_a_silent_stream(world):
    async with world.http.stream("GET", "/live/forum/stream", timeout=WITHIN_S) as response:
        chunks = response.aiter_bytes()
        await anext(chunks)
        world.broadcast.heartbeat()
        assert await anext(chunks) == b":\n\n"

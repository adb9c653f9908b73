"""Captions from outside, in the forms captioners send, with everything that goes wrong on the way."""

import asyncio

import pytest

from gateway.world import gateway
from intercommunity.gateway import source


@pytest.fixture
async def world():
    async with gateway() as running:
        yield running


async def post(world, body, role="captioner", track="en", **query):
    content = body if isinstance(body, bytes) else body.encode()
    headers = {"Authorization": f"Bearer secret-of-{role}"}
    return await world.http.post(f"/live/forum/captions/{track}", params=query, content=content, headers=headers)


async def texts(world, track="en"):
    return [line["text"] for line in (await world.now(lang=track))["lines"][f"captions/{track}"]["lines"]]


async def test_posts_become_lines_once(world):
    assert (await post(world, "Good morning every", seq=1)).json() == {"seq": 1}
    assert (await post(world, "body here in the hall today. And", seq=2)).json() == {"lines": 1, "seq": 2}
    assert (await post(world, "body here in the hall today. And", seq=2)).json() == {"seq": 2}
    assert await texts(world) == ["Good morning everybody here in the hall today."]


async def test_gap_is_reported_and_late_post_ignored(world):
    await post(world, "One sentence that is long enough to stand. ", seq=1)
    assert (await post(world, "Another sentence that is just as long as it has to be. A", seq=4)).json()["missing"] == 2
    assert (await post(world, "Late words that nobody wants any more. B", seq=3)).json() == {"seq": 4}
    assert await texts(world) == [
        "One sentence that is long enough to stand.",
        "Another sentence that is just as long as it has to be.",
    ]


async def test_backspaces_into_a_finished_line_correct_it(world):
    await post(world, "The meeting starts at eight in the morning. Then", seq=1)
    [line] = (await world.now(lang="en"))["lines"]["captions/en"]["lines"]
    await post(world, "\b" * 21 + "nine in the morning. Then", seq=2)
    [corrected] = (await world.now(lang="en"))["lines"]["captions/en"]["lines"]
    assert corrected["id"] == line["id"]
    assert corrected["text"].startswith("The meeting starts at ")
    assert "nine in the morning" in corrected["text"]
    assert corrected["corrected"] is True


async def test_unfinished_words_are_a_draft_and_then_a_line(world, monkeypatch):
    monkeypatch.setattr(source, "IDLE_S", 0.05)
    async with world.stream(lang="en") as viewer:
        await viewer.message()
        before = world.journal.position
        await post(world, "Good mor", seq=1)
        await viewer.until(lambda viewer: viewer.views.get("draft/en", {}).get("text") == "Good mor")
        assert world.journal.position == before
        await viewer.until(lambda viewer: viewer.lines["captions/en"])
    assert await texts(world) == ["Good mor"]


async def test_zoom_s_posts_and_its_question_for_the_number(world):
    await post(world, "Hello and welcome to everybody who is here", seq=1, lang="en-US")
    await post(world, "today in the hall.\n", seq=2, lang="en-US")
    headers = {"Authorization": "Bearer secret-of-captioner"}
    answer = await world.http.get("/live/forum/captions/en/seq", headers=headers)
    assert answer.text == "2"
    assert await texts(world) == ["Hello and welcome to everybody who is here today in the hall."]


async def test_cart_text_in_capitals_becomes_sentences(world):
    body = ">> ANA RUIZ: GOOD MORNING FROM ABCD AND FROM EVERYBODY HERE. [APPLAUSE] >>THANK YOU VERY MUCH, ANA."
    assert (await post(world, body)).json() == {"lines": 3}
    lines = (await world.now(lang="en"))["lines"]["captions/en"]["lines"]
    assert [line["text"] for line in lines] == [
        "Good morning from ABCD and from everybody here.",
        "[APPLAUSE]",
        "Thank you very much, Ana.",
    ]
    assert [line.get("speaker", "") for line in lines] == ["ana", "ana", ""]
    assert lines[1]["remark"] is True
    assert [line["start"] for line in lines] == sorted(line["start"] for line in lines)


async def test_webvtt_file_keeps_its_times(world):
    body = "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ana Ruiz>Hello.\n\n00:03.000 --> 00:04.000\nGood & well.\n"
    assert (await post(world, body, **{"from": 1_700_000_100_000})).json() == {"lines": 2}
    first, second = (await world.now(lang="en"))["lines"]["captions/en"]["lines"]
    assert (first["start"], first["end"], first["speaker"]) == (1_700_000_101_000, 1_700_000_102_500, "ana")
    assert second["text"] == "Good & well."


@pytest.mark.parametrize(
    ("body", "query", "status", "code"),
    [
        (b"\xff\xfe\x00", {}, 400, "not_utf8"),
        (b"\xe9t\xe9", {"seq": 1}, 400, "not_utf8"),
        (b"Words", {"seq": "x"}, 400, "bad_seq"),
        (b"Words", {"seq": ""}, 400, "bad_seq"),
        (b"Words", {"seq": -1}, 400, "bad_seq"),
        (b"W" * 70_000, {"seq": 1}, 400, "too_large"),
        (b"W" * 5_000_000, {}, 413, "body_too_large"),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\nBackwards\n", {}, 400, "ends_before_start"),
        (b"WEBVTT\n\nWords\n", {"from": "soon"}, 400, None),
    ],
)
async def test_unreadable_captions_are_refused_whole(world, body, query, status, code):
    before = world.journal.position
    response = await post(world, body, **query)
    assert response.status_code == status, response.text
    assert code is None or response.json()["code"] == code
    assert response.json()["message"]
    assert world.journal.position == before


@pytest.mark.parametrize("role", ["participant", "moderator", "panellist", "node", "nobody"])
async def test_captions_are_for_captioners(world, role):
    response = await post(world, "Fake words.", role=role)
    assert response.status_code in (401, 403)
    assert await texts(world) == []


async def test_post_that_the_log_did_not_take_can_come_again(world, monkeypatch):
    """The disk is full for a moment: the sender repeats the post, and its words are there once."""
    from intercommunity.store.port import Full

    body = "A sentence that is long enough to be one. Another sentence, just as long as it has to be. X"
    store = world.journal._store
    append = store.append

    def full(entries):
        raise Full("no room")

    monkeypatch.setattr(store, "append", full)
    response = await post(world, body, seq=1)
    assert (response.status_code, response.json()["code"]) == (503, "storage_full")
    monkeypatch.setattr(store, "append", append)
    response = await post(world, body, seq=1)
    assert response.json() == {"lines": 2, "seq": 1}
    assert await texts(world) == [
        "A sentence that is long enough to be one.",
        "Another sentence, just as long as it has to be.",
    ]


async def test_posts_at_once_keep_their_order(world):
    """Ten posts sent without waiting: their lines stand as numbered, or are reported missing, never mixed."""
    bodies = [f"This is the sentence with the number {number} in it. " for number in range(10)]
    await asyncio.gather(*(post(world, body, seq=number + 1) for number, body in enumerate(bodies)))
    await post(world, "End", seq=11)
    found = await texts(world)
    numbers = [int(text.split()[-3]) for text in found]
    assert numbers == sorted(set(numbers))


async def test_speaker_is_whom_the_host_gave_the_floor(world):
    await world.granted("host", "give_floor", speaker="ben", language="en")
    await post(world, "This is what I wanted to say to all of you. ", seq=1)
    await post(world, ">> And this is somebody else who answers to him now. X", seq=2)
    lines = (await world.now(lang="en"))["lines"]["captions/en"]["lines"]
    assert [line.get("speaker", "") for line in lines] == ["ben", ""]
    assert lines[1]["turn"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("00:03.000 --> 00:04.000\n" + "word " * 1000, "text_too_long"),
        (f"00:03.000 --> 00:04.000\n<v {'N' * 200}>word", "text_too_long"),
        ("9999999:00:03.000 --> 9999999:00:04.000\nword", "bad_time"),
    ],
)
async def test_file_with_one_line_that_no_page_could_show_changes_nothing(world, words, code):
    answer = await post(world, f"WEBVTT\n\n00:01.000 --> 00:02.000\nGood.\n\n{words}\n")
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert await texts(world) == []


async def test_file_beyond_the_calendar_is_refused(world):
    body = "WEBVTT\n\n00:01.000 --> 00:02.000\nGood.\n"
    answer = await post(world, body, **{"from": "253402300799999"})
    assert (answer.status_code, answer.json()["code"]) == (400, "field_invalid")
    assert (await world.http.get("/live/forum/text", params={"grow": "no"})).status_code == 200

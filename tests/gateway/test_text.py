"""The text page: plain, growing, escaped, small."""

import re
from html.parser import HTMLParser

import pytest

from gateway.world import gateway
from waiting import WITHIN_S

HOSTILE = '<script>alert("x")</script> & <img src=x onerror=y>'


@pytest.fixture
async def world():
    async with gateway() as running:
        yield running


async def read_until(chunks, wanted, page=b""):
    async for chunk in chunks:
        page += chunk
        if wanted in page:
            return page
    raise AssertionError(f"{wanted!r} never came")


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


async def test_page_grows_as_people_speak(world):
    await world.granted("captioner", "write_line", track="en", text="Before.", speaker="ana")
    async with world.http.stream("GET", "/live/forum/text?lang=en", timeout=WITHIN_S) as response:
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        chunks = response.aiter_bytes()
        page = await read_until(chunks, b"Before.")
        await world.granted("captioner", "write_line", track="en", text="After.", speaker="ben")
        page = await read_until(chunks, b"After.", page)
    text = page.decode()
    assert text.index("Before.") < text.index("After.")
    assert "<b>Ana Ruiz:</b>" in text
    assert "<b>Ben Okoye:</b>" in text


async def test_page_has_no_script_and_needs_none(world):
    page = (await world.http.get("/live/forum/text?lang=es&grow=no")).text
    tags = Tags(page).found
    assert "script" not in {tag for tag, _ in tags}
    assert dict(tags)["html"] == {"lang": "es", "dir": "ltr"}


async def test_what_people_write_is_escaped_everywhere(world):
    await world.granted("captioner", "write_line", track="en", text=HOSTILE, speaker=HOSTILE)
    joined = await world.wish("", "join", name=HOSTILE, affiliation=HOSTILE)
    [question] = await world.granted(joined.json()["token"], "ask_question", text=HOSTILE, language="en")
    await world.granted("moderator", "approve_question", question=question)
    await world.granted("moderator", "stage_question", question=question)
    page = (await world.http.get("/live/forum/text?lang=en&grow=no")).text
    assert page.count("&lt;script&gt;") >= 5
    assert {tag for tag, _ in Tags(page).found} <= {
        "html", "head", "meta", "title", "style", "body", "header", "nav", "h1", "h2", "a", "main", "p", "b", "i",
        "time", "small",
    }  # fmt: skip


async def test_first_screen_arrives_in_one_round_trip(world):
    for number in range(80):
        text = f"Line {number} holds about as many words as a caption line of a hundred and twenty characters has."
        await world.granted("captioner", "write_line", track="en", text=text, speaker="ana")
    response = await world.http.get("/live/forum/text?lang=en&grow=no")
    assert len(response.content) + len(str(response.headers)) < 14_000
    assert "Line 79 " in response.text


async def test_correction_and_struck_line_come_as_paragraphs(world):
    [line] = await world.granted("captioner", "write_line", track="en", text="Wrong.", speaker="ana")
    async with world.http.stream("GET", "/live/forum/text?lang=en", timeout=WITHIN_S) as response:
        chunks = response.aiter_bytes()
        page = await read_until(chunks, b"Wrong.")
        await world.granted("captioner", "correct_line", line=line, track="en", text="Right.")
        page = await read_until(chunks, b"Right.", page)
        await world.granted("captioner", "strike_line", line=line)
        page = await read_until(chunks, b"A line was taken out.", page)
    assert "<i>Correction:</i>" in page.decode()
    assert len(re.findall(rf'id="line-{line}"', page.decode())) == 1


async def test_machine_s_words_are_marked_and_not_repeated_when_they_change(world):
    from intercommunity.meeting.actor import MACHINE
    from intercommunity.meeting.captions.commands import TranslateLine

    [line] = await world.granted("captioner", "write_line", track="en", text="One.", speaker="ana")
    await world.journal.submit(TranslateLine(line, "es", "Uno.", line, "Engine"), MACHINE)
    async with world.http.stream("GET", "/live/forum/text?lang=es", timeout=WITHIN_S) as response:
        chunks = response.aiter_bytes()
        page = await read_until(chunks, b"Uno.")
        await world.journal.submit(TranslateLine(line, "es", "Uno, mejor.", line, "Engine"), MACHINE)
        [second] = await world.granted("captioner", "write_line", track="es", text="Dos.", speaker="ben")
        page = await read_until(chunks, b"Dos.", page)
    assert second
    assert "(máquina)" in page.decode()
    assert "Uno, mejor." not in page.decode()


async def test_floor_and_question_on_stage_are_told(world):
    async with world.http.stream("GET", "/live/forum/text?lang=es", timeout=WITHIN_S) as response:
        chunks = response.aiter_bytes()
        page = await read_until(chunks, b"<main>")
        await world.granted("host", "open_session", session="s1")
        page = await read_until(chunks, b"<h2>Primera</h2>", page)
        [question] = await world.granted("participant", "ask_question", text="\u00bfCu\u00e1ndo?", language="es")
        await world.granted("moderator", "approve_question", question=question)
        await world.granted("moderator", "stage_question", question=question)
        await read_until(chunks, "¿Cuándo?".encode(), page)

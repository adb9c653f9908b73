"""`intercommunity rehearse`: a script of one's own, played into a running server."""

import httpx
import pytest

from serving import MEETING, load, run, served
from waiting import WITHIN_S, until

SCRIPT = """
pace 300

@00:00 session open first
floor ana en node=hub
ana: Good morning to everybody. The river is high today.
@+2 ask q1 person="Lu" country=UY lang=es: ¿Cuándo baja el río?
@+2 approve q1
@+2 vote q1 3 over 10
floor ben es node=hub
ben: Buenos días. El puente está cerrado.
ana: Thank you. We go on tomorrow.
session close first
"""
SPEAKERS = """
[[speakers]]
id = "ana"
name = "Ana Ruiz"

[[speakers]]
id = "ben"
name = "Ben Okoye"
"""
SAID = {
    "en": ["Good morning to everybody.", "The river is high today.", "Thank you.", "We go on tomorrow."],
    "es": ["Buenos días.", "El puente está cerrado."],
}


@pytest.fixture
async def apertium(tmp_path):
    """A server that translates."""
    data = tmp_path / "data"
    links = load(data, MEETING.replace('translator = "none"', 'translator = "apertium"') + SPEAKERS)
    async with served(data) as server:
        server.links = links
        yield server


def rehearse(server, token, tmp_path, *more, slug="forum", script=SCRIPT):
    file = tmp_path / "own.script"
    file.write_text(script, encoding="utf-8")
    return run("rehearse", file, "--meeting", slug, "--url", server.url, "--token", token, "--speed", "60", *more)


async def track(server, language):
    async with httpx.AsyncClient(timeout=WITHIN_S) as http:
        return (await http.get(f"{server.url}/live/forum/captions/{language}")).json()["lines"]


async def now(server):
    async with httpx.AsyncClient(timeout=WITHIN_S) as http:
        return (await http.get(f"{server.url}/live/forum/now")).json()["views"]


def said(lines):
    return " ".join(line["text"] for line in lines if not line.get("machine"))


async def complete(server):
    """Both tracks, when everything that was said is in both."""
    tracks = []

    async def both_are():
        tracks[:] = await track(server, "en"), await track(server, "es")
        return len(tracks[0]) == len(tracks[1]) >= 3

    await until(both_are)
    return tracks


@pytest.mark.slow
async def test_everything_arrives_in_both_languages(apertium, tmp_path):
    done = rehearse(apertium, apertium.links["host"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    english, spanish = await complete(apertium)
    assert said(english) == " ".join(SAID["en"])
    assert said(spanish) == " ".join(SAID["es"])
    assert [line["id"] for line in english] == [line["id"] for line in spanish]
    assert all(line["text"] for line in (*english, *spanish))
    views = await now(apertium)
    [question] = [view for topic, view in views.items() if topic.startswith("questions/")]
    assert (question["status"], question["votes"]) == ("approved", 3)
    assert not views["floor"].get("session")


@pytest.mark.slow
async def test_captioner_plays_captions_only(server, tmp_path):
    done = rehearse(server, server.links["captioner"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "left out" in done.stderr
    assert said(await track(server, "en")) == " ".join(SAID["en"])
    views = await now(server)
    assert not [topic for topic in views if topic.startswith("questions/")]
    assert not views["floor"].get("session")


async def test_what_cannot_be_played_is_told(server, tmp_path):
    host = server.links["host"]
    for done, sentence in [
        (rehearse(server, host, tmp_path, slug="nowhere"), "There is no meeting at this address."),
        (rehearse(server, "not-a-token", tmp_path), "This link does not belong to the meeting."),
        (rehearse(server, host, tmp_path, "--speed", "0"), "--speed must be larger than 0."),
        (rehearse(server, host, tmp_path, script="@never do it\n"), "Line 1: "),
    ]:
        assert done.returncode == 1
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
    server.stop()
    assert "No server answers at" in rehearse(server, host, tmp_path).stderr

"""A meeting has ended: its record is on the site, and what was said and asked plays from it, in a real browser."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bench.meeting_file import Session, meeting_file, programme
from msgspec import Struct
from playwright.sync_api import Page, expect

from serving import WITH_THE_TESTS, Links, Served, environment, free_port, load, text_at
from waiting import until_here

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("ffmpeg") and shutil.which("espeak-ng")), reason="there is nothing to speak"),
]

WITHIN_MS = 200
PUBLISHED_WITHIN_S = 90

SESSIONS = (
    Session("opening", "Opening", "Apertura", minutes=10),
    Session("boats", "Boats", "Barcas", "14:10", minutes=10),
)
SPEAKERS = """
[[speakers]]
id = "ada"
name = "Ada <b>Brook</b>"
affiliation = "Mill Radio"
languages = ["en"]

[[speakers]]
id = "luis"
name = "Luis Arroyo"
affiliation = "Red Molino"
languages = ["es"]
"""

SCRIPT = """
pace 170

@00:00 session open opening
floor ada en
ada: Good morning from the shore. The water is calm today. We have brought our oldest boat to show it to you.
session close opening
session open boats
floor luis es
luis: Muchas gracias, Ada. Esta barca tiene cien años. La hizo mi abuela con madera de este mismo bosque.
floor ada en
ada: And it still floats. Please come and see it after lunch.
"""


class Shore(Struct, frozen=True):
    """The ended meeting: its server, and the ids of what happened in it."""

    server: Served
    corrected: str
    struck: str
    answered_at: int

    @property
    def folder(self) -> Path:
        return self.server.data / "records/shore"

    def page(self, name: str) -> str:
        return f"{self.server.url}/shore/record/{name}"


@pytest.fixture(scope="module")
def shore(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shore]:
    """Half a minute in two languages, spoken, with a question and its answer; then the host ends it."""
    folder = tmp_path_factory.mktemp("record")
    more = programme("rtmp", es="rtmp") + SPEAKERS
    links = load(folder / "data", meeting_file("shore", "The shore", "La orilla", SESSIONS, more))
    server = Served(folder / "data", options={"INTERCOMMUNITY_RTMP_PORT": str(free_port())})
    try:
        server.start_here()
        yield _held(server, links, folder)
    finally:
        server.end_everything()


def _held(server: Served, links: Links, folder: Path) -> Shore:
    script = folder / "shore.script"
    script.write_text(SCRIPT)
    command = [
        *WITH_THE_TESTS,
        sys.executable,
        "-m",
        "intercommunity.cli",
        "rehearse",
        str(script),
        "--meeting",
        "shore",
    ]
    command += ["--url", server.url, "--token", links["host"], "--programme"]
    with httpx.Client(base_url=f"{server.url}/live/shore", timeout=20) as http:
        playing = subprocess.Popen(command, env=environment())
        question = _asked(http, links)
        assert playing.wait(120) == 0
        lines = http.get("/captions/en", params={"most": "100"}).json()["lines"]
        answered_at = next(line["start"] for line in lines if "floats" in line["text"])
        wish(http, links["host"], "mark_answered", question=question, moment=answered_at)
        wish(
            http, links["captioner"], "correct_line", line=lines[0]["id"], track="en", text="Good day from the <shore>."
        )
        wish(http, links["captioner"], "strike_line", line=lines[1]["id"])
        wish(http, links["host"], "end_meeting")
        until_here(lambda: text_at(f"{server.url}/shore/record/index.html"), PUBLISHED_WITHIN_S, server.errors)
    return Shore(server, lines[0]["id"], lines[1]["id"], answered_at)


def wish(http: httpx.Client, token: str, kind: str, **fields: object) -> dict:
    answer = http.post(
        "/commands", json={"kind": kind, **fields}, headers={"Authorization": f"Bearer {token}"} if token else {}
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    return dict(answer.json())


def _asked(http: httpx.Client, links: Links) -> str:
    person = wish(http, "", "join", name="Eva")["token"]
    question = wish(http, person, "ask_question", text="Does it still float?", language="en")["ids"][0]
    wish(http, links["moderator"], "approve_question", question=question)
    wish(http, links["moderator"], "stage_question", question=question)
    return str(question)


class Recorded:
    """Where a moment is in the recording: read from its description, apart from the player."""

    def __init__(self, folder: Path) -> None:
        self.stretches = json.loads((folder / "recording/recording.json").read_bytes())["stretches"]

    def place(self, moment: int) -> float:
        for each in self.stretches:
            into = (moment - each["moment"]) / 1000
            if 0 <= into < each["seconds"]:
                return float(each["place"] + into)
        raise AssertionError(moment)


NOTE_PLACES = "addEventListener('seeking', ({ target }) => (window.wentTo = target.currentTime), { capture: true })"


def opened(visit, address: str) -> Page:
    """A page that notes to which place its player goes."""
    page = visit()
    page.add_init_script(NOTE_PLACES)
    page.goto(address)
    return page


def away_ms(page: Page, place: float) -> float:
    """How far from a place the player went, as soon as it has arrived near it and plays.

    Where it stands by then is of no use: it plays on while a busy machine comes to look.
    """
    found = page.evaluate(
        """async (place) => {
      const video = document.querySelector('video')
      const plays = () => video.readyState > 2 && !video.seeking && !video.paused
      const arrived = () => plays() && Math.abs(video.currentTime - place) < 2
      const until = performance.now() + 20000
      while (!arrived() && performance.now() < until) await new Promise((done) => setTimeout(done, 5))
      return ((arrived() ? window.wentTo : video.currentTime) - place) * 1000
    }""",
        place,
    )
    return float(found)


def cues(page: Page) -> list[str]:
    """What stands in the picture."""
    shown = "[...document.querySelector('video').textTracks].filter((track) => track.mode === 'showing')"
    return list(page.evaluate(f"{shown}.flatMap((track) => [...track.activeCues].map((cue) => cue.text))"))


@pytest.mark.parametrize("seen", ["site", "disk"])
def test_click_on_a_line_plays_that_line_in_every_language(visit, shore: Shore, seen: str):
    address = (
        (shore.folder / "en/sessions/02-boats.html").as_uri()
        if seen == "disk"
        else shore.page("en/sessions/02-boats.html")
    )
    page = opened(visit, address)
    recorded = Recorded(shore.folder)
    lines = page.locator(".line")
    plays = lines.locator("a.play")
    for language in ("mul", "es", "mul"):
        page.get_by_label("Hear").select_option(language)
        for number in (plays.count() - 1, 1):
            moment = int(plays.nth(number).get_attribute("data-moment") or 0)
            plays.nth(number).press("Enter")
            place = recorded.place(moment)
            assert -5 <= away_ms(page, place) <= WITHIN_MS
            expect(lines.nth(number)).to_have_class(re.compile("heard"))
            assert float(page.evaluate("location.hash").removeprefix("#t=")) == pytest.approx(place, abs=0.02)
    page.get_by_label("Captions").select_option("es")
    plays.nth(0).press("Enter")
    until_here(lambda: [text for text in cues(page) if "Muchas gracias" in text])
    ours = page.evaluate("document.querySelector('.chapters .now').textContent")
    assert ours == "Boats · Luis Arroyo"


def test_question_plays_its_answer_and_chapters_and_addresses_lead_to_their_places(visit, shore: Shore):
    recorded = Recorded(shore.folder)
    page = opened(visit, shore.page("en/questions.html"))
    page.get_by_role("link", name="Play the answer").click()
    assert -5 <= away_ms(page, recorded.place(shore.answered_at)) <= WITHIN_MS
    page.goto(shore.page("en/recording.html"))
    chapters = page.locator(".chapters a")
    assert [each.split(maxsplit=1)[1] for each in chapters.all_inner_texts()] == [
        "Opening", "Ada <b>Brook</b>", "Boats", "Luis Arroyo",
    ]  # fmt: skip
    moment = int(chapters.nth(2).get_attribute("data-moment") or 0)
    chapters.nth(2).click()
    assert -5 <= away_ms(page, recorded.place(moment)) <= WITHIN_MS
    expect(chapters.nth(3)).to_have_attribute("aria-current", "true")
    page.goto("about:blank")
    page.goto(shore.page("en/recording.html#t=7.5"))
    page.get_by_label("Hear").focus()
    assert -5 <= away_ms(page, 7.5) <= WITHIN_MS


def test_page_without_a_script_has_everything(visit, shore: Shore):
    page = visit(shore.page("en/sessions/01-opening.html"), java_script_enabled=False)
    words = page.locator(".words").all_inner_texts()
    assert words[0] == "Good day from the <shore>."
    assert not [text for text in words if "calm" in text]
    href = page.locator(".line a.play").first.get_attribute("href") or ""
    assert re.fullmatch(r"\.\./\.\./recording/meeting\.mp4#t=\d+\.\d+", href)
    video = page.locator("video")
    assert video.get_attribute("controls") is not None
    assert video.locator("track").count() == 2
    part = httpx.get(shore.page("recording/meeting.mp4"), headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)


def test_record_of_the_site_verifies_and_says_the_corrected_words_everywhere(shore: Shore):
    checked = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=shore.folder, check=False)
    assert checked.returncode == 0
    sums = (shore.folder / "SHA256SUMS").read_text()
    assert "recording/meeting.mp4" in sums
    assert "recording/hls/picture/1.m4s" in sums
    captions = (shore.folder / "recording/captions-en.vtt").read_text()
    assert "Good day from the &lt;shore&gt;." in captions
    assert "calm" not in captions
    assert (shore.folder / "recording/hls/picture/1.m4s").stat().st_nlink == 2

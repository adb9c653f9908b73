"""The host sees what real senders send: what arrives, how loud, what is off, and how it is sent."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from bench.meeting_file import programme
from playwright.sync_api import Locator, Page, expect

from e2e.test_axe import violations
from e2e.test_layout import CLIPPED, OUTSIDE, OVERFLOWING, SMALL_TARGETS
from e2e.visiting import DESK, PHONE
from media.senders import AAC, BEEP, H264, PICTURE
from serving import MEETING, Links, Served, free_port, load

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]

WITHIN_MS = 30_000
SILENT_WITHIN_MS = 60_000
SILENCE = ["-f", "lavfi", "-i", "anullsrc=sample_rate=48000:channel_layout=mono"]

WEBCAST = programme("rtmp", es="rtmp", en="file:talk.mp4")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    options = {"INTERCOMMUNITY_RTMP_PORT": str(free_port())}
    running = Served(tmp_path_factory.mktemp("studio") / "data", options=options)
    try:
        running.start_here()
        yield running
    finally:
        running.end_everything()


@contextmanager
def sending(key: dict[str, str], *what: str) -> Iterator[None]:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-re", *what, "-t", "120", "-f", "flv"]
    process = subprocess.Popen([*command, f"{key['server']}/{key['key']}"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def keys_of(server: Served, links: Links) -> dict[str, dict[str, str]]:
    """As the server tells its host."""
    headers = {"Authorization": f"Bearer {links['host']}"}
    streams = httpx.get(f"{server.url}/live/forum/streams", headers=headers).json()["streams"]
    return {each["source"]: each for each in streams if each["key"]}


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def advice(source: Locator, code: str) -> Locator:
    return source.locator(f"[data-code={code}]")


def ensure_fits(page: Page) -> None:
    for size in (DESK, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert page.evaluate(OVERFLOWING) == 0, size
        assert page.evaluate(OUTSIDE) == [], size
        assert page.evaluate(CLIPPED) == [], size
        assert page.evaluate(SMALL_TARGETS) == [], size


def ensure_beside(left: Locator, right: Locator) -> None:
    one, other = left.bounding_box(), right.bounding_box()
    assert one is not None
    assert other is not None
    assert one["x"] + one["width"] <= other["x"]


def test_host_sees_what_arrives_and_what_to_do(visit, studio: Served):
    links = load(studio.data, MEETING + WEBCAST)
    keys = keys_of(studio, links)
    page = visit(f"{studio.url}/forum/webcast/#t={links['host']}", permissions=["clipboard-read", "clipboard-write"])
    floor, spanish, english = (
        card(page, name) for name in ("Programme: picture and floor", "Spanish channel", "English channel")
    )

    expect(floor).to_contain_text("Waiting: nothing has come yet", timeout=WITHIN_MS)
    expect(floor).to_contain_text(keys["floor"]["server"])
    secret = floor.get_by_role("group", name="Stream key")
    expect(secret).not_to_contain_text(keys["floor"]["key"])
    ensure_beside(secret.locator("code"), secret.get_by_role("button", name="Copy"))
    secret.get_by_role("button", name="Show").press("Enter")
    expect(secret).to_contain_text(keys["floor"]["key"])
    secret.get_by_role("button", name="Copy").click()
    expect(secret).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == keys["floor"]["key"]
    expect(advice(english, "file_missing")).to_contain_text("There is no file talk.mp4.", timeout=WITHIN_MS)
    expect(english).to_contain_text("Cannot be taken in")
    expect(page.get_by_role("status").filter(has_text="1 source needs a look.")).to_be_visible()

    with sending(keys["floor"], *PICTURE, *BEEP, *H264, *AAC), sending(keys["es"], *SILENCE, *AAC):
        expect(floor.get_by_text("Arriving")).to_be_visible(timeout=WITHIN_MS)
        for fact in ("H.264", "320 × 180", "frames a second", "kbit/s", "AAC", "48 kHz", "mono"):
            expect(floor).to_contain_text(fact)
        meter = page.get_by_role("meter", name="Loudness, Programme: picture and floor")
        expect(meter).to_have_attribute("aria-valuetext", re.compile(r"-2\d dB, good"))
        expect(page.get_by_role("meter", name="Loudness, Spanish channel")).to_have_attribute(
            "aria-valuetext", "silent"
        )
        viewers = card(page, "What viewers get")
        expect(viewers).to_contain_text("On air since", timeout=WITHIN_MS)
        expect(viewers).to_contain_text("The floor is heard just now on: Spanish and English.")

        with sending(keys["es"], *BEEP, *AAC):
            expect(advice(spanish, "second_sender")).to_contain_text("from 127.0.0.1", timeout=WITHIN_MS)
        expect(advice(spanish, "silent")).to_contain_text("Ask the interpreter to speak", timeout=SILENT_WITHIN_MS)
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []
        ensure_fits(page)

        host = visit(f"{studio.url}/forum/host/#t={links['host']}")
        expect(card(host, "Webcast")).to_contain_text("2 sources need a look.")
        card(host, "Floor").get_by_role("button", name="Spanish").click()
        expect(advice(spanish, "silent")).to_have_count(0)
        expect(spanish).to_contain_text("carries the floor, which is in its language")

    expect(floor).to_contain_text("Broken off", timeout=WITHIN_MS)
    expect(viewers).to_contain_text("A slate stands in for the picture", timeout=WITHIN_MS)
    expect(advice(floor, "broken")).to_contain_text("Look whether the encoder still sends")


def test_moderator_sees_what_arrives_and_no_key(visit, studio: Served):
    links = load(studio.data, MEETING + WEBCAST)
    page = visit(f"{studio.url}/forum/webcast/#t={links['moderator']}", bears="403")
    expect(card(page, "Spanish channel")).to_be_visible(timeout=WITHIN_MS)
    expect(page.get_by_role("group", name="Stream key")).to_have_count(0)
    assert [key for key in keys_of(studio, links).values() if key["key"] in page.content()] == []


def test_end_of_the_meeting_leaves_nothing_to_look_at(visit, studio: Served):
    links = load(studio.data, (MEETING + WEBCAST).replace('"forum"', '"short-forum"'), "short.toml")
    page = visit(f"{studio.url}/short-forum/webcast/#t={links['host']}")
    host = visit(f"{studio.url}/short-forum/host/#t={links['host']}")
    needing = page.get_by_text("1 source needs a look.")
    expect(needing).to_be_visible(timeout=WITHIN_MS)
    host.get_by_role("button", name="End the meeting").click()
    host.get_by_role("dialog").get_by_role("button", name="End the meeting").click()
    for each in (card(page, "What viewers get"), card(host, "Webcast")):
        expect(each).to_contain_text("The webcast has ended with the meeting.")
    expect(needing).to_have_count(0)
    expect(card(page, "English channel")).to_have_count(0)


def test_meeting_without_a_programme_is_told_how_to_have_one(visit, studio: Served):
    links = load(studio.data, MEETING.replace('"forum"', '"silent-forum"'), "silent.toml")
    page = visit(f"{studio.url}/silent-forum/webcast/#t={links['host']}", size=PHONE, locale="ar")
    expect(page.get_by_text("[programme]")).to_be_visible()
    assert page.locator("html").get_attribute("dir") == "rtl"
    ensure_fits(page)
    assert violations(page) == []

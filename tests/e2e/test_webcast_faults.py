"""Everything behind a webcast dies in turn, at random moments, while somebody watches: their page goes on by itself."""

import os
import random
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import m3u8
import pytest
from bench.meeting_file import programme
from playwright.sync_api import Browser, Page, expect

from e2e.encoder import Encoder
from media.validity import ensure_decodes, ensure_valid
from serving import MEETING, Links, Served, free_port, load, small_disk
from waiting import until_here

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]

SEED = int(os.environ.get("INTERCOMMUNITY_TEST_SEED", str(random.randrange(1_000_000))))
WITHIN_MS = 60_000
WEBCAST = programme("rtmp", es="rtmp")
PICTURE = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=25", "-c:v", "libx264", "-preset", "ultrafast"]
PICTURE += ["-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "25"]
BEEPS = ["-f", "lavfi", "-i", "sine=frequency=440:beep_factor=2:sample_rate=48000", "-c:a", "aac"]
BROKEN = r"Failed to load resource|net::ERR_|TypeError: network error"

PLACE = "document.querySelector('.picture > video').currentTime"
BEHIND = (
    f"(({{ seekable }}) => seekable.end(seekable.length - 1) - {PLACE})(document.querySelector('.picture > video'))"
)
MOST_BEHIND_S = 20


class Studio:
    """A server of the story's own on a small disk, and its encoders."""

    def __init__(self, data: Path) -> None:
        self.rtmp_port = free_port()
        self.links: Links = load(data, MEETING + WEBCAST)
        self.server = Served(data, options={"INTERCOMMUNITY_RTMP_PORT": str(self.rtmp_port)})
        self.encoders: dict[str, Encoder] = {}

    def begin(self) -> None:
        self.server.spawn()
        keys = {each["source"]: each["key"] for each in self.links.printed["streams"]}
        for source, what in {"floor": [*PICTURE, *BEEPS], "es": BEEPS}.items():
            self.encoders[source] = Encoder(f"rtmp://127.0.0.1:{self.rtmp_port}/live/{keys[source]}", *what)

    def end(self) -> None:
        for encoder in self.encoders.values():
            encoder.end()
        self.server.end_everything()

    @property
    def address(self) -> str:
        return f"{self.server.url}/live/forum/hls/main.m3u8"

    @property
    def packages(self) -> Path:
        return self.server.data / "media/forum"

    def media_process(self) -> int:
        (found,) = [
            pid for pid in self.server.processes() if b"media.process" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        return found

    def segments(self) -> int:
        """How many are listed by now, as a reader sees it."""
        try:
            main = httpx.get(self.address, timeout=2)
            if main.status_code != httpx.codes.OK:
                return 0
            listed = m3u8.loads(main.text, uri=self.address).playlists[0].absolute_uri
            return len(m3u8.loads(httpx.get(listed, timeout=2).text).segments)
        except httpx.TransportError:
            return 0


@pytest.fixture
def studio(tmp_path: Path, browser: Browser) -> Iterator[Studio]:
    """After the browser, whose loop runs in this thread while it lives."""
    try:
        with small_disk(tmp_path / "disk", "40m") as disk:
            found = Studio(disk / "data")
            try:
                found.begin()
                yield found
            finally:
                found.end()
    except PermissionError as reason:
        pytest.skip(str(reason))


def ensure_goes_on(page: Page, studio: Studio) -> None:
    """The playlist grows again, and what the page plays is of what was added."""
    before, place = studio.segments(), page.evaluate(PLACE)
    until_here(lambda: studio.segments() > max(before, 1))
    until_here(lambda: page.evaluate(PLACE) > place + 2)
    until_here(lambda: page.evaluate(BEHIND) < MOST_BEHIND_S)
    assert page.evaluate("window.here") == "still"


def test_page_goes_on_by_itself_whatever_dies_behind_it(visit, studio: Studio):
    print("seed", SEED)  # noqa: T201 - shown where it fails
    chance = random.Random(SEED)
    until_here(lambda: studio.segments() >= 2)
    page = visit(f"{studio.server.url}/forum/", bears=BROKEN)
    page.get_by_role("button", name="Webcast").click(timeout=WITHIN_MS)
    expect(page.get_by_role("button", name="Pause")).to_be_visible(timeout=WITHIN_MS)
    page.evaluate("window.here = 'still'")
    faults = [kill_the_packager, kill_a_source, kill_the_server, fill_the_disk]
    for fault in chance.sample(faults, len(faults)):
        page.wait_for_timeout(chance.uniform(0, 2_000))
        fault(studio, page)
        ensure_goes_on(page, studio)
        ensure_valid(studio.packages)
    (package,) = [path.parent for path in studio.packages.glob("*/package.jsonl")]
    ensure_decodes(package)


def kill_the_packager(studio: Studio, _: Page) -> None:
    studio.server.kill_one(studio.media_process())


def kill_a_source(studio: Studio, page: Page) -> None:
    """Its encoder stands still, so long that the slate stands in."""
    studio.encoders["floor"].stop(signal.SIGSTOP)
    page.wait_for_timeout(3_000)
    studio.encoders["floor"].stop(signal.SIGCONT)


def kill_the_server(studio: Studio, _: Page) -> None:
    studio.server.kill()
    studio.server.spawn()


def fill_the_disk(studio: Studio, page: Page) -> None:
    ballast = studio.server.data.parent / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(100_000))
    before = studio.segments()
    page.wait_for_timeout(4_000)
    assert studio.segments() <= before + 1
    ballast.unlink()

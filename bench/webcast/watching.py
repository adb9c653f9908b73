"""A viewer of the test programme: a real Chromium on the watch page, and what it saw, heard and read, and when."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.chromium import FLAGS, PROGRAM
from bench.processes import NotInstalledError
from bench.product import SLUG
from bench.webcast.programme import BEEPS, CHANNELS, hum_of, pitch_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
SETTINGS = "intercommunity:webcast"
WITHIN_MS = 60_000

FIRST_PICTURE = """() => {
  window.firstPicture = new Promise((resolve) => {
    addEventListener('click', () => {
      const pressed = performance.now()
      const look = () => {
        const video = document.querySelector('.player video')
        if (video) video.requestVideoFrameCallback(() => resolve((performance.now() - pressed) / 1000))
        else requestAnimationFrame(look)
      }
      look()
    }, { capture: true, once: true })
  })
}"""


@dataclass(frozen=True)
class Sensed:
    """`kind`: flash, beep, channel, words, choice, or an event of the <video>. `at`: ms UTC; `place`: its current time.

    `channel`: its number, -1 for silence; `beep`: which of the sixteen seconds'.
    """

    kind: str
    at: float
    place: float
    channel: int = -1
    beep: int = -1
    words: str = ""
    value: str = ""


@dataclass
class Line:
    """What the browser's line carries: bit a second, and ms there and back."""

    bits: float
    round_trip_ms: float


@dataclass
class Viewer:
    page: "Page"
    sensed: list[Sensed] = field(default_factory=list)

    def play(self) -> None:
        """Press the button, and look and listen from then on."""
        self.press_play()
        self.page.get_by_role("button", name="Pause").wait_for(timeout=WITHIN_MS)
        self.look_and_listen()

    def press_play(self) -> None:
        self.page.get_by_role("button", name="Webcast").click(timeout=WITHIN_MS)

    def look_and_listen(self) -> None:
        channels = range(len(CHANNELS))
        senses = {
            "ears": (HERE / "ears.js").read_text(encoding="utf-8"),
            "pitches": [[pitch_of(channel, beep) for beep in range(BEEPS)] for channel in channels],
            "hums": [hum_of(channel) for channel in channels],
        }
        script = (HERE / "senses.js").read_text(encoding="utf-8")
        self.page.evaluate(script[script.index("async (") :], senses)

    def first_picture(self) -> float:
        """Press the button; s until a picture stands on the screen."""
        self.page.evaluate(FIRST_PICTURE)
        self.press_play()
        seconds: float = self.page.evaluate("window.firstPicture")
        return seconds

    def read(self) -> dict[str, float]:
        """Which words stand in the page, and since when (ms UTC)."""
        words: dict[str, float] = self.page.evaluate("window.read")
        return words

    def watch(self, seconds: float) -> list[Sensed]:
        """Go on for so long; what happened meanwhile."""
        before = len(self.sensed)
        self.page.wait_for_timeout(seconds * 1000)
        self._take()
        return self.sensed[before:]

    def watch_until(self, enough: Callable[[Sequence[Sensed]], bool], seconds: float) -> list[Sensed]:
        """Until enough has happened, or so long."""
        before, until = len(self.sensed), time.monotonic() + seconds
        while not enough(self.sensed[before:]) and time.monotonic() < until:
            self.page.wait_for_timeout(100)
            self._take()
        return self.sensed[before:]

    def _take(self) -> None:
        self.sensed += [Sensed(**each) for each in self.page.evaluate("window.sensed.splice(0)")]

    def choose(self, label: str, value: str) -> None:
        self.page.locator(".player label", has_text=label).locator("select").select_option(value)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def throttle(self, line: Line | None) -> None:
        """None: as fast as it goes."""
        rate = line.bits / 8 if line else -1
        conditions = {"offline": False, "latency": line.round_trip_ms if line else 0}
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        conditions |= {"downloadThroughput": rate, "uploadThroughput": rate}
        session.send("Network.emulateNetworkConditions", conditions)


@contextmanager
def browser() -> Iterator["Browser"]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NotInstalledError("pip install playwright") from None
    if PROGRAM is None:
        raise NotInstalledError("apt install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS, timeout=WITHIN_MS)
        yield started
        started.close()


@contextmanager
def viewer(
    started: "Browser",
    url: str,
    *,
    path: str = f"/{SLUG}/",
    settings: Mapping[str, Any] | None = None,
    line: Line | None = None,
) -> Iterator[Viewer]:
    """Somebody who has opened the watch page, or another. `settings`: what they chose on this device before."""
    context = started.new_context(viewport={"width": 1280, "height": 900}, locale="en", bypass_csp=True)
    context.set_default_timeout(WITHIN_MS)
    if settings is not None:
        context.add_init_script(f"localStorage.setItem({SETTINGS!r}, {json.dumps(json.dumps(settings))})")
    context.add_init_script(path=HERE / "reading.js")
    page = context.new_page()
    watching = Viewer(page)
    if line is not None:
        watching.throttle(line)
    page.goto(f"{url}{path}", timeout=4 * WITHIN_MS, wait_until="commit")
    try:
        yield watching
    finally:
        context.close()

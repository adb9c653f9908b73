"""People at a browser: opens pages as they would, and keeps what each page complains of; knows no meeting."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from bench.chromium import FLAGS, PROGRAM
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

PHONE = (360, 740)
DESK = (1280, 800)
ZOOMED = (320, 256)
"""A window of 1280 by 1024 at 400 %."""

OURS = {"127.0.0.1", ""}
"""Hosts that a page may ask; the last stands for what has none, as a file."""

WITHIN_MS = 30_000

TELL_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
        yield browser
        browser.close()


class Visits:
    """Opens pages, each for a person of their own, and knows at the end what went wrong in any of them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._borne: list[re.Pattern[str]] = []
        self.complaints: list[str] = []

    def __call__(
        self,
        address: str = "",
        size: tuple[int, int] = DESK,
        locale: str = "en",
        bears: str = "",
        **options: object,
    ) -> Page:
        """A page of somebody who has never been here. `bears`: a pattern of complaints that belong to the story."""
        if bears:
            self._borne.append(re.compile(bears))
        viewport = {"width": size[0], "height": size[1]}
        context = self._browser.new_context(viewport=viewport, locale=locale, **options)  # type: ignore[arg-type]
        context.set_default_timeout(WITHIN_MS)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("request", self._asked)
        context.add_init_script(TELL_VIOLATIONS)
        self._contexts.append(context)
        page = context.new_page()
        if address:
            page.goto(address)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        if (urlsplit(request.url).hostname or "") not in OURS:
            self.complaints.append(f"request: {request.url}")

    def end(self) -> None:
        for context in self._contexts:
            context.close()

    def unbearable(self) -> list[str]:
        return [each for each in self.complaints if not any(borne.search(each) for borne in self._borne)]

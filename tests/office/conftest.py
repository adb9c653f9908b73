"""The office with meetings of the test's own, and with pages as the web build leaves them."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intercommunity.settings")
django.setup()

from django.test import Client  # noqa: E402 - Django is ready only now
from django.test.utils import override_settings  # noqa: E402

from intercommunity.office import assets, ports, web_catalogue  # noqa: E402
from intercommunity.office.pages import PAGES  # noqa: E402

MESSAGES = [
    "Watch",
    "A sentence of no catalogue",
    ["{count} country", "{count} countries"],
]


class KnownMeetings:
    """The meetings that a test names; what is asked for is `cards`."""

    def __init__(self) -> None:
        self.cards: list[ports.MeetingCard] = []

    def list(self) -> list[ports.MeetingCard]:
        return list(self.cards)

    def find(self, slug: str) -> ports.MeetingCard | None:
        return next((card for card in self.cards if card.slug == slug), None)


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Path]:
    """The folder that web/build.mjs fills: every page has its script, and each says MESSAGES."""
    folder = tmp_path / "static" / assets.FOLDER
    folder.mkdir(parents=True)
    entries: dict[str, dict[str, object]] = {
        name: {"script": f"{name}-0123456789ab.js", "style": f"{name}-ba9876543210.css", "messages": MESSAGES}
        for name in (*PAGES, "player", "hls", "record")
    }
    entries["site"] = {"script": None, "style": "site-ba9876543210.css", "messages": ["Live now"]}
    (folder / "manifest.json").write_text(json.dumps(entries))
    (folder / "watch-0123456789ab.js").write_text("'plain'" * 100)
    (folder / "watch-0123456789ab.js.gz").write_bytes(b"compressed")
    with override_settings(STATIC_ROOT=folder.parent):
        _forget()
        yield folder
    _forget()


def _forget() -> None:
    assets.manifest.cache_clear()
    web_catalogue.web_catalogue.cache_clear()


@pytest.fixture
def meetings() -> KnownMeetings:
    known = KnownMeetings()
    ports.install(known)
    return known


@pytest.fixture
def browser(built: Path, meetings: KnownMeetings) -> Client:
    """A browser that asks for English; an error shows it a page, as it would people."""
    return Client(raise_request_exception=False, headers={"Accept-Language": "en"})


@pytest.fixture
def forum() -> ports.MeetingCard:
    return ports.MeetingCard(
        slug="forum",
        titles={"en": "The forum", "es": "El foro"},
        starts=1_767_268_800_000,
        languages=["es", "en"],
        state="live",
    )

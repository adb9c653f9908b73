"""Which built files belong to a page; knows how the web build names them and nothing of their content."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = "live"

Message = str | tuple[str, str]


class NotBuilt(Exception):  # noqa: N818 - says what is missing
    """The web client has not been built, or not this page of it."""


@dataclass(frozen=True)
class Assets:
    """`script` and `style` are addresses; a page without script has "". `messages` is what the script says."""

    script: str
    style: str
    messages: tuple[Message, ...]


def assets(page: str) -> Assets:
    """The built files of a page; raises NotBuilt."""
    found = manifest().get(page)
    if found is None:
        raise NotBuilt(f'The web client has no page "{page}": build it with "make run".')
    return found


@cache
def manifest() -> dict[str, Assets]:
    """Every page that was built, by name; read once. Raises NotBuilt."""
    path = Path(settings.STATIC_ROOT or "") / FOLDER / "manifest.json"
    try:
        entries = json.loads(path.read_text())
    except FileNotFoundError:
        raise NotBuilt('The web client is not built: build it with "make run".') from None
    return {page: _assets(entry) for page, entry in entries.items()}


def _assets(entry: dict[str, object]) -> Assets:
    messages = entry["messages"]
    assert isinstance(messages, list)
    return Assets(
        script=_address(entry["script"]),
        style=_address(entry["style"]),
        messages=tuple(each if isinstance(each, str) else (each[0], each[1]) for each in messages),
    )


def _address(name: object) -> str:
    return f"{settings.STATIC_URL}{FOLDER}/{name}" if name else ""

"""The first page of a language: the agenda as it was held, and the way to everything else."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from intercommunity.record.content import Content, Held
from intercommunity.record.pages.page import Page, session_name, title_of
from intercommunity.record.reader import Reader


class Entry(NamedTuple):
    """A session in the agenda. `href` is empty where nothing was written down."""

    held: Held
    title: Markup
    href: str
    speakers: tuple[tuple[str, str], ...]


def overview_page(reader: Reader, content: Content) -> Page:
    days = {reader.day(held.opened or held.planned) for held in content.sessions if held.opened or held.planned}
    context = {"entries": tuple(_entries(reader, content)), "several_days": len(days) > 1}
    return Page("index.html", "overview.html", reader.tell("Record of the meeting"), context)


def _entries(reader: Reader, content: Content) -> Iterator[Entry]:
    for held in content.sessions:
        voices = [content.voices[each] for each in held.speakers if each in content.voices]
        named = tuple((voice.name, voice.affiliation) for voice in voices)
        yield Entry(held, title_of(held, reader), session_name(held) if held.lines else "", named)

"""How this record came about: what people made, what machines made, and what is not in it."""

from collections.abc import Iterator
from typing import NamedTuple

from intercommunity.record.content import Content
from intercommunity.record.marks import Made, Tally, tally
from intercommunity.record.pages.page import Page
from intercommunity.record.reader import Reader


class Track(NamedTuple):
    """A language with its lines, and how they were made."""

    name: str
    tally: Tally
    parts: tuple[tuple[str, int, str], ...]
    engines: tuple[tuple[str, int, str], ...]


def about_page(reader: Reader, content: Content) -> Page:
    tracks = tuple(_track(track, reader, content) for track in content.description.languages)
    left_out = content.unpublished
    context = {
        "tracks": tracks,
        "left_out": tuple(_left_out(reader, content)),
        "merged": left_out.merged,
        "running": not content.ended,
    }
    return Page("about.html", "about.html", reader.tell("About this record"), context)


def _track(track: str, reader: Reader, content: Content) -> Track:
    counted = tally(content.lines, track)
    names = _names(reader)
    parts = tuple(
        (names[how], counted.made[how], reader.percent(counted.made[how], counted.lines))
        for how in Made
        if how in counted.made
    )
    engines = tuple((engine, count, reader.percent(count, counted.lines)) for engine, count in counted.engines.items())
    return Track(reader.heading(track), counted, parts, engines)


def _names(reader: Reader) -> dict[Made, str]:
    return {
        Made.WRITTEN: reader.tell("written by people as it was said"),
        Made.TRANSLATED: reader.tell("translated by people"),
        Made.CORRECTED: reader.tell("corrected by people"),
        Made.RECOGNISED: reader.tell("recognised by machine"),
        Made.MACHINE_TRANSLATED: reader.tell("translated by machine"),
        Made.MISSING: reader.tell("not translated; the original stands there"),
    }


def _left_out(reader: Reader, content: Content) -> Iterator[tuple[str, int]]:
    counts = content.unpublished
    yield reader.tell("still waited for a moderator"), counts.waiting
    yield reader.tell("declined by a moderator"), counts.declined
    yield reader.tell("withdrawn by those who asked"), counts.withdrawn
    yield reader.tell("asked by people who were then excluded"), counts.blocked

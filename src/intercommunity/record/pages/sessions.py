"""The transcript of a session: in one language, and in two side by side."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from intercommunity.record.content import Content, Held
from intercommunity.record.downloads import ENDINGS, download_name
from intercommunity.record.pages.page import Page, beside_name, session_name, title_of
from intercommunity.record.reader import Reader
from intercommunity.record.transcript import Row, Transcript, turns


class PairedTurn(NamedTuple):
    """Lines of one speaker, each in two languages."""

    name: Markup
    pairs: tuple[tuple[Row, Row], ...]


def session_pages(transcript: Transcript, content: Content) -> Iterator[Page]:
    """Every session has a page, also one without a line: links to it must not break."""
    reader = transcript.reader
    others = [each for each in content.description.languages if each != reader.language]
    for number, held in enumerate(content.sessions):
        around = _around(number, reader, content)
        links = [(beside_name(held, each, content), reader.language_name(each)) for each in others]
        yield _session_page(held, transcript, content, {**around, "others": links})
        for other in others:
            yield _beside_page(held, transcript, other, content, around)


def _around(number: int, reader: Reader, content: Content) -> dict[str, Any]:
    """The sessions before and after."""
    sessions = content.sessions
    before = sessions[number - 1] if number else None
    after = sessions[number + 1] if number + 1 < len(sessions) else None
    return {
        "held": sessions[number],
        "begins": sessions[number].zero,
        "before": before and (session_name(before), title_of(before, reader)),
        "after": after and (session_name(after), title_of(after, reader)),
    }


def _session_page(held: Held, transcript: Transcript, content: Content, around: dict[str, Any]) -> Page:
    reader = transcript.reader
    context = {
        **around,
        "turns": tuple(transcript.turns(held.lines)),
        "downloads": [(each, download_name(held.stem, reader.language, each, content)) for each in ENDINGS],
    }
    return Page(session_name(held), "session.html", title_of(held, reader), context, plays=True)


def _beside_page(held: Held, transcript: Transcript, other: str, content: Content, around: dict[str, Any]) -> Page:
    reader = transcript.reader
    context = {
        **around,
        "turns": tuple(_paired(held, transcript, other)),
        "one_name": reader.language_name(reader.language),
        "one_heading": reader.heading(reader.language),
        "other_heading": reader.heading(other),
        "alone": session_name(held),
    }
    return Page(
        beside_name(held, other, content), "beside.html", title_of(held, reader), context, beside=other, plays=True
    )


def _paired(held: Held, transcript: Transcript, other: str) -> Iterator[PairedTurn]:
    one = transcript.reader.language
    for group in turns(held.lines):
        pairs = tuple((transcript.row(said, one), transcript.row(said, other)) for said in group)
        yield PairedTurn(transcript.name_of(group), pairs)

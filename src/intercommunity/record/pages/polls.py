"""The polls and their counts, certified or provisional."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from intercommunity.meeting.polls.view import PollView
from intercommunity.record.content import Content
from intercommunity.record.naming import anchor
from intercommunity.record.pages.page import Page
from intercommunity.record.reader import Reader


class Option(NamedTuple):
    text: Markup
    votes: int
    share: str


class Entry(NamedTuple):
    """`options` have counts only where the poll is closed."""

    anchor: str
    question: Markup
    poll: PollView
    options: tuple[Option, ...]


def polls_pages(reader: Reader, content: Content) -> Iterator[Page]:
    """One page, or none where there were no polls."""
    if content.polls:
        entries = tuple(_entry(poll, reader) for poll in content.polls)
        yield Page("polls.html", "polls.html", reader.tell("Polls"), {"entries": entries})


def _entry(poll: PollView, reader: Reader) -> Entry:
    counts = poll.counts or (0,) * len(poll.options)
    options = tuple(
        Option(reader.texts(text), count, reader.percent(count, poll.ballots))
        for text, count in zip(poll.options, counts, strict=True)
    )
    return Entry(anchor(poll.id), reader.texts(poll.question), poll, options)

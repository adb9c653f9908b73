"""A meeting's chapters: by session, and in it by who spoke.

1. A session begins a chapter when it was opened, or with its first line where that was spoken before.
2. Who speaks first in it, and later whoever speaks for `LEAST_MS` or more, begins a chapter with their first line; a
   word between makes none.
3. Who speaks within `AT_ONCE_MS` of a session's beginning shares its chapter.
"""

from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from msgspec import Struct

from intercommunity.record.content import Content, Held, Said
from intercommunity.record.reader import Reader
from intercommunity.wire.text.control import clean

LEAST_MS = 5_000
AT_ONCE_MS = 10_000


class Chapter(Struct, frozen=True):
    """`moment`: ms UTC; `voice` keys `Content.voices`, "" for a session before anybody speaks."""

    moment: int
    session: str
    voice: str = ""


def chapters_of(content: Content) -> list[Chapter]:
    """In the order of their moments."""
    found = [chapter for held in content.sessions if held.zero for chapter in _of_session(held)]
    return sorted(found, key=lambda each: each.moment)


def chapter_title(chapter: Chapter, reader: Reader, content: Content) -> str:
    """`Water · Tom Okoro`, as plain text."""
    title = reader.words(content.session(chapter.session).title).text or clean(chapter.session)
    name = content.voices[chapter.voice].name if chapter.voice else ""
    return " · ".join(part for part in (title, name) if part) or unescape(reader.tell("Outside the agenda"))


def _of_session(held: Held) -> Iterator[Chapter]:
    turns = list(_turns(held))
    if turns and turns[0].moment - held.zero <= AT_ONCE_MS:
        yield Chapter(held.zero, held.id, turns.pop(0).voice)
    else:
        yield Chapter(held.zero, held.id)
    yield from turns


def _turns(held: Held) -> Iterator[Chapter]:
    """Where another speaker begins who goes on long enough."""
    spoken = [line for line in held.lines if line.voice and not line.remark]
    begins = [line for before, line in pairwise([None, *spoken]) if line and (not before or before.voice != line.voice)]
    speaking = ""
    for first, after in pairwise([*begins, None]):
        assert first is not None
        long_enough = not speaking or _until(spoken, first, after) - first.start >= LEAST_MS
        if first.voice != speaking and long_enough:
            speaking = first.voice
            yield Chapter(first.start, held.id, first.voice)


def _until(spoken: list[Said], first: Said, after: Said | None) -> int:
    """When the last line before somebody else's ended."""
    return max(line.end for line in spoken if line.start >= first.start and (after is None or line.start < after.start))

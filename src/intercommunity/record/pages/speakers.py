"""Who spoke: a list, and for everyone a page with all that they said."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from intercommunity.record.content import Content, Said, Voice
from intercommunity.record.pages.page import Page, session_name, title_of
from intercommunity.record.reader import Reader, elapsed, named
from intercommunity.record.transcript import Transcript, Turn


class Part(NamedTuple):
    """What somebody said in one session."""

    title: Markup
    href: str
    turns: tuple[Turn, ...]


class Entry(NamedTuple):
    """Somebody in the list. `href` is empty for who is in the agenda and said nothing that was written down."""

    name: Markup
    affiliation: str
    href: str
    lines: int
    duration: str


def speaker_pages(transcript: Transcript, content: Content) -> Iterator[Page]:
    reader = transcript.reader
    by_voice = _by_voice(content)
    entries = tuple(_entries(by_voice, reader, content))
    yield Page("speakers.html", "speakers.html", reader.tell("Speakers"), {"entries": entries})
    for voice, lines in by_voice.items():
        speaker = content.voices[voice]
        parts = tuple(_parts(lines, transcript, content))
        context = {"speaker": speaker, "parts": parts, "begins": lines[0].start}
        yield Page(_name(speaker), "speaker.html", _title(speaker, reader), context, plays=True)


def _by_voice(content: Content) -> dict[str, list[Said]]:
    """What was only noted, applause and the like, is nobody's."""
    found: dict[str, list[Said]] = {}
    for said in content.lines:
        if not said.remark:
            found.setdefault(said.voice, []).append(said)
    return found


def _name(speaker: Voice) -> str:
    return f"speakers/{speaker.stem}.html"


def _title(speaker: Voice, reader: Reader) -> Markup:
    return escape(speaker.name) if speaker.name else reader.tell("Speaker not named")


def _entries(by_voice: dict[str, list[Said]], reader: Reader, content: Content) -> Iterator[Entry]:
    for voice, speaker in content.voices.items():
        lines = by_voice.get(voice, [])
        if not lines and not speaker.name:
            continue
        name = named(speaker.name) if speaker.name else reader.tell("Speaker not named")
        spoken = sum(max(said.end - said.start, 0) for said in lines)
        yield Entry(name, speaker.affiliation, _name(speaker) if lines else "", len(lines), elapsed(spoken))


def _parts(lines: list[Said], transcript: Transcript, content: Content) -> Iterator[Part]:
    for held in content.sessions:
        spoken = [said for said in lines if said.session == held.id]
        if spoken:
            title = title_of(held, transcript.reader)
            yield Part(title, session_name(held), tuple(transcript.turns(spoken)))

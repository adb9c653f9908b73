"""The transcript as plain text, for any screen, printer and decade; knows no markup."""

from collections.abc import Iterator
from html import unescape

from intercommunity.record.content import Content, Held, Said, Voice
from intercommunity.record.reader import Reader
from intercommunity.record.transcript import mark, name_of, turns
from intercommunity.wire.text.control import clean


def write_whole(content: Content, reader: Reader) -> str:
    parts = [_heading(reader.words(content.description.title).text, "="), _about(content, reader)]
    parts += [write_session(held, content, reader) for held in content.sessions]
    return "\n\n".join(parts)


def write_session(held: Held, content: Content, reader: Reader) -> str:
    head = [_heading(session_title(held, reader), "-"), _when(held, reader)]
    turned = [_turn(group, content.voices, reader) for group in turns(held.lines)]
    return "\n\n".join([*head, *(turned or [_text(reader.tell("Nothing was written down."))])]) + "\n"


def session_title(held: Held, reader: Reader) -> str:
    return reader.words(held.title).text or clean(held.id) or _text(reader.tell("Outside the agenda"))


def _heading(text: str, line: str) -> str:
    return f"{text}\n{line * len(text)}"


def _about(content: Content, reader: Reader) -> str:
    said = [
        reader.date(content.zero),
        _text(reader.tell("Times of day are those of {place}.", place=reader.place)),
        _text(reader.tell("Lines in this language: {language}.", language=reader.language_name(reader.language))),
        _text(
            reader.tell("A remark in angle brackets says how the words before it came about: ‹machine translation›.")
        ),
    ]
    return "\n".join(said)


def _when(held: Held, reader: Reader) -> str:
    if not held.opened:
        return _text(reader.tell("This session was not opened."))
    closed = reader.clock(held.closed) if held.closed else "…"
    return f"{reader.date(held.opened)}, {reader.clock(held.opened)} – {closed}"


def _turn(group: list[Said], voices: dict[str, Voice], reader: Reader) -> str:
    name = _text(name_of(group, reader, voices)).upper()
    return "\n".join([*([name] if name else []), *_lines(group, reader)])


def _lines(group: list[Said], reader: Reader) -> Iterator[str]:
    for said in group:
        text, _ = said.read_in(reader.language)
        how = _text(mark(said, reader.language, reader))
        yield f"{reader.clock(said.start)}  {text}" + (f"  ‹{how}›" if how else "")


def _text(said: str) -> str:
    """A sentence of the catalogues without its HTML escapes."""
    return unescape(said)

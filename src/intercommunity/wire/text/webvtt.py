"""WebVTT files (W3C, "WebVTT: The Web Video Text Tracks Format") to and from cues; knows no meeting.

The standard's own parser skips whatever it cannot read. Here a file from people is refused with the
line and the remedy, since a cue that is skipped in silence is a sentence that nobody reads.
"""

import html
import re
from collections.abc import Iterable
from typing import Final

from intercommunity.wire.text.control import clean
from intercommunity.wire.text.cues import Cue, cue_lines, write_stamp
from intercommunity.wire.text.errors import MalformedText

_EXAMPLE: Final = "00:01:02.000 --> 00:01:05.500"
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_NO_CUES = re.compile(r"(NOTE(?:[ \t]|$)|STYLE\s*$|REGION\s*$)")
_TAG = re.compile(r"<(/?)([^<>\s]*)(?:\s+([^<>]*))?>")
_TAG_NAME = re.compile(r"(?:c|i|b|u|ruby|rt|v|lang)(?:\.[^\s.]+)*|[0-9:.]+|")
_NO_CHARACTER = re.compile(r"&#[0-9]{8,};?")
_BARE_LESS_THAN = re.compile(r"<(?![^<>]*>)")

_STAMP = re.compile(r"(?:([0-9]{2,6}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")

Numbered = list[tuple[int, str]]


def read(text: str) -> list[Cue]:
    """The cues of a file, in its order. A cue with several voices becomes one cue a voice.

    Tags are stripped, entities are read, NOTE, STYLE and REGION are passed over. Raises MalformedText with
    the codes no_header, header_without_end, no_time, bad_time, ends_before_start, unclosed_tag,
    unknown_tag.
    """
    numbered = _numbered_lines(text)
    _ensure_header(numbered)
    cues: list[Cue] = []
    for block in _blocks(_after_header(numbered)):
        if not _NO_CUES.match(block[0][1]):
            cues.extend(_read_cue(block))
    return cues


def write(cues: Iterable[Cue], header: Iterable[str] = ()) -> str:
    """A file with these cues. header: further lines of the head, such as X-TIMESTAMP-MAP=…."""
    head = "\n".join(["WEBVTT", *(clean(line) for line in header)])
    return "\n\n".join([head, *(_write_cue(cue) for cue in cues)]) + "\n"


def escape(text: str) -> str:
    """Text as it stands inside a cue."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _numbered_lines(text: str) -> Numbered:
    """Lines with their numbers from 1, whatever their ends, without a byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return list(enumerate(plain.split("\n"), 1))


def _ensure_header(numbered: Numbered) -> None:
    if not _HEADER.fullmatch(numbered[0][1].rstrip()):
        message = "the file does not begin with WEBVTT. Write WEBVTT alone on the first line, then an empty line."
        raise MalformedText("no_header", 1, message)


def _after_header(numbered: Numbered) -> Numbered:
    end = next((at for at, (_, line) in enumerate(numbered) if not line.strip()), len(numbered))
    for number, line in numbered[1:end]:
        if "-->" in line:
            message = "the first cue follows the head without a gap. Leave an empty line before it."
            raise MalformedText("header_without_end", number, message)
    return numbered[end:]


def _blocks(numbered: Numbered) -> list[Numbered]:
    """The groups of lines between empty lines."""
    found: list[Numbered] = [[]]
    for number, line in numbered:
        if line.strip():
            found[-1].append((number, line))
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def _read_cue(block: Numbered) -> list[Cue]:
    name, rest = (None, block) if "-->" in block[0][1] else (block[0][1].strip(), block[1:])
    if not rest or "-->" not in rest[0][1]:
        number, line = block[0]
        message = f"“{line.strip()[:60]}” belongs to no cue. Write its time on the line before, as {_EXAMPLE}."
        raise MalformedText("no_time", number, message)
    start, end, settings = _read_times(*rest[0])
    voices = _read_voices(rest[1:])
    return [Cue(start, end, text, speaker, name, settings) for speaker, text in voices]


def _read_times(line: int, text: str) -> tuple[int, int, str]:
    """Start, end (milliseconds) and what follows them on a timing line; MalformedText tells what is wrong."""
    before, arrow, after = text.partition("-->")
    end_text, _, rest = after.strip().partition(" ")
    start, end = (_read_stamp(part.strip()) for part in (before, end_text))
    if not arrow or start is None or end is None:
        message = f"“{_short(text)}” is not a time. Write it as {_EXAMPLE}."
        raise MalformedText("bad_time", line, message)
    if end <= start:
        message = f"the cue ends ({end_text.strip()}) before it begins. Write the later time after “-->”."
        raise MalformedText("ends_before_start", line, message)
    return start, end, rest.strip()


def _read_stamp(text: str) -> int | None:
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    minutes = int(found[1] or 0) * 60 + int(found[2])
    return (minutes * 60 + int(found[3])) * 1000 + int(found[4])


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 - enough to find the place


def _read_voices(block: Numbered) -> list[tuple[str | None, str]]:
    """The plain text of a cue, by voice."""
    voices: list[tuple[str | None, list[str]]] = [(None, [])]
    for at, (number, line) in enumerate(block):
        _ensure_tags_close(line, number)
        voices[-1][1].append("\n" if at else "")
        _read_line(line, number, voices)
    texts = [(speaker, "\n".join(cue_lines("".join(parts)))) for speaker, parts in voices]
    return [(speaker, text) for speaker, text in texts if text]


def _read_line(line: str, number: int, voices: list[tuple[str | None, list[str]]]) -> None:
    at = 0
    for tag in _TAG.finditer(line):
        voices[-1][1].append(_unescape(line[at : tag.start()]))
        at = tag.end()
        _ensure_known(tag, number)
        if tag[2].split(".")[0] == "v":
            speaker = None if tag[1] else clean(_unescape(tag[3] or "")) or None
            voices.append((speaker, []))
    voices[-1][1].append(_unescape(line[at:]))


def _unescape(text: str) -> str:
    """The text with its entities read; a number that is too long for any character is none."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))


def _ensure_tags_close(line: str, number: int) -> None:
    if _BARE_LESS_THAN.search(line):
        message = "a “<” opens a tag that does not close. Write &lt; for the sign itself."
        raise MalformedText("unclosed_tag", number, message)


def _ensure_known(tag: re.Match[str], number: int) -> None:
    if not _TAG_NAME.fullmatch(tag[2]):
        message = f"“{tag[0]}” is no tag of WebVTT. Take it out, or write &lt; and &gt; for the signs."
        raise MalformedText("unknown_tag", number, message)


def _write_cue(cue: Cue) -> str:
    lines = [escape(line) for line in cue_lines(cue.text)]
    if cue.speaker and lines:
        lines[0] = f"<v {escape(clean(cue.speaker))}>{lines[0]}"
    times = f"{write_stamp(cue.start, '.')} --> {write_stamp(cue.end, '.')} {clean(cue.settings)}".rstrip()
    name = [clean(cue.id).replace("-->", "->")] if cue.id else []
    return "\n".join([*name, times, *lines])

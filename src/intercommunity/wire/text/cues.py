"""A cue, the common form of WebVTT and SRT, and its time stamps; knows neither file format."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from intercommunity.wire.text.control import clean
from intercommunity.wire.text.errors import MalformedText
from intercommunity.wire.text.pieces import Piece

_STAMP = re.compile(r"(?:([0-9]{2,6}):)?([0-5][0-9]):([0-5][0-9])([.,])([0-9]{3})")
_MS_PER_HOUR: Final = 3_600_000


class Cue(msgspec.Struct, frozen=True):
    """Words with their time. start, end: milliseconds since the file's zero, end after start.

    text: plain, its line ends as line feeds. speaker: from a voice span. settings: as written, WebVTT alone.
    """

    start: int
    end: int
    text: str
    speaker: str | None = None
    id: str | None = None
    settings: str = ""


def pieces(cues: Iterable[Cue]) -> list[Piece]:
    """Cues as caption pieces, each on one line; a change of speaker begins where the name changes."""
    found: list[Piece] = []
    speaker: str | None = None
    for cue in cues:
        if words := clean(cue.text):
            turn = cue.speaker is not None and cue.speaker != speaker
            speaker = cue.speaker
            found.append(Piece(words, speaker, turn, cue.start, cue.end, remark=_is_remark(words)))
    return found


def write_stamp(time: int, point: str) -> str:
    """Milliseconds as hours, minutes, seconds and thousandths: 01:02:03.456."""
    hours, rest = divmod(time, _MS_PER_HOUR)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def read_times(text: str, line: int, point: str, example: str) -> tuple[int, int, str]:
    """Start, end (milliseconds) and what follows them on a timing line; MalformedText tells what is wrong."""
    before, arrow, after = text.partition("-->")
    end_text, _, rest = after.strip().partition(" ")
    times = [_read_stamp(part, point) for part in (before.strip(), end_text.strip())]
    start, end = times
    if not arrow or start is None or end is None:
        message = f"“{_short(text)}” is not a time. Write it as {example}."
        raise MalformedText("bad_time", line, message)
    if end <= start:
        message = f"the cue ends ({end_text.strip()}) before it begins. Write the later time after “-->”."
        raise MalformedText("ends_before_start", line, message)
    return start, end, rest.strip()


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """Lines with their numbers from 1, whatever their ends, without a byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return list(enumerate(plain.split("\n"), 1))


def blocks(numbered: Sequence[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """The groups of lines between empty lines."""
    found: list[list[tuple[int, str]]] = [[]]
    for number, line in numbered:
        if line.strip():
            found[-1].append((number, line))
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def cue_lines(text: str) -> list[str]:
    """The lines of a cue's text; an empty one would end the cue, so there is none."""
    return [line for line in (clean(part) for part in text.split("\n")) if line]


def _read_stamp(text: str, point: str) -> int | None:
    found = _STAMP.fullmatch(text)
    if found is None or found[4] != point:
        return None
    minutes = int(found[1] or 0) * 60 + int(found[2])
    return (minutes * 60 + int(found[3])) * 1000 + int(found[5])


def _is_remark(text: str) -> bool:
    return (text[0], text[-1]) in (("[", "]"), ("(", ")"))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 - enough to find the place

"""A cue, the common form of WebVTT and SRT, and its time stamps; knows neither file format."""

from collections.abc import Iterable
from typing import Final

import msgspec

from intercommunity.wire.text.control import clean
from intercommunity.wire.text.pieces import Piece

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


def cue_lines(text: str) -> list[str]:
    """The lines of a cue's text; an empty one would end the cue, so there is none."""
    return [line for line in (clean(part) for part in text.split("\n")) if line]


def _is_remark(text: str) -> bool:
    return (text[0], text[-1]) in (("[", "]"), ("(", ")"))

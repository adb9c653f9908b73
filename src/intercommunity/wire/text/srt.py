"""SubRip files (.srt) to and from cues; there is no standard, this is what players agree on."""

import re
from collections.abc import Iterable
from typing import Final

from intercommunity.wire.text.cues import Cue, blocks, cue_lines, numbered_lines, read_times, write_stamp
from intercommunity.wire.text.errors import MalformedText

_EXAMPLE: Final = "00:01:02,000 --> 00:01:05,500"
_TAG = re.compile(r"</?(?:i|b|u|font)(?:\s[^<>]*)?>", re.IGNORECASE)


def read(text: str) -> list[Cue]:
    """The cues of a file; MalformedText (no_time, bad_time, ends_before_start) names the line and remedy."""
    return [_read_cue(block) for block in blocks(numbered_lines(text))]


def write(cues: Iterable[Cue]) -> str:
    """A file with these cues, numbered from 1; a name stands before the words where the speaker changes."""
    parts, speaker = [], None
    for number, cue in enumerate(cues, 1):
        is_new = cue.speaker is not None and cue.speaker != speaker
        speaker = cue.speaker
        parts.append(_write_cue(number, cue, f"{cue.speaker}: " if is_new else ""))
    return "\n\n".join(parts) + "\n" if parts else ""


def _read_cue(block: list[tuple[int, str]]) -> Cue:
    at = next((at for at, (_, line) in enumerate(block[:2]) if "-->" in line), None)
    if at is None:
        number, line = block[0]
        message = f"“{line.strip()[:60]}” has no time. Write it on the line before the words, as {_EXAMPLE}."
        raise MalformedText("no_time", number, message)
    start, end, _ = read_times(block[at][1], block[at][0], ",", _EXAMPLE)
    text = "\n".join(_TAG.sub("", line) for _, line in block[at + 1 :])
    return Cue(start, end, "\n".join(cue_lines(text)), id=block[0][1].strip() if at else None)


def _write_cue(number: int, cue: Cue, name: str) -> str:
    """An arrow inside the words would be read as a time, so it is written as the sign it stands for."""
    lines = cue_lines((name + cue.text).replace("-->", "→"))
    times = f"{write_stamp(cue.start, ',')} --> {write_stamp(cue.end, ',')}"
    return "\n".join([str(number), times, *lines])

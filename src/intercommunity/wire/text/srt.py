"""Cues as SubRip files (.srt); there is no standard, this is what players agree on."""

from collections.abc import Iterable

from intercommunity.wire.text.cues import Cue, cue_lines, write_stamp


def write(cues: Iterable[Cue]) -> str:
    """A file with these cues, numbered from 1; a name stands before the words where the speaker changes."""
    parts, speaker = [], None
    for number, cue in enumerate(cues, 1):
        is_new = cue.speaker is not None and cue.speaker != speaker
        speaker = cue.speaker
        parts.append(_write_cue(number, cue, f"{cue.speaker}: " if is_new else ""))
    return "\n\n".join(parts) + "\n" if parts else ""


def _write_cue(number: int, cue: Cue, name: str) -> str:
    """An arrow inside the words would be read as a time, so it is written as the sign it stands for."""
    lines = cue_lines((name + cue.text).replace("-->", "→"))
    times = f"{write_stamp(cue.start, ',')} --> {write_stamp(cue.end, ',')}"
    return "\n".join([str(number), times, *lines])

"""Lines as cues of a track, and the WebVTT and SRT files of them; knows no page.

1. A cue begins when its words were spoken, counted from the file's zero, and lasts until they ended: at least
   `SHORTEST_MS`, so that it can be seen, and no longer than its words can take.
2. It ends where the next one begins, unless that would leave it less than `SHORTEST_MS`.
3. What was not translated stands there in the original with its language in brackets.
4. WebVTT tells in its head which language it is in, when its zero was and how its lines were made; SRT has no place
   for that.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import zip_longest

from intercommunity.record.content import Said, Voice
from intercommunity.record.marks import Made, tally
from intercommunity.wire.text import srt, webvtt
from intercommunity.wire.text.cues import Cue

SHORTEST_MS = 1_000
LONGEST_MS = 10_000
MS_PER_CHARACTER = 130
"""Half the pace of speech: a longer line may stay longer than `LONGEST_MS`."""


def cues(lines: Sequence[Said], track: str, zero: int, voices: dict[str, Voice]) -> list[Cue]:
    """`zero` is ms UTC; no line starts before it."""
    starts = [said.start for said in lines]
    return [_cue(said, track, zero, voices, after) for said, after in zip_longest(lines, starts[1:])]


def _cue(said: Said, track: str, zero: int, voices: dict[str, Voice], after: int | None) -> Cue:
    text, language = said.read_in(track)
    text = text if language == track else f"[{language}] {text}"
    end = _end(said, len(text), after)
    speaker = None if said.remark else voices[said.voice].name or None
    return Cue(said.start - zero, end - zero, text, speaker, said.id)


def _end(said: Said, length: int, after: int | None) -> int:
    shortest = said.start + SHORTEST_MS
    longest = said.start + max(LONGEST_MS, length * MS_PER_CHARACTER)
    end = min(max(said.end, shortest), longest)
    return end if after is None else min(end, max(after, shortest))


def write_webvtt(lines: Sequence[Said], track: str, zero: int, voices: dict[str, Voice]) -> str:
    head = (f"Language: {track}", f"X-Start: {utc(zero)}", f"X-Made: {_made(lines, track)}")
    return webvtt.write(cues(lines, track, zero, voices), [line.replace("-->", "->") for line in head])


def write_srt(lines: Sequence[Said], track: str, zero: int, voices: dict[str, Voice]) -> str:
    return srt.write(cues(lines, track, zero, voices))


def _made(lines: Sequence[Said], track: str) -> str:
    """`written 12, machine_translated 340 (apertium 340)`; the words are those of the JSON file."""
    counted = tally(lines, track)
    counts = [f"{each} {counted.made[each]}" for each in Made if each in counted.made]
    engines = ", ".join(f"{engine} {count}" for engine, count in counted.engines.items())
    return (", ".join(counts) or "nothing") + (f" ({engines})" if engines else "")


def utc(moment: int) -> str:
    """Ms UTC as RFC 3339 with thousandths."""
    at = datetime.fromtimestamp(moment // 1000, UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{moment % 1000:03d}Z"

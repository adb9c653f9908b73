"""How lines come into the tracks and change there.

1. A line is written once, in the track of the language that was spoken. Every other track holds a translation of it.
2. A line typed live is a few seconds late: unless times are given, its end is set back by what is known of that
   captioner, its start by the time the words take to say, but not before the line before it ended.
3. A machine's translation gives way to a newer one of the same or newer words, never to one of older words; and
   never replaces what a person wrote. When the words behind it change, a person's translation stands.
4. Captioners write and correct in the languages they were given (none given: in all).
5. A struck line is gone from every track; what comes for it later changes nothing.
"""

from bisect import insort

from msgspec import Struct
from msgspec.structs import replace

from intercommunity.meeting.actor import Actor, Role
from intercommunity.meeting.captions.commands import (
    AttributeLine,
    CorrectLine,
    RetimeLine,
    StrikeLine,
    TranslateLine,
    WriteLine,
)
from intercommunity.meeting.captions.events import (
    LineAttributed,
    LineCorrected,
    LineRetimed,
    LineStruck,
    LineTranslated,
    LineWritten,
)
from intercommunity.meeting.description import Description
from intercommunity.meeting.kinds import Fact
from intercommunity.meeting.refusal import Refused

FARTHEST_AHEAD_MS = 60_000
"""A line that ends later than this after it was written is not taken for live."""

MS_PER_CHARACTER = 65
"""Speech at 160-180 words a minute is about 15 characters a second."""


class Wording(Struct, frozen=True):
    """The words of a line in one track.

    `event` is the event that set them, `of` the event whose words they translate (empty: not a translation),
    `machine` the engine that made them (empty: a person did), `corrected` whether a person changed them afterwards.
    """

    text: str
    event: str
    of: str = ""
    machine: str = ""
    corrected: bool = False


class Line(Struct, frozen=True):
    id: str
    track: str
    """The track in which it was written, that is, the language in which it was said."""
    start: int
    end: int
    speaker: str
    turn: bool
    remark: bool
    wordings: dict[str, Wording]
    """By track."""

    def said(self) -> Wording:
        return self.wordings[self.track]


Place = tuple[int, int, str]
"""Where a line stands in its track: by its start, then by the number of the event that wrote it, then by its id."""


def place_of(start: int, line: str) -> Place:
    return start, int(line.rpartition("-")[2]), line


class Captions:
    """`order` holds the place of every line that stands, sorted; `struck` the ids of those taken out."""

    __slots__ = ("lines", "order", "spoken_until", "struck")

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.order: list[Place] = []
        self.struck: set[str] = set()
        self.spoken_until: dict[str, int] = {}

    def copy(self) -> "Captions":
        copied = Captions()
        copied.lines, copied.order = dict(self.lines), list(self.order)
        copied.struck, copied.spoken_until = set(self.struck), dict(self.spoken_until)
        return copied


def write_line(captions: Captions, command: WriteLine, actor: Actor, now: int, description: Description) -> list[Fact]:
    ensure_track(command.track, description)
    ensure_may_write(actor, command.track)
    start, end = _spoken_when(captions, command, actor, now)
    return [
        LineWritten(
            track=command.track,
            text=command.text,
            start=start,
            end=end,
            speaker=command.speaker,
            turn=command.turn,
            remark=command.remark,
            machine=command.machine if actor.role is Role.MACHINE else "",
        )
    ]


def _spoken_when(captions: Captions, command: WriteLine, actor: Actor, now: int) -> tuple[int, int]:
    end = command.end if command.end is not None else now - actor.delay_ms
    if command.start is not None:
        start = command.start
        end = max(start, end)
    else:
        takes = len(command.text) * MS_PER_CHARACTER
        start = min(max(end - takes, captions.spoken_until.get(command.track, 0)), end)
    return start, end


def translate_line(captions: Captions, command: TranslateLine, description: Description) -> list[Fact]:
    line = _standing(captions, command.line)
    ensure_track(command.track, description)
    if command.track == line.track:
        raise Refused("track_is_the_original", language=command.track)
    if command.wording != line.said().event:
        raise Refused("wording_outdated")
    before = line.wordings.get(command.track)
    if before is not None and (not before.machine or before.text == command.text):
        return []
    return [LineTranslated(command.line, command.track, command.text, command.wording, command.machine)]


def correct_line(captions: Captions, command: CorrectLine, actor: Actor, description: Description) -> list[Fact]:
    line = _standing(captions, command.line)
    ensure_track(command.track, description)
    ensure_may_write(actor, command.track)
    before = line.wordings.get(command.track)
    if before is not None and before.text == command.text and not before.machine:
        return []
    return [LineCorrected(command.line, command.track, command.text)]


def attribute_line(captions: Captions, command: AttributeLine) -> list[Fact]:
    line = _standing(captions, command.line)
    return [] if line.speaker == command.speaker else [LineAttributed(command.line, command.speaker)]


def retime_line(captions: Captions, command: RetimeLine) -> list[Fact]:
    line = _standing(captions, command.line)
    if command.end < command.start:
        raise Refused("times_reversed")
    if (line.start, line.end) == (command.start, command.end):
        return []
    return [LineRetimed(command.line, command.start, command.end)]


def strike_line(captions: Captions, command: StrikeLine) -> list[Fact]:
    _standing(captions, command.line)
    return [LineStruck(command.line)]


def ensure_track(track: str, description: Description) -> None:
    if track not in description.languages:
        raise Refused("language_unknown", language=track)


def ensure_may_write(actor: Actor, track: str) -> None:
    if actor.role is Role.CAPTIONER and actor.languages and track not in actor.languages:
        raise Refused("track_not_yours", language=track)


def _standing(captions: Captions, line: str) -> Line:
    found = captions.lines.get(line)
    if found is None:
        raise Refused("line_struck" if line in captions.struck else "line_unknown")
    return found


def apply_line_written(captions: Captions, fact: LineWritten, event: str, at: int) -> None:
    """A line timed far ahead, by mistake, does not push the live lines after it."""
    wording = Wording(fact.text, event, machine=fact.machine)
    captions.lines[event] = Line(
        id=event,
        track=fact.track,
        start=fact.start,
        end=fact.end,
        speaker=fact.speaker,
        turn=fact.turn,
        remark=fact.remark,
        wordings={fact.track: wording},
    )
    if fact.end <= at + FARTHEST_AHEAD_MS:
        captions.spoken_until[fact.track] = max(fact.end, captions.spoken_until.get(fact.track, 0))
    _put(captions.order, place_of(fact.start, event))


def _put(order: list[Place], place: Place) -> None:
    if not order or order[-1] < place:
        order.append(place)
    else:
        insort(order, place)


def apply_line_translated(captions: Captions, fact: LineTranslated, event: str) -> None:
    """Rule 3: outdated words, and words over a person's, change nothing."""
    line = captions.lines.get(fact.line)
    if line is None or fact.track == line.track:
        return
    before = line.wordings.get(fact.track)
    outdated = fact.wording != line.said().event
    if before is not None and (outdated or not before.machine):
        return
    _reword(captions, line, fact.track, Wording(fact.text, event, of=fact.wording, machine=fact.machine))


def apply_line_corrected(captions: Captions, fact: LineCorrected, event: str) -> None:
    line = captions.lines.get(fact.line)
    if line is None:
        return
    of = "" if fact.track == line.track else line.said().event
    corrected = fact.track in line.wordings
    _reword(captions, line, fact.track, Wording(fact.text, event, of=of, corrected=corrected))


def _reword(captions: Captions, line: Line, track: str, wording: Wording) -> None:
    captions.lines[line.id] = replace(line, wordings={**line.wordings, track: wording})


def apply_line_attributed(captions: Captions, fact: LineAttributed) -> None:
    line = captions.lines.get(fact.line)
    if line is not None:
        captions.lines[line.id] = replace(line, speaker=fact.speaker)


def apply_line_retimed(captions: Captions, fact: LineRetimed) -> None:
    line = captions.lines.get(fact.line)
    if line is not None:
        captions.order.remove(place_of(line.start, line.id))
        insort(captions.order, place_of(fact.start, line.id))
        captions.lines[line.id] = replace(line, start=fact.start, end=fact.end)


def apply_line_struck(captions: Captions, fact: LineStruck) -> None:
    captions.struck.add(fact.line)
    line = captions.lines.pop(fact.line, None)
    if line is not None:
        captions.order.remove(place_of(line.start, line.id))

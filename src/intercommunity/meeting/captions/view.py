"""What may be seen of a track: everybody sees every line of it that stands.

1. A line is shown in a track once it has words there: at once in its own, after translation in the others.
2. Words made by a machine are marked with its name; words a person corrected are marked as corrected; a line that is
   a translation names the language in which it was said.
3. A line that was struck shows that it is gone, and nothing of what it said.
"""

from bisect import bisect_left
from collections.abc import Iterator

from intercommunity.meeting.captions.rules import Captions, Line, Place
from intercommunity.meeting.kinds import View

LATEST = 60
"""How many lines of a track a newcomer gets at once; the rest on scrolling back."""


class LineView(View, frozen=True):
    """One line in one track. `start` and `end`: ms UTC, when it was said. `speaker`: an id, or a name."""

    id: str
    start: int = 0
    end: int = 0
    text: str = ""
    speaker: str = ""
    turn: bool = False
    remark: bool = False
    said_in: str = ""
    """The language in which it was said, where that is not this track's."""
    machine: str = ""
    corrected: bool = False
    struck: bool = False


class LinesView(View, frozen=True):
    """Some lines of a track, in order of speaking; `earlier` says whether there are more before them."""

    lines: tuple[LineView, ...]
    earlier: bool = False


def view_line(captions: Captions, track: str, line_id: str) -> LineView | None:
    line = captions.lines.get(line_id)
    if line is None:
        return LineView(id=line_id, struck=True) if line_id in captions.struck else None
    return _line_in(line, track)


def _line_in(line: Line, track: str) -> LineView | None:
    wording = line.wordings.get(track)
    if wording is None:
        return None
    return LineView(
        id=line.id,
        start=line.start,
        end=line.end,
        text=wording.text,
        speaker=line.speaker,
        turn=line.turn,
        remark=line.remark,
        said_in="" if track == line.track else line.track,
        machine=wording.machine,
        corrected=wording.corrected,
    )


def view_track(captions: Captions, track: str, before: Place | None = None, most: int = LATEST) -> LinesView:
    """The last `most` lines of a track, or those last before the place `before`."""
    found: list[LineView] = []
    for place in _backwards(captions, before):
        shown = _line_in(captions.lines[place[2]], track)
        if shown is None:
            continue
        if len(found) == most:
            return LinesView(tuple(reversed(found)), earlier=True)
        found.append(shown)
    return LinesView(tuple(reversed(found)))


def _backwards(captions: Captions, before: Place | None) -> Iterator[Place]:
    order = captions.order
    end = len(order) if before is None else bisect_left(order, before)
    return (order[at] for at in range(end - 1, -1, -1))

"""What happens to the lines of the tracks. A line's id is that of the event that wrote it."""

from intercommunity.meeting.kinds import Fact


class LineWritten(Fact, frozen=True):
    """A line in the language in which it was said. Times are ms UTC, of the words on stage.

    `machine` names the engine that recognised it; empty: a person wrote it.
    """

    track: str
    text: str
    start: int
    end: int
    speaker: str = ""
    turn: bool = False
    """A new speaker begins here, named or not."""
    remark: bool = False
    """Not said, but noted: applause, silence on the line."""
    machine: str = ""


class LineTranslated(Fact, frozen=True):
    """The same line in another track; `wording` is the event whose words were translated."""

    line: str
    track: str
    text: str
    wording: str
    machine: str


class LineCorrected(Fact, frozen=True):
    """A person put the words of a line right, in its own track or in a translation."""

    line: str
    track: str
    text: str


class LineAttributed(Fact, frozen=True):
    """A person said who spoke a line."""

    line: str
    speaker: str


class LineRetimed(Fact, frozen=True):
    line: str
    start: int
    end: int


class LineStruck(Fact, frozen=True):
    """A line that should not be there is taken out of every track."""

    line: str

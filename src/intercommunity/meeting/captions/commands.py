"""What captioners, and the machines that help them, wish for the lines."""

from intercommunity.meeting.kinds import Command
from intercommunity.meeting.limits import Id, Language, LineText, Milliseconds, Name


class WriteLine(Command, frozen=True):
    """`start` and `end` are ms UTC; left out, they are set back from now by the captioner's known delay."""

    track: Language
    text: LineText
    speaker: Name = ""
    turn: bool = False
    remark: bool = False
    start: Milliseconds | None = None
    end: Milliseconds | None = None
    machine: Name = ""


class TranslateLine(Command, frozen=True):
    line: Id
    track: Language
    text: LineText
    wording: Id
    machine: Name


class CorrectLine(Command, frozen=True):
    line: Id
    track: Language
    text: LineText


class AttributeLine(Command, frozen=True):
    line: Id
    speaker: Name


class RetimeLine(Command, frozen=True):
    line: Id
    start: Milliseconds
    end: Milliseconds


class StrikeLine(Command, frozen=True):
    line: Id

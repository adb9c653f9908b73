"""How the words of a line came about in a track, and how many came about in which way; knows no page."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from intercommunity.record.content import Said


class Made(StrEnum):
    """`written` and `translated` are people's work, and so is what was `corrected`; `missing`: not translated."""

    WRITTEN = "written"
    TRANSLATED = "translated"
    CORRECTED = "corrected"
    RECOGNISED = "recognised"
    MACHINE_TRANSLATED = "machine_translated"
    MISSING = "missing"


BY_MACHINE = frozenset({Made.RECOGNISED, Made.MACHINE_TRANSLATED})


class Tally(Struct, frozen=True):
    """The lines of a track by how they were made, and those made by machines by engine."""

    lines: int
    made: dict[Made, int]
    engines: dict[str, int]

    @property
    def by_machine(self) -> int:
        return sum(self.made.get(each, 0) for each in BY_MACHINE)


def made(said: Said, track: str) -> Made:
    wording = said.words(track)
    if wording is None:
        return Made.MISSING
    if wording.corrected:
        return Made.CORRECTED
    if track == said.track:
        return Made.RECOGNISED if wording.machine else Made.WRITTEN
    return Made.MACHINE_TRANSLATED if wording.machine else Made.TRANSLATED


def outdated(said: Said, track: str) -> bool:
    """Whether the words translate others than those that now stand in the original."""
    wording = said.words(track)
    return wording is not None and bool(wording.of) and wording.of != said.original().event


def tally(lines: Iterable[Said], track: str) -> Tally:
    lines = tuple(lines)
    engines = Counter(wording.machine for said in lines if (wording := said.words(track)) and wording.machine)
    return Tally(len(lines), dict(Counter(made(said, track) for said in lines)), dict(sorted(engines.items())))

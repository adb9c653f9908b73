"""Compares what a viewer sensed with what happened on stage, and beeps with flashes and words; knows no browser."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from bench.webcast.on_stage import words_of
from bench.webcast.programme import BEEPS
from bench.webcast.sending import Stage
from bench.webcast.watching import Sensed

TOGETHER_MS = 900
"""A flash and a beep that are further apart than this do not belong together: the next ones are nearer."""


def event_of(beep: Sensed, stage: Stage, begin: float | None = None) -> int:
    """Which one since the programme's beginning. `begin`: where the player's time begins on stage (ms UTC), for who has
    gone back; else it is the last with that pitch that is more than a second ago.
    """
    between = stage.moment_of(1) - stage.moment_of(0)
    if begin is None:
        latest = int((beep.at - 1_000 - stage.moment_of(0)) // between)
        return latest - (latest - beep.beep) % BEEPS
    near = round((begin + beep.place * 1000 - stage.moment_of(0)) / between)
    return near + (beep.beep - near + BEEPS // 2) % BEEPS - BEEPS // 2


def begin_of(sensed: Iterable[Sensed], stage: Stage) -> float:
    """Where the player's time begins on stage, ms UTC: out of the first beep, which was heard live."""
    beep = next(each for each in sensed if each.kind == "beep")
    return stage.moment_of(event_of(beep, stage)) - beep.place * 1000


def beeps_in(sensed: Iterable[Sensed]) -> list[Sensed]:
    return [each for each in sensed if each.kind == "beep"]


def sound_after_picture(sensed: Sequence[Sensed]) -> Iterator[float]:
    """ms by which each beep was heard after its flash was seen."""
    flashes = [each.at for each in sensed if each.kind == "flash"]
    for beep in beeps_in(sensed):
        nearest = min(flashes, key=lambda at: abs(at - beep.at), default=beep.at - 2 * TOGETHER_MS)
        if abs(nearest - beep.at) < TOGETHER_MS:
            yield beep.at - nearest


def words_after_sound(sensed: Sequence[Sensed], stage: Stage, begin: float) -> Iterator[float | None]:
    """ms by which each beep's words were shown after it was heard; None where they were not shown."""
    for beep in beeps_in(sensed):
        words = words_of(event_of(beep, stage, begin))
        shown = [each.at for each in sensed if each.words == words]
        yield min((at - beep.at for at in shown), key=abs, default=None)


def behind_stage(sensed: Sequence[Sensed], stage: Stage) -> Iterator[float]:
    """ms by which each flash was seen after it was flashed."""
    beeps = beeps_in(sensed)
    for flash in (each for each in sensed if each.kind == "flash"):
        beep = min(beeps, key=lambda each: abs(each.at - flash.at), default=None)
        if beep is not None and abs(beep.at - flash.at) < TOGETHER_MS:
            yield flash.at - stage.moment_of(event_of(beep, stage))


def spread(values: Sequence[float], unit: str = "ms") -> str:
    """least / median / most"""
    if not values:
        return "nothing"
    digits = 0 if unit == "ms" else 2
    return " / ".join(f"{each:.{digits}f}" for each in (min(values), median(values), max(values))) + f" {unit}"

"""When a silent channel is no fault; knows no sound, only what is said of it; no I/O.

1. Interpreters rest while the language of their channel is on the floor, and while nothing is heard on the floor.
2. Only a channel that has been silent for `SILENT_MS` since then is told to be silent.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from intercommunity.media.plan import FLOOR
from intercommunity.media.state import SILENT_MS, Advice, SourceState


class Resting:
    def __init__(self) -> None:
        self._rested: dict[str, float] = {}

    def judge(self, sources: Iterable[SourceState], language: str, now: float) -> tuple[SourceState, ...]:
        """`language`: on the floor, "" for none; `now`: ms on any clock that only goes forward."""
        sources = tuple(sources)
        floor_rests = any(source.name == FLOOR and _silent(source) for source in sources)
        for source in sources:
            if source.name == language or floor_rests:
                self._rested[source.name] = now
        return tuple(source if source.name == FLOOR else self._judged(source, now) for source in sources)

    def _judged(self, source: SourceState, now: float) -> SourceState:
        silent = _silent(source)
        rested = self._rested.get(source.name)
        if silent is None or rested is None:
            return source
        seconds = min(float(silent.value), (now - rested) / 1000)
        kept = (Advice("silent", f"{seconds:.0f}"),) if seconds > SILENT_MS / 1000 else ()
        return replace(source, advice=(*(each for each in source.advice if each is not silent), *kept))


def _silent(source: SourceState) -> Advice | None:
    return next((each for each in source.advice if each.code == "silent"), None)

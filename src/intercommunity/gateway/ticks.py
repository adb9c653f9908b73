"""PURE. When the changes of an audience are written out; knows neither what they are nor how they are
written.

The rule: a change after a silence goes out at once, but for a moment in which what belongs together may
arrive (`GATHER`). After that an audience is written to at most every `CALM` seconds, so that a flood of
changes becomes one write. Writing may take half of the time (`SHARE`), over all audiences together; the other
half belongs to commands and newcomers. So ticks grow longer by themselves with many viewers, many audiences,
or a slow machine.

That half is kept as credit: time earns it, writing spends it. Up to `CREDIT` seconds are saved up, so that
one change may go to several audiences one after the other without a pause. Who has waited longest is next. An
audience whose last write is still on its way is not written to.

All times are seconds on one clock that never goes back.
"""

from collections.abc import Hashable

CALM = 0.1
GATHER = 0.005
SHARE = 0.5
CREDIT = 0.1


class Ticks:
    """Ask `next_at` when to come, then `take` until it gives nothing; tell it of every change and of every
    end.
    """

    __slots__ = ("_credit", "_credited_at", "_due", "_taken_at", "_writing")

    def __init__(self) -> None:
        self._due: dict[Hashable, float] = {}
        self._taken_at: dict[Hashable, float] = {}
        self._writing: set[Hashable] = set()
        self._credit = CREDIT
        self._credited_at = 0.0

    def changed(self, audience: Hashable, now: float) -> None:
        """There is something to write to an audience."""
        if audience not in self._due:
            calm_again = self._taken_at.get(audience, float("-inf")) + CALM
            self._due[audience] = max(now + GATHER, calm_again)

    def next_at(self) -> float | None:
        """When `take` will give an audience, or None while nothing is known to come."""
        due = [at for audience, at in self._due.items() if audience not in self._writing]
        return max(min(due), self._solvent_at()) if due else None

    def take(self, now: float) -> Hashable | None:
        """The audience to write to now, if there is one. Its changes up to now are part of this write."""
        if self._solvent_at() > now:
            return None
        ready = [(at, audience) for audience, at in self._due.items() if at <= now and audience not in self._writing]
        if not ready:
            return None
        _, audience = min(ready, key=lambda pair: pair[0])
        del self._due[audience]
        self._taken_at[audience] = now
        self._writing.add(audience)
        self._settle(now, 0.0)
        return audience

    def written(self, audience: Hashable, now: float, seconds: float) -> None:
        """A write has ended, and took so many seconds of this process."""
        self._writing.discard(audience)
        self._settle(now, seconds)

    def forget(self, audience: Hashable) -> None:
        """Nobody belongs to the audience any more."""
        self._due.pop(audience, None)
        self._taken_at.pop(audience, None)
        self._writing.discard(audience)

    def _settle(self, now: float, spent: float) -> None:
        earned = (now - self._credited_at) * SHARE
        self._credit = min(CREDIT, self._credit + earned - spent)
        self._credited_at = now

    def _solvent_at(self) -> float:
        """When the credit is, or was, not below zero."""
        return self._credited_at + max(0.0, -self._credit) / SHARE

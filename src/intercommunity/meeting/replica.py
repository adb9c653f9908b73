"""One node's copy of a meeting: its own log to write, the others' to take in, the state they mean; without I/O."""

from collections.abc import Sequence

from intercommunity.meeting.actor import Actor
from intercommunity.meeting.kinds import Command, Fact
from intercommunity.meeting.log import Event, Logs
from intercommunity.meeting.meeting import Meeting, apply, decide
from intercommunity.meeting.stamp import PUSHED_MS, Clock, Stamp

SNAPSHOT_EVERY = 1_000
SNAPSHOTS_KEPT = 4


class Replica:
    """The state is a function of the set of events taken in: order, doubles and restarts cannot matter.

    A late stamp (one ordered before something applied already) folds again from the last snapshot before it. Where
    only one node writes there are no late stamps, so no snapshots are made before a second one is heard.
    """

    def __init__(self, node: str, snapshot_every: int = SNAPSHOT_EVERY) -> None:
        self.node = node
        self.meeting = Meeting()
        self.logs = Logs()
        self.times_folded_again = 0
        """After each, more may have changed than the event that came late touches."""
        self._clock = Clock()
        self._snapshot_every = snapshot_every
        self._snapshots: list[tuple[int, Meeting]] = []
        """(how many of `logs.events` it holds, the state then), in order."""

    def wish(self, command: Command, actor: Actor, now: int, key: str = "") -> tuple[str, ...] | list[Event]:
        """Decide a wish: the new events, taken in already; or the ids a repeated wish led to the first time.

        `now` is ms UTC. Raises `Refused`; then nothing has changed.
        """
        if key and (ids := self.meeting.wishes.get((actor.id, key))):
            return ids
        facts = decide(self.meeting, command, actor, now, self.node)
        return [self.write(fact, actor.id, now, key) for fact in facts]

    def write(self, fact: Fact, actor: str, now: int, key: str = "") -> Event:
        """Put a fact into this node's own log, whoever decided it."""
        time, count = self._clock.tick(now)
        number = self.logs.heads.get(self.node, 0) + 1
        wall = now if time > now + PUSHED_MS else 0
        event = Event(Stamp(time, count, self.node, number), actor, fact, key, wall)  # type: ignore[arg-type]
        self._take_in(event)
        return event

    def receive(self, events: Sequence[Event]) -> list[Event]:
        """Take in events from a log, our own from the disk among them; gives back those that were new and whole."""
        taken: list[Event] = []
        for event in events:
            self._clock.witness(event.stamp)
            taken += self._take_in(event)
        return taken

    def _take_in(self, event: Event) -> list[Event]:
        held = self.logs.events
        last = held[-1].stamp if held else None
        ready = self.logs.admit(event)
        for each in ready:
            if last is None or last < each.stamp:
                apply(self.meeting, each)
                last = each.stamp
            else:
                self._fold_again(min(one.stamp for one in ready))
                break
        self._remember()
        return ready

    def _fold_again(self, late: Stamp) -> None:
        events = self.logs.events
        place = next(i for i in range(len(events) - 1, -1, -1) if events[i].stamp == late)
        self._snapshots = [each for each in self._snapshots if each[0] <= place]
        held, before = self._snapshots[-1] if self._snapshots else (0, Meeting())
        self.meeting = before.copy()
        self.times_folded_again += 1
        for event in events[held:]:
            apply(self.meeting, event)

    def _remember(self) -> None:
        if len(self.logs.heads) < 2:  # noqa: PLR2004 - a second node
            return
        held = len(self.logs.events)
        newest = self._snapshots[-1][0] if self._snapshots else 0
        if held - newest >= self._snapshot_every:
            self._snapshots = [*self._snapshots, (held, self.meeting.copy())][-SNAPSHOTS_KEPT:]

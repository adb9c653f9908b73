"""Clocks, logs and replicas that let rooms disagree."""

from typing import Any

import pytest

from intercommunity.meeting import meeting as core
from intercommunity.meeting.access.rules import Access
from intercommunity.meeting.captions import rules as captions
from intercommunity.meeting.floor import rules as floor
from intercommunity.meeting.log import Event, Logs
from intercommunity.meeting.replica import Replica
from intercommunity.meeting.stamp import Clock, Stamp
from properties.faults.fault import fault


@fault
def clock_follows_the_wall_clock_backward(patch: pytest.MonkeyPatch) -> None:
    def tick(self: Clock, now: int) -> tuple[int, int]:
        self.count = self.count + 1 if now == self.time else 0
        self.time = now
        return self.time, self.count

    patch.setattr(Clock, "tick", tick)


@fault
def clock_ignores_the_stamps_of_others(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Clock, "witness", lambda self, stamp: None)


@fault
def clock_forgets_the_count_of_what_it_saw(patch: pytest.MonkeyPatch) -> None:
    def witness(self: Clock, stamp: Stamp) -> None:
        if stamp.time > self.time:
            self.time, self.count = stamp.time, 0

    patch.setattr(Clock, "witness", witness)


@fault
def clock_does_not_follow_who_is_a_minute_ahead(patch: pytest.MonkeyPatch) -> None:
    right = Clock.witness

    def witness(self: Clock, stamp: Stamp) -> None:
        if stamp.time <= self.time + 60_000 or not self.time:
            right(self, stamp)

    patch.setattr(Clock, "witness", witness)


@fault
def restart_loses_the_clock(patch: pytest.MonkeyPatch) -> None:
    right = Replica.receive

    def receive(self: Replica, events: list[Event]) -> list[Event]:
        fresh = not self.logs.events
        taken = right(self, events)
        if fresh:
            self._clock = Clock()
        return taken

    patch.setattr(Replica, "receive", receive)


@fault
def late_event_is_appended(patch: pytest.MonkeyPatch) -> None:
    def take_in(self: Replica, event: Event) -> list[Event]:
        ready = self.logs.admit(event)
        for each in ready:
            core.apply(self.meeting, each)
        return ready

    patch.setattr(Replica, "_take_in", take_in)


@fault
def number_that_came_twice_is_applied_twice(patch: pytest.MonkeyPatch) -> None:
    right = Logs.admit

    def admit(self: Logs, event: Event) -> list[Event]:
        if event.stamp.number == self.heads.get(event.stamp.node, 0):
            self.heads[event.stamp.node] -= 1
        return right(self, event)

    patch.setattr(Logs, "admit", admit)


@fault
def gap_in_a_log_is_stepped_over(patch: pytest.MonkeyPatch) -> None:
    def admit(self: Logs, event: Event) -> list[Event]:
        if event.stamp.number <= self.heads.get(event.stamp.node, 0):
            return []
        self.heads[event.stamp.node] = event.stamp.number
        self._place(event)
        return [event]

    patch.setattr(Logs, "admit", admit)


@fault
def what_follows_a_gap_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Logs, "_following", lambda self, node, number: iter(()))


def _share_after_copy(patch: pytest.MonkeyPatch, part: type, name: str) -> None:
    right = part.copy

    def copy(self: Any) -> Any:
        copied = right(self)
        setattr(copied, name, getattr(self, name))
        return copied

    patch.setattr(part, "copy", copy)


@fault
def snapshot_shares_its_turns(patch: pytest.MonkeyPatch) -> None:
    _share_after_copy(patch, floor.Floor, "turns")


@fault
def snapshot_shares_its_order_of_lines(patch: pytest.MonkeyPatch) -> None:
    _share_after_copy(patch, captions.Captions, "order")


@fault
def snapshot_shares_its_wishes(patch: pytest.MonkeyPatch) -> None:
    _share_after_copy(patch, core.Meeting, "wishes")


@fault
def snapshot_forgets_who_was_revoked(patch: pytest.MonkeyPatch) -> None:
    right = Access.copy

    def copy(self: Access) -> Access:
        copied = right(self)
        copied.revoked = frozenset()
        return copied

    patch.setattr(Access, "copy", copy)


@fault
def snapshots_after_a_late_event_are_kept(patch: pytest.MonkeyPatch) -> None:
    def fold_again(self: Replica, _late: Stamp) -> None:
        held, before = self._snapshots[-1] if self._snapshots else (0, core.Meeting())
        self.times_folded_again += 1
        self.meeting = before.copy()
        for event in self.logs.events[held:]:
            core.apply(self.meeting, event)

    patch.setattr(Replica, "_fold_again", fold_again)

"""Hubs that send whoever comes back too little, or what was before."""

from typing import Any

import pytest

from intercommunity.gateway.hub import Changes, Hub
from intercommunity.gateway.shown import Shown
from intercommunity.meeting.replica import Replica
from properties.faults.fault import fault


@fault
def late_event_is_shown_as_any_other(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Replica, "times_folded_again", property(lambda self: 0, lambda self, value: None), raising=False)


@fault
def since_is_one_too_late(patch: pytest.MonkeyPatch) -> None:
    right = Hub.since
    patch.setattr(Hub, "since", lambda self, position, audience: right(self, position + 1, audience))


@fault
def since_forgets_a_start_over(patch: pytest.MonkeyPatch) -> None:
    right = Hub.since

    def since(self: Hub, position: int, audience: Any) -> Changes:
        self._void_before = 0
        return right(self, position, audience)

    patch.setattr(Hub, "since", since)


@fault
def hub_forgets_the_lines_before(patch: pytest.MonkeyPatch) -> None:
    right = Hub.note

    def note(self: Hub, touches: Any, position: int) -> None:
        kept = list(touches)
        if any(touch.part for touch in kept):
            self._lines.clear()
        right(self, kept, position)

    patch.setattr(Hub, "note", note)


@fault
def what_was_taken_stays_pending(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Hub, "take", lambda self, following: self._pending[following])


@fault
def whole_is_kept_after_a_change(patch: pytest.MonkeyPatch) -> None:
    def move_to(self: Shown, position: int) -> None:
        self.position = position

    patch.setattr(Shown, "move_to", move_to)

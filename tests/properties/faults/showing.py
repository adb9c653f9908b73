"""Changes that touch too little of what is shown."""

from collections.abc import Callable, Iterator

import pytest

from intercommunity.meeting import meeting as core
from intercommunity.meeting import views
from intercommunity.meeting.log import Event
from intercommunity.meeting.questions import events as questions_fact
from properties.faults.fault import fault


def _without(patch: pytest.MonkeyPatch, left_out: Callable[[core.Meeting, Event, views.Touch], bool]) -> None:
    right = views.touched

    def touched(meeting: core.Meeting, event: Event) -> Iterator[views.Touch]:
        return (touch for touch in right(meeting, event) if not left_out(meeting, event, touch))

    for law in ("showing", "resuming"):
        patch.setattr(f"properties.{law}.touched", touched)


@fault
def merge_does_not_touch_what_it_merged_into(patch: pytest.MonkeyPatch) -> None:
    _without(
        patch,
        lambda meeting, event, touch: (
            isinstance(event.fact, questions_fact.QuestionMerged)
            and touch.topic == f"questions/{meeting.questions.root(event.fact.into)}"
        ),
    )


@fault
def vote_does_not_touch_who_cast_it(patch: pytest.MonkeyPatch) -> None:
    _without(
        patch,
        lambda _meeting, event, touch: (
            isinstance(event.fact, questions_fact.VoteCast) and touch == ("me", event.fact.person)
        ),
    )


@fault
def new_link_does_not_touch_its_holder(patch: pytest.MonkeyPatch) -> None:
    _without(patch, lambda _meeting, event, _touch: isinstance(event.fact, core.access_fact.LinkIssued))


@fault
def struck_line_touches_its_own_track_only(patch: pytest.MonkeyPatch) -> None:
    _without(
        patch,
        lambda _meeting, event, touch: (
            isinstance(event.fact, core.captions_fact.LineStruck) and touch.topic == "captions/es"
        ),
    )

"""Polls that count wrongly, or too early."""

from typing import Any

import pytest
from msgspec.structs import replace

from intercommunity.meeting import meeting as core
from intercommunity.meeting.log import Event
from intercommunity.meeting.polls import rules as polls
from intercommunity.meeting.polls.events import BallotCast, CloseHeard
from properties.faults.fault import apply_wrongly, fault


@fault
def ballot_after_the_close_was_heard_counts(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: BallotCast, event: Event) -> None:
        if fact.poll in meeting.polls.by_id:
            meeting.polls.ballots.setdefault(fact.poll, {}).setdefault(fact.person, {})[event.stamp.node] = fact.option

    apply_wrongly(patch, BallotCast, wrong)
    patch.setattr(
        polls, "cast_ballot", lambda _polls, wish, actor, _node: [BallotCast(wish.poll, actor.person, wish.option)]
    )


@fault
def ballot_after_the_close_is_dropped_wherever_it_was_accepted(patch: pytest.MonkeyPatch) -> None:
    right = polls.apply_ballot_cast

    def wrong(meeting: core.Meeting, fact: BallotCast, event: Event) -> None:
        poll = meeting.polls.by_id.get(fact.poll)
        if poll is not None and not poll.closed_at:
            right(meeting.polls, fact, event.stamp.node)

    apply_wrongly(patch, BallotCast, wrong)


@fault
def first_ballot_of_a_person_counts(patch: pytest.MonkeyPatch) -> None:
    def standing(self: polls.Polls, poll: str, person: str) -> int | None:
        return next(iter(self.ballots.get(poll, {}).get(person, {}).values()), None)

    patch.setattr(polls.Polls, "standing", standing)


@fault
def ballot_in_each_room_counts(patch: pytest.MonkeyPatch) -> None:
    def counts(self: polls.Polls, poll: str) -> list[int]:
        cast = [option for ballots in self.ballots.get(poll, {}).values() for option in ballots.values()]
        return [cast.count(option) for option in range(len(self.by_id[poll].options))]

    patch.setattr(polls.Polls, "counts", counts)


@fault
def count_is_certified_when_the_hub_has_heard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("intercommunity.meeting.polls.view.certified", lambda poll: "hub" in poll.heard)


@fault
def certified_count_follows_the_description(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: Any, event: Event) -> None:
        core.agenda.apply_described(meeting.agenda, fact, event.stamp.node)
        for poll in list(meeting.polls.by_id.values()):
            if poll.writers:
                meeting.polls.by_id[poll.id] = replace(poll, writers=meeting.description.writers())

    apply_wrongly(patch, core.agenda_fact.MeetingDescribed, wrong)


@fault
def nobody_notes_that_they_have_heard(patch: pytest.MonkeyPatch) -> None:
    apply_wrongly(patch, CloseHeard, lambda meeting, fact, event: None)

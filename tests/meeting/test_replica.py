"""One node's copy: repeated wishes, snapshots, pushed clocks. That order cannot matter is said in `properties`."""

import pytest

from intercommunity.meeting.access.commands import Join
from intercommunity.meeting.actor import NOBODY, ORGANISER
from intercommunity.meeting.agenda.commands import DescribeMeeting, EndMeeting, StartOver
from intercommunity.meeting.refusal import Refused
from intercommunity.meeting.replica import SNAPSHOTS_KEPT, Replica
from properties.wishes import START, WORLD


def join(number):
    return Join(name=f"Person {number}", token_hash=f"{number:064x}")


def test_wish_repeated_with_its_key_leads_to_the_same_ids():
    replica = Replica("hub")
    first = replica.wish(join(1), NOBODY, START, "key")
    assert replica.wish(join(1), NOBODY, START, "key") == tuple(event.id for event in first) == ("hub-1",)
    assert len(replica.logs.events) == 1


def test_wish_repeated_after_a_restart_leads_to_the_same_ids():
    replica, again = Replica("hub"), Replica("hub")
    replica.wish(join(1), NOBODY, START, "key")
    again.receive(replica.logs.events)
    assert again.wish(join(1), NOBODY, START, "key") == ("hub-1",)


def test_same_key_of_somebody_else_is_another_wish():
    replica = Replica("hub")
    replica.wish(DescribeMeeting(WORLD), ORGANISER, START, "key")
    assert [event.id for event in replica.wish(join(1), NOBODY, START, "key")] == ["hub-2"]


def test_refused_wish_leaves_nothing_behind_and_can_be_granted_later():
    replica = Replica("hub")
    with pytest.raises(Refused, match="not_a_rehearsal"):
        replica.wish(StartOver(), ORGANISER, START, "key")
    assert replica.logs.events == []
    replica.wish(DescribeMeeting(WORLD), ORGANISER, START)
    assert len(replica.wish(StartOver(), ORGANISER, START, "key")) == 1


def test_node_behind_another_says_when_it_happened_by_its_own_clock():
    ahead, right = Replica("ahead"), Replica("hub")
    hours = 3 * 3_600_000
    right.receive(ahead.wish(DescribeMeeting(WORLD), ORGANISER, START + hours))
    (ended,) = right.wish(EndMeeting(), ORGANISER, START)
    assert ended.stamp > ahead.logs.events[0].stamp
    assert ended.at == START
    assert right.meeting.agenda.ended == START


def test_snapshots_are_bounded_and_made_only_where_stamps_can_be_late():
    alone, together = Replica("hub", snapshot_every=2), Replica("hub", snapshot_every=2)
    other = Replica("north")
    together.receive(other.wish(join(99), NOBODY, START))
    for number in range(1, 30):
        alone.wish(join(number), NOBODY, START)
        together.wish(join(number), NOBODY, START)
    assert alone._snapshots == []
    assert len(together._snapshots) == SNAPSHOTS_KEPT


def test_late_event_before_all_snapshots_is_folded_in():
    hub, north = Replica("hub", snapshot_every=2), Replica("north")
    north.wish(join(99), NOBODY, START - 500)
    hub.receive(north.logs.events)
    late = north.wish(join(98), NOBODY, START - 400)
    for number in range(1, 30):
        hub.wish(join(number), NOBODY, START + number)
    hub.receive(late)
    assert hub.times_folded_again == 1
    assert list(hub.meeting.access.people)[:3] == ["north-1", "north-2", "hub-1"]

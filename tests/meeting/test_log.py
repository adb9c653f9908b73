"""The logs of all nodes held together: numbers without gaps, stamps in order."""

from intercommunity.meeting.floor.events import SessionOpened
from intercommunity.meeting.log import Event, Logs
from intercommunity.meeting.stamp import Stamp


def event(node, number, time=None):
    return Event(Stamp(time or number, 0, node, number), "host", SessionOpened("one"))


def test_event_is_named_by_its_node_and_number():
    assert event("hub", 17).id == "hub-17"


def test_event_happened_when_its_stamp_says_unless_the_stamp_was_pushed():
    assert event("hub", 1, time=5_000).at == 5_000
    assert Event(Stamp(5_000, 3, "hub", 1), "host", SessionOpened("one"), wall=1_000).at == 1_000


def test_event_after_a_gap_waits_for_what_is_ahead_of_it():
    logs = Logs()
    assert logs.admit(event("a", 3)) == []
    assert logs.admit(event("a", 2)) == []
    assert logs.gaps() == {"a": 1}
    assert logs.admit(event("a", 1)) == [event("a", 1), event("a", 2), event("a", 3)]
    assert logs.gaps() == {}
    assert logs.heads == {"a": 3}


def test_event_that_came_before_is_not_taken_in_again():
    logs = Logs()
    logs.admit(event("a", 1))
    logs.admit(event("a", 3))
    assert logs.admit(event("a", 1)) == []
    assert logs.admit(event("a", 3)) == []
    assert logs.admit(event("a", 2)) == [event("a", 2), event("a", 3)]
    assert len(logs.events) == 3


def test_events_stand_in_order_of_their_stamps():
    logs = Logs()
    for each in (event("b", 1, time=5), event("a", 1, time=9), event("b", 2, time=7)):
        logs.admit(each)
    assert [each.id for each in logs.events] == ["b-1", "b-2", "a-1"]

"""Which session a moment belongs to."""

from intercommunity.meeting.floor.events import FloorGiven, SessionClosed, SessionOpened
from intercommunity.meeting.floor.rules import (
    Floor,
    Turn,
    apply_floor_given,
    apply_session_closed,
    apply_session_opened,
    session_at,
)


def floor_of(*opened):
    floor = Floor()
    for session, at in opened:
        apply_session_opened(floor, SessionOpened(session), at)
    return floor


def test_session_at_is_the_latest_opened_by_then():
    floor = floor_of(("one", 100), ("two", 200))
    assert [session_at(floor, moment) for moment in (0, 100, 199, 200, 999)] == ["one", "one", "one", "two", "two"]


def test_session_at_is_none_where_nothing_was_opened():
    assert session_at(Floor(), 5) == ""


def test_session_opened_again_goes_on_from_its_first_opening():
    floor = floor_of(("one", 100), ("two", 200), ("one", 300))
    assert (floor.spans["one"].opened, floor.spans["one"].closed) == (100, 0)
    assert floor.spans["two"].closed == 300
    assert session_at(floor, 250) == "two"


def test_two_hosts_open_two_sessions_at_once_and_the_floor_is_taken_back():
    floor = floor_of(("one", 100))
    apply_floor_given(floor, FloorGiven("ana", "es"), 110)
    apply_session_opened(floor, SessionOpened("two"), 120)
    assert (floor.session, floor.turn()) == ("two", Turn(since=120))


def test_closing_what_is_not_open_changes_nothing():
    floor = floor_of(("one", 100))
    apply_session_closed(floor, SessionClosed("two"), 200)
    apply_session_closed(Floor(), SessionClosed(""), 200)
    assert (floor.session, floor.turns) == ("one", [])

"""Who is here, as gateways count and tell each other."""

from intercommunity.gateway.census import Census, Count, Presence, Seat, Viewer
from intercommunity.meeting.actor import Role

KENYA = Viewer("KE", "hub")
CLEO = Viewer("FI", "", Role.CAPTIONER, "Cleo", ("en",))


def census_of(*viewers):
    census = Census()
    for viewer in viewers:
        census.enter(viewer)
    return census


def test_people_are_counted_by_country_and_node_where_they_said_so():
    count = census_of(KENYA, KENYA, Viewer("UY"), Viewer()).own()
    assert count.presence == Presence(4, {"KE": 2, "UY": 1}, {"hub": 2})
    assert count.seats == ()


def test_desks_are_seats_and_no_audience():
    count = census_of(CLEO, CLEO, Viewer(role=Role.HOST, name="Hana"), Viewer(role=Role.PARTICIPANT)).own()
    assert count.presence == Presence(1)
    assert count.seats == (Seat("captioner", "Cleo", ("en",), "", 2), Seat("host", "Hana"))


def test_who_leaves_is_not_counted():
    census = census_of(KENYA, KENYA, CLEO)
    census.leave(KENYA)
    census.leave(CLEO)
    assert census.own() == Count(Presence(1, {"KE": 1}, {"hub": 1}))
    census.leave(KENYA)
    census.leave(KENYA)
    assert census.own() == Count()


def test_total_is_the_sum_over_gateways_that_were_heard_lately():
    census = census_of(KENYA)
    census.hear("two", Count(Presence(5, {"KE": 2}, {}), (Seat("host", "Hana"),)), 100.0)
    census.hear("three", Count(Presence(7)), 75.0)
    assert census.total(100.0) == Count(Presence(13, {"KE": 3}, {"hub": 1}), (Seat("host", "Hana"),))
    assert census.total(105.0).presence.people == 6
    assert census.total(131.0).presence.people == 1


def test_latest_count_of_a_gateway_replaces_the_one_before():
    census = Census()
    census.hear("two", Count(Presence(5)), 100.0)
    census.hear("two", Count(Presence(3)), 101.0)
    assert census.total(102.0).presence.people == 3

"""When audiences are written to, with time as a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.gateway.ticks import CALM, CREDIT, GATHER, SHARE, Ticks


def written_at(ticks: Ticks, now: float, cost: float = 0.0):
    """Take one audience and write to it, which takes `cost` seconds."""
    audience = ticks.take(now)
    if audience is not None:
        ticks.written(audience, now + cost, cost)
    return audience


def test_nothing_is_due_in_silence():
    ticks = Ticks()
    assert ticks.next_at() is None
    assert ticks.take(100.0) is None


def test_first_change_after_silence_goes_out_nearly_at_once():
    ticks = Ticks()
    ticks.changed("es", 100.0)
    assert ticks.next_at() == 100.0 + GATHER
    assert ticks.take(100.0 + GATHER / 2) is None
    assert ticks.take(100.0 + GATHER) == "es"
    assert GATHER <= 0.010


def test_changes_of_a_tick_share_one_write():
    ticks = Ticks()
    for thousandth in range(5):
        ticks.changed("es", 100.0 + thousandth / 1000)
    assert written_at(ticks, 100.005) == "es"
    assert ticks.next_at() is None


def test_next_tick_comes_when_it_is_calm_again():
    ticks = Ticks()
    ticks.changed("es", 100.0)
    assert written_at(ticks, 100.005) == "es"
    ticks.changed("es", 100.006)
    assert ticks.next_at() == pytest.approx(100.005 + CALM)
    assert ticks.take(100.104) is None
    assert ticks.take(100.106) == "es"
    assert CALM <= 0.100


def test_audience_is_left_alone_while_a_write_is_on_its_way():
    ticks = Ticks()
    ticks.changed("es", 100.0)
    assert ticks.take(100.005) == "es"
    ticks.changed("es", 100.01)
    assert ticks.next_at() is None
    assert ticks.take(105.0) is None
    ticks.written("es", 105.0, 0.001)
    assert ticks.take(105.0) == "es"


def test_one_change_goes_to_several_audiences_without_a_pause():
    ticks = Ticks()
    for audience in ("es", "en", "ar"):
        ticks.changed(audience, 100.0)
    assert [written_at(ticks, now, 0.03) for now in (100.005, 100.035, 100.065)] == ["es", "en", "ar"]


def test_who_has_waited_longest_is_next():
    ticks = Ticks()
    ticks.changed("es", 100.001)
    ticks.changed("en", 100.000)
    assert [ticks.take(101.0), ticks.take(101.0), ticks.take(101.0)] == ["en", "es", None]


def test_credit_spent_is_waited_for():
    ticks = Ticks()
    ticks.changed("es", 100.0)
    cost = 0.4
    assert written_at(ticks, 100.005, cost) == "es"
    ticks.changed("es", 100.4)
    assert ticks.next_at() == pytest.approx(100.005 + cost + (cost * (1 - SHARE) - CREDIT) / SHARE)
    assert ticks.take(ticks.next_at() - 0.001) is None
    assert ticks.take(ticks.next_at()) == "es"


def test_forgotten_audience_is_not_due():
    ticks = Ticks()
    ticks.changed("es", 100.0)
    ticks.forget("es")
    assert ticks.next_at() is None
    assert ticks.take(101.0) is None


@given(costs=st.lists(st.floats(0.001, 0.5), min_size=1, max_size=6))
def test_writing_takes_half_of_the_time_at_most_and_everybody_gets_a_turn(costs):
    """Audiences that change all the time, each with its cost a write."""
    ticks, began, until = Ticks(), 1000.0, 1060.0
    now, busy, turns = began, 0.0, dict.fromkeys(range(len(costs)), 0)
    while now < until:
        for audience in turns:
            ticks.changed(audience, now)
        audience = ticks.take(now)
        if audience is None:
            now = max(ticks.next_at(), now + 1e-6)
            continue
        now, busy = now + costs[audience], busy + costs[audience]
        ticks.written(audience, now, costs[audience])
        turns[audience] += 1
    assert busy <= SHARE * (now - began) + CREDIT + max(costs)
    round_lasts = max(CALM + GATHER + max(costs), sum(costs) / SHARE + max(costs))
    assert min(turns.values()) >= 60 / round_lasts - 2

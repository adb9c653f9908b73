from hypothesis import given
from hypothesis import strategies as st

from intercommunity.media.arriving.timeline import SourceClock

HOUR_MS = 3_600_000


def test_first_packet_was_said_when_it_arrived_less_the_stated_delay():
    assert SourceClock(300).stage_time(5_000, 1_000_000) == 1_000_000 - 300


@given(st.lists(st.floats(0, 400), min_size=50, max_size=200))
def test_packets_held_up_by_the_network_keep_their_distances(held_up):
    """Once the sender has settled, jitter moves nothing by more than the clock may drift meanwhile."""
    clock = SourceClock()
    for number in range(200):
        clock.stage_time(number * 40, 1_000_000 + number * 40)
    for number, late in enumerate(held_up, 200):
        at = clock.stage_time(number * 40, 1_000_000 + number * 40 + late)
        assert abs(at - (1_000_000 + number * 40)) < 40


def test_drift_of_two_hours_stays_within_what_is_noticed():
    """Two senders whose clocks are wrong by 100 parts in a million, one fast, one slow, against each other."""
    fast, slow, apart = SourceClock(), SourceClock(), []
    for now in range(0, 2 * HOUR_MS, 200):
        arrived = 1_000_000 + now
        apart.append(fast.stage_time(now * 1.0001, arrived) - slow.stage_time(now * 0.9999, arrived))
    assert max(map(abs, apart)) < 45


def test_time_stamps_that_leap_begin_anew_and_are_counted():
    clock = SourceClock()
    for number in range(200):
        clock.stage_time(number * 40, 1_000_000 + number * 40)
    assert clock.stage_time(9_000_000, 1_008_000) == 1_008_000
    assert clock.leaps == 1


def test_time_stamps_that_fall_behind_for_good_begin_anew():
    clock = SourceClock()
    for number in range(200):
        clock.stage_time(number * 40, 1_000_000 + number * 40)
    for number in range(200, 500):
        at = clock.stage_time(number * 40, 1_005_000 + number * 40)
    assert (abs(at - (1_005_000 + 499 * 40)) < 1, clock.leaps) == (True, 1)


def test_time_stamps_that_run_backwards_begin_anew_at_once_and_are_counted():
    clock = SourceClock()
    for number in range(200):
        clock.stage_time(5_000_000 + number * 40, 1_000_000 + number * 40)
    assert (clock.stage_time(40, 1_008_000), clock.leaps) == (1_008_000, 1)
    assert (clock.stage_time(80, 1_008_040), clock.leaps) == (1_008_040, 1)


def test_time_stamps_that_have_used_up_their_bits_go_on():
    """Pictures and sound do not begin again at the same packet."""
    clock, begun = SourceClock(), 2**32 - 4_000
    for number in range(200):
        stamp = begun + number * 40
        behind = 120 if number % 2 else 0
        at = clock.stage_time((stamp - behind) % 2**32, 1_000_000 + number * 40)
        assert at == 1_000_000 + number * 40 - behind
    assert clock.leaps == 0

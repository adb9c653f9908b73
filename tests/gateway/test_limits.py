"""Buckets of tokens, with time as a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.gateway.limits import Buckets, Rate, sender_at

RATE = Rate(burst=3, per_second=0.5)


def test_burst_is_granted_at_once_and_then_what_flows_in():
    buckets = Buckets(RATE)
    assert [buckets.take("ana", 100.0) for _ in range(4)] == [0.0, 0.0, 0.0, 2.0]
    assert buckets.take("ana", 101.0) == 1.0
    assert buckets.take("ana", 102.0) == 0.0
    assert buckets.take("ana", 102.0) == 2.0


def test_refusal_takes_nothing():
    buckets = Buckets(RATE)
    for _ in range(3):
        buckets.take("ana", 100.0)
    for tenth in range(20):
        assert buckets.take("ana", 100.0 + tenth / 10) > 0
    assert buckets.take("ana", 102.0) == 0.0


def test_senders_do_not_share_a_bucket():
    buckets = Buckets(RATE)
    for _ in range(3):
        buckets.take("ana", 100.0)
    assert buckets.take("ben", 100.0) == 0.0


def test_silence_fills_a_bucket_no_further_than_its_brim():
    buckets = Buckets(RATE)
    buckets.take("ana", 0.0)
    assert [buckets.take("ana", 1e6) for _ in range(4)] == [0.0, 0.0, 0.0, 2.0]


def test_full_buckets_are_forgotten_and_those_in_use_are_not():
    buckets = Buckets(RATE, most=10)
    for number in range(10):
        buckets.take(f"old {number}", 0.0)
    for _ in range(3):
        buckets.take("ana", 99.9)
    assert buckets.take("new", 100.0) == 0.0
    assert len(buckets._levels) == 2
    assert buckets.take("ana", 100.0) > 0


def test_flood_of_senders_is_not_swept_at_every_taking():
    sweeps = []

    class Watched(Buckets):
        def _forget_full(self, now):
            sweeps.append(len(self._levels))
            super()._forget_full(now)

    buckets = Watched(RATE, most=10)
    for number in range(1_000):
        buckets.take(f"sender {number}", 0.0)
    assert sweeps == [10, 20, 40, 80, 160, 320, 640]


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_nobody_gets_more_than_the_burst_and_what_flows_in(pauses):
    buckets, now, granted = Buckets(RATE), 0.0, 0
    for pause in pauses:
        now += pause
        wait = buckets.take("ana", now)
        granted += wait == 0.0
        assert granted <= RATE.burst + now * RATE.per_second + 1e-6


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_household_counts_as_one_sender(address, sender):
    assert sender_at(address) == sender

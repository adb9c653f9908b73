"""The hybrid clock, with the wall clock as a number."""

from hypothesis import given
from hypothesis import strategies as st

from intercommunity.meeting.stamp import Clock, Stamp


def test_stamps_are_ordered_by_time_then_count_then_node_then_number():
    stamps = [Stamp(1, 0, "b", 9), Stamp(1, 1, "a", 2), Stamp(1, 1, "a", 10), Stamp(1, 1, "b", 1), Stamp(2, 0, "a", 3)]
    assert sorted([*stamps[3:], *stamps[:3]]) == stamps


@given(
    st.lists(
        st.one_of(
            st.integers(-5, 20), st.builds(Stamp, st.integers(0, 30), st.integers(0, 3), st.just("x"), st.just(1))
        )
    )
)
def test_tick_comes_after_everything_ticked_and_witnessed(happenings):
    clock, seen = Clock(), (0, -1)
    for each in happenings:
        if isinstance(each, Stamp):
            clock.witness(each)
            seen = max(seen, (each.time, each.count))
        else:
            ticked = clock.tick(each)
            assert ticked > seen
            assert ticked[0] >= each
            seen = ticked


def test_tick_follows_the_wall_clock_while_that_goes_forward():
    clock = Clock()
    assert [clock.tick(now) for now in (5, 5, 9, 3, 10)] == [(5, 0), (5, 1), (9, 0), (9, 1), (10, 0)]

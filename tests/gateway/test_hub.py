"""Who follows what and since when it changed. That nobody misses a change is said in `properties/resuming.py`."""

import pytest

from intercommunity.gateway.hub import MOST_LINES, Changes, Following, Hub, follows
from intercommunity.meeting.actor import Role
from intercommunity.meeting.views import EVERYTHING, Audience, Touch

ES = Audience(Role.PUBLIC, ("es",))
BOTH = Audience(Role.HOST, ("en", "es"))
FOLLOWING = Following("sse", ES)


def hub_after(*touches):
    hub = Hub()
    for position, touch in enumerate(touches, 1):
        hub.note([touch], position)
    return hub


@pytest.mark.parametrize(
    ("topic", "es", "both"),
    [
        ("captions/es", True, True),
        ("captions/en", False, True),
        ("draft/en", False, True),
        ("floor", True, True),
        ("questions/en-1", True, True),
        (EVERYTHING, True, True),
    ],
)
def test_captions_and_drafts_go_to_those_who_read_them(topic, es, both):
    assert (follows(ES, Touch(topic)), follows(BOTH, Touch(topic))) == (es, both)


def test_since_is_what_changed_after_a_position_each_once():
    hub = hub_after(Touch("floor"), Touch("captions/es", "a"), Touch("captions/es", "b"), Touch("captions/es", "a"))
    assert hub.since(0, ES) == Changes({"floor": None}, {"captions/es": {"a": None, "b": None}})
    assert hub.since(1, ES) == Changes({}, {"captions/es": {"a": None, "b": None}})
    assert hub.since(3, ES) == Changes({}, {"captions/es": {"a": None}})
    assert not hub.since(4, ES)


def test_since_more_lines_than_can_be_sent_is_everything():
    lines = [Touch("captions/es", f"line-{number}") for number in range(MOST_LINES + 1)]
    assert not hub_after(*lines).since(1, ES).everything
    assert hub_after(*lines).since(0, ES).everything
    assert not hub_after(*lines).since(0, Audience(Role.PUBLIC, ("en",))).everything


def test_since_before_a_start_over_is_everything_and_after_it_what_came_after():
    hub = hub_after(Touch("floor"), Touch(EVERYTHING), Touch("nodes"))
    assert hub.since(1, ES).everything
    assert hub.since(2, ES) == Changes({"nodes": None})


def test_taken_changes_are_pending_no_more():
    hub = Hub()
    hub.follow(FOLLOWING)
    assert not hub.pending(FOLLOWING)
    hub.note([Touch("floor"), Touch("captions/en", "a")], 1)
    assert hub.waiting() == [FOLLOWING]
    assert hub.take(FOLLOWING) == Changes({"floor": None})
    assert not hub.pending(FOLLOWING)
    assert hub.waiting() == []


def test_following_again_keeps_what_is_pending():
    hub = Hub()
    hub.follow(FOLLOWING)
    hub.note([Touch("floor")], 1)
    hub.follow(FOLLOWING)
    assert hub.pending(FOLLOWING)
    hub.unfollow(FOLLOWING)
    assert hub.followings() == []
    assert not hub.pending(FOLLOWING)


def test_what_is_whispered_is_pending_for_followers_and_not_kept():
    hub = Hub()
    hub.follow(FOLLOWING)
    hub.whispered("draft/es")
    hub.whispered("draft/en")
    assert hub.take(FOLLOWING) == Changes({"draft/es": None})
    assert not hub.since(0, ES)

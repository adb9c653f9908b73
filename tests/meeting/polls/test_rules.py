"""Which polls can be opened, and which ballots count. That counts stay once certified is said in `properties`."""

import pytest

from intercommunity.meeting.actor import Actor, Role
from intercommunity.meeting.polls import rules
from intercommunity.meeting.polls.commands import CastBallot, OpenPoll
from intercommunity.meeting.polls.events import BallotCast, PollOpened
from intercommunity.meeting.refusal import Refused
from intercommunity.wire.commands import convert_command
from intercommunity.wire.malformed import Malformed
from properties.wishes import WORLD

ANA = Actor("hub-1", Role.PARTICIPANT, person="hub-1")


def one_poll():
    polls = rules.Polls()
    rules.apply_poll_opened(polls, PollOpened({"en": "?"}, ({"en": "a"}, {"en": "b"})), "poll", 5)
    return polls


def test_poll_is_in_the_languages_of_the_meeting():
    with pytest.raises(Refused, match="language_unknown"):
        rules.open_poll(OpenPoll({"fr": "?"}, ({"en": "a"}, {"en": "b"})), WORLD)
    with pytest.raises(Refused, match="text_empty"):
        rules.open_poll(OpenPoll({"en": "?"}, ({"en": "a"}, {})), WORLD)


@pytest.mark.parametrize("number", [0, 1, 13])
def test_poll_has_two_to_twelve_options(number):
    with pytest.raises(Malformed):
        convert_command({"kind": "open_poll", "question": {"en": "?"}, "options": [{"en": "a"}] * number})


def test_ballot_for_an_option_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="option_unknown"):
        rules.cast_ballot(one_poll(), CastBallot("poll", 2), ANA, "hub")
    with pytest.raises(Refused, match="poll_unknown"):
        rules.cast_ballot(one_poll(), CastBallot("pool", 0), ANA, "hub")


def test_ballot_for_an_option_that_is_not_there_is_not_counted():
    polls = one_poll()
    rules.apply_ballot_cast(polls, BallotCast("poll", "hub-1", 7), "hub")
    assert polls.counts("poll") == [0, 0]


def test_latest_ballot_of_a_person_counts_whichever_room_accepted_it():
    polls = one_poll()
    for option, node in ((0, "hub"), (1, "north"), (0, "north"), (1, "hub")):
        rules.apply_ballot_cast(polls, BallotCast("poll", "hub-1", option), node)
        assert polls.standing("poll", "hub-1") == option
    assert polls.counts("poll") == [0, 1]


def test_ballot_that_stands_already_is_not_written_again_in_the_same_room():
    polls = one_poll()
    rules.apply_ballot_cast(polls, BallotCast("poll", "hub-1", 1), "hub")
    assert rules.cast_ballot(polls, CastBallot("poll", 1), ANA, "hub") == []
    assert len(rules.cast_ballot(polls, CastBallot("poll", 1), ANA, "north")) == 1

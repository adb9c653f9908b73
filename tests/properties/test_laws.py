"""Every law holds in small worlds."""

from random import Random
from typing import get_args

import pytest

from intercommunity.meeting.facts import AnyFact
from properties import wishes
from properties.hiding import secrets_of
from properties.laws import LAWS
from properties.rooms import play, worlds


@pytest.mark.slow
@pytest.mark.parametrize("name", LAWS)
def test_law_holds(name):
    LAWS[name].hold()


def test_worlds_hold_every_kind_of_fact_and_every_kind_of_secret():
    """What is not in any world is not put to the test."""
    kinds, secrets = set(), set()
    for seed in range(400):
        rooms = play(worlds(wishes.LIVELY)(Random(seed)), wishes.EVERYTHING)
        kinds |= {type(event.fact) for event in rooms.written}
        secrets |= {kind for kind, known in secrets_of(rooms.meeting(0)).items() if known}
    assert kinds == set(get_args(AnyFact))
    assert secrets == set(secrets_of(rooms.meeting(0)))

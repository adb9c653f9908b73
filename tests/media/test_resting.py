"""Whether a silent channel is told to be silent."""

import pytest

from intercommunity.media.resting import Resting
from intercommunity.media.state import Advice, SourceState

UNSTABLE = Advice("unstable", "3")


def silent(name: str, seconds: int) -> SourceState:
    advice = (Advice("silent", str(seconds)),) if seconds else ()
    return SourceState(name, "arriving", advice=(*advice, UNSTABLE))


def told(resting: Resting, now_s: float, language: str, *, es: int, floor: int = 0) -> dict[str, str]:
    judged = resting.judge((silent("floor", floor), silent("es", es)), language, now_s * 1000)
    assert [UNSTABLE in each.advice for each in judged] == [True, True]
    return {each.name: advice.value for each in judged for advice in each.advice if advice.code == "silent"}


@pytest.mark.parametrize("language", ["en", "ar", ""])
def test_channel_that_does_not_interpret_another_language_is_silent(language):
    assert told(Resting(), 100, language, es=21) == {"es": "21"}


def test_interpreters_rest_while_their_own_language_is_on_the_floor():
    resting = Resting()
    assert told(resting, 100, "es", es=300) == {}
    assert told(resting, 119, "en", es=319) == {}
    assert told(resting, 121, "en", es=321) == {"es": "21"}


def test_silence_after_words_of_their_own_counts_from_the_words():
    resting = Resting()
    assert told(resting, 100, "es", es=300) == {}
    assert told(resting, 200, "en", es=25) == {"es": "25"}


def test_channel_is_not_blamed_while_the_floor_is_silent_too():
    resting = Resting()
    assert told(resting, 100, "en", es=30, floor=40) == {"floor": "40"}
    assert told(resting, 110, "en", es=40) == {}
    assert told(resting, 121, "en", es=51) == {"es": "21"}

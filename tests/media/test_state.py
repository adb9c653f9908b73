"""What a page is told of a source, and which advice; time is an argument."""

import pytest

from intercommunity.media.state import PASSING, Advice, Watch

BEGAN = 1_000_000.0


def watch(*, wants_picture: bool = False) -> Watch:
    made = Watch("es", wants_picture=wants_picture)
    made.codec, made.sound_rate, made.sound_channels = "aac", 48_000, 2
    return made


def hear(made: Watch, from_ms: int, until_ms: int, level: float = -20.0) -> float:
    """Sound arrives every 100 ms; the time at the end."""
    for at in range(from_ms, until_ms, 100):
        made.note_packet(BEGAN + at, 40)
        made.note_sound(BEGAN + at, level)
    return BEGAN + until_ms


def advice(made: Watch, now: float) -> list[tuple[str, str]]:
    return [(each.code, each.value) for each in made.state(now).advice]


def test_source_waits_arrives_breaks_and_says_when_it_last_came():
    made = watch()
    assert made.state(BEGAN).state == "waiting"
    made.note_connected(BEGAN)
    state = made.state(hear(made, 0, 3_000))
    assert (state.state, state.sound.level, state.late_ms, state.last) == ("arriving", -20.0, 40, 0)
    state = made.state(BEGAN + 6_000)
    assert (state.state, state.sound, state.last) == ("broken", None, round(BEGAN + 2_900))


def test_channel_is_silent_after_twenty_seconds_and_not_before():
    made = watch()
    made.note_connected(BEGAN)
    hear(made, 0, 100)
    assert advice(made, hear(made, 100, 20_000, -70)) == []
    assert advice(made, hear(made, 20_000, 21_000, -70)) == [("silent", "21")]
    assert advice(made, hear(made, 21_000, 21_100)) == []


@pytest.mark.parametrize(("level", "code"), [(-45, "quiet"), (-4, "loud"), (-20, None)])
def test_sound_that_is_too_quiet_or_too_loud_is_told(level, code):
    made = watch()
    made.note_connected(BEGAN)
    assert advice(made, hear(made, 0, 5_000, level)) == ([(code, "")] if code else [])


def test_reason_for_which_a_source_cannot_be_had_stands_until_it_comes():
    made = watch()
    made.note(BEGAN, "not_found")
    assert (made.state(BEGAN + 600_000).state, advice(made, BEGAN + 600_000)) == ("refused", [("not_found", "")])
    made.note(BEGAN, "unreachable")
    assert advice(made, BEGAN) == [("unreachable", "")]
    made.note_connected(BEGAN)
    assert advice(made, hear(made, 0, 3_000)) == []


@pytest.mark.parametrize("code", sorted(PASSING))
def test_what_only_happened_is_said_for_a_while_and_refuses_nothing(code):
    made = watch()
    made.note(BEGAN, code, "192.0.2.7")
    assert made.state(BEGAN).state == "waiting"
    assert made.state(BEGAN + PASSING[code]).advice == (Advice(code, "192.0.2.7"),)
    assert made.state(BEGAN + PASSING[code] + 1).advice == ()


def test_source_without_its_picture_or_its_sound_is_told():
    made = watch(wants_picture=True)
    made.note_connected(BEGAN)
    assert advice(made, hear(made, 0, 3_000)) == [("no_picture", "")]
    for at in range(3_000, 6_000, 100):
        made.note_packet(BEGAN + at, 0)
    assert advice(made, BEGAN + 6_000) == [("no_picture", ""), ("no_sound", "")]


def test_three_interruptions_are_no_chance():
    made = watch()
    made.note_connected(BEGAN)
    now = hear(made, 0, 3_000)
    for _ in range(3):
        made.note_interruption()
    assert advice(made, now) == [("unstable", "3")]

"""What a page is told of a source, and which advice; time is an argument."""

import pytest

from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.state import PASSING, Advice, Watch

BEGAN = 1_000_000.0
STAMPS = 1 << 32


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
    for began in (0, 10_000, 20_000):
        made.note_connected(BEGAN + began)
        hear(made, began, began + 3_000)
        made.note_gone()
    made.note_connected(BEGAN + 30_000)
    assert advice(made, hear(made, 30_000, 33_000)) == [("unstable", "3")]


def show(made: Watch, held_up_ms: float, *, key_every: int = 50, seconds: int = 12) -> float:
    """25 pictures a second by their stamps, each second of them taken in at once after what holds the machine up."""
    made.form = PictureForm("avc1.64001f", 640, 360)
    made.note_connected(BEGAN)
    for number in range(seconds * 25):
        now = BEGAN + number // 25 * (1_000 + held_up_ms)
        made.note_packet(now, 0)
        made.note_sound(now, -20)
        made.note_picture(now, 2_500, (STAMPS - 2_000 + number * 40) % STAMPS, key=number % key_every == 0)
    return now


@pytest.mark.parametrize("held_up_ms", [0, 700])
def test_pictures_are_counted_by_their_own_stamps_however_late_they_are_taken_in(held_up_ms):
    made = watch(wants_picture=True)
    now = show(made, held_up_ms)
    assert (advice(made, now), made.state(now).picture.fps, made.state(now).picture.kbit) == ([], 25.0, 500)


def test_rare_keyframes_are_told_by_their_stamps():
    made = watch(wants_picture=True)
    assert advice(made, show(made, 0, key_every=75)) == [("rare_keyframes", "3.0")]


def test_stamps_that_leap_tell_no_distance():
    made = watch(wants_picture=True)
    now = show(made, 0)
    made.note_picture(now, 2_500, 7_200_000, key=True)
    made.note_picture(now, 2_500, 3_600_000, key=True)
    assert (advice(made, now), made.state(now).picture.fps > 20) == ([], True)


def test_beginning_of_a_connection_is_no_interruption():
    made = watch()
    made.note_connected(BEGAN)
    made.note_gone()
    made.note_connected(BEGAN)
    hear(made, 0, 1_000)
    made.note_leap(BEGAN + 4_000, 1_600)
    now = hear(made, 4_000, 20_000)
    assert (made.state(now).interruptions, advice(made, now)) == (0, [])
    made.note_leap(now, 1_600)
    assert (made.state(now).interruptions, advice(made, now)) == (1, [("leaps", "")])


def test_stamps_that_leap_far_are_told_from_the_beginning():
    made = watch()
    made.note_connected(BEGAN)
    now = hear(made, 0, 3_000)
    made.note_leap(now, 3_600_000)
    assert (made.interruptions, advice(made, now)) == (1, [("leaps", "")])


def test_what_breaks_off_and_comes_again_is_one_interruption():
    made = watch()
    made.note_connected(BEGAN)
    hear(made, 0, 20_000)
    made.note_gone()
    made.note_connected(BEGAN + 25_000)
    hear(made, 25_000, 45_000)
    assert made.interruptions == 1
    hear(made, 50_000, 51_000)
    assert made.interruptions == 2


def test_what_only_happened_stands_below_what_is_off_and_the_latest_first():
    made = watch()
    made.note_connected(BEGAN)
    made.note(BEGAN, "second_sender", "192.0.2.7")
    made.note(BEGAN + 100, "wrong_key", "192.0.2.8")
    now = hear(made, 0, 5_000, -45)
    assert [code for code, _ in advice(made, now)] == ["quiet", "wrong_key", "second_sender"]
    assert advice(made, BEGAN + 60_200) == []

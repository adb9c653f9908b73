"""Sound on the stage's clock: what is kept of it, and what a channel carries."""

from array import array

from intercommunity.media.sound import AHEAD, BLOCK, HOLD, NOTHING_DB, RATE, SILENCE, Channel, Placed, level

LOUD = array("h", [8_000, 8_000] * BLOCK).tobytes()


def placed(*blocks: bytes, begin: int = 0) -> Placed:
    found = Placed()
    for number, samples in enumerate(blocks, begin):
        found.place(number * BLOCK, samples)
    return found


def test_level_is_in_decibels_below_full_scale():
    assert [round(level(LOUD), 1), level(SILENCE)] == [-12.2, NOTHING_DB]


def test_channel_carries_the_floor_once_it_has_been_silent_and_is_back_before_its_first_word():
    floor = placed(*[LOUD] * 200)
    own = placed(*[LOUD] * 20, *[SILENCE] * 100, *[LOUD] * 80)
    channel = Channel(floor, own)
    on_floor = [number for number in range(180) if (channel.carry(number), channel.on_floor)[1]]
    assert on_floor == list(range(20 + HOLD, 120 - AHEAD))


def test_hole_is_missing_and_not_silent():
    found = Placed()
    found.place(0, LOUD * 2)
    found.place(BLOCK * 10, LOUD)
    assert [found.level(number) is not None for number in (0, 1, 5, 10)] == [True, True, False, True]


def test_sound_that_nobody_takes_does_not_pile_up():
    found = Placed()
    for second in range(3 * 60):
        found.place(second * RATE, LOUD[: BLOCK * 4] * (RATE // BLOCK) + bytes(RATE % BLOCK * 4))
    kept = [number for number in range(found.end // BLOCK) if found.level(number) is not None]
    assert len(kept) * BLOCK <= 41 * RATE
    assert kept[-1] == found.end // BLOCK - 1
    assert found.block(kept[-1]) is not None

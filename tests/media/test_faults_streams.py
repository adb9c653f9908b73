"""Streams that are wrong, one kind after the other: the package stays valid, and holds what can be held of each."""

import os
import random
import shutil
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from msgspec import Struct
from msgspec.structs import replace

from intercommunity.media.coding.flv import AUDIO, VIDEO
from media.simulated import Sent, Show, beeps_in, made, numbers_in, slate_in
from media.validity import ensure_decodes, ensure_valid

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]

A_PROCESS_BEGINS_MS = 300
SEED = int(os.environ.get("INTERCOMMUNITY_TEST_SEED", str(random.randrange(1_000_000))))
PICTURES, BEEPS = 150, 6
MIDDLE_MS = 3_000
"""How far the packager is behind the stage, and a segment."""
TUNED = ("-tune", "zerolatency")
HOUR_MS = 3_600_000


def whole() -> list[Sent]:
    return made(*TUNED)


def stamped(change: Callable[[Sent], int], sent: Iterable[Sent] | None = None) -> list[Sent]:
    return [replace(each, stamp=change(each)) for each in (sent or whole())]


def joined(*parts: list[Sent]) -> list[Sent]:
    """One connection in which another encoder takes over in the middle."""
    return [
        replace(each, due=each.due + MIDDLE_MS * number, stamp=each.stamp + MIDDLE_MS * number)
        for number, part in enumerate(parts)
        for each in part
        if each.due < MIDDLE_MS
    ]


def garbled() -> list[Sent]:
    chance = random.Random(5)
    return [
        replace(each, body=each.body[:5] + chance.randbytes(40)) if chance.random() < 0.2 else each for each in whole()
    ]


def with_empty_tags() -> list[Sent]:
    empty = [
        Sent(each.due, kind, each.stamp, each.body[:size])
        for each in whole()
        for kind, size in ((AUDIO, 0), (VIDEO, 1), (AUDIO, 2), (VIDEO, 5))
    ]
    return sorted([*whole(), *empty], key=lambda each: each.due)


def shown_whenever() -> list[Sent]:
    """How long after its decoding a picture is shown: nonsense, now and then."""
    chance = random.Random(5)
    return [
        replace(each, body=each.body[:2] + chance.choice([b"\x7f\xff\xff", b"\x80\0\0", b"\0\x30\0"]) + each.body[5:])
        if each.kind == VIDEO and each.body[1] == 1 and chance.random() < 0.2
        else each
        for each in whole()
    ]  # fmt: skip


def at_random() -> list[Sent]:
    chance = random.Random(3)
    return stamped(lambda each: chance.randrange(2**32))


class Wrong(Struct, frozen=True):
    """`pictures`, `beeps`: how many are held at least; `clean`: whether all of it decodes without a complaint."""

    what: str
    sent: Callable[[], list[Sent]]
    pictures: int = PICTURES
    beeps: int = BEEPS
    interruptions: int = 0
    clean: bool = True


TABLE = [
    Wrong("nothing is wrong: all is held", whole),
    Wrong("pictures that need later ones (B): all is held", lambda: made("-bf", "2", "-x264-params", "b-adapt=0")),
    Wrong("mono at 44.1 kHz: all is held", lambda: made(*TUNED, "-ar", "44100", "-ac", "1")),
    Wrong("stereo at 48 kHz: all is held", lambda: made(*TUNED, "-ac", "2")),
    Wrong(
        "the sound's form changes in the middle: all is held",
        lambda: joined(made(*TUNED, "-ar", "44100", "-ac", "1"), made(*TUNED, "-ac", "2")),
    ),
    Wrong("the size changes in the middle: all is held", lambda: joined(whole(), made(*TUNED, size="640:360"))),
    Wrong("no sound: all pictures, and silence", lambda: made(*TUNED, sound=False), beeps=0),
    Wrong("no pictures: all sound, and the slate", lambda: made(picture=False), pictures=0),
    Wrong("time stamps that begin anywhere: all is held", lambda: stamped(lambda each: each.stamp + 77 * HOUR_MS)),
    Wrong("time stamps that use up their bits: all is held", lambda: stamped(lambda each: each.stamp - MIDDLE_MS)),
    Wrong(
        "time stamps that leap ahead: goes on at once",
        lambda: stamped(lambda each: each.stamp + (HOUR_MS if each.due >= MIDDLE_MS else 0)),
        pictures=PICTURES - 3, beeps=BEEPS - 1, interruptions=1,
    ),
    Wrong(
        "time stamps that run backwards: goes on at once",
        lambda: stamped(lambda each: each.stamp + (HOUR_MS if each.due < MIDDLE_MS else 0)),
        pictures=PICTURES - 3, beeps=BEEPS - 1, interruptions=1,
    ),
    Wrong(
        "time stamps that stand still: what they leave of it",
        lambda: stamped(lambda each: 0), pictures=0, beeps=0,
    ),
    Wrong(
        "time stamps at random: what they leave of it",
        at_random, pictures=0, beeps=0, clean=False,
    ),
    Wrong(
        "a sender twice as fast as time: what there is room for",
        lambda: [replace(each, due=each.due // 2) for each in whole()], clean=False,
    ),
    Wrong("tags with nothing in them: all is held", with_empty_tags),
    Wrong("bytes that mean nothing: what can be decoded", garbled, pictures=1, beeps=1, clean=False),
    Wrong("pictures shown at impossible times: all is held", shown_whenever),
]  # fmt: skip


@pytest.fixture(scope="module")
def slate(tmp_path_factory):
    return slate_in(tmp_path_factory.mktemp("slate"))


@pytest.mark.parametrize("wrong", TABLE, ids=lambda wrong: wrong.what)
async def test_stream_that_is_wrong_leaves_the_package_valid(tmp_path, slate, wrong):
    show = Show(tmp_path, slate)
    show.send(wrong.sent())
    ensure_valid(tmp_path)
    if not wrong.clean:
        return
    held = ensure_decodes(tmp_path / "run")
    numbers = numbers_in(held["picture"])
    assert len(numbers) >= wrong.pictures
    assert [each for each, other in pairwise(numbers) if each == other] == []
    assert len(beeps_in(held["sound/floor"])) >= wrong.beeps
    assert show.floor.watch.interruptions - 1 >= wrong.interruptions


async def test_killed_packager_goes_on_and_has_lost_nothing_that_had_arrived(tmp_path, slate):
    """At any moment, while somebody sends or a moment after."""
    print("seed", SEED)  # noqa: T201 - shown where it fails
    chance, show, arrived = random.Random(SEED), Show(tmp_path, slate), []
    for _ in range(3):
        until = chance.randrange(1_500, 6_000)
        part = [each for each in whole() if each.due < until]
        arrived += range(1, 1 + sum(each.kind == VIDEO and each.body[1] == 1 for each in part))
        show.send(part, more_ms=chance.choice((0, 0, 700, 2_500)))
        show.open()
        show.now += A_PROCESS_BEGINS_MS
    ensure_valid(tmp_path)
    held = ensure_decodes(tmp_path / "run")
    assert numbers_in(held["picture"]) == arrived
    assert len(beeps_in(held["sound/floor"])) >= len(arrived) // 25


async def test_source_that_is_killed_leaves_all_that_had_arrived(tmp_path, slate):
    """At any moment, and comes back."""
    print("seed", SEED)  # noqa: T201 - shown where it fails
    chance, show, arrived = random.Random(SEED), Show(tmp_path, slate), []
    for _ in range(3):
        until = chance.randrange(2_000, 5_000)
        part = [each for each in whole() if each.due < until]
        arrived += range(1, 1 + sum(each.kind == VIDEO and each.body[1] == 1 for each in part))
        show.send(part)
    ensure_valid(tmp_path)
    held = ensure_decodes(tmp_path / "run")
    assert numbers_in(held["picture"]) == arrived
    assert len(beeps_in(held["sound/floor"])) >= len(arrived) // 25

"""When an encoder is too late; and that one which dies is started again with what it needs, in a real process."""

import asyncio
import os
import signal
from pathlib import Path

from intercommunity.media.coding.encoding import FOR_MS, TOO_LATE_MS, Encoding, Lateness
from intercommunity.media.coding.exchange import Begin, Coded, Made, Wanted
from media.coding.test_exchange import coded
from waiting import until

SECOND = 1_000_000
PACE_S = 0.04


def test_encoder_is_too_late_only_when_it_stays_behind():
    lateness = Lateness(0)
    late = (TOO_LATE_MS + 1) * 1000
    assert not lateness.is_too_late(late)
    assert not lateness.is_too_late(late + FOR_MS * 1000)
    assert lateness.is_too_late(late + FOR_MS * 1000 + 1)


def test_encoder_that_catches_up_is_not_too_late():
    lateness = Lateness(0)
    for second in range(60):
        lateness.note_made((second - 3 if second % 7 else second) * SECOND)
        assert not lateness.is_too_late(second * SECOND)


async def test_encoder_that_dies_goes_on_though_no_picture_stands_alone_meanwhile():
    record, pictures = coded(400, 1000)
    made: list[Made] = []
    encoding = Encoding(made.append, lambda: None)
    encoding.begin(Begin("h264", record, (Wanted("picture", 720, kbit=500),), SECOND))
    sending = asyncio.create_task(_send(encoding, pictures))
    try:
        await until(lambda: len(made) >= 5)
        os.kill(_child(), signal.SIGKILL)
        before = len(made)
        await until(lambda: len(made) > before + 5 and made[-1].record != made[0].record)
    finally:
        sending.cancel()
        await encoding.close()
    again = [each for each in made if each.record]
    assert ([each.key for each in again], again[0].record) == ([True, True], again[1].record)
    assert again[1].at > again[0].at
    assert [each.key for each in pictures].count(True) == 1


async def _send(encoding: Encoding, pictures: list[Coded]) -> None:
    for each in pictures:
        encoding.feed(each)
        await asyncio.sleep(PACE_S)


def _child() -> int:
    """The encoder that runs; 0 where none does."""
    me = os.getpid()
    for pid in Path(f"/proc/{me}/task/{me}/children").read_text().split():
        if b"intercommunity.media.coding.encoder" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return int(pid)
    return 0


async def test_nothing_runs_where_nothing_is_wanted():
    encoding = Encoding(lambda _: None, lambda: None)
    encoding.begin(None)
    encoding.feed(Coded(0, key=True, data=b"p"))
    assert _child() == 0
    await encoding.close()

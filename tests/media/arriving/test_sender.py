"""A sender stays while those who have its key change places."""

import shutil

import pytest

from intercommunity.media.arriving.sender import GRACE_S, KeyLost, Sender
from intercommunity.media.coding.flv import Picture, Sound, SoundSetup, VideoSetup
from intercommunity.media.messages import Run
from intercommunity.wire.origin import Origin
from media.senders import AAC, BEEP, H264, PICTURE, media_process, plan, sending
from waiting import until

PICTURE_SETUP, SOUND_SETUP = VideoSetup(b"record"), SoundSetup("aac", b"config")
SOUND, IMAGE = Sound(40, b"sound"), Picture(40, 0, True, b"picture")


class Told:
    """What a receiver is told."""

    def __init__(self) -> None:
        self.heard = []

    def connected(self) -> None:
        self.heard.append("connected")

    def gone(self) -> None:
        self.heard.append("gone")

    def take(self, arrived) -> None:
        self.heard.append(arrived)

    def note(self, code, value="") -> None:
        self.heard.append(code)


def begun() -> tuple[dict[str, Told], Sender]:
    receivers = {"hash": Told()}
    sender = Sender("hash", receivers)
    sender.begin()
    for each in (PICTURE_SETUP, SOUND_SETUP, IMAGE):
        sender.take(each, 0)
    return receivers, sender


def test_receiver_in_anothers_place_is_told_first_how_it_began():
    receivers, sender = begun()
    before, receivers["hash"] = receivers["hash"], Told()
    sender.take(SOUND, 1)
    sender.end()
    assert before.heard == ["connected", PICTURE_SETUP, SOUND_SETUP, IMAGE]
    assert receivers["hash"].heard == ["connected", PICTURE_SETUP, SOUND_SETUP, SOUND, "gone"]


def test_sender_is_borne_for_a_moment_while_nobody_has_its_key():
    receivers, sender = begun()
    del receivers["hash"]
    sender.take(IMAGE, 1)
    sender.take(IMAGE, 1 + GRACE_S)
    receivers["hash"] = Told()
    sender.take(IMAGE, 2 + GRACE_S)
    assert receivers["hash"].heard == ["connected", PICTURE_SETUP, SOUND_SETUP, IMAGE]


def test_key_that_nobody_has_any_more_is_lost():
    receivers, sender = begun()
    del receivers["hash"]
    sender.take(IMAGE, 1)
    with pytest.raises(KeyLost):
        sender.take(IMAGE, 1.1 + GRACE_S)
    sender.end()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
async def test_new_key_for_one_source_ends_its_sender_and_leaves_the_others_on_air(tmp_path):
    async with media_process(tmp_path) as process:
        stage = sending(process.address("floor"), *PICTURE, *BEEP, *H264, *AAC)
        async with stage as other, sending(process.address("es"), *BEEP, *AAC) as old:
            await until(lambda: process.source("floor").picture and process.source("es").sound)
            process.tell(Run(plan(es=Origin("rtmp", "", "n" * 32))))
            await until(lambda: process.source("es").state == "waiting")
            await until(lambda: process.source("floor").picture and process.source("floor").sound)
            await until(lambda: old.returncode is not None)
            assert other.returncode is None
            async with sending(process.address("n" * 32), *BEEP, *AAC):
                await until(lambda: process.source("es").state == "arriving")

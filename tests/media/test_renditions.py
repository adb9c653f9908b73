"""The pictures beside the first one, with real senders: sign language and the lower rendition; on loopback."""

import asyncio
import os
import shutil
import signal
import sys
from itertools import pairwise
from pathlib import Path

import m3u8
import pytest

from intercommunity.media.messages import End, Run
from intercommunity.meeting.description import Lower
from media.senders import AAC, BEEP, H264, PICTURE, media_process, plan, sending
from media.test_process import joined, probe
from waiting import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]

STAGE = [*PICTURE, *BEEP, *H264, *AAC]


def ensure_cut_with_the_picture(process, rendition: str) -> None:
    """The same numbers, times and new beginnings; every file that is named is there."""
    listed, picture = process.list(rendition).segments, process.list("picture").segments
    for one, other in zip(listed, picture, strict=False):
        assert (one.uri.split("/")[-1], one.duration, one.discontinuity) == (
            other.uri,
            other.duration,
            other.discontinuity,
        )
        assert one.current_program_date_time == other.current_program_date_time
        assert (process.run / rendition / one.uri).exists()
        assert (process.run / rendition / one.init_section.uri).exists()
    assert abs(len(listed) - len(picture)) <= 1


async def test_sign_language_is_a_second_picture_cut_with_the_first_and_goes_on_while_it_is_away(tmp_path):
    signing = ["-f", "lavfi", "-i", "testsrc2=size=256x144:rate=25", *H264, "-bf", "2"]
    async with media_process(tmp_path, Run(plan(sign=True))) as process, sending(process.address("floor"), *STAGE):
        await until(lambda: len(process.list("sign").segments) >= 1)
        assert process.report.on_air.sign is False
        async with sending(process.address("sign"), *signing):
            await until(lambda: process.report.on_air.sign)
            begun = len(process.list("sign").segments)
            await until(lambda: len(process.list("sign").segments) >= begun + 3)
            assert (process.source("sign").state, process.source("sign").advice) == ("arriving", ())
        await until(lambda: not process.report.on_air.sign)
        ensure_cut_with_the_picture(process, "sign")
        listed = process.list("sign").segments[begun - 1 :][:3]
        path = joined(process.run, "sign", [each.uri for each in listed], listed[0].init_section.uri)
        assert {each.init_section.uri for each in listed} == {listed[0].init_section.uri}
        assert probe(path, "stream=width").splitlines()[0] == "256"
        times = sorted(float(line.split(",")[0]) for line in probe(path, "packet=pts_time").splitlines())
        # While a sender's clock settles (timeline.py) it may leap back: a few pictures come for times already told.
        assert max(after - before for before, after in pairwise(times[5:])) < 0.25
        assert times[-1] - times[0] == pytest.approx(sum(each.duration for each in listed), abs=0.2)
        main = m3u8.load(str(process.folder / "main.m3u8"))
        assert [each.language for each in main.media if each.type == "VIDEO" and each.uri] == ["ase"]
        assert process.report.on_air.channels == ("floor", "es")


async def test_lower_picture_is_cut_at_the_same_moments_and_stood_in_for_when_its_encoder_dies(tmp_path):
    large = ["-f", "lavfi", "-i", "testsrc=size=960x540:rate=25", *BEEP, *H264, "-bf", "2", *AAC]
    async with media_process(tmp_path, Run(plan(lower=Lower.YES))) as process:
        async with sending(process.address("floor"), *large):
            await until(lambda: len(own(process)) >= 3)
            for child in encoders(process.process.pid):
                os.kill(child, signal.SIGKILL)
            before = len(own(process))
            await until(lambda: len(own(process)) >= before + 3)
        ensure_cut_with_the_picture(process, "lower")
        segments = own(process)[:2]
        path = joined(process.run, "lower", [each.uri for each in segments], segments[0].init_section.uri)
        assert probe(path, "stream=width,height").splitlines()[0] == "640,360"
        for each in own(process):
            frames = probe(joined(process.run, "lower", [each.uri], each.init_section.uri), "packet=pts_time,flags")
            assert frames.splitlines()[0].split(",")[1].startswith("K")
        main = m3u8.load(str(process.folder / "main.m3u8"))
        assert [each.stream_info.resolution for each in main.playlists] == [(960, 540), (640, 360), None]
        assert main.playlists[1].stream_info.bandwidth < main.playlists[0].stream_info.bandwidth
        process.tell(End("forum"))
        await until(lambda: not encoders(process.process.pid))


def encoders(parent: int) -> list[int]:
    children = (int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
    return [
        pid for pid in children if b"intercommunity.media.coding.encoder" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def own(process) -> list:
    """The lower rendition's own segments; elsewhere the picture's stand in."""
    return [each for each in process.list("lower").segments if "/" not in each.uri]


async def test_h264_in_which_pictures_seldom_stand_alone_is_encoded(tmp_path):
    rare = [*PICTURE, *BEEP, *H264, "-g", "1000", *AAC]
    async with media_process(tmp_path) as process, sending(process.address("floor"), *rare):
        await until(lambda: len({each.init_section.uri for each in process.list("picture").segments}) >= 3)
        begun = len(process.list("picture").segments)
        await until(lambda: len(process.list("picture").segments) >= begun + 2)
        last = process.list("picture").segments[-1]
        path = joined(process.run, "picture", [last.uri], last.init_section.uri)
        flags = [line.split(",")[1][0] for line in probe(path, "packet=pts_time,flags").splitlines()]
        assert (flags[0], process.report.on_air.slate) == ("K", False)
        assert process.source("floor").picture.codec.startswith("avc1")


async def test_other_codecs_by_enhanced_rtmp_are_encoded(tmp_path):
    sent = {"floor": "libx265", "sign": "libsvtav1"}
    async with media_process(tmp_path, Run(plan(sign=True))) as process:
        senders = [await enhanced(process.address(name), encoder) for name, encoder in sent.items()]
        try:
            await until(lambda: process.report.on_air.sign and not process.report.on_air.slate)
            begun = len(process.list("sign").segments)
            await until(lambda: len(process.list("sign").segments) > begun)
            assert [process.source(name).picture.codec for name in sent] == ["hevc", "av1"]
            for rendition in ("picture", "sign"):
                last = process.list(rendition).segments[-1]
                path = joined(process.run, rendition, [last.uri], last.init_section.uri)
                assert probe(path, "stream=codec_name,width").splitlines()[0] == "h264,320"
        finally:
            for sender in senders:
                sender.kill()
                await sender.wait()


async def enhanced(address: str, encoder: str) -> asyncio.subprocess.Process:
    path = Path(__file__).with_name("enhanced.py")
    return await asyncio.create_subprocess_exec(
        sys.executable, str(path), address, encoder, stderr=asyncio.subprocess.DEVNULL
    )

"""The pictures beside the first one, with real senders: sign language and the lower rendition; on loopback."""

import shutil
from itertools import pairwise

import m3u8
import pytest

from intercommunity.media.messages import Run
from media.senders import AAC, BEEP, H264, PICTURE, media_process, plan, sending, until
from media.test_process import joined, probe

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
        assert max(after - before for before, after in pairwise(times[5:])) < 0.1
        assert times[-1] - times[0] == pytest.approx(sum(each.duration for each in listed), abs=0.2)
        main = m3u8.load(str(process.folder / "main.m3u8"))
        assert [each.language for each in main.media if each.type == "VIDEO" and each.uri] == ["ase"]
        assert process.report.on_air.channels == ("floor", "es")

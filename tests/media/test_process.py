"""The media process with real senders: what arrives in which shape, what breaks, who is let in; on loopback."""

import asyncio
import shutil
import signal
import socket
import subprocess
import time
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from intercommunity.media.messages import End, Run, Say, StartOver
from intercommunity.media.packaging.subtitles import Caption
from intercommunity.media.process import ENDS_WITHIN_S
from intercommunity.wire.origin import Origin
from media.senders import AAC, BEEP, H264, KEYS, PICTURE, free_port, media_process, plan, sending
from media.validity import ensure_valid
from waiting import until, within

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]

STAGE = [*PICTURE, *BEEP, *H264, *AAC]


def probe(path: Path, *fields: str) -> str:
    command = ["ffprobe", "-v", "error", "-show_entries", *fields, "-of", "csv=p=0", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.strip()


def joined(run: Path, rendition: str, numbers: list[str], init: str) -> Path:
    folder = run / rendition
    path = run / f"{rendition.replace('/', '-')}.mp4"
    path.write_bytes(b"".join((folder / name).read_bytes() for name in [init, *numbers]))
    return path


def samples(path: Path) -> array:
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-ac", "1", "-f", "s16le", "pipe:1"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    return array("h", done.stdout)


def heard(run: Path, rendition: str, segments) -> float:
    """The level (RMS, 0 to 1) of some segments."""
    found = samples(joined(run, rendition, [each.uri for each in segments], "init.mp4"))
    return (sum(each * each for each in found) / len(found)) ** 0.5 / 32768


async def test_stage_and_channel_arrive_on_one_clock_and_the_channel_falls_back_to_the_floor(tmp_path):
    loud = ["-f", "lavfi", "-i", "sine=frequency=880:sample_rate=44100", "-af", "volume=6", *AAC, "-ac", "1"]
    async with media_process(tmp_path) as process:
        async with sending(process.address("floor"), *STAGE), sending(process.address("es"), *loud):
            await until(lambda: process.source("es").state == "arriving" and not process.report.on_air.slate)
            begun = len(process.list("picture").segments)
            await until(lambda: len(process.list("picture").segments) >= begun + 3)
            floor, es = process.source("floor"), process.source("es")
            assert (floor.state, floor.picture.codec[:5], floor.picture.width) == ("arriving", "avc1.", 320)
            assert (es.sound.rate, es.sound.channels) == (44_100, 1)
            assert process.report.on_air.floor == ()
            own = heard(process.run, "sound/es", process.list("sound/es").segments[-1:])
            floor_alone = heard(process.run, "sound/floor", process.list("sound/floor").segments[-1:])
        assert own > 2 * floor_alone > 0.12
        ensure_valid(process.folder)
        async with sending(process.address("floor"), *STAGE):
            await until(lambda: process.report.on_air.floor == ("es",))
            before = len(process.list("picture").segments)
            await until(lambda: len(process.list("picture").segments) >= before + 5)
            fallen_back = heard(process.run, "sound/es", process.list("sound/es").segments[-1:])
            assert fallen_back == pytest.approx(floor_alone, rel=0.2)
        ensure_valid(process.folder)


async def test_slate_stands_in_for_a_broken_programme_and_the_playlist_goes_on(tmp_path):
    async with media_process(tmp_path) as process:
        async with sending(process.address("floor"), *STAGE):
            await until(lambda: not process.report.on_air.slate)
            begun = len(process.list("picture").segments)
            await until(lambda: len(process.list("picture").segments) >= begun + 2)
        await until(lambda: process.report.on_air.slate)
        smaller = ["-f", "lavfi", "-i", "testsrc=size=160x90:rate=20", *BEEP, *H264, *AAC]
        async with sending(process.address("floor"), *smaller):
            await until(lambda: not process.report.on_air.slate)
            begun = len(process.list("picture").segments)
            await until(lambda: len(process.list("picture").segments) >= begun + 2)
        ensure_valid(process.folder)
        inits = list(dict.fromkeys(each.init_section.uri for each in process.list("picture").segments))
        sizes = {probe(process.run / "picture" / each, "stream=width") for each in inits}
        assert {"320", "1280", "160"} >= sizes >= {"320", "160", "1280"}
        process.tell(End("forum"))
        await until(lambda: process.list("picture").is_endlist)
        ensure_valid(process.folder)


async def test_sound_is_at_its_time_in_every_segment(tmp_path):
    """Each segment's frames are as many as its length says, and begin when its decoding time says."""
    async with media_process(tmp_path) as process:
        async with sending(process.address("floor"), *STAGE):
            await until(lambda: len(process.list("picture").segments) >= 4)
        segments = process.list("sound/floor").segments[:4]
        path = joined(process.run, "sound/floor", [each.uri for each in segments], "init.mp4")
        times = [float(line.split(",")[0]) for line in probe(path, "packet=pts_time").splitlines()]
    lengths = sum(each.duration for each in segments)
    assert len(times) * 1024 / 48_000 == pytest.approx(lengths, abs=0.001)
    assert [round(after - before, 3) for before, after in pairwise(times)] == pytest.approx(
        [1024 / 48_000] * (len(times) - 1), abs=0.001
    )


async def test_killed_process_packages_what_had_arrived_and_goes_on_with_the_same_package(tmp_path):
    async with media_process(tmp_path) as process:
        async with sending(process.address("floor"), *STAGE):
            await until(lambda: len(process.list("picture").segments) >= 2)
            process.process.send_signal(signal.SIGKILL)
            await process.process.wait()
        held = len(process.list("picture").segments)
        ensure_valid(process.folder)
    async with media_process(tmp_path) as process:
        await until(lambda: len(process.list("picture").segments) > held + 2)
        ensure_valid(process.folder)
        assert process.report.on_air.slate
    async with media_process(tmp_path) as process, sending(process.address("floor"), *STAGE):
        held = len(process.list("picture").segments)
        await until(lambda: len(process.list("picture").segments) >= held + 2)
        ensure_valid(process.folder)
        assert any(each.discontinuity for each in process.list("picture").segments[held : held + 2])


async def test_guessed_key_and_second_sender_are_refused(tmp_path):
    async with media_process(tmp_path) as process:
        async with sending(process.address("guess"), *BEEP, *AAC) as guessing:
            await within(guessing.wait())
            assert guessing.returncode != 0
        async with sending(process.address("es"), *BEEP, *AAC) as first:
            await until(lambda: process.source("es").state == "arriving")
            async with sending(process.address("es"), *BEEP, *AAC) as second:
                await within(second.wait())
                assert second.returncode != 0
            assert first.returncode is None
            assert process.source("es").state == "arriving"


async def test_garbage_is_cut_off_and_harms_nobody(tmp_path):
    async with media_process(tmp_path) as process:
        for garbage in (b"GET / HTTP/1.1\r\n\r\n", b"\3" + bytes(1536) * 2 + b"\xff" * 4000, b"\0" * 10):
            _, writer = await asyncio.open_connection("127.0.0.1", process.rtmp_port)
            writer.write(garbage)
            writer.close()
        async with sending(process.address("es"), *BEEP, *AAC):
            await until(lambda: process.source("es").state == "arriving")


async def test_srt_sender_with_the_key_is_heard_and_one_without_is_not(tmp_path):
    port = free_port(socket.SOCK_DGRAM)
    planned = Run(plan(es=Origin("srt", str(port), KEYS["es"])))
    target = f"srt://127.0.0.1:{port}?mode=caller&pbkeylen=16&passphrase="
    async with media_process(tmp_path, planned) as process:
        async with sending(f"{target}{'x' * 32}", *BEEP, *AAC, form="mpegts", seconds=4) as guessing:
            await within(guessing.wait())
            assert guessing.returncode != 0
        assert process.source("es").state == "waiting"
        async with sending(f"{target}{KEYS['es']}", *BEEP, *AAC, form="mpegts"):
            await until(lambda: process.source("es").state == "arriving")


async def test_captions_belong_to_the_picture_and_late_corrections_reach_them(tmp_path):
    async with media_process(tmp_path) as process, sending(process.address("es"), *BEEP, *AAC):
        await until(lambda: len(process.list("picture").segments) >= 1)
        said = time.time_ns() // 1_000_000
        process.tell(Say("forum", "en", (Caption("hub-1", said, said + 500, "As it was herd"),)))
        await until(lambda: any("herd" in text for text in captions(process)))
        process.tell(Say("forum", "en", (Caption("hub-1", said, said + 500, "As it was heard"),)))
        await until(lambda: any("heard" in text for text in captions(process)))
        assert [text for text in captions(process) if "herd" in text] == []
        process.tell(Say("forum", "en", (Caption("hub-1", 0, 0, ""),)))
        await until(lambda: not any("heard" in text for text in captions(process)))


def captions(process) -> list[str]:
    return [path.read_text() for path in (process.run / "captions/en").glob("*.vtt")]


async def test_rehearsal_starts_over_with_a_new_package_while_senders_stay(tmp_path):
    async with media_process(tmp_path) as process, sending(process.address("floor"), *STAGE):
        await until(lambda: len(process.list("picture").segments) >= 2)
        before = process.run
        process.tell(StartOver("forum"))
        await until(lambda: (process.folder / "current").exists() and process.run != before)
        await until(lambda: len(process.list("picture").segments) >= 2)
        ensure_valid(process.folder)
        await until(lambda: process.report.on_air.slate is False)


@pytest.mark.parametrize("name", ["../secret.mp4", "/etc/passwd"])
async def test_file_outside_its_folder_is_not_shown(tmp_path, name):
    (tmp_path / "secret.mp4").write_bytes(b"\0" * 64)
    async with media_process(tmp_path, Run(plan(floor=Origin("file", name)))) as process:
        await until(lambda: process.source("floor").state == "refused")


@pytest.mark.parametrize("private_too", [False, True])
async def test_playlist_that_points_inwards_is_followed_only_where_the_operator_allows_it(tmp_path, private_too):
    asked = asyncio.Event()

    async def answer(reader, writer):
        asked.set()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    planned = Run(plan(es=Origin("pull", f"http://127.0.0.1:{port}/list.m3u8")))
    async with media_process(tmp_path, planned, private_too=private_too) as process:
        await until(lambda: asked.is_set() or process.source("es").state == "refused")
    server.close()
    assert asked.is_set() == private_too


async def test_playlist_in_a_file_leads_nowhere_else(tmp_path):
    asked = []

    async def answer(reader, writer):
        asked.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    (tmp_path / "programmes").mkdir()
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nhttp://127.0.0.1:{port}/inside.ts\n#EXT-X-ENDLIST\n"
    (tmp_path / "programmes/list.m3u8").write_text(playlist)
    planned = Run(plan(floor=Origin("file", "list.m3u8")))
    async with media_process(tmp_path, planned, private_too=True) as process:
        await until(lambda: process.source("floor").state == "refused")
    server.close()
    assert asked == []


async def test_process_ends_with_its_input_whatever_arrives_just_then(tmp_path):
    """Sooner than the kernel would end it."""
    programmes = tmp_path / "programmes"
    programmes.mkdir()
    made = ["ffmpeg", "-v", "error", *STAGE, "-t", "20", programmes / "stage.mp4"]
    await asyncio.to_thread(subprocess.run, made, check=True)
    pulled = Run(plan(floor=Origin("file", "stage.mp4"), es=Origin("file", "stage.mp4")))
    for _ in range(4):
        async with media_process(tmp_path, pulled) as process:
            await until(lambda: process.source("es") and process.source("es").state == "arriving")
            process.process.stdin.close()
            assert await asyncio.wait_for(process.process.wait(), ENDS_WITHIN_S) == 0


async def test_meeting_that_has_ended_holds_no_port_until_it_starts_over(tmp_path):
    port = free_port(socket.SOCK_DGRAM)

    def is_free() -> bool:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                return False
        return True

    async with media_process(tmp_path, Run(plan(es=Origin("srt", str(port), KEYS["es"])))) as process:
        await until(lambda: not is_free())
        process.tell(End("forum"))
        await until(is_free)
        process.tell(StartOver("forum"))
        await until(lambda: not is_free())

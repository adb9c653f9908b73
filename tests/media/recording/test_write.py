"""A webcast as files to keep: joined without encoding, in time, with chapters and names; whatever is missing."""

import asyncio
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import m3u8
import pytest

from intercommunity.media.messages import Run
from intercommunity.media.packaging.package import Package
from intercommunity.media.packaging.subtitles import Caption
from intercommunity.media.recording.joining import CannotRecord
from intercommunity.media.recording.write import Told, write_recordings
from intercommunity.wire.recording import Chapter, Recording, parse_recording
from media.senders import AAC, H264, media_process, plan, sending, until
from media.test_process import probe

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]

SIGNING = ["-f", "lavfi", "-i", "testsrc2=size=256x144:rate=25"]
FLASH = ["-f", "lavfi", "-i", "color=black:s=320x180:r=25,drawbox=c=white:t=fill:enable='lt(mod(t,1),0.2)'"]
BEEP = ["-f", "lavfi", "-i", "aevalsrc='if(lt(mod(t,1),0.2),0.7*sin(880*2*PI*t),0)':s=48000"]
EARLY_MS, LATE_MS = -45, 125
"""Sound before or after the picture (ITU-R BT.1359)."""
FRAMES, SAMPLES = 100, 8000
"""A second, in what is looked at and listened to."""


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """A meeting's folder with one package: four segments and more of a real sender."""
    folder = tmp_path_factory.mktemp("packages")
    asyncio.run(_package(folder))
    return folder / "forum"


async def _package(folder: Path) -> None:
    async with (
        media_process(folder, Run(plan(sign=True))) as process,
        sending(process.address("sign"), *SIGNING, *H264),
        sending(process.address("floor"), *FLASH, *BEEP, *H264, *AAC),
    ):
        await until(lambda: process.report.on_air.sign)
        begun = len(process.list("picture").segments)
        await until(lambda: len(process.list("picture").segments) >= max(begun + 2, 6))


@pytest.fixture
def forum(packages: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(packages, tmp_path / "forum"))


def run_in(forum: Path) -> Path:
    return next(forum.glob("*/package.jsonl")).parent


def told(forum: Path) -> Told:
    begun = Package.read(run_in(forum)).span()[0]
    captions = {"en": [Caption("hub-1", begun + 2_000, begun + 3_000, "Good <evening>", "Ana <b>")]}
    return Told("The forum; a = b", captions, [(begun - 500, "Opening · Ana"), (begun + 3_000, "Water # 1")])


def written(forum: Path, out: Path, after: int = 0) -> tuple[list[Recording], list[str]]:
    complaints: list[CannotRecord] = []
    out.mkdir()
    return write_recordings(forum, out, told(forum), complaints.append, after), [each.code for each in complaints]


def test_recording_holds_every_language_to_hear_and_to_read(forum, tmp_path):
    (recording,), complaints = written(forum, tmp_path / "out")
    folder = tmp_path / "out/recording"
    assert complaints == []
    assert sorted(path.name for path in folder.iterdir()) == [
        "captions-en.vtt",
        "captions-es.vtt",
        "hls",
        "meeting.mp4",
        "poster.jpg",
        "recording.json",
        "sign.mp4",
        "sound-es.m4a",
        "sound-floor.m4a",
    ]
    streams = probe(folder / "meeting.mp4", "stream=codec_name:stream_tags=language,handler_name").splitlines()
    assert [line.split(",")[:2] for line in streams][:5] == [
        ["h264", "und"],
        ["aac", "mul"],
        ["aac", "spa"],
        ["mov_text", "eng"],
        ["mov_text", "spa"],
    ]
    assert parse_recording((folder / "recording.json").read_bytes()) == recording
    assert "<v Ana &lt;b&gt;>Good &lt;evening&gt;" in (folder / "captions-en.vtt").read_text()
    assert m3u8.load(str(folder / "hls/picture/list.m3u8")).is_endlist


def times(path: Path, kind: str) -> list[float]:
    """When (s) its packets are shown or heard; ffprobe ends a line with a comma where a packet has more to tell."""
    return [float(each.rstrip(",")) for each in probe(path, "packet=pts_time", "-select_streams", kind).split()]


def test_picture_sound_and_captions_of_the_file_stand_where_they_were_on_stage(forum, tmp_path):
    (recording,), _ = written(forum, tmp_path / "out")
    video = tmp_path / "out/recording/meeting.mp4"
    first = [times(video, each)[0] for each in ("v", "a:0", "a:1")]
    assert first == pytest.approx([0, 0, 0], abs=0.022)
    shown = probe(video, "packet=pts_time,duration_time", "-select_streams", "s:0").splitlines()
    assert [pytest.approx(2, abs=0.002), pytest.approx(1)] in [
        [float(each) for each in line.split(",") if each != "N/A"] for line in shown
    ]
    for name in ("meeting.mp4", "sound-es.m4a"):
        length = float(probe(tmp_path / "out/recording" / name, "format=duration"))
        assert length == pytest.approx(recording.seconds, abs=0.05)


def test_sign_language_is_a_file_with_the_same_sound_and_words(forum, tmp_path):
    (recording,), _ = written(forum, tmp_path / "out")
    sign = tmp_path / "out/recording" / recording.sign
    assert probe(sign, "frame=width", "-select_streams", "v:0").split()[-1].strip(",") == "256"
    kinds = probe(sign, "stream=codec_name").splitlines()
    assert kinds[:5] == ["h264", "aac", "aac", "mov_text", "mov_text"]
    pictures = times(sign, "v:0")
    assert (min(pictures), max(pictures)) == (pytest.approx(0, abs=0.1), pytest.approx(recording.seconds, abs=0.6))


def test_chapters_and_titles_are_in_every_file(forum, tmp_path):
    (recording,), _ = written(forum, tmp_path / "out")
    assert recording.chapters == (Chapter(0, "Opening · Ana"), Chapter(3, "Water # 1"))
    for name in ("meeting.mp4", "sound-floor.m4a"):
        path = tmp_path / "out/recording" / name
        chapters = probe(path, "chapter=start_time:chapter_tags=title").splitlines()
        assert chapters == ["0.000000,Opening · Ana", "3.000000,Water # 1"]
        assert probe(path, "format_tags=title") == "The forum; a = b"


def begins(video: Path, kind: str) -> list[float]:
    """When (s) it flashes (`v`) or beeps (`a:…`)."""
    look = ["-vf", f"fps={FRAMES},scale=1:1,format=gray", "-f", "rawvideo"]
    listen = ["-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", str(SAMPLES), "-f", "u8"]
    how, rate = (look, FRAMES) if kind == "v" else (listen, SAMPLES)
    command = ["ffmpeg", "-v", "error", "-i", str(video), "-map", f"0:{kind}", *how, "pipe:1"]
    data = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    loud = [at / rate for at, value in enumerate(data) if (value > 128 if kind == "v" else abs(value - 128) > 20)]
    return [at for before, at in pairwise([-1, *loud]) if at - before > 0.5]


def ensure_flash_and_beep_are_one(video: Path, at_least: int) -> None:
    flashes, beeps = begins(video, "v")[1:], begins(video, "a:0")
    apart = [min((beep - flash for beep in beeps), key=abs) * 1000 for flash in flashes]
    assert len(apart) >= at_least
    assert [each for each in apart if not EARLY_MS <= each <= LATE_MS] == []


def test_flash_and_beep_are_one_in_the_file(forum, tmp_path):
    written(forum, tmp_path / "out")
    ensure_flash_and_beep_are_one(tmp_path / "out/recording/meeting.mp4", 5)


def test_flash_and_beep_are_one_after_a_pause_too(forum, tmp_path):
    """A segment that is missing leaves a hole, as hours without a sender do."""
    (run_in(forum) / "picture/3.m4s").unlink()
    written(forum, tmp_path / "out")
    ensure_flash_and_beep_are_one(tmp_path / "out/recording/meeting.mp4", 4)


def test_segments_are_linked_and_the_package_stays_as_it_was(forum, tmp_path):
    before = {path: path.read_bytes() for path in forum.rglob("*") if path.is_file()}
    written(forum, tmp_path / "out")
    assert {path: path.read_bytes() for path in forum.rglob("*") if path.is_file()} == before
    segment = Path("picture/1.m4s")
    assert (tmp_path / "out/recording/hls" / segment).samefile(run_in(forum) / segment)


def test_pause_is_left_out_of_the_file_and_the_channels_stay_together(forum, tmp_path):
    """A segment that is missing leaves a hole, as hours without a sender do."""
    (run_in(forum) / "sound/es/3.m4s").unlink()
    (recording,), complaints = written(forum, tmp_path / "out")
    assert complaints == ["package_damaged"]
    one, other = recording.stretches
    assert other.place == pytest.approx(one.seconds, abs=0.001)
    assert (other.moment - one.moment) / 1000 > one.seconds + 1
    folder = tmp_path / "out/recording"
    for kind in ("v", "a:0", "a:1"):
        assert max(times(folder / "meeting.mp4", kind)) == pytest.approx(recording.seconds, abs=0.6)
    listed = m3u8.load(str(folder / "hls/picture/list.m3u8"))
    assert [each.uri for each in listed.segments if each.discontinuity and each.uri == "4.m4s"] == ["4.m4s"]
    assert "3.m4s" not in [each.uri for each in listed.segments]


def test_without_ffmpeg_everything_else_is_written(forum, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (recording,), complaints = written(forum, tmp_path / "out")
    assert complaints == ["no_ffmpeg"]
    assert (recording.video, recording.hls) == ("", "hls/main.m3u8")
    assert sorted(path.name for path in (tmp_path / "out/recording").iterdir()) == [
        "captions-en.vtt",
        "captions-es.vtt",
        "hls",
        "recording.json",
    ]


def test_package_that_cannot_be_read_is_told_and_the_others_are_kept(forum, tmp_path):
    (forum / "0-broken").mkdir()
    (forum / "0-broken/package.jsonl").write_text('{"type": "begun"\n')
    recordings, complaints = written_of_good(forum, tmp_path / "out")
    assert (len(recordings), complaints) == (1, ["package_damaged"])


def written_of_good(forum: Path, out: Path) -> tuple[list[Recording], list[str]]:
    complaints: list[CannotRecord] = []
    return write_recordings(forum, out, Told("Forum", {}), complaints.append), [each.code for each in complaints]


def test_what_was_before_a_new_start_is_no_part_of_it(forum, tmp_path):
    end = Package.read(run_in(forum)).span()[1]
    assert written(forum, tmp_path / "after", end) == ([], [])
    assert len(written(forum, tmp_path / "before", end - 1)[0]) == 1

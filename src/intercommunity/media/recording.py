"""What is kept of a webcast, as files for a record: the HLS package, one MP4 with every language, a sound file each.

    OUT/recording/hls/main.m3u8 …      the package, complete: any web server can show it
    OUT/recording/meeting.mp4          picture, all channels, all tracks, named in their languages
    OUT/recording/sound-<channel>.m4a
    OUT/recording/recording.json       when it began (ms UTC), how long it is, what there is

Nothing is encoded again. Where the meeting was packaged in several goes (another day, a rehearsal before), the later
ones lie in recording-2, recording-3, …
"""

import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from intercommunity.media.languages import three_letters
from intercommunity.media.mp4 import VIDEO_SCALE
from intercommunity.media.package import Package
from intercommunity.media.playlist import Spoken
from intercommunity.media.subtitles import Caption, segment


class CannotRecord(Exception):  # noqa: N818 - says it
    """FFmpeg is missing, or cannot put the files together; the message says which."""


class Recording(Struct, frozen=True):
    """`folder`: its name; `began`: ms UTC; `files`: the names of what can be downloaded, by what they are."""

    folder: str
    began: int
    seconds: float
    files: dict[str, str]


def write_recordings(packages: Path, out: Path, captions: Mapping[str, Iterable[Caption]]) -> list[Recording]:
    """`packages`: a meeting's folder of packages, may be missing; `captions`: by track. Raises `CannotRecord`."""
    runs = sorted(path.parent for path in packages.glob("*/package.jsonl"))
    opened = [package for package in map(Package.read, runs) if package.cuts]
    said = {track: list(lines) for track, lines in captions.items()}
    return [_write(package, out, number, said) for number, package in enumerate(opened, 1)]


def _write(package: Package, out: Path, number: int, captions: Mapping[str, list[Caption]]) -> Recording:
    folder = out / ("recording" if number == 1 else f"recording-{number}")
    folder.mkdir(parents=True, exist_ok=True)
    files = {"hls": "hls/main.m3u8", "video": "meeting.mp4"}
    _copy_package(package, folder / "hls", captions)
    with TemporaryDirectory(dir=folder) as scratch:
        sounds = [_joined_sound(package, channel, Path(scratch)) for channel in package.begun.channels]
        for channel, sound in zip(package.begun.channels, sounds, strict=True):
            name = f"sound-{_name_of(channel)}.m4a"
            files[f"sound {channel.language}"] = name
            _ffmpeg(["-i", str(sound), "-map", "0:a", "-c", "copy", *_named("a", 0, channel), str(folder / name)])
        _write_video(package, sounds, _written_tracks(package, captions, Path(scratch)), Path(scratch), folder)
    seconds = round((package.cuts[-1].end - package.cuts[0].shown) / VIDEO_SCALE, 3)
    recording = Recording(folder.name, package.begun.epoch, seconds, files)
    (folder / "recording.json").write_bytes(msgspec.json.encode(recording))
    return recording


def _copy_package(package: Package, target: Path, captions: Mapping[str, list[Caption]]) -> None:
    shutil.copytree(package.folder, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.new"))
    copied = Package.read(target)
    for track in copied.begun.tracks:
        copied.write_captions(track, captions.get(track.language, ()), copied.cuts)
    copied.end()


def _write_video(package: Package, sounds: Sequence[Path], tracks: Sequence[Path], scratch: Path, folder: Path) -> None:
    picture = scratch / "picture.mp4"
    _join(picture, package.folder / "picture", f"init-{_usual_form(package)}.mp4", [cut.number for cut in package.cuts])
    inputs = [part for path in (picture, *sounds, *tracks) for part in ("-i", str(path))]
    maps = ["-map", "0:v"]
    maps += [part for number in range(1, len(sounds) + 1) for part in ("-map", f"{number}:a")]
    maps += [part for number in range(len(tracks)) for part in ("-map", f"{number + 1 + len(sounds)}:s")]
    names = [part for at, each in enumerate(package.begun.channels) for part in _named("a", at, each)]
    names += [part for at, each in enumerate(package.begun.tracks) for part in _named("s", at, each)]
    codecs = ["-c", "copy", "-c:s", "mov_text", "-movflags", "+faststart"]
    _ffmpeg([*inputs, *maps, *codecs, *names, "-disposition:a:0", "default", str(folder / "meeting.mp4")])


def _usual_form(package: Package) -> int:
    """The form that most of the picture has. Every picture that begins a segment carries its own parameters as well."""
    lengths: dict[int, int] = {}
    for cut in package.cuts:
        stage_first = 0 if package.forms[cut.form].slate else 1 << 60
        lengths[cut.form] = max(lengths.get(cut.form, 0), stage_first) + cut.end - cut.shown
    return max(lengths, key=lambda form: lengths[form])


def _joined_sound(package: Package, channel: Spoken, scratch: Path) -> Path:
    path = scratch / f"sound-{_name_of(channel)}.mp4"
    numbers = [cut.number for cut in package.cuts if cut.blocks]
    _join(path, (package.folder / channel.uri).parent, "init.mp4", numbers)
    return path


def _join(path: Path, folder: Path, init: str, numbers: Iterable[int]) -> None:
    with path.open("wb") as joined:
        joined.write((folder / init).read_bytes())
        for number in numbers:
            joined.write((folder / f"{number}.m4s").read_bytes())


def _written_tracks(package: Package, captions: Mapping[str, list[Caption]], scratch: Path) -> list[Path]:
    begin, end = package.span()
    paths = []
    for track in package.begun.tracks:
        path = scratch / f"captions-{track.language}.vtt"
        text = segment(captions.get(track.language, ()), begin, end, package.begun.epoch)
        path.write_text(text.replace("X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n", ""), encoding="utf-8")
        paths.append(path)
    return paths


def _name_of(channel: Spoken) -> str:
    return Path(channel.uri).parent.name


def _named(kind: str, number: int, each: Spoken) -> list[str]:
    where = f"-metadata:s:{kind}:{number}"
    names = [f"language={three_letters(each.language)}", f"title={each.name}", f"handler_name={each.name}"]
    return [part for name in names for part in (where, name)]


def _ffmpeg(arguments: Sequence[str]) -> None:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - no shell, our words
    except OSError as error:
        raise CannotRecord("ffmpeg is not installed.") from error
    if done.returncode:
        raise CannotRecord(f"ffmpeg could not write the recording: {done.stderr.strip()[-200:]}")

"""Segments put together to files that play everywhere, by FFmpeg and without encoding anything again; knows no log."""

import errno
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from intercommunity.media.coding.mp4 import SOUND_SCALE, VIDEO_SCALE
from intercommunity.media.packaging.playlist import Spoken
from intercommunity.media.recording.languages import three_letters
from intercommunity.wire.recording import Chapter

_AT_TIME = 12
"""In a tfdt box (ISO/IEC 14496-12, 8.8.12): its size, its name, version and flags; then the time."""
_TIME_SIZE = 8
_HEAD = 256
"""Within so many bytes of one of our segments its time stands."""


class CannotRecord(Exception):  # noqa: N818 - says it
    """`code`: `no_ffmpeg`, `ffmpeg_failed`, `package_damaged`, `disk_full` or `disk_failed`; the message says more."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Head(Struct, frozen=True):
    """What a file says of itself. `began`: ms UTC; `chapters`: a file with them, "" for none."""

    title: str
    began: int
    chapters: str = ""


class Part(Struct, frozen=True):
    """A track of a file to be: `kind` is "v", "a" or "s", as FFmpeg calls picture, sound and captions."""

    kind: str
    path: Path
    spoken: Spoken | None = None


def join(path: Path, init: Path, segments: Iterable[tuple[Path, int]], scale: int) -> None:
    """`segments`: each with what is taken off its time, in 1/90000 s; `scale`: units a second of the track."""
    with path.open("wb") as joined:
        joined.write(init.read_bytes())
        for segment, out in segments:
            joined.write(_earlier(segment.read_bytes(), out * scale // VIDEO_SCALE))


def join_sound(path: Path, folder: Path, segments: Iterable[tuple[int, int]]) -> None:
    """`segments`: numbers in `folder`, each with what is to be taken off its time, as in `join`."""
    join(path, folder / "init.mp4", ((folder / f"{number}.m4s", out) for number, out in segments), SOUND_SCALE)


def _earlier(segment: bytes, units: int) -> bytes:
    """The segment as if it had been that much earlier."""
    if not units:
        return segment
    at = segment.index(b"tfdt", 0, _HEAD) - 4 + _AT_TIME
    time = int.from_bytes(segment[at : at + _TIME_SIZE], "big") - units
    return segment[:at] + max(0, time).to_bytes(_TIME_SIZE, "big") + segment[at + _TIME_SIZE :]


def chapters_file(chapters: Sequence[Chapter], seconds: float) -> str:
    """As FFmpeg reads them (its metadata format, version 1)."""
    ends = [*(each.place for each in chapters), seconds][1:]
    lines = [";FFMETADATA1"]
    for each, end in zip(chapters, ends, strict=True):
        begin, until = round(each.place * 1000), round(end * 1000)
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={begin}", f"END={until}", f"title={_escaped(each.title)}"]
    return "\n".join([*lines, ""])


def _escaped(text: str) -> str:
    return "".join(f"\\{each}" if each in "=;#\\" else each for each in " ".join(text.split()))


def write_file(path: Path, parts: Sequence[Part], begin: float, head: Head) -> None:
    """`begin`: the time in the parts (s) that is the file's beginning; captions count from there already.

    Raises `CannotRecord`; then there is no such file.
    """
    inputs = [each for part in parts for each in _input(part, begin)]
    maps = [each for number, part in enumerate(parts) for each in ("-map", f"{number}:{part.kind}")]
    chapters = ["-map_chapters", "-1"]
    if head.chapters:
        inputs += ["-i", head.chapters]
        chapters = ["-map_chapters", str(len(parts))]
    codecs = ["-c", "copy", *(["-c:s", "mov_text"] if any(part.kind == "s" for part in parts) else [])]
    names = [*_names(parts), *(["-disposition:a:0", "default"] if any(part.kind == "a" for part in parts) else [])]
    ends = ["-output_ts_offset", f"{-begin:.6f}", "-movflags", "+faststart"]
    making = path.with_name(f"making-{path.name}")
    try:
        _ffmpeg(["-copyts", *inputs, *maps, *codecs, *_told(head), *names, *chapters, *ends, str(making)])
        making.rename(path)
    finally:
        making.unlink(missing_ok=True)


def write_poster(path: Path, video: Path, place: float) -> None:
    """One picture of a file, at `place` (s) or just before. Raises `CannotRecord`."""
    seen = ["-ss", f"{place:.3f}", "-i", str(video), "-map", "0:v:0", "-frames:v", "1", "-q:v", "4", "-update", "1"]
    _ffmpeg([*seen, str(path)])


def _told(head: Head) -> list[str]:
    began = datetime.fromtimestamp(head.began / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return ["-metadata", f"title={head.title}", "-metadata", f"creation_time={began}"]


def _input(part: Part, begin: float) -> list[str]:
    """Captions are moved to where the media's times begin."""
    moved = ["-itsoffset", f"{begin:.6f}"] if part.kind == "s" else []
    return [*moved, "-i", str(part.path)]


def _names(parts: Sequence[Part]) -> list[str]:
    names: list[str] = []
    for kind in ("a", "s"):
        spoken = [part.spoken for part in parts if part.kind == kind and part.spoken is not None]
        for number, each in enumerate(spoken):
            said = (f"language={three_letters(each.language)}", f"title={each.name}", f"handler_name={each.name}")
            names += [value for one in said for value in (f"-metadata:s:{kind}:{number}", one)]
    return names


def _ffmpeg(arguments: Sequence[str]) -> None:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - no shell, our words
    except OSError as error:
        raise CannotRecord("no_ffmpeg", "ffmpeg is not installed: install it, and make the record again.") from error
    if "No space left" in done.stderr:
        raise OSError(errno.ENOSPC, "No space left on device")
    if done.returncode:
        told = " ".join(done.stderr.split())[-200:]
        raise CannotRecord("ffmpeg_failed", f"ffmpeg could not put the recording together: {told}")

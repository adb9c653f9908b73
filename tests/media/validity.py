"""A package judged by readers that are not ours: m3u8 reads the playlists, FFmpeg decodes the segments."""

import subprocess
from itertools import pairwise
from pathlib import Path

import m3u8


def renditions(package: Path) -> list[str]:
    """Those that have a list; what else lies in the package may go while this looks."""
    lists = [path for depth in ("*", "sound/*", "captions/*") for path in package.glob(f"{depth}/list.m3u8")]
    return sorted(str(path.parent.relative_to(package)) for path in lists)


def ensure_valid(packages: Path) -> None:
    """What main.m3u8 leads to is as RFC 8216 wants it: every rendition in itself, and all of them alike. While it is
    written, or when it was not written to the end, one list may be ahead of another by what came last.
    """
    main = m3u8.load(str(packages / "main.m3u8"))
    package = packages / main.playlists[0].uri.partition("/")[0]
    named = {*(each.uri for each in main.playlists), *(each.uri for each in main.media if each.uri)}
    assert {f"{package.name}/{each}/list.m3u8" for each in renditions(package)} >= named
    lists = {each: m3u8.load(str(package / each / "list.m3u8")) for each in renditions(package)}
    for rendition, listed in lists.items():
        ensure_valid_alone(package / rendition, listed)
    common = min(len(listed.segments) for listed in lists.values())
    picture = lists["picture"].segments[:common]
    assert max(len(listed.segments) for listed in lists.values()) <= common + 2
    for listed in lists.values():
        segments = listed.segments[:common]
        assert [each.discontinuity for each in segments] == [each.discontinuity for each in picture]
        for one, other in zip(segments, picture, strict=True):
            apart = one.current_program_date_time - other.current_program_date_time
            assert abs(apart.total_seconds()) < 0.025


def ensure_valid_alone(folder: Path, listed: m3u8.M3U8) -> None:
    """Numbers without a gap, no segment longer than was promised, times that follow from the lengths."""
    segments = listed.segments
    assert (listed.target_duration, listed.media_sequence) == (2, 1)
    assert [each.uri.partition(".")[0] for each in segments] == [str(at) for at in range(1, len(segments) + 1)]
    assert [each.uri for each in segments if not 0 < each.duration < 2.5] == []
    assert [each.uri for each in segments if not (folder / each.uri).stat().st_size] == []
    assert [each.uri for each in segments if each.init_section and not (folder / each.init_section.uri).exists()] == []
    for before, after in pairwise(segments):
        step = (after.current_program_date_time - before.current_program_date_time).total_seconds()
        if after.discontinuity:
            assert step > before.duration - 0.05, (folder, after.uri)
        else:
            assert abs(step - before.duration) < 0.025, (folder, after.uri)


def ensure_decodes(package: Path) -> dict[str, bytes]:
    """Every rendition of sound and picture, from beginning to end, without one complaint; what it is when decoded."""
    return {each: decoded(package, each) for each in renditions(package) if (package / each / "1.m4s").exists()}


def decoded(package: Path, rendition: str) -> bytes:
    """Samples of one channel at 48 kHz, or grey pictures of 16 by 9."""
    complaints, found = [], b""
    for part in stretches(m3u8.load(str(package / rendition / "list.m3u8"))):
        data = b"".join((package / rendition / name).read_bytes() for name in part)
        form = ["-ac", "1", "-ar", "48000", "-f", "s16le"] if rendition.startswith("sound") else GREY
        done = subprocess.run(
            ["ffmpeg", "-v", "warning", "-i", "pipe:0", *form, "pipe:1"],
            input=data, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        complaints += [line for line in done.stderr.decode().splitlines() if line]
        found += done.stdout
    assert complaints == [], rendition
    return found


GREY = ["-vf", "scale=16:9,format=gray", "-fps_mode", "passthrough", "-f", "rawvideo"]
PIXELS = 16 * 9


def stretches(listed: m3u8.M3U8) -> list[list[str]]:
    """The files between two discontinuities, the init segment before the others."""
    found: list[list[str]] = []
    for segment in listed.segments:
        if segment.discontinuity or not found:
            found.append([segment.init_section.uri])
        found[-1].append(segment.uri)
    return found

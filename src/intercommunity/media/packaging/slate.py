"""The slate: one picture, made once by FFmpeg, that stands where the stage's picture does not; without sentences
a plain one, for where the sign language does not arrive.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from intercommunity.media.coding.avc import PictureForm, read_record
from intercommunity.media.coding.flv import Picture, Tags, VideoSetup, read_tag

SIZE = (1280, 720)
PLAIN_SIZE = (640, 360)
_LINE_HEIGHT = 64


class Slate(Struct, frozen=True):
    form: PictureForm
    record: bytes
    data: bytes


class CannotMakeSlate(Exception):  # noqa: N818 - says it
    """FFmpeg is missing, or cannot encode H.264."""


async def make_slate(sentences: Sequence[str], folder: Path, size: tuple[int, int] = SIZE) -> Slate:
    """`folder`: where the sentences can be laid down for FFmpeg, whose own quoting knows no such thing as any text."""
    width, height = size
    filters = []
    for number, sentence in enumerate(sentences):
        path = folder / f"slate-{number}.txt"
        path.write_text(sentence, encoding="utf-8")
        y = height // 2 - len(sentences) * _LINE_HEIGHT // 2 + number * _LINE_HEIGHT
        filters.append(f"drawtext=textfile={path}:font=Sans:fontsize=36:fontcolor=0xd8dee9:x=(w-text_w)/2:y={y}")
    command = ["-f", "lavfi", "-i", f"color=c=0x1d2633:s={width}x{height}:r=2"]
    command += ["-vf", ",".join([*filters, "format=yuv420p"]), "-frames:v", "1", "-an"]
    command += ["-c:v", "libx264", "-profile:v", "high", "-preset", "medium", "-tune", "stillimage", "-crf", "24"]
    return _read(await _run([*command, "-f", "flv", "pipe:1"]))


async def _run(command: Sequence[str]) -> bytes:
    try:
        process = await asyncio.create_subprocess_exec(
            "ffmpeg", "-v", "error", "-nostdin", *command,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
    except OSError as error:
        raise CannotMakeSlate("ffmpeg is not installed") from error
    out, complaint = await process.communicate()
    if process.returncode:
        raise CannotMakeSlate(complaint.decode(errors="replace")[-300:])
    return out


def _read(flv: bytes) -> Slate:
    arrived = [read_tag(*tag) for tag in Tags().feed(flv)]
    setup = next((each for each in arrived if isinstance(each, VideoSetup)), None)
    picture = next((each for each in arrived if isinstance(each, Picture)), None)
    if setup is None or picture is None:
        raise CannotMakeSlate("ffmpeg made no picture")
    return Slate(read_record(setup.record), setup.record, picture.data)

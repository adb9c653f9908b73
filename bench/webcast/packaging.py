"""FFmpeg as packager, beside ours: the same programme and channels by RTMP, into HLS; knows no product.

It takes what is sent one input after the other: each is listened to when the one before has begun.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import Process, free_port, running
from bench.webcast.programme import CHANNELS
from bench.webcast.sending import Target

COPY = ("-c", "copy")
ENCODE = ("-c:v", "copy", "-c:a", "aac", "-b:a", "48k", "-ac", "1")
"""As ours does it, so that all channels are of one form."""

_SEEN_US, _HEARD_US = 3_000_000, 500_000
"""How long it looks at what comes before it begins: a keyframe must be in it, where there is a picture."""


@contextmanager
def ffmpeg_packager(name: str, how: tuple[str, ...], folder: Path) -> Iterator[tuple[Process, list[Target]]]:
    """Where each channel is to be sent, in the order of `CHANNELS`; the picture goes with the first."""
    addresses = [f"rtmp://127.0.0.1:{free_port()}/live/{channel}" for channel in CHANNELS]
    command: list[str | Path] = ["ffmpeg", "-v", "error", "-nostdin"]
    for number, address in enumerate(addresses):
        command += ["-analyzeduration", str(_SEEN_US if number == 0 else _HEARD_US), "-thread_queue_size", "1024"]
        command += ["-listen", "1", "-f", "flv", "-i", address]
    command += ["-map", "0:v"]
    for number in range(len(CHANNELS)):
        command += ["-map", f"{number}:a"]
    sounds = (f"a:{number},agroup:sound" + ",default:yes" * (number == 0) for number in range(len(CHANNELS)))
    command += [*how, "-f", "hls", "-hls_time", "2", "-hls_list_size", "0", "-hls_segment_type", "fmp4"]
    command += ["-var_stream_map", " ".join(["v:0,agroup:sound", *sounds]), "-master_pl_name", "main.m3u8"]
    command += [folder / "%v" / "list.m3u8"]
    folder.mkdir(parents=True)
    with running(name, command, None) as process:
        yield process, [Target(address) for address in addresses]


def segments_in(folder: Path) -> int:
    """Of the picture."""
    return len(list((folder / "0").glob("*.m4s")))

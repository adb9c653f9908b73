"""An encoder: a process of its own that decodes one source's pictures and encodes each rendition that is wanted of it.

Knows no package and no clock: pictures come in on its standard input with the times at which they are shown, and leave
on its standard output with the same times (see `exchange.py`). It ends when its input ends. It is niced: who watches
the picture as it arrived must not wait for who watches a smaller one.
"""

import logging
import os
import sys
from collections import deque
from fractions import Fraction
from typing import cast

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from av.video.reformatter import VideoReformatter

from intercommunity.media.coding.avc import make_record, with_lengths
from intercommunity.media.coding.exchange import (
    Begin,
    Coded,
    Made,
    Wanted,
    decode_order,
    is_worth_making,
)
from intercommunity.media.coding.framing import Messages, framed

_MICROSECONDS = Fraction(1, 1_000_000)
_NICE = 10
_READ = 256 * 1024
_MOST_FPS = 31
_REMEMBERED = 1_000
_USUAL_FPS = 25
_QUALITY = "24"
"""x264's measure (CRF): what moves little, as slides, needs far less than the rate it may have."""
_DECODERS = {"av1": "libdav1d"}
"""FFmpeg's own for AV1 works on some graphics cards only."""


class _Rendition:
    """One encoder of H.264: what goes in comes out at once, so that it is never behind by more than its own work."""

    def __init__(self, wanted: Wanted, frame: av.VideoFrame) -> None:
        self.size = (frame.width, frame.height)
        self._wanted = wanted
        self._reformat = VideoReformatter()
        height = min(wanted.lines, frame.height) // 2 * 2
        self._width = round(frame.width * height / frame.height / 2) * 2
        self._height = height
        codec = av.CodecContext.create("libx264", "w")
        codec.width, codec.height, codec.pix_fmt = self._width, self._height, "yuv420p"
        codec.time_base, codec.framerate = _MICROSECONDS, Fraction(_USUAL_FPS)
        codec.thread_count = 1
        codec.options = self._options()
        codec.flags |= 1 << 22  # parameter sets apart (AV_CODEC_FLAG_GLOBAL_HEADER)
        codec.open()
        self._codec = codec
        self._record = make_record(bytes(codec.extradata or b""))
        self._told = False
        self._last = 0

    def _options(self) -> dict[str, str]:
        kbit = self._wanted.kbit
        rate = {"crf": _QUALITY, "maxrate": f"{kbit}k", "bufsize": f"{kbit * 3 // 2}k"}
        keys = {"g": "1000", "sc_threshold": "0", "forced-idr": "1"}
        return {"preset": "veryfast", "tune": "zerolatency", "profile": "high", **keys, **rate}

    def encode(self, frame: av.VideoFrame, at: int, *, key: bool) -> list[Made]:
        """The smaller one leaves out every other picture of many."""
        if self._wanted.smaller and not key and at - self._last < 1_000_000 / _MOST_FPS:
            return []
        self._last = at
        made = self._reformat.reformat(frame, width=self._width, height=self._height, format="yuv420p")
        made.pts, made.time_base = at, _MICROSECONDS
        made.pict_type = PictureType.I if key else PictureType.NONE
        return [self._made(packet) for packet in self._codec.encode(made)]

    def _made(self, packet: "av.Packet[av.VideoStream]") -> Made:
        record = b"" if self._told else self._record
        self._told = True
        assert packet.pts is not None
        data = with_lengths(bytes(packet))
        return Made(self._wanted.name, packet.pts, packet.is_keyframe, data, record, self.size)


class Encoder:
    """Messages in, messages out."""

    def __init__(self) -> None:
        self._begun = Begin("", b"", (), 0)
        self._decoder: VideoCodecContext | None = None
        self._renditions: dict[str, _Rendition] = {}
        self._coming: deque[Coded] = deque(maxlen=_REMEMBERED)
        self._last_key: int | None = None

    def obey(self, order: Begin | Coded) -> list[Made]:
        if isinstance(order, Begin):
            self._begin(order)
            return []
        return self._decode(order)

    def _begin(self, begin: Begin) -> None:
        self._begun = begin
        name = _DECODERS.get(begin.codec, begin.codec)
        self._decoder = cast("VideoCodecContext", av.CodecContext.create(name, "r"))
        self._decoder.extradata = begin.record or None
        self._decoder.thread_count = 1
        self._coming.clear()

    def _decode(self, coded: Coded) -> list[Made]:
        """Whatever cannot be decoded is left out."""
        assert self._decoder is not None, "it is begun before anything comes"
        packet = av.Packet(coded.data)
        packet.pts, packet.time_base, packet.is_keyframe = coded.at, _MICROSECONDS, coded.key
        self._coming.append(coded)
        try:
            frames = self._decoder.decode(packet)
        except (av.error.FFmpegError, ValueError):
            return []
        return [made for frame in frames for made in self._encode(frame)]

    def _encode(self, frame: av.VideoFrame) -> list[Made]:
        coded = next((each for each in self._coming if each.at == frame.pts), None)
        if coded is None or not coded.wanted:
            return []
        key = self._is_key(coded)
        made = [
            made
            for wanted in self._begun.wanted
            if is_worth_making(wanted, frame.height)
            for made in self._rendition(wanted, frame).encode(frame, coded.at, key=key)
        ]
        return made or [Made("", coded.at)]

    def _is_key(self, coded: Coded) -> bool:
        every = self._begun.keys_every
        if not every:
            return coded.key
        due = self._last_key is None or not 0 <= coded.at - self._last_key < every
        if due:
            self._last_key = coded.at
        return due

    def _rendition(self, wanted: Wanted, frame: av.VideoFrame) -> _Rendition:
        known = self._renditions.get(wanted.name)
        if known is None or known.size != (frame.width, frame.height):
            known = self._renditions[wanted.name] = _Rendition(wanted, frame)
        return known


def main() -> None:
    os.nice(_NICE)
    logging.getLogger("libav").setLevel(logging.CRITICAL)
    encoder, messages = Encoder(), Messages()
    while data := os.read(sys.stdin.fileno(), _READ):
        for message in messages.feed(data):
            for made in encoder.obey(decode_order(message)):
                sys.stdout.buffer.write(framed(made))
                sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

"""Sound decoded and encoded by FFmpeg's libraries, in this process; knows no channel and no clock."""

from array import array
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.resampler import AudioResampler
from av.filter import Graph

from intercommunity.media.coding.flv import SoundSetup
from intercommunity.media.sound import BLOCK, RATE

STEREO_FROM_KBIT = 96


class SoundDecoder:
    """One source's coded sound into 16-bit stereo at 48 kHz, whatever it was."""

    def __init__(self, setup: SoundSetup) -> None:
        self.rate = self.channels = 0
        self._codec = cast("AudioCodecContext", av.CodecContext.create(setup.codec, "r"))
        if setup.config:
            self._codec.extradata = setup.config
        self._resampler = AudioResampler(format="s16", layout="stereo", rate=RATE)

    def decode(self, data: bytes) -> bytes:
        """Whatever cannot be decoded is left out."""
        try:
            frames = self._codec.decode(av.Packet(data))
        except (av.error.FFmpegError, ValueError):
            return b""
        return b"".join(self._resampled(frame) for frame in frames)

    def _resampled(self, frame: av.AudioFrame) -> bytes:
        if (frame.sample_rate, frame.layout.nb_channels) != (self.rate, self.channels):
            self.rate, self.channels = frame.sample_rate, frame.layout.nb_channels
            layout = "mono" if self.channels == 1 else "stereo"
            self._resampler = AudioResampler(format="s16", layout=layout, rate=RATE)
        frame.pts = None
        width = 2 * min(self.channels, 2)
        sounding = b"".join(bytes(each.planes[0])[: each.samples * width] for each in self._resampler.resample(frame))
        return _on_both_sides(sounding) if self.channels == 1 else sounding


def _on_both_sides(samples: bytes) -> bytes:
    """One channel as two, as loud as it was: FFmpeg would take 3 dB away."""
    one = array("h", samples)
    both = array("h", bytes(2 * len(samples)))
    both[0::2] = both[1::2] = one
    return both.tobytes()


class AacEncoder:
    """Blocks of 1024 samples in, AAC frames out, each with the number of the block it sounds at."""

    def __init__(self, kbit: int) -> None:
        self.channels = 2 if kbit >= STEREO_FROM_KBIT else 1
        self.bits = kbit * 1000
        self._codec = av.CodecContext.create("aac", "w")
        self._codec.sample_rate = RATE
        self._codec.layout = "stereo" if self.channels == 2 else "mono"  # noqa: PLR2004
        self._codec.format = "fltp"
        self._codec.bit_rate = self.bits
        self._codec.open()
        self._shaping = _shaping(self.channels)
        self._entered: deque[int] = deque()
        self._primed = False

    @property
    def config(self) -> bytes:
        return bytes(self._codec.extradata or b"")

    def encode(self, block: int, samples: bytes) -> Iterator[tuple[int, bytes]]:
        """The encoder is one frame behind: what comes out first sounds before the first block, and is left out."""
        frame = av.AudioFrame(format="s16", layout="stereo", samples=BLOCK)
        frame.sample_rate = RATE
        frame.planes[0].update(samples)
        self._entered.append(block)
        self._shaping.push(frame)
        shaped = cast("av.AudioFrame", self._shaping.pull())
        shaped.pts = None
        for packet in self._codec.encode(shaped):
            if self._primed:
                yield self._entered.popleft(), bytes(packet)
            self._primed = True


def _shaping(channels: int) -> Graph:
    """16-bit stereo as the encoder takes it, as loud as it was: FFmpeg's own mono of two equal sides is 3 dB louder."""
    graph = Graph()
    mixed = [("pan", "mono|c0=0.5*c0+0.5*c1")] if channels == 1 else []
    steps = [graph.add_abuffer(format="s16", sample_rate=RATE, layout="stereo", time_base=Fraction(1, RATE))]
    steps += [graph.add(*step) for step in (*mixed, ("aformat", "sample_fmts=fltp"), ("abuffersink",))]
    graph.link_nodes(*steps).configure()
    return graph

"""Sound through FFmpeg's libraries: as loud as it was, whatever its shape."""

import math
from array import array

import av
import pytest

from intercommunity.media.coding.aac import AacEncoder, SoundDecoder
from intercommunity.media.coding.flv import SoundSetup
from intercommunity.media.sound import BLOCK, RATE, level

TONE_DB = -20.0


def tone(rate: int, channels: int, seconds: float = 0.6) -> array:
    peak = 32767 * 10 ** (TONE_DB / 20) * math.sqrt(2)
    one = (round(peak * math.sin(2 * math.pi * 440 * at / rate)) for at in range(int(rate * seconds)))
    return array("h", (sample for each in one for sample in [each] * channels))


def sent(rate: int, channels: int) -> tuple[SoundSetup, list[bytes]]:
    """What an encoder elsewhere makes of the tone."""
    codec = av.CodecContext.create("aac", "w")
    codec.sample_rate, codec.layout, codec.format = rate, "mono" if channels == 1 else "stereo", "fltp"
    codec.bit_rate = 128_000
    codec.open()
    samples = tone(rate, channels)
    frame = av.AudioFrame(format="s16", layout=codec.layout, samples=len(samples) // channels)
    frame.sample_rate = rate
    frame.planes[0].update(samples.tobytes())
    resampler = av.AudioResampler(format="fltp", layout=codec.layout, rate=rate, frame_size=BLOCK)
    packets = [bytes(packet) for each in resampler.resample(frame) for packet in codec.encode(each)]
    return SoundSetup("aac", bytes(codec.extradata)), packets


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_decoded_sound_is_as_loud_as_it_was_on_both_sides(rate, channels):
    setup, packets = sent(rate, channels)
    decoder = SoundDecoder(setup)
    decoded = array("h", b"".join(decoder.decode(packet) for packet in packets))
    settled = decoded[RATE // 5 * 2 : RATE // 5 * 4]
    for side in (settled[0::2], settled[1::2]):
        assert level(side.tobytes() * 2) == pytest.approx(TONE_DB, abs=0.5)
    assert (decoder.rate, decoder.channels) == (rate, channels)


@pytest.mark.parametrize("kbit", [48, 128])
def test_encoded_sound_is_as_loud_as_it_was(kbit):
    encoder = AacEncoder(kbit)
    samples = tone(RATE, 2).tobytes()
    width = BLOCK * 4
    blocks = [samples[at : at + width] for at in range(0, len(samples) - width, width)]
    frames = [frame for number, block in enumerate(blocks) for _, frame in encoder.encode(number, block)]
    decoder = SoundDecoder(SoundSetup("aac", encoder.config))
    decoded = array("h", b"".join(decoder.decode(frame) for frame in frames))
    settled = decoded[RATE // 5 * 2 : RATE // 5 * 4]
    for side in (settled[0::2], settled[1::2]):
        assert level(side.tobytes() * 2) == pytest.approx(TONE_DB, abs=0.5)

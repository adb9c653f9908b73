"""Segments as an independent reader understands them."""

import io

import av

from intercommunity.media.coding.mp4 import Sample, media_segment, sound_init

CONFIG = bytes.fromhex("1188")
"""AAC-LC, 48 kHz, mono."""
BLOCK = 1024


def packets(segment: bytes) -> list[tuple[int | None, int | None, bytes]]:
    with av.open(io.BytesIO(sound_init(CONFIG, 1, 48_000) + segment)) as container:
        return [(each.pts, each.duration, bytes(each)) for each in container.demux() if each.size]


def test_segment_of_samples_that_are_alike_says_so_once_and_says_the_same():
    samples = [Sample(bytes([number]) * (120 + number), BLOCK) for number in range(90)]
    segment = media_segment(7, 3 * BLOCK, samples)
    assert packets(segment) == [((3 + number) * BLOCK, BLOCK, sample.data) for number, sample in enumerate(samples)]
    assert len(segment) - sum(len(each.data) for each in samples) < 500


def test_segment_of_samples_that_differ_keeps_each_its_own():
    samples = [Sample(b"a" * 130, BLOCK), Sample(b"b" * 140, BLOCK // 2), Sample(b"c" * 150, BLOCK)]
    assert [each[0] for each in packets(media_segment(1, 0, samples))] == [0, BLOCK, BLOCK + BLOCK // 2]

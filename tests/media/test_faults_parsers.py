"""Whatever bytes a stranger sends: a parser's own error or nothing at all, and no more memory than was agreed."""

import struct
import time
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intercommunity.media.arriving import amf
from intercommunity.media.arriving.rtmp import (
    LARGEST_BEFORE_PUBLISHING,
    MOST_STREAMS,
    NotRtmp,
    Publishing,
    WantsToPublish,
)
from intercommunity.media.coding import flv
from intercommunity.media.coding.aac import SoundDecoder
from intercommunity.media.coding.avc import parameter_sets, read_record
from intercommunity.media.coding.flv import NotFlv, SoundSetup, Tags, read_tag

SHAKEN = b"\3" + bytes(2 * 1536)
numbers, flags, words = st.floats(allow_nan=False), st.booleans(), st.text(max_size=20)
values = st.recursive(
    st.none() | flags | numbers | words,
    lambda inner: st.dictionaries(words.filter(bool), inner, max_size=3),
    max_leaves=6,
)


def cut(draw, data: bytes) -> bytes:
    """Data with a few bytes changed, taken out and put in."""
    found = bytearray(data)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(found) - 1)))
        found[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=6))
    return bytes(found)


@st.composite
def commands(draw) -> bytes:
    return cut(draw, amf.encode("connect", 1, *draw(st.lists(values, max_size=3))))


@st.composite
def chunks(draw) -> bytes:
    """Chunks of any form, most of them what they say."""
    made = b""
    for _ in range(draw(st.integers(1, 6))):
        form, number = draw(st.integers(0, 3)), draw(st.integers(0, 63))
        kind = draw(st.sampled_from([1, 2, 3, 4, 5, 6, 8, 9, 17, 18, 20]))
        body = draw(commands() | st.binary(max_size=200))
        said = draw(st.sampled_from([len(body), 0, 128, 0xFFFFFF]))
        stamp = draw(st.sampled_from([0, 40, 0xFFFFFE, 0xFFFFFF]))
        head = stamp.to_bytes(3) + said.to_bytes(3) + bytes([kind]) + bytes(4)
        extended = draw(st.binary(min_size=4, max_size=4)) if stamp == 0xFFFFFF else b""
        made += bytes([form << 6 | number]) + head[: (11, 7, 3, 0)[form]] + extended + body
    return cut(draw, made)


@given(st.binary(max_size=200) | commands())
def test_amf_is_read_or_is_no_amf(data):
    try:
        amf.decode(data)
    except amf.NotAmf:
        return


@given(st.lists(values, max_size=4))
def test_amf_is_read_as_it_was_written(written):
    assert amf.decode(amf.encode(*written)) == written


@pytest.mark.parametrize("nested", [b"\x03\0\1a", b"\x0a\0\0\0\1", b"\x08\0\0\0\0\0\1a"])
def test_amf_that_is_nested_without_end_is_refused(nested):
    with pytest.raises(amf.NotAmf):
        amf.decode(nested * 20_000)


def test_amf_that_promises_more_than_there_is_costs_nothing():
    with pytest.raises(amf.NotAmf):
        amf.decode(b"\x0a\xff\xff\xff\xff\x05")
    begun = time.process_time()
    with pytest.raises(amf.NotAmf):
        amf.decode((b"\x0a\0\0\xff\xff" * 7 + b"\x05" * 60_000)[: LARGEST_BEFORE_PUBLISHING * 4])
    assert time.process_time() - begun < 5


@given(st.binary(max_size=600) | chunks(), st.booleans())
@example(b"\x02" + bytes(3) + (4).to_bytes(3) + b"\1" + bytes(4) + b"\x7f\xff\xff\xff", False)
def test_rtmp_is_read_or_is_no_rtmp(data, accepted):
    server = Publishing()
    try:
        for message in server.receive(SHAKEN + data):
            if accepted and isinstance(message, WantsToPublish):
                server.accept()
    except NotRtmp:
        return
    assert len(server.take_to_send()) < 200_000


@given(st.binary(max_size=40))
def test_rtmp_before_the_handshake_is_read_or_is_no_rtmp(data):
    try:
        assert list(Publishing().receive(data)) == []
    except NotRtmp:
        assert data[0] != 3


def test_rtmp_holds_little_for_who_has_shown_no_key():
    """Messages begun on all chunk streams and ended on none; one that is huge is refused."""
    server, each = Publishing(), LARGEST_BEFORE_PUBLISHING
    tracemalloc.start()
    assert list(server.receive(SHAKEN)) == []
    for number in range(3, 3 + MOST_STREAMS):
        head = bytes([number]) + bytes(3) + each.to_bytes(3) + b"\x09" + bytes(4)
        begun = bytes([0xC0 | number]).join([bytes(128)] * (each // 128 - 1))
        assert list(server.receive(head + begun)) == []
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert MOST_STREAMS * each // 2 < held < 3 * MOST_STREAMS * each
    with pytest.raises(NotRtmp):
        list(server.receive(b"\4" + bytes(3) + (8 << 20).to_bytes(3) + b"\x09" + bytes(4)))


@given(st.binary(max_size=200), st.integers(0, 255), st.integers(0, 2**32 - 1))
def test_tag_is_read_or_left_out(body, kind, stamp):
    read_tag(kind, stamp, body)
    for name in (flv.AUDIO, flv.VIDEO):
        read_tag(name, stamp, body)


@given(st.binary(max_size=200), st.booleans(), st.lists(st.integers(1, 50), max_size=8))
def test_flv_is_read_or_is_no_flv(data, begun, pieces):
    tags, at = Tags(), 0
    data = (b"FLV\1\5\0\0\0\x09\0\0\0\0" if begun else b"") + data
    try:
        for piece in [*pieces, len(data)]:
            list(tags.feed(data[at : at + piece]))
            at += piece
    except NotFlv:
        return


def test_flv_tag_that_says_it_is_huge_is_refused_at_once():
    with pytest.raises(NotFlv):
        list(Tags().feed(b"FLV\1\5\0\0\0\x09\0\0\0\0" + b"\x09\xff\xff\xff" + bytes(7)))


RECORD = bytes.fromhex(
    "0142c01effe1001a6742c01ed901e08fe5c0440000030004000003 00c83c58b92001000468cb83cb20".replace(" ", "")
)


@st.composite
def records(draw) -> bytes:
    return cut(draw, RECORD)


@given(records() | st.binary(max_size=100).map(lambda data: b"\1\x64\0\x1f\xff\xe1" + data))
@example(RECORD)
def test_record_is_read_or_no_record(data):
    try:
        form = read_record(data)
    except ValueError:
        return
    assert 0 < form.width <= 8192
    assert 0 < form.height <= 8192
    parameter_sets(data)


def test_record_that_is_long_takes_no_longer_to_read():
    sps = b"\x67\x64\0\x1f" + bytes(65_000)
    begun = time.process_time()
    with pytest.raises(ValueError):
        read_record(b"\1\x64\0\x1f\xff\xe1" + struct.pack(">H", len(sps)) + sps)
    assert time.process_time() - begun < 0.5


@given(st.binary(max_size=8), st.lists(st.binary(max_size=200), max_size=6), st.sampled_from(["aac", "mp3"]))
def test_sound_is_decoded_or_left_out(config, frames, codec):
    decoder = SoundDecoder(SoundSetup(codec, config))
    for frame in frames:
        assert len(decoder.decode(frame)) % 4 == 0

"""RTMP's bytes in any pieces, and what is none of it."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.media.arriving import amf
from intercommunity.media.arriving.rtmp import Media, NotRtmp, Publishing, WantsToPublish


def chunked(number: int, kind: int, body: bytes, time: int = 0, size: int = 128) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    head = bytes([number]) + time.to_bytes(3) + len(body).to_bytes(3) + bytes([kind]) + struct.pack("<I", 1)
    return head + bytes([0xC0 | number]).join(parts)


def publishing(key: str) -> bytes:
    connect = amf.encode("connect", 1, {"app": "live", "tcUrl": "rtmp://x/live"})
    publish = amf.encode("publish", 4, None, key, "live")
    create = amf.encode("createStream", 2, None)
    return b"\3" + bytes(1536) * 2 + b"".join(chunked(3, 20, each) for each in (connect, create, publish))


@given(st.lists(st.integers(1, 700), max_size=40))
def test_messages_are_the_same_in_whatever_pieces_they_come(cuts):
    data = publishing("secret") + chunked(4, 9, b"\x17\1" + bytes(400), 40) + chunked(5, 8, b"\xaf\1sound", 60)
    server, found, at = Publishing(), [], 0
    for cut in [*cuts, len(data)]:
        for message in server.receive(data[at : at + cut]):
            found.append(message)
            if isinstance(message, WantsToPublish):
                server.accept()
        at += cut
    assert found[0] == WantsToPublish("live", "secret")
    assert found[1:] == [Media(9, 40, b"\x17\1" + bytes(400)), Media(8, 60, b"\xaf\1sound")]


def test_media_before_a_key_was_accepted_goes_nowhere():
    server = Publishing()
    data = publishing("secret") + chunked(5, 8, b"\xaf\1sound")
    assert [type(each) for each in server.receive(data)] == [WantsToPublish]


@pytest.mark.parametrize(
    "data",
    [b"GET / HTTP/1.1", b"\3" + bytes(3072) + b"\xc4abc", b"\3" + bytes(3072) + chunked(2, 1, bytes(4))],
    ids=["http", "a chunk that continues nothing", "chunks of nothing"],
)
def test_what_breaks_the_protocol_ends_it(data):
    with pytest.raises(NotRtmp):
        list(Publishing().receive(data))


@given(st.binary(max_size=600))
def test_garbage_ends_in_nothing_or_in_not_rtmp(garbage):
    server = Publishing()
    try:
        found = list(server.receive(b"\3" + bytes(3072) + garbage))
    except NotRtmp:
        return
    assert [each for each in found if isinstance(each, Media)] == []

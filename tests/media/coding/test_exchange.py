"""The encoder without its process: what comes in is decoded, each rendition leaves with the same times and keys."""

from fractions import Fraction

import av

from intercommunity.media.coding.avc import make_record, read_record, with_lengths
from intercommunity.media.coding.encoder import Encoder
from intercommunity.media.coding.exchange import Begin, Coded, Made, Wanted, decode_order
from intercommunity.media.coding.framing import Messages, framed

MAIN = Wanted("picture", 720, kbit=1000)
SMALLER = Wanted("lower", 90, kbit=100, smaller=True)


def coded(count: int, keys_every: int, height: int = 180) -> tuple[bytes, list[Coded]]:
    """H.264 as a sender makes it: its record, and its pictures 40 ms apart."""
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt, codec.gop_size = height * 16 // 9, height, "yuv420p", keys_every
    codec.time_base, codec.framerate = Fraction(1, 25), Fraction(25)
    codec.options = {"preset": "ultrafast", "sc_threshold": "0"}
    codec.open()
    packets = []
    for number in range(count):
        frame = av.VideoFrame(codec.width, height, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([number % 256]) * plane.buffer_size)
        frame.pts = number
        packets += codec.encode(frame)
    packets += codec.encode(None)
    made = [Coded(each.pts * 40_000, each.is_keyframe, with_lengths(bytes(each))) for each in packets]
    return make_record(bytes(packets[0])), made


def encoded(begin: Begin, pictures: list[Coded]) -> list[Made]:
    encoder = Encoder()
    encoder.obey(begin)
    return [made for each in pictures for made in encoder.obey(each)]


def test_smaller_picture_stands_alone_where_the_one_that_passes_through_does():
    record, pictures = coded(30, 10)
    made = encoded(Begin("h264", record, (SMALLER,), 0), pictures)
    assert [each.at for each in made if each.key] == [each.at for each in pictures if each.key][: len(made) // 10 + 1]
    assert (read_record(made[0].record).width, read_record(made[0].record).height) == (160, 90)
    assert [each.at for each in made] == [each.at for each in sorted(pictures, key=lambda one: one.at)][: len(made)]


def test_both_renditions_stand_alone_together_and_as_often_as_wanted():
    record, pictures = coded(60, 1000)
    made = encoded(Begin("h264", record, (MAIN, SMALLER), 1_000_000), pictures)
    keys = {name: [each.at for each in made if each.key and each.name == name] for name in ("picture", "lower")}
    assert keys["picture"] == keys["lower"] == [0, 1_000_000, 2_000_000]


def test_nothing_smaller_is_made_of_what_is_small_already_but_it_is_told():
    record, pictures = coded(10, 10, height=96)
    made = encoded(Begin("h264", record, (SMALLER,), 0), pictures)
    assert {each.name for each in made} == {""}


def test_what_was_shown_before_is_only_decoded():
    record, pictures = coded(20, 20)
    shown = [Coded(each.at, each.key, each.data, wanted=each.at >= 400_000) for each in pictures]
    made = encoded(Begin("h264", record, (MAIN,), 2_000_000), shown)
    assert (made[0].at, made[0].key) == (400_000, True)


def test_garbage_between_pictures_harms_nobody():
    record, pictures = coded(30, 10)
    garbage = [Coded(each.at + 1, key=False, data=b"\xff" * 50) for each in pictures]
    made = encoded(
        Begin("h264", record, (MAIN,), 0), [one for both in zip(pictures, garbage, strict=True) for one in both]
    )
    assert len(made) >= 20


def test_messages_arrive_whole_however_they_are_cut():
    orders = [Begin("h264", b"r", (MAIN,), 5), Coded(7, key=True, data=b"p" * 300)]
    stream = b"".join(map(framed, orders))
    for size in (1, 3, 1000):
        messages = Messages()
        pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
        assert [decode_order(each) for piece in pieces for each in messages.feed(piece)] == orders

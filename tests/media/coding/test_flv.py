"""Tags as senders write them: H.264 as of old, and what is named by four letters (Enhanced RTMP)."""

import pytest

from intercommunity.media.coding.flv import VIDEO, Picture, Unusable, VideoSetup, read_tag

RECORD = bytes(range(1, 20))


@pytest.mark.parametrize(
    ("body", "brings"),
    [
        (b"\x17\0\0\0\0" + RECORD, VideoSetup(RECORD)),
        (b"\x17\1\0\0\x28data", Picture(7, 40, key=True, data=b"data")),
        (b"\x27\1\0\0\0data", Picture(7, 0, key=False, data=b"data")),
        (b"\x90hvc1" + RECORD, VideoSetup(RECORD, "hevc")),
        (b"\x91hvc1\0\0\x28data", Picture(7, 40, key=True, data=b"data")),
        (b"\xa3hvc1data", Picture(7, 0, key=False, data=b"data")),
        (b"\x90av01" + RECORD, VideoSetup(RECORD, "av1")),
        (b"\x91av01data", Picture(7, 0, key=True, data=b"data")),
        (b"\xa1vp09data", Picture(7, 0, key=False, data=b"data")),
        (b"\x91avc1\0\0\x28data", Picture(7, 40, key=True, data=b"data")),
        (b"\x94hvc1metadata", None),
        (b"\x92hvc1", None),
        (b"\x91hvc1\0\0", None),
        (b"\x91xyz0data", Unusable("video codec xyz0")),
        (b"\x12old", Unusable("video codec 2")),
    ],
)
def test_video_tag_brings(body, brings):
    assert read_tag(VIDEO, 7, body) == brings

"""Playlists as an independent reader understands them."""

import gzip
from itertools import pairwise

import m3u8

from intercommunity.media.packaging.playlist import LISTED_IN_DELTA, Entry, Growing, Seen, Spoken, multivariant_playlist

BEGAN = 1_700_000_000_000
NOW = BEGAN + 7_300.4


def entries(count: int) -> list[Entry]:
    return [Entry(f"{number + 1}.m4s", 2.0, BEGAN + number * 2_000, "init.mp4", number == 5) for number in range(count)]


def growing(count: int) -> Growing:
    listed = Growing()
    for entry in entries(count):
        listed.add(entry)
    return listed


def test_playlist_says_when_it_was_said_and_where_it_begins_anew():
    listed = m3u8.loads(growing(8).whole(NOW).decode())
    assert [each.current_program_date_time.timestamp() * 1000 for each in listed.segments] == [
        BEGAN + number * 2_000 for number in range(8)
    ]
    assert [each.uri for each in listed.segments if each.discontinuity] == ["6.m4s"]
    assert (listed.playlist_type, listed.is_endlist) == ("event", False)
    assert m3u8.loads(growing(8).whole(None).decode()).is_endlist


def test_delta_is_the_end_of_the_whole_and_does_not_grow():
    listed = growing(3600)
    whole, delta = (m3u8.loads(text.decode()) for text in (listed.whole(NOW), listed.delta(NOW)))
    assert delta.skip.skipped_segments + len(delta.segments) == 3600
    assert [(each.uri, each.current_program_date_time) for each in delta.segments] == [
        (each.uri, each.current_program_date_time) for each in whole.segments[-LISTED_IN_DELTA:]
    ]
    assert sum(each.duration for each in delta.segments) > delta.server_control.can_skip_until
    assert len(listed.delta(NOW)) < 3_000


def test_two_hours_are_little_on_the_line():
    """As they are sent: what is new of a channel every two seconds, and all of it to whoever comes late."""
    block_ms = 1024 / 48
    blocks = [round(number * 2_000 / block_ms) for number in range(3601)]
    listed = Growing()
    for number, (begin, end) in enumerate(pairwise(blocks), 1):
        listed.add(Entry(f"{number}.m4s", (end - begin) * block_ms / 1000, BEGAN + begin * block_ms, "init.mp4"))
    whole, delta = (len(gzip.compress(text, 5)) for text in (listed.whole(NOW), listed.delta(NOW)))
    assert len(listed.whole(NOW)) > 80_000
    assert whole < 11_000
    assert delta < 500


def test_running_playlist_says_when_it_was_written():
    listed = growing(3)
    assert [b"\n# written 2023-11-14T22:13:27.300Z\n" in text for text in (listed.whole(NOW), listed.delta(NOW))] == [
        True,
        True,
    ]
    assert b"written" not in listed.whole(None)


def test_names_cannot_break_out_of_their_quotes():
    channels = [Spoken("floor.m3u8", 'Floor"\n#EXT-X-ENDLIST', "mul", default=True)]
    listed = m3u8.loads(multivariant_playlist([], channels, [], 48_000))
    assert [each.name for each in listed.media] == ["Floor' #EXT-X-ENDLIST"]


def test_sign_language_is_another_picture_of_the_variants_group():
    channels = [Spoken("sound/floor/list.m3u8", "Floor", "mul", default=True)]
    seen = [Seen(f"{kind}/list.m3u8", "avc1.64001f", 16, 9, 25, 800, 600) for kind in ("picture", "lower")]
    sign = Spoken("sign/list.m3u8", "American Sign Language", "ase")
    listed = m3u8.loads(multivariant_playlist(seen, channels, [], 48_000, sign))
    assert [each.media[-1].group_id for each in listed.playlists if each.stream_info.video] == ["picture", "picture"]
    pictures = [each for each in listed.media if each.type == "VIDEO"]
    assert [(each.uri, each.language, each.default) for each in pictures] == [
        (None, None, "YES"),
        ("sign/list.m3u8", "ase", "NO"),
    ]

"""Playlists as an independent reader understands them."""

import m3u8

from intercommunity.media.playlist import (
    LISTED_IN_DELTA,
    Entry,
    Spoken,
    media_playlist,
    multivariant_playlist,
    playlist_delta,
)

BEGAN = 1_700_000_000_000


def entries(count: int) -> list[Entry]:
    return [Entry(f"{number + 1}.m4s", 2.0, BEGAN + number * 2_000, "init.mp4", number == 5) for number in range(count)]


def test_playlist_says_when_it_was_said_and_where_it_begins_anew():
    listed = m3u8.loads(media_playlist(entries(8), ended=False))
    assert [each.current_program_date_time.timestamp() * 1000 for each in listed.segments] == [
        BEGAN + number * 2_000 for number in range(8)
    ]
    assert [each.uri for each in listed.segments if each.discontinuity] == ["6.m4s"]
    assert (listed.playlist_type, listed.is_endlist) == ("event", False)
    assert m3u8.loads(media_playlist(entries(8), ended=True)).is_endlist


def test_delta_is_the_end_of_the_whole_and_does_not_grow():
    whole, delta = (
        m3u8.loads(text) for text in (media_playlist(entries(3600), ended=False), playlist_delta(entries(3600)))
    )
    assert delta.skip.skipped_segments + len(delta.segments) == 3600
    assert [(each.uri, each.current_program_date_time) for each in delta.segments] == [
        (each.uri, each.current_program_date_time) for each in whole.segments[-LISTED_IN_DELTA:]
    ]
    assert sum(each.duration for each in delta.segments) > delta.server_control.can_skip_until
    assert len(playlist_delta(entries(3600))) < 3_000


def test_names_cannot_break_out_of_their_quotes():
    channels = [Spoken("floor.m3u8", 'Floor"\n#EXT-X-ENDLIST', "mul", default=True)]
    listed = m3u8.loads(multivariant_playlist(None, channels, [], 48_000))
    assert [each.name for each in listed.media] == ["Floor' #EXT-X-ENDLIST"]

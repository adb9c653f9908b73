"""How the sources of a webcast come, as the host is told."""

from pathlib import Path

import pytest

from intercommunity.cli.links import Link, webcast_link
from intercommunity.cli.webcasts import stream_keys, stream_ways
from intercommunity.meeting.description import Description, Programme, SoundChannel
from intercommunity.store.secret import Secret, load_secret


@pytest.fixture
def secret(tmp_path: Path) -> Secret:
    return load_secret(tmp_path / "links.key")


def described(*sources: str) -> Description:
    languages = ("es", "fr", "de", "it")
    channels = tuple(SoundChannel(tag, source) for tag, source in zip(languages, sources, strict=False))
    return Description("forum", {"en": "Forum"}, 0, ("en",), programme=Programme("rtmp"), channels=channels)


def test_way_tells_what_an_encoder_needs_and_of_an_address_only_the_host(secret):
    address = "https://name:word@radio.example:8443/live?token=secret"
    floor, srt, file, pulled = stream_ways(described("srt:9001", "file:talk.mp4", address), secret, "here")
    assert (floor.source, floor.kind, floor.server, len(floor.key)) == ("floor", "rtmp", "rtmp://here:1935/live", 32)
    assert srt.server == f"srt://here:9001?mode=caller&pbkeylen=16&passphrase={srt.key}"
    assert (file.kind, file.server, file.key, file.origin) == ("file", "", "", "talk.mp4")
    assert (pulled.kind, pulled.server, pulled.key, pulled.origin) == ("pull", "", "", "radio.example")


def test_keys_are_those_of_what_is_sent(secret):
    keys = list(stream_keys(described("srt:9001", "file:talk.mp4"), secret, "here"))
    assert [each.source for each in keys] == ["floor", "es"]
    assert len({each.key for each in keys}) == 2


def test_meeting_without_a_programme_has_no_ways(secret):
    assert list(stream_ways(Description("forum", {"en": "Forum"}, 0, ("en",)), secret, "here")) == []


def test_webcast_desk_opens_with_the_hosts_link():
    links = [Link("moderator", "moderator", "m", "", 0), Link("host", "host", "h", "", 0)]
    assert webcast_link(links, "https://here.example/", "forum") == "https://here.example/forum/webcast/#t=h"

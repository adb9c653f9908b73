"""The recordings in the pages: the player, its chapters, and the words that it shows as captions.

Without a script there is the browser's own player, and links into the file; with one the same links play in the page.
A script in a page opened from a disk may read no file, but take in other scripts: so a track's words are one.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from markupsafe import Markup

from intercommunity.meeting.description import FLOOR_LANGUAGE
from intercommunity.record.chapters import Chapter, chapters_of
from intercommunity.record.content import Content
from intercommunity.record.cues import cues
from intercommunity.record.naming import folders
from intercommunity.record.pages.downloads import size
from intercommunity.record.pages.page import Page, title_of
from intercommunity.record.reader import Reader, elapsed
from intercommunity.record.recordings import Place, href_of, place_from
from intercommunity.wire.language_names import own_name
from intercommunity.wire.recording import Recording, Rendition

PLAYER = "player"
"""The folder of the scripts: a name longer than a language's folder may have, but for `language_7`."""
_SCRIPT, _HLS = "recording.js", "hls.js"


class Mark(NamedTuple):
    """A chapter in a list. `href` leads there from the record's folder; `after`: since the recording's beginning, with
    the number of a later recording.
    """

    moment: int
    href: str
    after: str
    name: Markup


class Part(NamedTuple):
    """A session's chapters: its own beginning, and those who speak in it."""

    mark: Mark
    speakers: tuple[Mark, ...]


class Download(NamedTuple):
    name: Markup
    href: str
    size: str


def recording_pages(reader: Reader, content: Content, sizes: dict[str, int]) -> Iterator[Page]:
    """One page, or none where nothing was recorded."""
    if content.recordings:
        context = {"parts": tuple(_downloads(reader, content, sizes)), "opened": True}
        yield Page("recording.html", "recording.html", reader.tell("Recording"), context, plays=True)


def player_of(page: Page, reader: Reader, content: Content) -> dict[str, Any]:
    """What the template `player.html` knows; its `recorded` is None where there is nothing to play."""
    recordings = content.recordings
    if not recordings:
        return {"recorded": None}
    begin = place_from(recordings, page.context.get("begins", 0)) or Place(0, 0.0)
    chosen = recordings[begin.number]
    return {
        "recorded": chosen,
        "video_href": f"{chosen.folder}/{chosen.video}" if chosen.video else "",
        "poster_href": f"{chosen.folder}/{chosen.poster}" if chosen.poster else "",
        "begins": page.context.get("begins", 0),
        "opened": page.context.get("opened", False),
        "video_tracks": [
            (f"{chosen.folder}/{each.file}", each.language, own_name(each.language)) for each in chosen.captions
        ],
        "chapters": tuple(_parts(reader, content)),
        "player_script": f"{PLAYER}/{_SCRIPT}" if content.plays else "",
        "player_json": _json(_told(page, reader, content, begin)),
    }


def _parts(reader: Reader, content: Content) -> Iterator[Part]:
    groups: dict[str, list[Chapter]] = {}
    for chapter in chapters_of(content):
        groups.setdefault(chapter.session, []).append(chapter)
    for session, chapters in groups.items():
        marks = [mark for each in chapters if (mark := _mark(each, reader, content))]
        if marks:
            speakers = tuple(mark for mark in marks if mark.name)
            yield Part(marks[0]._replace(name=title_of(content.session(session), reader)), speakers)


def _mark(chapter: Chapter, reader: Reader, content: Content) -> Mark | None:
    place = place_from(content.recordings, chapter.moment)
    if place is None:
        return None
    voice = content.voices[chapter.voice].name if chapter.voice else ""
    name = reader.phrase(voice, reader.interface)
    after = elapsed(round(place.seconds * 1000))
    if place.number:
        after = f"{place.number + 1} · {after}"
    return Mark(chapter.moment, href_of(content.recordings, place), after, name)


def _told(page: Page, reader: Reader, content: Content, begin: Place) -> dict[str, Any]:
    names = folders(content.description.languages)
    return {
        "top": f"{page.root}../",
        "hls": f"{PLAYER}/{_HLS}",
        "number": begin.number,
        "language": reader.language,
        "recordings": [_recording(each, reader) for each in content.recordings],
        "tracks": [
            [language, own_name(language), f"{PLAYER}/{_words_name(folder)}"] for language, folder in names.items()
        ],
        "says": {
            "hear": reader.tell("Hear"),
            "captions": reader.tell("Captions"),
            "none": reader.tell("None"),
            "play": reader.tell("Play the recording"),
            "follow": reader.tell("Move the words along"),
            "failed": reader.tell("The recording cannot be played here. Its files can be downloaded."),
        },
    }


def _recording(recording: Recording, reader: Reader) -> dict[str, Any]:
    return {
        "folder": recording.folder,
        "video": recording.video,
        "hls": recording.hls,
        "seconds": recording.seconds,
        "stretches": [(each.moment, each.place, each.seconds) for each in recording.stretches],
        "sounds": [(each.language, _channel_name(each, reader), each.file) for each in recording.sounds],
    }


def _channel_name(sound: Rendition, reader: Reader) -> Markup | str:
    return reader.tell("Floor: as it is spoken") if sound.language == FLOOR_LANGUAGE else own_name(sound.language)


def _json(told: dict[str, Any]) -> Markup:
    """Safe to stand in a script element, whatever is in it."""
    text = msgspec.json.encode(told, enc_hook=str).decode()
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - escaped as JSON here


def words_for_player(content: Content) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every track's words: begin and end in ms UTC, and what is said."""
    for language, folder in folders(content.description.languages).items():
        said = [(cue.start, cue.end, cue.text) for cue in cues(content.lines, language, 0, content.voices)]
        name = msgspec.json.encode(language).decode()
        script = f"(window.recordedWords ??= {{}})[{name}] = {msgspec.json.encode(said).decode()}\n"
        yield f"{PLAYER}/{_words_name(folder)}", script.encode()


def _words_name(folder: str) -> str:
    return f"words.{folder}.js"


def _downloads(reader: Reader, content: Content, sizes: dict[str, int]) -> Iterator[tuple[str, tuple[Download, ...]]]:
    """By recording, told apart by when they began."""
    for recording in content.recordings:
        begins = f"{reader.date(recording.began)}, {reader.clock(recording.began)}"
        named = [(name, f"{recording.folder}/{file}") for name, file in _files(recording, reader) if file]
        yield begins, tuple(Download(name, path, size(sizes.get(path, 0), reader)) for name, path in named)


def _files(recording: Recording, reader: Reader) -> Iterator[tuple[Markup, str]]:
    yield reader.tell("Picture with every language to hear and to read (MP4)"), recording.video
    yield reader.tell("Sign-language picture with every language (MP4)"), recording.sign
    for sound in recording.sounds:
        yield reader.tell("Sound alone: {language}", language=_channel_name(sound, reader)), sound.file
    for track in recording.captions:
        yield reader.tell("Captions of the recording: {language}", language=own_name(track.language)), track.file
    yield reader.tell("For web servers and players (HLS)"), recording.hls

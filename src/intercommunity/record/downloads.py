"""The files to take away: every track of the meeting and of each session, as WebVTT, SRT and plain text."""

from intercommunity.record.content import Content, Held
from intercommunity.record.cues import write_srt, write_webvtt
from intercommunity.record.naming import folders
from intercommunity.record.plain import write_session, write_whole
from intercommunity.record.reader import Reader

FOLDER = "downloads"
"""A name longer than any language tag, so that no language's folder can be called like it."""

WHOLE = "meeting"
ENDINGS = ("vtt", "srt", "txt")


def download_name(stem: str, language: str, ending: str, content: Content) -> str:
    return f"{FOLDER}/{stem}.{folders(content.description.languages)[language]}.{ending}"


def downloads(content: Content) -> dict[str, bytes]:
    """Bytes by path."""
    found: dict[str, str] = {}
    for language in content.description.languages:
        reader = Reader(language, content.description)
        found |= _whole(content, reader)
        for held in content.sessions:
            found |= _session(held, content, reader)
    return {name: text.encode() for name, text in found.items()}


def _whole(content: Content, reader: Reader) -> dict[str, str]:
    lines, track = content.lines, reader.language
    return {
        download_name(WHOLE, track, "vtt", content): write_webvtt(lines, track, content.zero, content.voices),
        download_name(WHOLE, track, "srt", content): write_srt(lines, track, content.zero, content.voices),
        download_name(WHOLE, track, "txt", content): write_whole(content, reader),
    }


def _session(held: Held, content: Content, reader: Reader) -> dict[str, str]:
    if not held.lines:
        return {}
    lines, track = held.lines, reader.language
    return {
        download_name(held.stem, track, "vtt", content): write_webvtt(lines, track, held.zero, content.voices),
        download_name(held.stem, track, "srt", content): write_srt(lines, track, held.zero, content.voices),
        download_name(held.stem, track, "txt", content): write_session(held, content, reader),
    }

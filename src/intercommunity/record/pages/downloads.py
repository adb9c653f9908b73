"""The list of files to take away, with what each is good for."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from intercommunity.record.content import Content
from intercommunity.record.downloads import ENDINGS, WHOLE, download_name
from intercommunity.record.pages.page import Page, title_of
from intercommunity.record.reader import Reader

KIB = 1024


class File(NamedTuple):
    ending: str
    href: str
    size: str


class Track(NamedTuple):
    """The files of a language."""

    language: str
    name: str
    files: tuple[File, ...]


class Part(NamedTuple):
    """The whole meeting, or a session of it."""

    title: Markup
    tracks: tuple[Track, ...]


def files_page(reader: Reader, content: Content, sizes: dict[str, int]) -> Page:
    context = {
        "parts": tuple(_parts(reader, content, sizes)),
        "data_size": size(sizes["record.json"], reader),
        "schema_size": size(sizes["record.schema.json"], reader),
    }
    return Page("files.html", "files.html", reader.tell("Files"), context)


def size(count: int, reader: Reader) -> str:
    """Bytes in whole KiB, at least one; in MiB where that is ten or more."""
    if count >= 10 * KIB * KIB:
        return f"{reader.number(round(count / KIB / KIB))} MiB"
    return f"{reader.number(max(1, round(count / KIB)))} KiB"


def _parts(reader: Reader, content: Content, sizes: dict[str, int]) -> Iterator[Part]:
    yield Part(reader.tell("The whole meeting"), _tracks(WHOLE, reader, content, sizes))
    for held in content.sessions:
        if held.lines:
            yield Part(title_of(held, reader), _tracks(held.stem, reader, content, sizes))


def _tracks(stem: str, reader: Reader, content: Content, sizes: dict[str, int]) -> tuple[Track, ...]:
    return tuple(_track(stem, language, reader, content, sizes) for language in content.description.languages)


def _track(stem: str, language: str, reader: Reader, content: Content, sizes: dict[str, int]) -> Track:
    names = [(ending, download_name(stem, language, ending, content)) for ending in ENDINGS]
    files = tuple(File(ending.upper(), name, size(sizes[name], reader)) for ending, name in names)
    return Track(language, reader.heading(language), files)

"""The record as HTML pages, for each language a folder of its own; knows no disk."""

from collections.abc import Iterator

from intercommunity.record.content import Content
from intercommunity.record.naming import folders
from intercommunity.record.pages.about import about_page
from intercommunity.record.pages.attendance import attendance_page
from intercommunity.record.pages.downloads import files_page
from intercommunity.record.pages.overview import overview_page
from intercommunity.record.pages.page import Page
from intercommunity.record.pages.player import recording_pages
from intercommunity.record.pages.polls import polls_pages
from intercommunity.record.pages.questions import questions_page
from intercommunity.record.pages.rendering import environment, render_chooser, render_page
from intercommunity.record.pages.sessions import session_pages
from intercommunity.record.pages.speakers import speaker_pages
from intercommunity.record.reader import Reader
from intercommunity.record.transcript import Transcript


def pages(content: Content, sizes: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Path and HTML of every page. `sizes`: bytes of the files that can be downloaded, by path."""
    templates = environment()
    folder_by_language = folders(content.description.languages)
    yield "index.html", render_chooser(templates, content, folder_by_language)
    for language, folder in folder_by_language.items():
        reader = Reader(language, content.description)
        for page in _pages_for(reader, content, sizes):
            yield f"{folder}/{page.name}", render_page(templates, page, reader, content)


def _pages_for(reader: Reader, content: Content, sizes: dict[str, int]) -> Iterator[Page]:
    yield overview_page(reader, content)
    yield from recording_pages(reader, content, sizes)
    transcript = Transcript(reader, content)
    yield from session_pages(transcript, content)
    yield from speaker_pages(transcript, content)
    yield questions_page(reader, content)
    yield from polls_pages(reader, content)
    yield attendance_page(reader, content)
    yield about_page(reader, content)
    yield files_page(reader, content, sizes)

"""Reads the pages of a record as a strict browser would, for the tests."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "track"})
NO_ICON = "data:,"
MOMENT = "t="
"""A fragment of a film, and not of a page (Media Fragments URI 1.0)."""


class PageRead(HTMLParser):
    """Elements with their attributes, in order; links; ids; text. Fails on tags that do not close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        self.links += [found[name] for name in ("href", "src") if found.get(name) and found[name] != NO_ICON]
        self.ids += [found["id"]] if found.get("id") else []
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def tags(self, name: str) -> list[dict[str, str | None]]:
        return [found for tag, found in self.elements if tag == name]


def pages_in(folder: Path) -> dict[str, PageRead]:
    return {str(path.relative_to(folder)): PageRead(path.read_text()) for path in sorted(folder.rglob("*.html"))}


def broken_links(folder: Path, pages: dict[str, PageRead]) -> list[tuple[str, str]]:
    """(page, link) of each link that leads nowhere in the folder, or out of it."""
    broken = []
    for name, page in pages.items():
        for link in page.links:
            path, _, fragment = link.partition("#")
            target = ((folder / name).parent / unquote(path)).resolve() if path else folder / name
            inside = target.is_relative_to(folder.resolve()) and target.is_file()
            whole = not fragment or fragment.startswith(MOMENT)
            found = inside and (whole or fragment in pages[str(target.relative_to(folder.resolve()))].ids)
            if not found:
                broken.append((name, link))
    return broken

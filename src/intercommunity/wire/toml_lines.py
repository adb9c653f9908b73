"""Where in a TOML text a value stands; knows nothing of what it means.

The standard library's reader gives values without places. This reads only headings and keys, which is enough to say
where `sessions[2].minutes` was written.
"""

import re

_HEADING = re.compile(r"^\s*\[(?P<many>\[)?\s*(?P<name>[^\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*(?P<key>[A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*(?:\.[^=]*)?=""")
_INLINE_KEY = re.compile(r"""[{,]\s*(?P<key>[A-Za-z0-9_-]+|"[^"]*")\s*=""")
_QUOTES = ('"""', "'''")


class TomlLines:
    """Lines (from 1) by path: `("sessions", 2, "minutes")`; a table's path is the line of its heading."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str | int, ...], int] = {(): 1}
        self._tables: dict[tuple[str | int, ...], int] = {}
        self._read(text)

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line of a path, else of the nearest thing around it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read(self, text: str) -> None:
        within: tuple[str | int, ...] = ()
        closing = ""
        for number, line in enumerate(text.split("\n"), 1):
            if closing:
                closing = "" if closing in line else closing
                continue
            heading = _HEADING.match(line)
            key = _KEY.match(line)
            if heading:
                within = self._heading(heading, number)
            elif key:
                self._key((*within, key["key"].strip("\"'")), line, number)
                closing = _left_open(line)

    def _heading(self, heading: re.Match[str], number: int) -> tuple[str | int, ...]:
        path: tuple[str | int, ...] = ()
        names = [name.strip().strip("\"'") for name in heading["name"].split(".")]
        for name in names[:-1]:
            path = self._inside((*path, name))
        path = (*path, names[-1])
        self._lines.setdefault(path, number)
        if heading["many"]:
            self._tables[path] = self._tables.get(path, -1) + 1
            path = (*path, self._tables[path])
            self._lines[path] = number
        return path

    def _inside(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        return (*path, self._tables[path]) if path in self._tables else path

    def _key(self, path: tuple[str | int, ...], line: str, number: int) -> None:
        self._lines.setdefault(path, number)
        for inline in _INLINE_KEY.finditer(line):
            self._lines.setdefault((*path, inline["key"].strip('"')), number)


def _left_open(line: str) -> str:
    """The quotes that close a text of several lines which begins here."""
    for quotes in _QUOTES:
        if line.count(quotes) == 1:
            return quotes
    return ""

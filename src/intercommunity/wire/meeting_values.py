"""Reads the values in the tables of a meeting file: texts, numbers, times, languages; knows no table."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from intercommunity.wire.text.control import clean
from intercommunity.wire.toml_lines import TomlLines

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 64
_LONGEST_NAME = 300
_FIRST_YEAR, _LAST_YEAR = 1971, 9998

Path = tuple[str | int, ...]


class Mistake(msgspec.Struct, frozen=True):
    """What is wrong in a line (from 1) and what to write instead."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


class Values:
    """Takes down every mistake and goes on: what is wrong is read as a value that it could have."""

    def __init__(self, table: dict[str, Any], lines: TomlLines) -> None:
        self.table = table
        self.lines = lines
        self.mistakes: list[Mistake] = []
        self.languages: list[str] = []

    def wrong(self, path: Path, text: str) -> None:
        self.mistakes.append(Mistake(self.lines.line_of(path), text))

    def known(self, path: Path, table: dict[str, Any], keys: Iterable[str]) -> None:
        allowed = tuple(keys)
        for key in table:
            if key not in allowed:
                nearest = _nearest(key, allowed)
                hint = f"Did you mean {nearest}?" if nearest else f"Possible here: {', '.join(allowed)}."
                self.wrong((*path, key), f"{key} is not known here. {hint}")

    def text(self, path: Path, key: str, table: dict[str, Any], *, needed: bool = True) -> str:
        value = table.get(key)
        if value is None:
            if needed:
                self.wrong(path, f'{key} is missing. Write {key} = "…".')
            return ""
        if not isinstance(value, str):
            self.wrong((*path, key), f'{key} must be text in quotes, as in {key} = "…".')
            return ""
        cleaned = clean(value)
        if needed and not cleaned:
            self.wrong((*path, key), f'{key} is empty. Write {key} = "…".')
        if len(cleaned) > _LONGEST_NAME:
            self.wrong((*path, key), f"{key} is longer than {_LONGEST_NAME} characters. Shorten it.")
        return cleaned

    def texts(self, path: Path, key: str, table: dict[str, Any]) -> dict[str, str]:
        value = table.get(key)
        if isinstance(value, str):
            self.wrong((*path, key), f'{key} needs a text per language, as in {key} = {{ en = "{clean(value)}" }}.')
            return {}
        if not isinstance(value, dict) or not value:
            example = self._example_language()
            self.wrong((*path, key), f'{key} is missing. Write {key} = {{ {example} = "…" }}.')
            return {}
        for language, text in value.items():
            if language not in self.languages:
                self.wrong((*path, key, language), self._no_such_language(language))
            if not isinstance(text, str) or not clean(text):
                self.wrong((*path, key, language), f'{language} must be text in quotes, as in {language} = "…".')
        return {language: clean(text) for language, text in value.items() if isinstance(text, str)}

    def identifier(self, path: Path, table: dict[str, Any]) -> str:
        value = self.text(path, "id", table)
        if value and (not _SLUG.fullmatch(value) or len(value) > _LONGEST_SLUG):
            self.wrong((*path, "id"), 'id must be small letters, digits and single hyphens, as in "ana-2".')
        return value

    def slug(self) -> str:
        value = self.text((), "slug", self.table)
        if value and (not _SLUG.fullmatch(value) or len(value) > _LONGEST_SLUG):
            self.wrong(("slug",), 'slug must be small letters, digits and single hyphens, as in "spring-forum".')
        return value

    def moment(self, path: Path, key: str, table: dict[str, Any]) -> int:
        """Ms UTC"""
        value = table.get(key)
        example = f"Write {key} = 2026-05-14T14:00:00Z."
        if value is None:
            self.wrong(path, f"{key} is missing. {example}")
        elif not isinstance(value, datetime):
            kind = "a day without a time" if isinstance(value, date) else "not a time"
            self.wrong((*path, key), f"{key} is {kind}. {example}")
        elif value.tzinfo is None:
            self.wrong((*path, key), f"{key} has no time zone. Put Z (UTC) or an offset as +02:00 behind it.")
        elif not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            self.wrong((*path, key), f"{key} lies in the year {value.year}. {example}")
        else:
            return int(value.astimezone(UTC).timestamp() * 1000)
        return 0

    def number(self, path: Path, key: str, table: dict[str, Any], least: int, most: int, default: int | None) -> int:
        value = table.get(key, default)
        if value is None:
            self.wrong(path, f"{key} is missing. Write {key} = {least + 14}.")
            return least
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.wrong((*path, key), f"{key} must be a whole number from {least} to {most}, without quotes.")
            return least
        return value

    def flag(self, path: Path, key: str, table: dict[str, Any]) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.wrong((*path, key), f"{key} must be true or false, without quotes.")
            return False
        return value

    def choice(self, path: Path, key: str, table: dict[str, Any], choices: Iterable[str], default: str | None) -> str:
        value = table.get(key, default)
        allowed = [str(each) for each in choices]
        if value is None:
            self.wrong(path, f"{key} is missing. Write one of: {', '.join(allowed)}.")
            return allowed[0]
        if value not in allowed:
            self.wrong((*path, key), f"{key} must be one of: {', '.join(allowed)}.")
            return allowed[0]
        return str(value)

    def strings(self, path: Path, key: str, table: dict[str, Any]) -> list[str]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.wrong((*path, key), f'{key} must be a list of texts, as in {key} = ["a", "b"].')
            return []
        return [clean(each) for each in value]

    def language_list(self, path: Path) -> list[str]:
        found = self.strings(path, "languages", self.table)
        if not found:
            self.wrong(
                ("languages",), 'languages are missing. Write languages = ["en", "es"]; the first is the default.'
            )
        self._check_tags(("languages",), found)
        if len(set(found)) < len(found):
            self.wrong(("languages",), "a language stands twice. Leave one out.")
        return found

    def language_tags(self, path: Path, table: dict[str, Any], *, within: bool) -> list[str]:
        found = self.strings(path, "languages", table)
        self._check_tags((*path, "languages"), found)
        for language in found if within else ():
            if language not in self.languages:
                self.wrong((*path, "languages"), self._no_such_language(language))
        return found

    def _check_tags(self, path: Path, languages: Iterable[str]) -> None:
        for language in languages:
            if not LANGUAGE.fullmatch(language):
                self.wrong(path, f'{language!r} is not a language tag. Write it as in "en", "es" or "pt-BR" (BCP 47).')

    def _no_such_language(self, language: str) -> str:
        return f"{language} is not one of the meeting's languages ({', '.join(self.languages)}). Add it there first."

    def _example_language(self) -> str:
        return self.languages[0] if self.languages else "en"


def _nearest(word: str, words: Iterable[str]) -> str:
    """The word that shares most of its letters' pairs with `word`, if it is like it at all."""

    def pairs(text: str) -> set[str]:
        return {text[at : at + 2] for at in range(len(text) - 1)}

    def likeness(other: str) -> float:
        return len(pairs(word) & pairs(other)) / max(1, len(pairs(word) | pairs(other)))

    best = max(words, key=likeness, default="")
    return best if best and likeness(best) >= 0.3 else ""  # noqa: PLR2004 - about half of the pairs

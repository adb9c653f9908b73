"""The meeting file: TOML by an organiser's hand into a description; every mistake is named with its line and a remedy.

Exception
└── MistakesInFile     the file does not describe a meeting; it lists all mistakes found, in order of their lines
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import available_timezones

import msgspec

from intercommunity.meeting.actor import LINK_ROLES
from intercommunity.meeting.description import Description, Entrance, Lower, NodeKind, QuestionPolicy
from intercommunity.wire.origin import ORIGINS_EXPLAINED, is_origin
from intercommunity.wire.text.control import clean
from intercommunity.wire.toml_lines import TomlLines

ENGINES = ("apertium", "libretranslate", "none")
TERM_KINDS = ("name", "acronym", "term")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LONGEST_SLUG = 64
_LONGEST_NAME = 300
_LONGEST_MINUTES = 24 * 60
_FIRST_YEAR, _LAST_YEAR = 1971, 9998

Path = tuple[str | int, ...]


class Mistake(msgspec.Struct, frozen=True):
    """What is wrong in a line (from 1) and what to write instead."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


class MistakesInFile(Exception):  # noqa: N818 - theirs, not ours
    code = "meeting_file_invalid"

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = sorted(mistakes, key=lambda mistake: mistake.line)
        super().__init__("\n".join(map(str, self.mistakes)))


def read_meeting_file(text: str) -> Description:
    """A description from the text of a meeting file. Raises `MistakesInFile`."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # the reader also trips over huge numbers and deep nesting
        raise MistakesInFile([_not_toml(error, text)]) from error
    reading = _Reading(table, TomlLines(text))
    content = reading.meeting()
    if reading.mistakes:
        raise MistakesInFile(reading.mistakes)
    return msgspec.convert(content, Description)


def _not_toml(error: Exception, text: str) -> Mistake:
    found = re.search(r"at line (\d+)", str(error))
    line = int(found[1]) if found else text.count("\n") + 1
    what = re.sub(r"\s*\(at .*\)", "", str(error))
    return Mistake(line, f'this is not TOML: {what}. Write key = "text", key = ["a", "b"] or [[table]].')


class _Reading:
    """Walks the tables of one file; takes down every mistake and goes on."""

    def __init__(self, table: dict[str, Any], lines: TomlLines) -> None:
        self.table = table
        self.lines = lines
        self.mistakes: list[Mistake] = []
        self.languages: list[str] = []

    def wrong(self, path: Path, text: str) -> None:
        self.mistakes.append(Mistake(self.lines.line_of(path), text))

    def meeting(self) -> dict[str, Any]:
        self.known((), self.table, _TOP_KEYS)
        self.languages = self.language_list(())
        content = {
            "slug": self.slug(),
            "title": self.texts((), "title", self.table),
            "starts": self.moment((), "starts", self.table),
            "languages": self.languages,
            "translator": self.choice((), "translator", self.table, ENGINES, "apertium"),
            "entrance": self.choice((), "entrance", self.table, tuple(Entrance), "open"),
            "rehearsal": self.flag((), "rehearsal", self.table),
            "questions": self.question_rules(),
            "speakers": self.each("speakers", self.speaker),
            "nodes": self.each("nodes", self.node),
            "sessions": self.each("sessions", self.session),
            "people": self.each("people", self.person),
            "glossary": self.each("glossary", self.term),
            "programme": self.programme(),
            "channels": self.each("channels", self.channel),
            "sign": self.sign(),
        }
        self.check_references(content)
        return content

    # Tables

    def each(self, key: str, read: Callable[[Path, dict[str, Any]], dict[str, Any]]) -> list[dict[str, Any]]:
        tables = self.table.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            self.wrong((key,), f"{key} must be tables. Write [[{key}]] above each.")
            return []
        return [read((key, number), table) for number, table in enumerate(tables)]

    def question_rules(self) -> dict[str, Any]:
        table = self.table.get("questions", {})
        if not isinstance(table, dict):
            self.wrong(("questions",), "questions must be a table. Write [questions].")
            return {}
        path: Path = ("questions",)
        self.known(path, table, ("policy", "per_person_per_hour"))
        return {
            "policy": self.choice(path, "policy", table, tuple(QuestionPolicy), "moderated"),
            "per_person_per_hour": self.number(path, "per_person_per_hour", table, 1, 1000, 12),
        }

    def speaker(self, path: Path, table: dict[str, Any]) -> dict[str, Any]:
        self.known(path, table, ("id", "name", "affiliation", "languages"))
        return {
            "id": self.identifier(path, table),
            "name": self.text(path, "name", table),
            "affiliation": self.text(path, "affiliation", table, needed=False),
            "languages": self.language_tags(path, table, within=False),
        }

    def node(self, path: Path, table: dict[str, Any]) -> dict[str, Any]:
        self.known(path, table, ("id", "city", "country", "time_zone", "kind", "server"))
        country = self.text(path, "country", table)
        if country and not _COUNTRY.fullmatch(country):
            self.wrong((*path, "country"), 'country must be two capital letters (ISO 3166-1), as in "KE".')
        zone = self.text(path, "time_zone", table)
        if zone and zone not in available_timezones():
            self.wrong((*path, "time_zone"), f'there is no time zone {zone!r}. Write one as in "Africa/Nairobi".')
        return {
            "id": self.identifier(path, table),
            "city": self.text(path, "city", table),
            "country": country,
            "time_zone": zone,
            "kind": self.choice(path, "kind", table, tuple(NodeKind), "viewing"),
            "server": self.flag(path, "server", table),
        }

    def session(self, path: Path, table: dict[str, Any]) -> dict[str, Any]:
        self.known(path, table, ("id", "title", "starts", "minutes", "speakers"))
        return {
            "id": self.identifier(path, table),
            "title": self.texts(path, "title", table),
            "starts": self.moment(path, "starts", table),
            "minutes": self.number(path, "minutes", table, 1, _LONGEST_MINUTES, None),
            "speakers": self.strings(path, "speakers", table),
        }

    def person(self, path: Path, table: dict[str, Any]) -> dict[str, Any]:
        self.known(path, table, ("name", "role", "languages", "node", "delay_ms"))
        return {
            "name": self.text(path, "name", table),
            "role": self.choice(path, "role", table, LINK_ROLES, None),
            "languages": self.language_tags(path, table, within=True),
            "node": self.text(path, "node", table, needed=table.get("role") == "node"),
            "delay_ms": self.number(path, "delay_ms", table, 0, 60_000, 0),
        }

    def term(self, path: Path, table: dict[str, Any]) -> dict[str, Any]:
        texts = {key: value for key, value in table.items() if key not in ("kind", "short")}
        for key, value in texts.items():
            if key not in self.languages:
                self.wrong((*path, key), self._no_such_language(key))
            elif not isinstance(value, str):
                self.wrong((*path, key), f'{key} must be text in quotes, as in {key} = "…".')
        if not texts:
            self.wrong(path, f'this entry has no words. Write at least {self._example_language()} = "…".')
        return {
            "kind": self.choice(path, "kind", table, TERM_KINDS, "term"),
            "texts": {key: clean(value) for key, value in texts.items() if isinstance(value, str)},
            "short": self.text(path, "short", table, needed=False),
        }

    def programme(self) -> dict[str, Any] | None:
        path: Path = ("programme",)
        table = self.one("programme", ("from", "delay_ms", "key", "kbit", "lower"))
        if table is None:
            return None
        return {
            **self.origin(path, table),
            "kbit": self.number(path, "kbit", table, 32, 192, 48),
            "lower": self.choice(path, "lower", table, tuple(Lower), "auto"),
        }

    def sign(self) -> dict[str, Any] | None:
        table = self.one("sign", ("language", "from", "delay_ms", "key"))
        if table is None:
            return None
        path: Path = ("sign",)
        language = self.text(path, "language", table)
        if language and not _LANGUAGE.fullmatch(language):
            self.wrong((*path, "language"), 'language must be a sign language\'s tag (BCP 47), as in "ase" or "ssp".')
        return {"language": language, **self.origin(path, table)}

    def one(self, key: str, keys: Iterable[str]) -> dict[str, Any] | None:
        """A table that stands once or not at all."""
        table = self.table.get(key)
        if table is not None and not isinstance(table, dict):
            self.wrong((key,), f"{key} must be a table. Write [{key}].")
            return None
        self.known((key,), table or {}, keys)
        return table

    def channel(self, path: Path, table: dict[str, Any]) -> dict[str, Any]:
        self.known(path, table, ("language", "from", "delay_ms", "key"))
        language = self.text(path, "language", table)
        if language:
            self._check_tags((*path, "language"), [language])
        return {"language": language, **self.origin(path, table)}

    def origin(self, path: Path, table: dict[str, Any]) -> dict[str, Any]:
        source = self.text(path, "from", table)
        if source and not is_origin(source):
            self.wrong((*path, "from"), ORIGINS_EXPLAINED)
        return {
            "source": source,
            "delay_ms": self.number(path, "delay_ms", table, 0, 60_000, 0),
            "key": self.number(path, "key", table, 0, 9999, 0),
        }

    # Values

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
            if not _LANGUAGE.fullmatch(language):
                self.wrong(path, f'{language!r} is not a language tag. Write it as in "en", "es" or "pt-BR" (BCP 47).')

    def _no_such_language(self, language: str) -> str:
        return f"{language} is not one of the meeting's languages ({', '.join(self.languages)}). Add it there first."

    def _example_language(self) -> str:
        return self.languages[0] if self.languages else "en"

    # What refers to what

    def check_references(self, content: dict[str, Any]) -> None:
        for key in ("speakers", "sessions", "nodes"):
            self._check_unique(key, content[key])
        speakers = {speaker["id"] for speaker in content["speakers"]}
        for number, session in enumerate(content["sessions"]):
            for speaker in session["speakers"]:
                if speaker not in speakers:
                    path = ("sessions", number, "speakers")
                    self.wrong(path, f"there is no speaker {speaker}. Add [[speakers]] with that id, or mend the name.")
        nodes = {node["id"] for node in content["nodes"]}
        for number, person in enumerate(content["people"]):
            if person["node"] and person["node"] not in nodes:
                path = ("people", number, "node")
                self.wrong(path, f"there is no node {person['node']}. Add [[nodes]] with that id, or mend the name.")
        self._check_hub(content["nodes"])
        self._check_channels(content)

    def _check_channels(self, content: dict[str, Any]) -> None:
        if content["sign"] is not None and content["programme"] is None:
            self.wrong(("sign",), "sign language needs a programme. Add [programme] with its from.")
        seen: set[str] = set()
        for number, channel in enumerate(content["channels"]):
            if content["programme"] is None:
                self.wrong(("channels", number), "a channel needs a programme. Add [programme] with its from.")
            if channel["language"] in seen:
                self.wrong(("channels", number, "language"), f"there is a channel {channel['language']} already.")
            seen.add(channel["language"])

    def _check_unique(self, key: str, tables: list[dict[str, Any]]) -> None:
        seen: set[str] = set()
        for number, table in enumerate(tables):
            if table["id"] in seen:
                self.wrong((key, number, "id"), f"the id {table['id']} stands twice in {key}. Give one another id.")
            seen.add(table["id"])

    def _check_hub(self, nodes: list[dict[str, Any]]) -> None:
        hubs = [number for number, node in enumerate(nodes) if node["kind"] == NodeKind.HUB]
        if nodes and not hubs:
            self.wrong(("nodes", 0), 'no node is the hub. Write kind = "hub" at the one where the stage is.')
        for number in hubs[1:]:
            self.wrong(("nodes", number, "kind"), 'there is a hub already. Write kind = "interactive" or "viewing".')


_TOP_KEYS = (
    "slug",
    "title",
    "starts",
    "languages",
    "translator",
    "entrance",
    "rehearsal",
    "questions",
    "speakers",
    "nodes",
    "sessions",
    "people",
    "glossary",
    "programme",
    "channels",
    "sign",
)


def _nearest(word: str, words: Iterable[str]) -> str:
    """The word that shares most of its letters' pairs with `word`, if it is like it at all."""

    def pairs(text: str) -> set[str]:
        return {text[at : at + 2] for at in range(len(text) - 1)}

    def likeness(other: str) -> float:
        return len(pairs(word) & pairs(other)) / max(1, len(pairs(word) | pairs(other)))

    best = max(words, key=likeness, default="")
    return best if best and likeness(best) >= 0.3 else ""  # noqa: PLR2004 - about half of the pairs

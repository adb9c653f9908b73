"""The meeting file: TOML by an organiser's hand into a description; every mistake is named with its line and a remedy.

Exception
└── MistakesInFile     the file does not describe a meeting; it lists all mistakes found, in order of their lines
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import available_timezones

import msgspec

from intercommunity.meeting.actor import LINK_ROLES
from intercommunity.meeting.description import Description, Entrance, Lower, NodeKind, QuestionPolicy
from intercommunity.wire.meeting_values import LANGUAGE, Mistake, Path, Values
from intercommunity.wire.origin import ORIGINS_EXPLAINED, is_origin
from intercommunity.wire.text.control import clean
from intercommunity.wire.toml_lines import TomlLines

ENGINES = ("apertium", "libretranslate", "none")
TERM_KINDS = ("name", "acronym", "term")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LONGEST_MINUTES = 24 * 60


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


class _Reading(Values):
    """Walks the tables of one file."""

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
        if language and not LANGUAGE.fullmatch(language):
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

"""Tells stories: reads commands line by line, plays them on nodes, and writes what came of each below it.

    # a remark                                  stays as it is
    rooms hub valdivia                          these have a server each; without this line, the hub alone
    describe policy=open rehearsal=true         the organiser loads the meeting of `meeting()`, so changed
    link mo moderator languages='["es"]'        issues a link; `mo` is the actor's name from here on
    join ana country=UY language=es             somebody joins; `ana` is the actor's name
    ana: ask_question text="¿Qué?" language=es  a command, its fields as JSON or, else, as text
    ana@valdivia: vote_for question=hub-9       the same at another node
    see public es questions/hub-9               what an audience is shown; `see public es captions/es` for lines
    see host en floor @valdivia                 the same at another node
    me ana es                                   what one person is shown of themselves
    wait 2m                                     time goes on (s, m or h)
    clock valdivia -2h                          a node's clock is wrong from here on
    send valdivia hub                           what the first holds reaches the second, which notes closes it hears of
    restart hub                                 the node begins again from what it holds

Times are written as they are on the clock, and left out where they are not of this day.
"""

import json
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import replace

from intercommunity.meeting import description as said
from intercommunity.meeting.access.commands import IssueLink, Join
from intercommunity.meeting.access.rules import who_holds
from intercommunity.meeting.actor import MACHINE, NOBODY, ORGANISER, Actor, Role
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.commands import AnyCommand
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.log import Event
from intercommunity.meeting.polls.commands import HearClose
from intercommunity.meeting.refusal import Refused
from intercommunity.meeting.replica import Replica
from intercommunity.meeting.views import Audience, view, view_captions, view_me

START = 1_778_767_200_000
"""14:00 UTC"""
DAY_MS = 86_400_000
UNITS_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000}
INSIDE = {"organiser": ORGANISER, "machine": MACHINE, "public": NOBODY}


def meeting(servers: frozenset[str]) -> said.Description:
    """The meeting of all stories."""
    nodes = (
        said.Node("hub", "Kisumu", "KE", "Africa/Nairobi", said.NodeKind.HUB),
        said.Node("valdivia", "Valdivia", "CL", "America/Santiago", said.NodeKind.INTERACTIVE, "valdivia" in servers),
        said.Node("dakar", "Dakar", "SN", "Africa/Dakar", said.NodeKind.VIEWING, "dakar" in servers),
    )
    return said.Description(
        slug="forum",
        title={"en": "Forum", "es": "Foro"},
        starts=START,
        languages=("en", "es"),
        sessions=(
            said.Session("welcome", {"en": "Welcome", "es": "Bienvenida"}, START, 10),
            said.Session("questions", {"en": "Questions", "es": "Preguntas"}, START + 600_000, 20),
        ),
        nodes=nodes,
    )


class Stage:
    """`tell` gives back the whole story with what came of each line."""

    def __init__(self) -> None:
        self.time = START
        self.tokens: dict[str, str] = {}
        self._rooms(["hub"])

    def _rooms(self, names: list[str]) -> None:
        self.replicas = {name: Replica(name) for name in names}
        self.held: dict[str, list[Event]] = {name: [] for name in names}
        self.drift = dict.fromkeys(names, 0)

    def tell(self, story: str) -> str:
        told: list[str] = []
        for line in story.splitlines():
            if line.startswith("    "):
                continue
            told.append(line)
            if line and not line.startswith("#"):
                told += [f"    {came}" for came in self._play(line)]
        return "\n".join(told) + "\n"

    def _play(self, line: str) -> Iterator[str]:
        first, *words = shlex.split(line)
        if first.endswith(":"):
            yield from self._wish_of(first[:-1], words)
        else:
            yield from getattr(self, f"_{first}")(words) or ()

    # Wishes

    def _wish_of(self, who: str, words: list[str]) -> Iterator[str]:
        name, _, node = who.partition("@")
        kind, *fields = words
        command = msgspec.convert({"kind": kind, **_fields(fields)}, AnyCommand)
        return self._wish(command, name, node or "hub")

    def _wish(self, command: Command, who: str, node: str) -> Iterator[str]:
        now = self.time + self.drift[node]
        try:
            actor = self._actor(who, node, now)
            events = self.replicas[node].wish(command, actor, now)
        except Refused as refused:
            yield _line("refused", refused.code, refused.values)
            return
        if not events:
            yield "nothing: it is so already"
        for event in events:
            assert isinstance(event, Event)
            self.held[node].append(event)
            fact = msgspec.to_builtins(event.fact)
            yield _line(event.id, fact.pop("kind"), fact)

    def _actor(self, name: str, node: str, now: int) -> Actor:
        if name in INSIDE:
            return INSIDE[name]
        return who_holds(self.replicas[node].meeting.access, self.tokens[name], now)

    def _describe(self, words: list[str]) -> Iterator[str]:
        described = meeting(frozenset(self.replicas) - {"hub"})
        fields = _fields(words)
        rules = {key: fields.pop(key) for key in ("policy", "per_person_per_hour") if key in fields}
        changed = msgspec.convert({**msgspec.to_builtins(described), **fields, "questions": rules}, said.Description)
        if not words:
            changed = replace(changed, questions=described.questions)
        yield from (
            came.partition(" description=")[0] for came in self._wish(DescribeMeeting(changed), "organiser", "hub")
        )

    def _link(self, words: list[str]) -> Iterator[str]:
        name, role, *fields = words
        given = _fields(fields)
        expires = given.pop("expires_after", "")
        token = self.tokens[name] = _hash(f"{name} {given.pop('secret', '')}")
        ends = self.time + _ms(expires) if expires else 0
        command = msgspec.convert(
            {"link": name, "role": role, "token_hash": token, "expires": ends, **given}, IssueLink
        )
        return self._wish(command, "organiser", "hub")

    def _join(self, words: list[str]) -> Iterator[str]:
        name, *fields = words
        token = self.tokens[name] = _hash(name)
        command = msgspec.convert({"name": name.title(), "token_hash": token, **_fields(fields)}, Join)
        return self._wish(command, "public", "hub")

    # Looking

    def _see(self, words: list[str]) -> Iterator[str]:
        role, language, topic, *at = words
        shown = self.replicas[at[0][1:] if at else "hub"].meeting
        if topic.startswith("captions/"):
            lines = view_captions(shown, topic.partition("/")[2]).lines
            yield from (_line(line["id"], "", line, "id") for line in map(msgspec.to_builtins, lines))
            yield from () if lines else ("no lines",)
            return
        found = view(shown, topic, Audience(Role(role), (language,)))
        yield "nothing" if found is None else _line("", "", msgspec.to_builtins(found)) or "empty"

    def _me(self, words: list[str]) -> Iterator[str]:
        name, language = words
        actor = self._actor(name, "hub", self.time)
        yield _line("", "", msgspec.to_builtins(view_me(self.replicas["hub"].meeting, actor.person, language)))

    # Time and lines between rooms

    def _wait(self, words: list[str]) -> None:
        self.time += _ms(words[0])

    def _clock(self, words: list[str]) -> None:
        self.drift[words[0]] = _ms(words[1])

    def _send(self, words: list[str]) -> Iterator[str]:
        source, target = words
        replica = self.replicas[target]
        have = {event.id for event in self.held[target]}
        new = [event for event in self.held[source] if event.id not in have]
        self.held[target] += new
        replica.receive(new)
        yield f"{len(new)} events" if new else "nothing new"
        for poll in list(replica.meeting.polls.by_id.values()):
            if poll.closed_at and target not in poll.heard:
                yield from self._wish(HearClose(poll.id), "machine", target)

    def _restart(self, words: list[str]) -> None:
        self.replicas[words[0]] = Replica(words[0])
        self.replicas[words[0]].receive(self.held[words[0]])


def _fields(words: list[str]) -> dict[str, Any]:
    pairs = (word.partition("=") for word in words)
    return {key: _value(value) for key, _, value in pairs}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _ms(span: str) -> int:
    return int(span[:-1]) * UNITS_MS[span[-1]]


def _line(first: str, second: str, fields: dict[str, Any], *without: str) -> str:
    said_fields = [f"{key}={_shown(value)}" for key, value in fields.items() if key not in without]
    return " ".join(part for part in (first, second, *said_fields) if part)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        value = value if len(value) < 60 or " " in value else "…"  # a hash
        return value if value and not set(value) & set(" \"{}[],'") else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and START - DAY_MS < value < START + DAY_MS:
        at = datetime.fromtimestamp(value / 1000, UTC)
        return f"{at:%H:%M:%S}" + (f".{value % 1000:03}" if value % 1000 else "")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return json.dumps(value)

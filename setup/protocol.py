"""Writes the lists of docs/protocol.md (commands, views, events, refusals) from the code; the prose is by hand."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import msgspec

from intercommunity.meeting import views
from intercommunity.meeting.access.view import BlockedView
from intercommunity.meeting.agenda.view import GlossaryView, MeetingView
from intercommunity.meeting.captions.view import LinesView, LineView
from intercommunity.meeting.commands import RIGHTS
from intercommunity.meeting.facts import AnyFact
from intercommunity.meeting.floor.view import FloorView
from intercommunity.meeting.kinds import kind_of
from intercommunity.meeting.nodes.view import NodesView
from intercommunity.meeting.polls.view import PollView
from intercommunity.meeting.questions.view import QuestionView, ReplyView
from intercommunity.wire.sentences import SENTENCES

PAGE = Path(__file__).parents[1] / "docs/protocol.md"

VIEWS = {
    "meeting": MeetingView,
    "floor": FloorView,
    "nodes": NodesView,
    "questions/<id>": QuestionView,
    "reply, in a question": ReplyView,
    "polls/<id>": PollView,
    "me": views.MeView,
    "glossary": GlossaryView,
    "blocked": BlockedView,
    "captions/<language>": LinesView,
    "line, in captions": LineView,
}


def lists() -> dict[str, str]:
    """The generated parts of the page, by the name between their marks."""
    return {
        "commands": _table(("kind", "fields", "who may"), _commands()),
        "views": _table(("topic", "fields"), _views()),
        "events": _table(("kind", "fields"), _events()),
        "codes": _table(("code", "sentence"), sorted((f"`{code}`", text) for code, text in SENTENCES.items())),
    }


def fill(page: str) -> str:
    """The page with its generated parts as they are now."""
    for name, content in lists().items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        assert marks.search(page), name
        page = marks.sub(lambda found, content=content: found[1] + content + found[2], page)
    return page


def _commands() -> Iterator[tuple[str, ...]]:
    for command, roles in RIGHTS.items():
        yield f"`{kind_of(command.__name__)}`", _fields(command), ", ".join(sorted(roles))


def _views() -> Iterator[tuple[str, ...]]:
    for topic, view in VIEWS.items():
        yield f"`{topic}`", _fields(view)


def _events() -> Iterator[tuple[str, ...]]:
    for fact in get_args(AnyFact):
        yield f"`{kind_of(fact.__name__)}`", _fields(fact)


def _fields(struct: type[msgspec.Struct]) -> str:
    described = [f"`{field.encode_name}`{'' if field.required else '?'}" for field in msgspec.structs.fields(struct)]
    return " ".join(described) or "none"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(fill(PAGE.read_text()))

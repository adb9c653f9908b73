"""Writes the shapes of views and commands as TypeScript, so that the pages cannot fall behind; knows no values.

`python -m intercommunity.wire.typescript` renews `web/src/live/types.ts`; a test fails while it is stale.

1. A view leaves out what has its default value, so such a field may be missing. A command may leave it out too.
2. Only the commands that somebody with a link, or nobody in particular, may send are written: the rest comes from
   inside the server.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from msgspec import inspect

from intercommunity.meeting.access.view import BlockedView
from intercommunity.meeting.actor import LINK_ROLES, Role
from intercommunity.meeting.agenda.view import GlossaryView, MeetingView
from intercommunity.meeting.captions.view import LinesView
from intercommunity.meeting.commands import RIGHTS, AnyCommand
from intercommunity.meeting.floor.view import FloorView
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.nodes.view import NodesView
from intercommunity.meeting.polls.view import PollView
from intercommunity.meeting.views import MeView
from intercommunity.wire.commands import Draft

VIEWS = (MeetingView, GlossaryView, FloorView, NodesView, BlockedView, LinesView, PollView, MeView)
"""The views that pages are sent; what they are made of is found from here."""

TARGET = Path(__file__).parents[3] / "web/src/live/types.ts"

HEAD = """\
/**
 * What the server sends and takes, as `python -m intercommunity.wire.typescript` wrote it from the server's own
 * shapes: do not edit. A field that may be missing has its default value then: nothing, none, no, empty or 0.
 */
"""

_SENDERS = {*LINK_ROLES, Role.PUBLIC}
_PLAIN = {
    inspect.StrType: "string",
    inspect.IntType: "number",
    inspect.FloatType: "number",
    inspect.BoolType: "boolean",
    inspect.NoneType: "null",
}


def typescript() -> str:
    """The whole file: interfaces in the order in which they are first needed, each written once."""
    commands = sent_commands()
    written: dict[str, str] = {}
    for each in (*VIEWS, *commands):
        _write(inspect.type_info(each), written)
    return "\n".join((HEAD, *written.values(), _union(commands)))


def sent_commands() -> tuple[type[Command], ...]:
    return (*(each for each in get_args(AnyCommand) if RIGHTS[each] & _SENDERS), Draft)


def _write(kind: inspect.Type, written: dict[str, str]) -> None:
    """Adds the interface of a struct after those it is made of."""
    for part in _parts(kind):
        _write(part, written)
    if isinstance(kind, inspect.StructType) and kind.cls.__name__ not in written:
        written[kind.cls.__name__] = _interface(kind)


def _parts(kind: inspect.Type) -> Iterator[inspect.Type]:
    match kind:
        case inspect.StructType():
            yield from (field.type for field in kind.fields)
        case inspect.VarTupleType() | inspect.ListType():
            yield kind.item_type
        case inspect.DictType():
            yield from (kind.key_type, kind.value_type)
        case inspect.UnionType():
            yield from kind.types


def _interface(kind: inspect.StructType) -> str:
    tag = [f"  {kind.tag_field}: '{kind.tag}'"] if kind.tag_field else []
    omits = kind.cls.__struct_config__.omit_defaults or issubclass(kind.cls, Command)
    fields = [f"  {each.encode_name}{_mark(each, omits=omits)}: {_spelled(each.type)}" for each in kind.fields]
    return "\n".join((f"export interface {kind.cls.__name__} {{", *tag, *fields, "}", ""))


def _mark(field: inspect.Field, *, omits: bool) -> str:
    return "?" if omits and not field.required else ""


def _spelled(kind: inspect.Type) -> str:
    """A type as TypeScript spells it; raises `TypeError` for one that no view and no command has had so far."""
    match kind:
        case inspect.StructType():
            return kind.cls.__name__
        case inspect.EnumType():
            return " | ".join(f"'{each.value}'" for each in kind.cls)
        case inspect.VarTupleType() | inspect.ListType():
            return _list_of(_spelled(kind.item_type))
        case inspect.DictType():
            return f"Record<string, {_spelled(kind.value_type)}>"
        case inspect.UnionType():
            return " | ".join(_spelled(each) for each in kind.types)
    if type(kind) not in _PLAIN:
        raise TypeError(f"{kind!r} has no spelling in TypeScript yet")
    return _PLAIN[type(kind)]


def _list_of(item: str) -> str:
    return f"({item})[]" if " " in item and not item.startswith("Record<") else f"{item}[]"


def _union(commands: tuple[type[Command], ...]) -> str:
    return "\n".join(("export type Command =", *(f"  | {each.__name__}" for each in commands), ""))


def renew(target: Path = TARGET) -> None:
    target.write_text(typescript(), encoding="utf-8")


if __name__ == "__main__":
    renew()

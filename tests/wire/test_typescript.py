"""The pages' own file of shapes is the one the server would write now."""

import pytest
from msgspec import Struct, inspect

from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.captions.commands import TranslateLine
from intercommunity.meeting.questions.commands import AskQuestion
from intercommunity.wire.typescript import TARGET, _spelled, _write, renew, sent_commands, typescript


def test_typescript_of_the_pages_is_fresh():
    assert TARGET.read_text(encoding="utf-8") == typescript(), "run: python -m intercommunity.wire.typescript"


def test_renew_writes_the_whole_file(tmp_path):
    renew(tmp_path / "types.ts")
    assert (tmp_path / "types.ts").read_text(encoding="utf-8") == typescript()


def test_sent_commands_leaves_out_what_comes_from_inside_the_server():
    sent = sent_commands()
    assert AskQuestion in sent
    assert DescribeMeeting not in sent
    assert TranslateLine not in sent


class Leaf(Struct, omit_defaults=True):
    name: str
    size: int = 0


class Tree(Struct, tag_field="kind", tag="tree"):
    leaves: tuple[Leaf, ...]
    by_name: dict[str, Leaf | None]
    alive: bool = True


def test_write_puts_parts_first_and_marks_what_may_be_missing():
    written = {}
    _write(inspect.type_info(Tree), written)
    assert written == {
        "Leaf": "export interface Leaf {\n  name: string\n  size?: number\n}\n",
        "Tree": (
            "export interface Tree {\n  kind: 'tree'\n  leaves: Leaf[]\n"
            "  by_name: Record<string, Leaf | null>\n  alive: boolean\n}\n"
        ),
    }


def test_spelled_refuses_what_it_does_not_know():
    with pytest.raises(TypeError, match="no spelling"):
        _spelled(inspect.type_info(bytes))

"""The two shapes everything in a meeting has: facts, which happened, and commands, which are wishes."""

import re

from msgspec import Struct


def kind_of(class_name: str) -> str:
    """`QuestionAsked` -> `question_asked`: the `kind` under which it travels."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


class Fact(Struct, frozen=True, tag_field="kind", tag=kind_of, omit_defaults=True):
    """Something that happened, in the past tense; it is never refused."""


class Command(Struct, frozen=True, tag_field="kind", tag=kind_of, forbid_unknown_fields=True):
    """Something that somebody wishes; `decide` grants or refuses it."""


class View(Struct, frozen=True, omit_defaults=True):
    """What somebody may see of one thing."""

"""Commands as JSON: what people send is cleaned and checked here, before anything else sees it.

A command is one JSON object: its `kind`, the fields of that kind, and `key`, by which a repeated wish is recognised.
"""

import re
from typing import Annotated, Any, cast

import msgspec

from intercommunity.meeting.commands import AnyCommand
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.limits import Language, Name
from intercommunity.wire.malformed import Malformed
from intercommunity.wire.text.control import clean

LONGEST_KEY = 64
DEEPEST = 16
DraftText = Annotated[str, msgspec.Meta(max_length=2_000)]


class Draft(Command, frozen=True):
    """Words that a captioner has not finished. Shown, not logged; empty: nothing is being typed."""

    track: Language
    text: DraftText = ""
    speaker: Name = ""


Wish = AnyCommand | Draft


def decode_command(body: bytes) -> tuple[Wish, str]:
    """The command and its key (empty: none). Raises `Malformed`."""
    wish = _decode_object(body)
    key = wish.pop("key", "")
    if not isinstance(key, str) or len(key) > LONGEST_KEY:
        raise Malformed("field_invalid", field="key", expected=f"text of at most {LONGEST_KEY} characters")
    return convert_command(wish), key


def _decode_object(body: bytes) -> dict[str, Any]:
    try:
        decoded = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("not_json") from error
    if not isinstance(decoded, dict):
        raise Malformed("not_an_object")
    return decoded


def convert_command(wish: dict[str, Any]) -> Wish:
    """A command from a decoded JSON object; every text in it is cleaned first. Raises `Malformed`."""
    try:
        return cast("Wish", msgspec.convert(_cleaned(wish), Wish))
    except msgspec.ValidationError as error:
        raise _malformed(str(error)) from error


def _cleaned(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise Malformed("field_invalid", field="", expected=f"nothing nested deeper than {DEEPEST}")
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(each, depth + 1) for key, each in value.items()}
    return value


_WHERE = re.compile(r"^(?P<expected>.*?)(?: - at `\$\.?(?P<field>[^`]*)`)?$", re.DOTALL)
_LENGTH = re.compile(r"of length (?P<sign><=|>=) (?P<length>\d+)")


def _malformed(message: str) -> Malformed:
    found = _WHERE.match(message)
    expected, field = (found["expected"], found["field"] or "") if found else (message, "")
    if field == "kind" or "`kind`" in expected:
        return Malformed("kind_unknown")
    length = _LENGTH.search(expected)
    if length and length["sign"] == "<=":
        return Malformed("text_too_long", field=field, most=int(length["length"]))
    if length and length["length"] == "1":
        return Malformed("text_empty", field=field)
    return Malformed("field_invalid", field=field, expected=expected.removeprefix("Expected "))

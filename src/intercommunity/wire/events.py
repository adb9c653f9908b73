"""Events as JSON, as they stand in a log and travel between nodes; knows neither disk nor network.

    {"stamp": [1446300000000, 0, "hub", 17], "actor": "link:host", "fact": {"kind": "session_opened", …}, "key": "…"}

`stamp` is time (ms UTC), count, node and number. `wall` (ms UTC) is there only where the stamp runs far ahead of the
wall clock; `key`, too, is left out where it is empty, as is everything in a fact that has its default. What may change
later, so that logs stay readable for ever:

1. A fact may get new fields, with a default. Who does not know a field skips it.
2. A field is never renamed, and never gets another meaning or type: a new kind is made instead.
3. An unknown kind is an error (`event_kind_unknown`): what it means for the state cannot be guessed, and a node that
   skipped it would show something else than the others. Such a log needs a newer version of this software.
"""

from typing import Any

import msgspec

from intercommunity.meeting.facts import AnyFact
from intercommunity.meeting.log import Event
from intercommunity.wire.malformed import Malformed

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Event)
_kinds = frozenset(str(kind.__struct_config__.tag) for kind in AnyFact.__args__)

encode_event = _encoder.encode
"""One event, as UTF-8 JSON without white space: the same bytes for the same event."""


def decode_event(body: bytes) -> Event:
    """The event that `encode_event` made; its id is named where it can still be read.

    Raises `Malformed`: `event_kind_unknown` (event, kind) or `event_unreadable` (event, reason).
    """
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _malformed(body, str(error)) from error


def _malformed(body: bytes, reason: str) -> Malformed:
    try:
        loose = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Malformed("event_unreadable", event="?", reason=reason)
    kind = _inside(_inside(loose, "fact"), "kind")
    if isinstance(kind, str) and kind not in _kinds:
        return Malformed("event_kind_unknown", event=_id_in(loose), kind=kind)
    return Malformed("event_unreadable", event=_id_in(loose), reason=reason)


def _id_in(loose: Any) -> str:
    match _inside(loose, "stamp"):
        case [_, _, str(node), int(number)]:
            return f"{node}-{number}"
    return "?"


def _inside(loose: Any, key: str) -> Any:
    return loose.get(key) if isinstance(loose, dict) else None

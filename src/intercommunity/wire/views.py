"""Views as JSON, in the two shapes a viewer gets them: the whole (`now`) and the changes since (a message).

now      {"id", "time", "views": {topic: view}, "lines": {topic: {"lines": […], "earlier": bool}}}
message  {"set": {topic: view or null}, "lines": {topic: [line, …]}}

Absent fields of a view have their default. Null takes a topic away. Lines are kept by id, in order of start,
then of the number in the id.
"""

from collections.abc import Mapping, Sequence

import msgspec

from intercommunity.meeting.captions.view import LinesView, LineView
from intercommunity.meeting.kinds import View

_encoder = msgspec.json.Encoder()

Encoded = msgspec.Raw
"""JSON that is ready, to be put into a larger one as it is."""


def encode(value: object) -> bytes:
    return _encoder.encode(value)


def encode_view(view: View | None) -> msgspec.Raw:
    return msgspec.Raw(_encoder.encode(view))


def encode_now(
    event_id: str, time: int, views: Mapping[str, msgspec.Raw], lines: Mapping[str, LinesView | msgspec.Raw]
) -> bytes:
    """`time` is the server's, ms UTC, so that a viewer's wrong clock does not matter."""
    return _encoder.encode({"id": event_id, "time": time, "views": views, "lines": lines})


def encode_changes(views: Mapping[str, msgspec.Raw], lines: Mapping[str, Sequence[LineView]]) -> bytes:
    changes: dict[str, object] = {}
    if views:
        changes["set"] = views
    if lines:
        changes["lines"] = lines
    return _encoder.encode(changes)

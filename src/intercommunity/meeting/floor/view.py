"""What may be seen of the stage: everybody sees which session is open since when, and who has the floor."""

from msgspec import field

from intercommunity.meeting.floor.rules import Floor, Span
from intercommunity.meeting.kinds import View


class FloorView(View, frozen=True):
    session: str = ""
    speaker: str = ""
    language: str = ""
    node: str = ""
    since: int = 0
    spans: dict[str, Span] = field(default_factory=dict)
    """When each session ran, by session."""


def view_floor(floor: Floor) -> FloorView:
    turn = floor.turn()
    return FloorView(
        session=floor.session,
        speaker=turn.speaker,
        language=turn.language,
        node=turn.node,
        since=turn.since,
        spans=floor.spans,
    )

"""What the office is told of the meetings that are on the air here."""

from collections.abc import Mapping
from pathlib import Path

from intercommunity.gateway.broadcast import Broadcast
from intercommunity.meeting.meeting import Meeting
from intercommunity.office.ports import MeetingCard, State


class OnTheAir:
    """Implements the office's `Meetings`. It only reads, so a thread of the site's may ask."""

    def __init__(self, broadcasts: Mapping[str, Broadcast], records: Path) -> None:
        """`records`: the folder of those that are published, by slug."""
        self._broadcasts = broadcasts
        self._records = records

    def list(self) -> list[MeetingCard]:
        found = (self.find(slug) for slug in list(self._broadcasts))
        return [card for card in found if card is not None]

    def find(self, slug: str) -> MeetingCard | None:
        broadcast = self._broadcasts.get(slug)
        if broadcast is None or not broadcast.shown.meeting.description.slug:
            return None
        meeting = broadcast.shown.meeting
        description = meeting.description
        state = _state(meeting)
        recorded = state == "over" and (self._records / slug / "index.html").is_file()
        return MeetingCard(
            slug, description.title, description.starts, list(description.languages), state, recorded=recorded
        )


def _state(meeting: Meeting) -> State:
    if meeting.agenda.ended:
        return "over"
    return "live" if meeting.floor.spans else "coming"

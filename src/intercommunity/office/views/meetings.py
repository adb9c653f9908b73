"""The front page: the meetings of this installation, the one that is live now in large."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from intercommunity.office import ports


@dataclass(frozen=True)
class Row:
    """A meeting as a line of the list."""

    slug: str
    title: str
    title_language: str
    starts: datetime
    state: ports.State
    recorded: bool


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Live ones first, then those to come, the next one first, then those that are over, the last one first."""
    cards = ports.meetings().list()
    live = [card for card in cards if card.state == "live"]
    coming = [card for card in cards if card.state == "coming"]
    over = [card for card in cards if card.state == "over"]
    rows = [
        *_rows(sorted(live, key=lambda card: card.starts)),
        *_rows(sorted(coming, key=lambda card: card.starts)),
        *_rows(sorted(over, key=lambda card: -card.starts)),
    ]
    now = rows[0] if len(live) == 1 else None
    return render(request, "meetings.html", {"now": now, "rows": rows[1:] if now else rows})


def _rows(cards: list[ports.MeetingCard]) -> list[Row]:
    return [_row(card) for card in cards]


def _row(card: ports.MeetingCard) -> Row:
    title, language = card.title(get_language() or "")
    starts = datetime.fromtimestamp(card.starts / 1000, UTC)
    return Row(card.slug, title, language, starts, card.state, card.recorded)

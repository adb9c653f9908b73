"""The pages of a running meeting: their addresses, their names and the frame that each stands in."""

from dataclasses import dataclass
from typing import Literal

from intercommunity.meeting.actor import Role
from intercommunity.wire.catalogue import N_


@dataclass(frozen=True)
class Page:
    """`name` is the English sentence of the catalogues. A `screen` hangs on a wall: nothing but its words. `opens_for`:
    the role whose link leads here.
    """

    name: str
    opens_for: Role | None = None
    frame: Literal["page", "screen"] = "page"


WATCH = "watch"
PAGES = {
    WATCH: Page(N_("Watch"), Role.PARTICIPANT),
    "captions": Page(N_("Caption desk"), Role.CAPTIONER),
    "questions": Page(N_("Question desk"), Role.MODERATOR),
    "host": Page(N_("Host desk"), Role.HOST),
    "webcast": Page(N_("Webcast desk")),
    "panel": Page(N_("Panel screen"), Role.PANELLIST, frame="screen"),
    "wall": Page(N_("Wall screen"), frame="screen"),
    "node": Page(N_("Node desk"), Role.NODE),
}


def address_of(slug: str, name: str) -> str:
    """The path of a page."""
    return f"/{slug}/" if name == WATCH else f"/{slug}/{name}/"


def address_for(slug: str, role: Role) -> str:
    """The path that a link of a role leads to."""
    return next(address_of(slug, name) for name, page in PAGES.items() if page.opens_for is role)

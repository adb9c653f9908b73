"""The pages of a running meeting: their addresses, their names and the frame that each stands in."""

from dataclasses import dataclass
from typing import Literal

from intercommunity.wire.catalogue import N_


@dataclass(frozen=True)
class Page:
    """`name` is the English sentence of the catalogues. A `screen` hangs on a wall: nothing but its words."""

    name: str
    frame: Literal["page", "screen"] = "page"


WATCH = "watch"
PAGES = {
    WATCH: Page(N_("Watch")),
    "captions": Page(N_("Caption desk")),
    "questions": Page(N_("Question desk")),
    "host": Page(N_("Host desk")),
    "panel": Page(N_("Panel screen"), frame="screen"),
    "wall": Page(N_("Wall screen"), frame="screen"),
    "node": Page(N_("Node desk")),
}

"""Who wishes something: a role, and what is known of the person behind it."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What somebody is in a meeting. `public` has no link; `organiser` and `machine` act from inside the server."""

    PUBLIC = "public"
    PARTICIPANT = "participant"
    PANELLIST = "panellist"
    NODE = "node"
    CAPTIONER = "captioner"
    MODERATOR = "moderator"
    HOST = "host"
    ORGANISER = "organiser"
    MACHINE = "machine"


LINK_ROLES = (Role.HOST, Role.MODERATOR, Role.CAPTIONER, Role.PANELLIST, Role.NODE, Role.PARTICIPANT)
"""The roles that an organiser gets a link for."""


class Actor(Struct, frozen=True):
    """`id` is what events remember: a person's id, a link's id, or the role itself for what acts from inside."""

    id: str
    role: Role
    name: str = ""
    languages: tuple[str, ...] = ()
    node: str = ""
    country: str = ""
    affiliation: str = ""
    person: str = ""
    """Set for people who joined by themselves: the id their questions and votes count under."""
    delay_ms: int = 0
    """How far behind the stage a captioner is known to type."""


NOBODY = Actor(id="public", role=Role.PUBLIC)
ORGANISER = Actor(id="organiser", role=Role.ORGANISER)
MACHINE = Actor(id="machine", role=Role.MACHINE)

"""What happens to links and people; secrets appear only as their SHA-256, in hex."""

from intercommunity.meeting.kinds import Fact


class LinkIssued(Fact, frozen=True):
    """A link for a role, perhaps for one named person at it. `expires` is ms UTC, 0 for never."""

    link: str
    role: str
    token_hash: str
    name: str = ""
    languages: tuple[str, ...] = ()
    node: str = ""
    expires: int = 0
    delay_ms: int = 0


class LinkRevoked(Fact, frozen=True):
    link: str


class PersonJoined(Fact, frozen=True):
    """Somebody in the audience; the event's id is the person's."""

    token_hash: str
    name: str = ""
    affiliation: str = ""
    country: str = ""
    node: str = ""
    language: str = ""


class PersonBlocked(Fact, frozen=True):
    """Questions, votes and ballots of this person are refused from here on."""

    person: str


class PersonUnblocked(Fact, frozen=True):
    person: str

"""What can be wished about links and people."""

from typing import Annotated

from msgspec import Meta

from intercommunity.meeting.kinds import Command
from intercommunity.meeting.limits import Country, Id, Milliseconds, Name, OptionalId

TokenHash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class IssueLink(Command, frozen=True):
    link: Id
    role: Id
    token_hash: TokenHash
    name: Name = ""
    languages: tuple[str, ...] = ()
    node: OptionalId = ""
    expires: Milliseconds = 0
    delay_ms: Milliseconds = 0


class RevokeLink(Command, frozen=True):
    link: Id


class Join(Command, frozen=True):
    """To take part by name. The server fills in `token_hash` and answers with the token itself."""

    name: Name = ""
    affiliation: Name = ""
    country: Country = ""
    node: OptionalId = ""
    language: OptionalId = ""
    token_hash: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")] = ""


class BlockPerson(Command, frozen=True):
    person: Id


class UnblockPerson(Command, frozen=True):
    person: Id

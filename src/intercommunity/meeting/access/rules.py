"""Who somebody is, by the secret they show.

1. A link is known by the hash of its secret. It works until it expires or is revoked, and never again after.
2. Whoever joins gets a secret of their own; what they ask and vote counts under it.
3. A blocked person can still read, as everybody can, but not ask, vote or cast a ballot.
"""

from msgspec import Struct

from intercommunity.meeting.access.commands import BlockPerson, IssueLink, Join, RevokeLink, UnblockPerson
from intercommunity.meeting.access.events import (
    LinkIssued,
    LinkRevoked,
    PersonBlocked,
    PersonJoined,
    PersonUnblocked,
)
from intercommunity.meeting.actor import LINK_ROLES, Actor, Role
from intercommunity.meeting.description import Description, Entrance
from intercommunity.meeting.kinds import Fact
from intercommunity.meeting.refusal import Refused

LINK = "link:"
"""Before the name of a link, where the link stands for the person."""


class Holder(Struct, frozen=True):
    """Who stands behind a secret, and until when (ms UTC, 0 for ever)."""

    actor: Actor
    expires: int = 0


class Access:
    """`holders` by hash of the secret; `links` names the hash of a link; `people` by the person's id."""

    __slots__ = ("blocked", "holders", "links", "people", "revoked")

    def __init__(self) -> None:
        self.holders: dict[str, Holder] = {}
        self.links: dict[str, str] = {}
        self.revoked: frozenset[str] = frozenset()
        self.people: dict[str, PersonJoined] = {}
        self.blocked: frozenset[str] = frozenset()

    def copy(self) -> "Access":
        copied = Access()
        copied.holders, copied.links = dict(self.holders), dict(self.links)
        copied.people = dict(self.people)
        copied.revoked, copied.blocked = self.revoked, self.blocked
        return copied


def who_holds(access: Access, token_hash: str, now: int) -> Actor:
    """The actor behind a secret; refuses `token_unknown`, `token_revoked` and `token_expired`."""
    holder = access.holders.get(token_hash)
    if holder is None:
        raise Refused("token_unknown")
    if token_hash in access.revoked:
        raise Refused("token_revoked")
    if holder.expires and now >= holder.expires:
        raise Refused("token_expired")
    return holder.actor


def actor_of(access: Access, person: str) -> Actor | None:
    """Who a person's id stands for: somebody who joined, or who works by a link (`link:` and the link's name)."""
    joined = access.people.get(person)
    token_hash = joined.token_hash if joined else access.links.get(person.removeprefix("link:"))
    holder = access.holders.get(token_hash) if token_hash else None
    return holder.actor if holder and holder.actor.person == person else None


def person_of_link(link: str) -> str:
    """The id under which what is asked and voted by a link counts, whatever secret it has at the time."""
    return f"link:{link}"


def ensure_not_blocked(access: Access, actor: Actor) -> None:
    if actor.person in access.blocked:
        raise Refused("person_blocked")


def issue_link(access: Access, command: IssueLink) -> list[Fact]:
    if command.role not in LINK_ROLES:
        raise Refused("role_unknown", role=command.role)
    issued = LinkIssued(
        link=command.link,
        role=command.role,
        token_hash=command.token_hash,
        name=command.name,
        languages=command.languages,
        node=command.node,
        expires=command.expires,
        delay_ms=command.delay_ms,
    )
    holder = access.holders.get(command.token_hash)
    if holder == _link_holder(issued) and access.links.get(command.link) == command.token_hash:
        return []
    return [issued]


def revoke_link(access: Access, command: RevokeLink) -> list[Fact]:
    token_hash = access.links.get(command.link)
    if token_hash is None:
        raise Refused("link_unknown", link=command.link)
    return [] if token_hash in access.revoked else [LinkRevoked(command.link)]


def join(access: Access, command: Join, actor: Actor, description: Description) -> list[Fact]:
    if actor.role is Role.PUBLIC and description.entrance is Entrance.LINK:
        raise Refused("link_needed")
    if not command.token_hash or command.token_hash in access.holders:
        raise Refused("token_unusable")
    if command.node and command.node not in {node.id for node in description.nodes}:
        raise Refused("node_unknown", node=command.node)
    return [
        PersonJoined(
            token_hash=command.token_hash,
            name=command.name,
            affiliation=command.affiliation,
            country=command.country,
            node=command.node,
            language=command.language,
        )
    ]


def block_person(access: Access, command: BlockPerson) -> list[Fact]:
    _ensure_person(access, command.person)
    return [] if command.person in access.blocked else [PersonBlocked(command.person)]


def unblock_person(access: Access, command: UnblockPerson) -> list[Fact]:
    _ensure_person(access, command.person)
    return [PersonUnblocked(command.person)] if command.person in access.blocked else []


def _ensure_person(access: Access, person: str) -> None:
    """Somebody who joined, or whoever uses a link without joining."""
    if person not in access.people and person.removeprefix(LINK) not in access.links:
        raise Refused("person_unknown")


def apply_link_issued(access: Access, fact: LinkIssued) -> None:
    """A link that is issued again under a new secret leaves the old secret revoked."""
    before = access.links.get(fact.link)
    if before is not None and before != fact.token_hash:
        access.revoked |= {before}
    access.links[fact.link] = fact.token_hash
    access.holders[fact.token_hash] = _link_holder(fact)


def _link_holder(fact: LinkIssued) -> Holder:
    person = person_of_link(fact.link)
    actor = Actor(
        id=person,
        role=Role(fact.role),
        name=fact.name,
        languages=fact.languages,
        node=fact.node,
        delay_ms=fact.delay_ms,
        person=person,
    )
    return Holder(actor, fact.expires)


def apply_link_revoked(access: Access, fact: LinkRevoked) -> None:
    token_hash = access.links.get(fact.link)
    if token_hash is not None:
        access.revoked |= {token_hash}


def apply_person_joined(access: Access, fact: PersonJoined, person: str) -> None:
    """Of two people with the same secret, which chance forbids, the first keeps it."""
    access.people[person] = fact
    actor = Actor(
        id=person,
        role=Role.PARTICIPANT,
        name=fact.name,
        languages=(fact.language,) if fact.language else (),
        node=fact.node,
        country=fact.country,
        affiliation=fact.affiliation,
        person=person,
    )
    access.holders.setdefault(fact.token_hash, Holder(actor))


def apply_person_blocked(access: Access, fact: PersonBlocked) -> None:
    access.blocked |= {fact.person}


def apply_person_unblocked(access: Access, fact: PersonUnblocked) -> None:
    access.blocked -= {fact.person}

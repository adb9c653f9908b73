"""Which links a meeting has: one a role, one a person at a desk, one a room."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from msgspec import Struct

from intercommunity.meeting.access.commands import IssueLink
from intercommunity.meeting.access.rules import Access
from intercommunity.meeting.actor import LINK_ROLES, Role
from intercommunity.meeting.description import Description
from intercommunity.office.pages import address_for, address_of
from intercommunity.store.secret import token_hash

DAY_MS = 86_400_000
DAYS_AFTER_THE_END = 30


class Link(Struct, frozen=True, omit_defaults=True):
    """A link as it is handed out; `expires` is ms UTC."""

    link: str
    role: str
    token: str
    url: str
    expires: int
    name: str = ""
    node: str = ""
    languages: tuple[str, ...] = ()
    delay_ms: int = 0

    def wish(self) -> IssueLink:
        return IssueLink(
            link=self.link,
            role=self.role,
            token_hash=token_hash(self.token),
            name=self.name,
            languages=self.languages,
            node=self.node,
            expires=self.expires,
            delay_ms=self.delay_ms,
        )


Tokens = Callable[[str, int], str]
"""(link, generation) -> its secret; the same every time."""


def links_of(description: Description, access: Access, tokens: Tokens, base: str, now: int) -> Iterator[Link]:
    """All links of a meeting. A revoked one comes back with a new secret; `base` is the site's address."""
    expires = _expires(description, now)

    def link(link_name: str, role: Role, **about: object) -> Link:
        token = _usable_token(link_name, access, tokens)
        url = f"{base.rstrip('/')}{address_for(description.slug, role)}#t={token}"
        return Link(link=link_name, role=role, token=token, url=url, expires=expires, **about)  # type: ignore[arg-type]

    for role in LINK_ROLES:
        yield link(role, role)
    for node in description.nodes:
        yield link(f"node-{node.id}", Role.NODE, node=node.id)
    seen: dict[str, int] = {}
    for person in description.people:
        name = f"{person.role}-{_plain(person.name)}"
        seen[name] = seen.get(name, 0) + 1
        yield link(
            name if seen[name] == 1 else f"{name}-{seen[name]}",
            Role(person.role),
            name=person.name,
            languages=person.languages,
            node=person.node,
            delay_ms=person.delay_ms,
        )


def webcast_link(links: Iterable[Link], base: str, slug: str) -> str:
    """Where the host sees what arrives: the host's own secret opens that page too."""
    token = next(link.token for link in links if link.link == Role.HOST)
    return f"{base.rstrip('/')}{address_of(slug, 'webcast')}#t={token}"


def _expires(description: Description, now: int) -> int:
    """Some weeks after the last session, counted in whole days so that loading again changes nothing."""
    ends = [session.starts + session.minutes * 60_000 for session in description.sessions]
    end = max([description.starts, now, *ends])
    return (end // DAY_MS + DAYS_AFTER_THE_END) * DAY_MS


def _usable_token(link: str, access: Access, tokens: Tokens) -> str:
    return next(token for generation in count() if token_hash(token := tokens(link, generation)) not in access.revoked)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40] or "person"

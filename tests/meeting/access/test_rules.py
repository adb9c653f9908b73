"""Whose secret works until when."""

import pytest

from intercommunity.meeting.access.commands import IssueLink, Join
from intercommunity.meeting.access.events import LinkIssued, LinkRevoked, PersonJoined
from intercommunity.meeting.access.rules import (
    Access,
    actor_of,
    apply_link_issued,
    apply_link_revoked,
    apply_person_joined,
    issue_link,
    join,
    who_holds,
)
from intercommunity.meeting.actor import LINK_ROLES, NOBODY, Role
from intercommunity.meeting.refusal import Refused
from properties.wishes import START, WORLD


def refused_by(access, token, now=START):
    with pytest.raises(Refused) as refused:
        who_holds(access, token, now)
    return refused.value.code


def with_link(**given):
    access = Access()
    apply_link_issued(access, LinkIssued("mo", "moderator", "old", **given))
    return access


def test_link_works_until_the_moment_it_expires():
    access = with_link(expires=START)
    assert who_holds(access, "old", START - 1).role is Role.MODERATOR
    assert refused_by(access, "old", START) == "token_expired"


def test_link_issued_again_leaves_the_old_secret_revoked():
    access = with_link()
    apply_link_issued(access, LinkIssued("mo", "moderator", "new"))
    assert refused_by(access, "old") == "token_revoked"
    assert who_holds(access, "new", START).person == who_holds(with_link(), "old", START).person == "link:mo"


def test_revoked_secret_never_works_again():
    access = with_link()
    apply_link_revoked(access, LinkRevoked("mo"))
    apply_link_issued(access, LinkIssued("mo", "moderator", "old", name="Mo"))
    assert refused_by(access, "old") == "token_revoked"


def test_unknown_secret_is_nobody_s():
    assert refused_by(with_link(), "") == refused_by(with_link(), "other") == "token_unknown"


@pytest.mark.parametrize("role", Role)
def test_link_is_for_a_role_that_can_have_one(role):
    command = IssueLink("x", role, "f" * 64)
    if role in LINK_ROLES:
        assert [fact.role for fact in issue_link(Access(), command)] == [role]
    else:
        with pytest.raises(Refused, match="role_unknown"):
            issue_link(Access(), command)


def test_nobody_joins_under_a_secret_that_somebody_has():
    for token in ("old", ""):
        with pytest.raises(Refused, match="token_unusable"):
            join(with_link(), Join("Eve", token_hash=token), NOBODY, WORLD)


def test_two_who_joined_under_one_secret_are_the_first():
    access = Access()
    apply_person_joined(access, PersonJoined("t", name="Ana"), "a-1")
    apply_person_joined(access, PersonJoined("t", name="Eve"), "b-1")
    assert who_holds(access, "t", START).name == "Ana"
    assert actor_of(access, "b-1") is None

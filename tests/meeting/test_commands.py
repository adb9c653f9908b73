"""The table of rights, said once more as people would: every command for every role, exactly."""

from typing import get_args

import pytest

from intercommunity.meeting.actor import Actor, Role
from intercommunity.meeting.commands import RIGHTS, AnyCommand, ensure_may
from intercommunity.meeting.facts import AnyFact
from intercommunity.meeting.kinds import kind_of
from intercommunity.meeting.meeting import _APPLIERS, _DECIDERS
from intercommunity.meeting.refusal import Refused

EVERYBODY_WITH_A_NAME = "ask_question withdraw_question vote_for withdraw_vote cast_ballot join"
MODERATING = """approve_question decline_question merge_question split_question move_question stage_question
    unstage_question mark_answered reply_to_question translate_question translate_reply block_person unblock_person"""
WRITING = "write_line correct_line attribute_line retime_line strike_line"
HOSTING = "open_session close_session give_floor open_poll close_poll start_over end_meeting"

MAY = {
    Role.PUBLIC: "join",
    Role.PARTICIPANT: EVERYBODY_WITH_A_NAME,
    Role.PANELLIST: EVERYBODY_WITH_A_NAME,
    Role.NODE: f"{EVERYBODY_WITH_A_NAME} report_node",
    Role.CAPTIONER: f"{EVERYBODY_WITH_A_NAME} {WRITING}",
    Role.MODERATOR: f"{EVERYBODY_WITH_A_NAME} {MODERATING}",
    Role.HOST: f"{EVERYBODY_WITH_A_NAME} {MODERATING} {WRITING} {HOSTING} report_node",
    Role.ORGANISER: f"{HOSTING} describe_meeting issue_link revoke_link",
    Role.MACHINE: "write_line translate_line translate_question translate_reply hear_close count_attendance",
}
KINDS = {kind_of(kind.__name__): kind for kind in get_args(AnyCommand)}


def refusal(role, kind):
    needed = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
    try:
        ensure_may(Actor("somebody", role), kind(*["x"] * needed))
    except Refused as refused:
        return refused.code, refused.values
    return None


@pytest.mark.parametrize("role", Role)
def test_rights_are_exactly_these(role):
    refusals = {name: refusal(role, kind) for name, kind in KINDS.items()}
    may = set(MAY[role].split())
    assert refusals == {name: None if name in may else ("not_allowed", {"kind": name, "role": role}) for name in KINDS}


def test_every_kind_is_in_every_table():
    assert set(RIGHTS) == set(_DECIDERS) == set(KINDS.values())
    assert set(_APPLIERS) == set(get_args(AnyFact))

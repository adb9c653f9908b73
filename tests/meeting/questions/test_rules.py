"""How many may be asked, where the queue's places are, and what late facts mean."""

import pytest

from intercommunity.meeting.actor import MACHINE, Actor, Role
from intercommunity.meeting.questions import apply, rules
from intercommunity.meeting.questions import commands as wish
from intercommunity.meeting.questions import events as fact
from intercommunity.meeting.questions.question import Questions, Status
from intercommunity.meeting.refusal import Refused
from properties.wishes import START, WORLD

ANA = Actor("hub-1", Role.PARTICIPANT, person="hub-1", node="north")
HOUR = rules.HOUR_MS


def asked(*moments, person="hub-1"):
    questions = Questions()
    for number, at in enumerate(moments, 1):
        apply.apply_question_asked(questions, fact.QuestionAsked("x", "en", person), f"q-{number}", at, openly=True)
    return questions


def ask(questions, now):
    return rules.ask_question(questions, wish.AskQuestion("x", "en"), ANA, now, WORLD)


def test_as_many_questions_an_hour_as_the_meeting_allows():
    most = WORLD.questions.per_person_per_hour
    questions = asked(*range(START, START + most))
    with pytest.raises(Refused) as refused:
        ask(questions, START + most)
    assert (refused.value.code, refused.value.values) == ("too_many_questions", {"most": most, "minutes": 60})
    with pytest.raises(Refused) as refused:
        ask(questions, START + HOUR - 1)
    assert refused.value.values["minutes"] == 1
    assert len(ask(questions, START + HOUR)) == 1


def test_questions_of_somebody_else_do_not_count():
    assert len(ask(asked(*range(START, START + 50), person="hub-2"), START + 50)) == 1


def test_question_carries_the_country_of_the_room_where_the_person_did_not_say():
    assert ask(Questions(), START)[0].country == "FI"


def queue(questions):
    return [each.id for each in questions.queue()]


def move(questions, question, before=""):
    for moved in rules.move_question(questions, wish.MoveQuestion(question, before)):
        apply.apply_question_moved(questions, moved)
    return queue(questions)


def test_question_moves_to_any_place_and_a_new_one_comes_last():
    questions = asked(1, 2, 3)
    assert move(questions, "q-3", "q-1") == ["q-3", "q-1", "q-2"]
    assert move(questions, "q-3") == ["q-1", "q-2", "q-3"]
    apply.apply_question_asked(questions, fact.QuestionAsked("x", "en", "p"), "q-4", 4, openly=True)
    assert queue(questions) == ["q-1", "q-2", "q-3", "q-4"]


def test_question_moves_to_its_place_also_where_ranks_have_become_dense():
    questions = asked(1, 2, 3)
    for turn in range(200):
        first, second, third = queue(questions)
        assert move(questions, third, second) == [first, third, second], turn


def test_question_moves_between_two_that_got_one_rank_at_once():
    questions = asked(1, 2, 3)
    for each in ("q-1", "q-2"):
        apply.apply_question_moved(questions, fact.QuestionMoved(each, 7.0))
    assert move(questions, "q-3", "q-2") == ["q-1", "q-3", "q-2"]


def test_question_replied_to_is_still_answered_when_it_leaves_the_stage():
    questions = asked(1)
    apply.apply_question_replied(questions, fact.QuestionReplied("q-1", "Yes", "en"), "e-1", 5)
    apply.apply_question_staged(questions, fact.QuestionStaged("q-1"), 6)
    apply.apply_question_unstaged(questions, fact.QuestionUnstaged("q-1"))
    assert questions.by_id["q-1"].status is Status.ANSWERED


def test_question_withdrawn_while_it_was_merged_elsewhere_is_not_merged():
    questions = asked(1, 2)
    apply.apply_question_withdrawn(questions, fact.QuestionWithdrawn("q-1"))
    apply.apply_question_merged(questions, fact.QuestionMerged("q-1", "q-2"))
    apply.apply_question_merged(questions, fact.QuestionMerged("q-2", "q-1"))
    assert list(questions.family("q-1")) == ["q-1"]
    assert list(questions.family("q-2")) == ["q-2"]


def test_question_merged_and_then_withdrawn_can_be_split_off():
    questions = asked(1, 2)
    apply.apply_question_merged(questions, fact.QuestionMerged("q-1", "q-2"))
    apply.apply_question_withdrawn(questions, fact.QuestionWithdrawn("q-1"))
    apply.apply_question_split(questions, fact.QuestionSplit("q-1", "q-2"))
    assert (questions.root("q-1"), questions.merged["q-2"]) == ("q-1", ())


def test_split_from_what_it_is_no_longer_part_of_changes_nothing():
    questions = asked(1, 2, 3)
    apply.apply_question_merged(questions, fact.QuestionMerged("q-1", "q-3"))
    apply.apply_question_split(questions, fact.QuestionSplit("q-1", "q-2"))
    assert questions.root("q-1") == "q-3"


def test_person_cannot_sign_as_a_machine():
    questions = asked(1)
    signed = wish.TranslateQuestion("q-1", "es", "x", machine="apertium")
    assert rules.translate_question(questions, signed, Actor("m", Role.MODERATOR))[0].machine == ""
    assert rules.translate_question(questions, signed, MACHINE)[0].machine == "apertium"


def test_facts_about_unknown_questions_change_nothing():
    questions = Questions()
    apply.apply_question_approved(questions, fact.QuestionApproved("q-9"))
    apply.apply_question_merged(questions, fact.QuestionMerged("q-9", "q-8"))
    apply.apply_question_split(questions, fact.QuestionSplit("q-9", "q-8"))
    apply.apply_question_staged(questions, fact.QuestionStaged("q-9"), 1)
    apply.apply_vote_cast(questions, fact.VoteCast("q-9", "p"))
    apply.apply_vote_withdrawn(questions, fact.VoteWithdrawn("q-9", "p"))
    apply.apply_question_answered(questions, fact.QuestionAnswered("q-9", 1))
    assert (questions.by_id, questions.votes, questions.merged) == ({}, {}, {})

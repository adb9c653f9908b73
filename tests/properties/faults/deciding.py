"""Wishes that are granted and not fulfilled, or refused and not forgotten."""

from typing import Any

import pytest
from msgspec.structs import replace

from intercommunity.meeting import meeting as core
from intercommunity.meeting.captions import rules as captions
from intercommunity.meeting.captions.events import LineCorrected, LineRetimed, LineTranslated
from intercommunity.meeting.floor import rules as floor
from intercommunity.meeting.floor.events import SessionOpened
from intercommunity.meeting.log import Event
from intercommunity.meeting.questions import apply as questions_apply
from intercommunity.meeting.questions import commands as questions_wish
from intercommunity.meeting.questions import events as questions_fact
from intercommunity.meeting.questions import rules as questions_rules
from intercommunity.meeting.questions.question import Questions
from properties.faults.fault import apply_wrongly, fault


@fault
def older_translation_replaces_a_newer(patch: pytest.MonkeyPatch) -> None:
    def decide(state: captions.Captions, wish: Any, _description: Any) -> list[Any]:
        return [LineTranslated(wish.line, wish.track, wish.text, "hub-0", wish.machine)]

    patch.setattr(captions, "translate_line", decide)


@fault
def machine_overwrites_a_person(patch: pytest.MonkeyPatch) -> None:
    """What a person wrote is taken for a machine's."""
    right = captions.apply_line_corrected

    def wrong(meeting: core.Meeting, fact: LineCorrected, event: Event) -> None:
        right(meeting.captions, fact, event.id)
        line = meeting.captions.lines.get(fact.line)
        if line is not None:
            wording = replace(line.wordings[fact.track], machine="apertium")
            captions._reword(meeting.captions, line, fact.track, wording)

    apply_wrongly(patch, LineCorrected, wrong)


@fault
def refusal_leaves_something_behind(patch: pytest.MonkeyPatch) -> None:
    right = core._DECIDERS[questions_wish.MergeQuestion]

    def wrong(meeting: core.Meeting, wish: Any, actor: Any, now: int, node: str) -> list[Any]:
        meeting.questions.merged.setdefault(wish.into, ())
        return right(meeting, wish, actor, now, node)

    patch.setitem(core._DECIDERS, questions_wish.MergeQuestion, wrong)


@fault
def two_sessions_are_open(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: SessionOpened, event: Event) -> None:
        meeting.floor.spans[fact.session] = floor.Span(opened=event.at)
        meeting.floor.session = fact.session

    apply_wrongly(patch, SessionOpened, wrong)
    patch.setattr(floor, "open_session", lambda _floor, wish, _description: [SessionOpened(wish.session)])


@fault
def question_is_moved_between_two_of_one_rank(patch: pytest.MonkeyPatch) -> None:
    right = questions_apply.apply_question_asked

    def asked(questions: Questions, fact: Any, event: str, at: int, *, openly: bool) -> None:
        right(questions, fact, event, at, openly=openly)
        questions.by_id[event] = replace(questions.by_id[event], rank=float(len(questions.by_id)))

    def move(questions: Questions, wish: Any) -> list[Any]:
        ranks = [each.rank for each in questions.queue() if each.id != wish.question] or [0.0]
        places = [each.rank for each in questions.queue() if each.id == wish.before]
        rank = places[0] if places else ranks[-1] + 1.0
        return [questions_fact.QuestionMoved(wish.question, rank)]

    patch.setattr(questions_apply, "apply_question_asked", asked)
    patch.setattr(questions_rules, "move_question", move)


@fault
def line_that_was_set_to_another_time_keeps_its_place(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: LineRetimed, _event: Event) -> None:
        line = meeting.captions.lines.get(fact.line)
        if line is not None:
            meeting.captions.lines[line.id] = replace(line, start=fact.start, end=fact.end)

    apply_wrongly(patch, LineRetimed, wrong)

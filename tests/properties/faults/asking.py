"""Questions that merge, count votes and take their places wrongly."""

import pytest
from msgspec.structs import replace

from intercommunity.meeting import meeting as core
from intercommunity.meeting.log import Event
from intercommunity.meeting.questions import apply as questions_apply
from intercommunity.meeting.questions import events as questions_fact
from intercommunity.meeting.questions.question import Questions, Status
from properties.faults.fault import apply_wrongly, fault


def _merge_wherever(meeting: core.Meeting, fact: questions_fact.QuestionMerged, _event: Event) -> None:
    questions = meeting.questions
    question = questions.by_id.get(fact.question)
    if question is not None and fact.into in questions.by_id and not question.merged_into:
        questions.by_id[question.id] = replace(question, merged_into=fact.into)
        questions.merged[fact.into] = (*questions.merged.get(fact.into, ()), question.id)


@fault
def merge_in_a_circle_is_allowed(patch: pytest.MonkeyPatch) -> None:
    apply_wrongly(patch, questions_fact.QuestionMerged, _merge_wherever)


@fault
def withdrawn_question_is_merged_by_half(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: questions_fact.QuestionMerged, _event: Event) -> None:
        questions = meeting.questions
        question, into = questions.by_id.get(fact.question), questions.by_id.get(fact.into)
        if question is None or into is None or question.merged_into:
            return
        root = questions.root(into.id)
        if root != question.id:
            questions_apply._set(questions, question.id, merged_into=root)
            questions.merged[root] = (*questions.merged.get(root, ()), question.id)

    apply_wrongly(patch, questions_fact.QuestionMerged, wrong)


@fault
def vote_counts_once_for_each_merged_question(patch: pytest.MonkeyPatch) -> None:
    class Several(list):
        """People, some of them twice."""

    def voters(self: Questions, question: str) -> Several:
        return Several(person for each in self.family(question) for person in self.votes.get(each, ()))

    patch.setattr(Questions, "voters", voters)


@fault
def votes_of_merged_questions_are_lost(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Questions, "voters", lambda self, question: self.votes.get(question, set()))


@fault
def what_was_on_stage_stays_there(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: questions_fact.QuestionStaged, event: Event) -> None:
        questions_apply._set(meeting.questions, fact.question, status=Status.STAGED, staged_at=event.at)

    apply_wrongly(patch, questions_fact.QuestionStaged, wrong)


@fault
def withdrawn_question_comes_back(patch: pytest.MonkeyPatch) -> None:
    def put(questions: Questions, question: str, **changes: object) -> None:
        if question in questions.by_id:
            questions.by_id[question] = replace(questions.by_id[question], **changes)

    patch.setattr(questions_apply, "_set", put)

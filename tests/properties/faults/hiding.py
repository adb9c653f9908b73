"""Views that show what is not for everybody."""

from typing import Any

import pytest
from msgspec.structs import replace

from intercommunity.meeting import views
from intercommunity.meeting.questions import view as questions_view
from intercommunity.meeting.questions.question import SHOWN, Questions, Status
from properties.faults.fault import fault


@fault
def view_shows_waiting_questions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(questions_view, "SHOWN", SHOWN | {Status.WAITING})


@fault
def view_shows_merged_questions(patch: pytest.MonkeyPatch) -> None:
    right = questions_view.view_question

    def wrong(questions: Questions, question: str, role: Any, language: str) -> Any:
        found = questions.by_id.get(question)
        if found is not None and found.merged_into and found.status in SHOWN:
            return questions_view._shown(questions, found, language, whole=False)
        return right(questions, question, role, language)

    patch.setattr(views, "view_question", wrong)


@fault
def view_shows_who_asked(patch: pytest.MonkeyPatch) -> None:
    right = questions_view._shown

    def wrong(questions: Questions, question: Any, language: str, **how: bool) -> Any:
        return replace(right(questions, question, language, **how), person=question.person)

    patch.setattr(questions_view, "_shown", wrong)


@fault
def view_shows_notes_of_rooms(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        "intercommunity.meeting.views.view_nodes", lambda nodes, _role: nodes.reports and _Reports(nodes.reports)
    )


class _Reports(views.View, frozen=True):
    reports: dict[str, Any]

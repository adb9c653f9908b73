"""What may be seen of a question, and by whom.

1. Everybody sees what was approved, is on stage or was answered: the words in their own language where there is a
   translation, the original beside it, who asks from where, and how many votes.
2. Moderators and hosts see every question, also what waits, was declined, merged or withdrawn, every translation, and
   who decided.
3. A merged question shows to everybody else only as a part of the one that stands for it.
4. Who asked sees their own questions in every state, with the reason where one was declined, and what they voted for.
5. Nobody sees who voted.
"""

from msgspec import field

from intercommunity.meeting.actor import Role
from intercommunity.meeting.kinds import View
from intercommunity.meeting.questions.question import SHOWN, Question, Questions, Status, Translation

SEES_ALL = frozenset({Role.MODERATOR, Role.HOST})


class ReplyView(View, frozen=True):
    text: str
    at: int
    """ms UTC"""
    original: str = ""
    language: str = ""
    machine: str = ""


class QuestionView(View, frozen=True):
    """A question as one audience sees it. `text` is in their language where possible.

    `original` and `machine` are set where `text` is a translation; `language` is the language it was asked in.
    """

    id: str
    text: str
    language: str
    status: str
    votes: int
    rank: float
    asked_at: int
    original: str = ""
    machine: str = ""
    name: str = ""
    affiliation: str = ""
    country: str = ""
    node: str = ""
    staged_at: int = 0
    answered_at: int = 0
    reply: ReplyView | None = None
    merged: tuple[str, ...] = ()
    """The questions for which this one stands."""
    merged_into: str = ""
    reason: str = ""
    decided_by: str = ""
    """Who approved or declined it last: an id here, a name where it is shown."""
    person: str = ""
    translations: dict[str, Translation] = field(default_factory=dict)


class OwnView(View, frozen=True):
    """What one person asked and voted for."""

    asked: tuple[QuestionView, ...] = ()
    voted: tuple[str, ...] = ()
    """The questions that stand for what they voted for."""


def view_question(questions: Questions, question_id: str, role: Role, language: str) -> QuestionView | None:
    question = questions.by_id.get(question_id)
    if question is None:
        return None
    if role in SEES_ALL:
        return _shown(questions, question, language, whole=True)
    if question.merged_into or question.status not in SHOWN:
        return None
    return _shown(questions, question, language, whole=False)


def view_own(questions: Questions, person: str, language: str) -> OwnView:
    asked = [question for question in questions.by_id.values() if question.person == person]
    voted = {questions.root(each) for each, people in questions.votes.items() if person in people}
    return OwnView(
        asked=tuple(_shown(questions, each, language, whole=False, own=True) for each in asked),
        voted=tuple(sorted(voted)),
    )


def _shown(questions: Questions, question: Question, language: str, *, whole: bool, own: bool = False) -> QuestionView:
    translation = question.translations.get(language)
    return QuestionView(
        id=question.id,
        text=translation.text if translation else question.text,
        language=question.language,
        status=question.status,
        votes=len(questions.voters(question.id)),
        rank=question.rank,
        asked_at=question.asked_at,
        original=question.text if translation else "",
        machine=translation.machine if translation else "",
        name=question.name,
        affiliation=question.affiliation,
        country=question.country,
        node=question.node,
        staged_at=question.staged_at,
        answered_at=question.answered_at,
        reply=_reply(question, language),
        merged=tuple(questions.merged.get(question.id, ())),
        merged_into=question.merged_into if whole or own else "",
        reason=question.reason if whole or own else "",
        decided_by=question.decided_by if whole else "",
        person=question.person if whole else "",
        translations=question.translations if whole else {},
    )


def _reply(question: Question, language: str) -> ReplyView | None:
    reply = question.reply
    if reply is None or question.status is Status.WITHDRAWN:
        return None
    translation = reply.translations.get(language)
    if translation is None:
        return ReplyView(text=reply.text, at=reply.at, language=reply.language)
    return ReplyView(
        text=translation.text,
        at=reply.at,
        original=reply.text,
        language=reply.language,
        machine=translation.machine,
    )

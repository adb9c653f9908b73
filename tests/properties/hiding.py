"""The law of hiding: whatever has happened, nobody is shown what is not for them."""

from collections.abc import Iterator
from typing import Any

import msgspec

from intercommunity.meeting.actor import Role
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.questions.question import SHOWN, Question
from intercommunity.meeting.views import Audience, topics, view, view_captions, view_me
from properties import wishes
from properties.law import Law
from properties.rooms import World, play, worlds

PLAIN = (Role.PUBLIC, Role.PARTICIPANT, Role.PANELLIST, Role.CAPTIONER)
"""Roles that are shown nothing but what everybody is; a captioner the glossary besides."""


def check_hiding(world: World, _seed: int) -> None:
    play(world, wishes.EVERYTHING, lambda rooms, *_: check_hidden(rooms.meeting(0)))


def check_hidden(meeting: Meeting) -> None:
    hidden = secrets_of(meeting)
    for role in PLAIN:
        for language in wishes.LANGUAGES:
            shown = set(texts_in(snapshot(meeting, role, language)))
            for kind, secrets in hidden.items():
                assert not shown & secrets, (kind, role, shown & secrets)
    for person in wishes.PEOPLE:
        mine = set(texts_in(msgspec.to_builtins(view_me(meeting, person, "en"))))
        own = own_secrets(meeting, person)
        for kind, secrets in hidden.items():
            assert not mine & (secrets - own), (kind, person)


def snapshot(meeting: Meeting, role: Role, language: str) -> dict[str, Any]:
    """Everything an audience is sent, but without the topics' names: a question's id is no secret."""
    audience = Audience(role, (language,))
    shown = {topic: view(meeting, topic, audience) for topic in topics(meeting)}
    assert shown["blocked"] is None
    captions = view_captions(meeting, language)
    return msgspec.to_builtins({"views": [each for each in shown.values() if each], "captions": captions})


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)


def secrets_of(meeting: Meeting) -> dict[str, set[str]]:
    """What is known, but only to some, by kind."""
    questions = meeting.questions.by_id.values()
    hidden = [question for question in questions if question.status not in SHOWN or question.merged_into]
    return {
        "hidden questions": {text for question in hidden for text in _words_of(question)},
        "reasons": {question.reason for question in questions if question.reason},
        "people": {*meeting.access.people, *(f"link:{link}" for link in meeting.access.links)},
        "hashes": set(meeting.access.holders),
        "notes": {report.note for report in meeting.nodes.reports.values() if report.note},
    }


def _words_of(question: Question) -> Iterator[str]:
    yield question.text
    yield from (translation.text for translation in question.translations.values())
    if question.reply:
        yield question.reply.text


def own_secrets(meeting: Meeting, person: str) -> set[str]:
    own = [question for question in meeting.questions.by_id.values() if question.person == person]
    words = {text for question in own for text in (*_words_of(question), question.reason)}
    return {person, *words}


HIDING = Law(worlds(wishes.LIVELY, nodes=1, most=40), check_hiding, 150)

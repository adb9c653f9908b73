"""What was asked, with the answers: on stage, in writing, or none."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from intercommunity.meeting.questions.question import Question, Reply, Status, Translation
from intercommunity.record.content import Asked, Content
from intercommunity.record.naming import anchor
from intercommunity.record.pages.page import Page, line_href
from intercommunity.record.reader import Reader
from intercommunity.record.recordings import href_of, place_from
from intercommunity.wire.text.control import clean


class Read(NamedTuple):
    """A text as this reader gets it: translated with the `original` beneath, or the original with a mark."""

    paragraphs: tuple[Markup, ...]
    mark: Markup
    original: tuple[Markup, ...]
    original_language: str


class Entry(NamedTuple):
    """`minute` and `href` lead to the answer on stage, where there was one and lines were written; `play` plays it."""

    anchor: str
    status: Markup
    text: Read
    name: str
    place: tuple[str, ...]
    asked: Asked
    minute: str
    href: str
    play: str
    reply: Read | None


def questions_page(reader: Reader, content: Content) -> Page:
    groups = (
        (
            reader.tell("Answered on stage"),
            sorted(_those(content, "stage"), key=lambda each: each.question.answered_at),
        ),
        (reader.tell("Answered in writing"), _those(content, "writing")),
        (reader.tell("Not answered"), sorted(_those(content, "no"), key=lambda each: -each.votes)),
    )
    shown = [(title, [_entry(each, reader, content) for each in group]) for title, group in groups if group]
    return Page("questions.html", "questions.html", reader.tell("Questions and answers"), {"groups": shown}, plays=True)


def _those(content: Content, how: str) -> list[Asked]:
    return [each for each in content.questions if _answered(each.question) == how]


def _answered(question: Question) -> str:
    if question.answered_at:
        return "stage"
    return "writing" if question.reply else "no"


def _entry(asked: Asked, reader: Reader, content: Content) -> Entry:
    question = asked.question
    return Entry(
        anchor=anchor(question.id),
        status=_status(question, reader),
        text=_read(question.text, question.language, question.translations, reader),
        name=question.name,
        place=tuple(_place(question, reader, content)),
        asked=asked,
        minute=reader.minute(question.answered_at) if question.answered_at else "",
        href=line_href(asked.answer, content) if asked.answer else "",
        play=_play(question.answered_at, content) if question.answered_at else "",
        reply=_reply(question.reply, reader) if question.reply else None,
    )


def _play(moment: int, content: Content) -> str:
    place = place_from(content.recordings, moment)
    return href_of(content.recordings, place) if place else ""


def _status(question: Question, reader: Reader) -> Markup:
    if question.status is Status.STAGED:
        return reader.tell("on stage when this record was made")
    if question.answered_at and question.reply:
        return reader.tell("answered on stage and in writing")
    if question.answered_at:
        return reader.tell("answered on stage")
    return reader.tell("answered in writing") if question.reply else reader.tell("not answered")


def _place(question: Question, reader: Reader, content: Content) -> Iterator[str]:
    """From the nearest to the widest: affiliation, city of the room, country."""
    node = next((each for each in content.description.nodes if each.id == question.node), None)
    country = question.country or (node.country if node else "")
    yield from (each for each in (question.affiliation, node.city if node else "", reader.country(country)) if each)


def _reply(reply: Reply, reader: Reader) -> Read:
    return _read(reply.text, reply.language, reply.translations, reader)


def _read(text: str, language: str, translations: dict[str, Translation], reader: Reader) -> Read:
    original = _paragraphs(text, language, reader)
    if language == reader.language:
        return Read(original, Markup(), (), "")
    name = reader.language_name(language)
    translation = translations.get(reader.language)
    if translation is None:
        return Read(original, reader.tell("not translated, in {language}", language=name), (), "")
    mark = reader.tell("machine translation") if translation.machine else Markup()
    return Read(_paragraphs(translation.text, reader.language, reader), mark, original, name)


def _paragraphs(text: str, language: str, reader: Reader) -> tuple[Markup, ...]:
    washed = (clean(line) for line in text.splitlines())
    return tuple(reader.phrase(line, language) for line in washed if line)

"""Translates a running meeting: follows its log, and puts what machines make of lines, questions and replies into it.

Knows no engine (it is given one) and no viewer. Every line is translated at once, with what its sentence holds so far,
and again when the sentence goes on. What was left untranslated, because the server or the engine was down, is made up
for in order as soon as both are there.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import msgspec

from intercommunity.languages.glossary import Glossary, Kind, Term
from intercommunity.languages.ports import AnswerUnusable, TranslationFailed, Translator
from intercommunity.languages.stitch import Piece, Stitcher
from intercommunity.languages.translating import LineTranslation
from intercommunity.meeting.actor import MACHINE
from intercommunity.meeting.agenda.events import MeetingDescribed, StartedOver
from intercommunity.meeting.captions import events as captions_fact
from intercommunity.meeting.captions.commands import TranslateLine
from intercommunity.meeting.captions.rules import Line
from intercommunity.meeting.description import Description
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.questions import events as questions_fact
from intercommunity.meeting.questions.commands import TranslateQuestion, TranslateReply
from intercommunity.meeting.questions.question import Question, Reply
from intercommunity.meeting.refusal import Refused
from intercommunity.store.live import Batch, Live, Unavailable

_log = logging.getLogger(__name__)

Open = Callable[[str], Awaitable[Translator]]
"""Opens the engine of a name."""

TRY_AGAIN_S = 3.0
NO_WORDS = "…"
"""Stands where a sentence has fewer words in the other language than it has lines."""


class Job(NamedTuple):
    """What is to be translated: a `line`, a `question` or its `reply`."""

    kind: str
    id: str


class LiveTranslation:
    """For one meeting, in the process that keeps its log. `meeting` gives the state as it is shown."""

    def __init__(self, live: Live, meeting: Callable[[], Meeting], open_engine: Open) -> None:
        self._live = live
        self._meeting = meeting
        self._open_engine = open_engine
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._stitchers: dict[str, Stitcher] = {}
        self._engine: Translator | None = None
        self._engine_name = ""
        self._lines: LineTranslation | None = None
        self._glossary_of: Description | None = None
        self._failing = False

    async def run(self) -> None:
        """Until cancelled."""
        stop = self._live.follow(self._on_batch, self._live.position)
        try:
            self._make_up()
            while True:
                job = await self._jobs.get()
                await self._do(job)
        finally:
            stop()
            if self._engine is not None:
                await self._engine.close()

    # What there is to do

    def _on_batch(self, batch: Batch) -> None:
        for event in batch.events:
            self._note(event)

    def _note(self, event: Event) -> None:
        fact = event.fact
        if isinstance(fact, captions_fact.LineWritten):
            self._jobs.put_nowait(Job("line", event.id))
        elif isinstance(fact, captions_fact.LineCorrected | captions_fact.LineAttributed):
            self._jobs.put_nowait(Job("line", fact.line))
        elif isinstance(fact, questions_fact.QuestionAsked):
            self._jobs.put_nowait(Job("question", event.id))
        elif isinstance(fact, questions_fact.QuestionReplied):
            self._jobs.put_nowait(Job("reply", fact.question))
        elif isinstance(fact, MeetingDescribed):
            self._make_up()
        elif isinstance(fact, StartedOver):
            self._stitchers.clear()

    def _make_up(self) -> None:
        """Everything that some track, or somebody's language, still lacks."""
        meeting, languages = self._meeting(), set(self._meeting().description.languages)
        for place in meeting.captions.order:
            line = meeting.captions.lines[place[-1]]
            if languages - set(line.wordings):
                self._jobs.put_nowait(Job("line", line.id))
        for question in meeting.questions.by_id.values():
            if languages - set(question.translations) - {question.language}:
                self._jobs.put_nowait(Job("question", question.id))
            reply = question.reply
            if reply is not None and languages - set(reply.translations) - {reply.language}:
                self._jobs.put_nowait(Job("reply", question.id))

    # Doing it

    async def _do(self, job: Job) -> None:
        """A job is tried until it is done or cannot be: nothing is left out because an engine was away."""
        while True:
            try:
                await self._attempt(job)
            except (TranslationFailed, Unavailable) as error:
                self._tell(failing=True)
                _log.warning("A %s waits to be translated: %s", job.kind, error)
                await asyncio.sleep(TRY_AGAIN_S)
            except Exception:  # noqa: BLE001 - one text must not end the translation of all the others
                _log.exception("A %s could not be translated", job.kind)
                return
            else:
                self._tell(failing=False)
                return

    async def _attempt(self, job: Job) -> None:
        await self._prepare()
        meeting = self._meeting()
        if job.kind == "line":
            line = meeting.captions.lines.get(job.id)
            if line is not None:
                await self._translate_line(line)
            return
        question = meeting.questions.by_id.get(job.id)
        if question is None:
            return
        if job.kind == "question":
            await self._translate_question(question)
        elif question.reply is not None:
            await self._translate_reply(question.id, question.reply)

    async def _translate_question(self, question: Question) -> None:
        def wish(to: str, text: str, machine: str) -> Command:
            return TranslateQuestion(question.id, to, text, machine)

        await self._translate_text(question.text, question.language, wish)

    async def _translate_reply(self, question: str, reply: Reply) -> None:
        def wish(to: str, text: str, machine: str) -> Command:
            return TranslateReply(question, to, text, machine)

        await self._translate_text(reply.text, reply.language, wish)

    async def _prepare(self) -> None:
        """The engine and the glossary that the description names now."""
        description = self._meeting().description
        if self._engine is None or self._engine_name != description.translator:
            if self._engine is not None:
                await self._engine.close()
            self._engine = await self._open_engine(description.translator)
            self._engine_name, self._glossary_of = description.translator, None
        if self._glossary_of is not description:
            self._lines = LineTranslation(self._engine, glossary_of(description))
            self._glossary_of = description

    async def _translate_line(self, line: Line) -> None:
        piece = self._piece(line)
        for target in self._meeting().description.languages:
            if target != line.track and self._can(line.track, target):
                wordings = self._wordings(piece)
                assert self._lines is not None
                for line_id, text in (await self._translated(line, piece, target)).items():
                    if line_id in wordings:
                        words = text or NO_WORDS
                        await self._submit(TranslateLine(line_id, target, words, wordings[line_id], self._lines.name))

    async def _translated(self, line: Line, piece: Piece, target: str) -> dict[str, str]:
        """A line by itself that the engine has no words for stays as it was said, until its sentence goes on."""
        assert self._lines is not None
        try:
            return await self._lines.translate_piece(piece, line.track, target)
        except AnswerUnusable:
            return {line.id: line.said().text}

    def _piece(self, line: Line) -> Piece:
        """A remark stands for itself; what was said belongs to its sentence."""
        text = line.said().text
        if line.remark:
            return Stitcher(line.track).feed(line.id, "", text)
        stitcher = self._stitchers.setdefault(line.track, Stitcher(line.track))
        return stitcher.feed(line.id, line.speaker, text)

    def _wordings(self, piece: Piece) -> dict[str, str]:
        """Which words of each line are being translated, of those lines that still stand."""
        lines = self._meeting().captions.lines
        return {each: lines[each].said().event for each in piece.lines if each in lines}

    async def _translate_text(self, text: str, source: str, wish: Callable[[str, str, str], Command]) -> None:
        for target in self._meeting().description.languages:
            if target != source and self._can(source, target):
                assert self._lines is not None
                with contextlib.suppress(AnswerUnusable):
                    translated = await self._lines.translate_text(text, source, target)
                    await self._submit(wish(target, translated, self._lines.name))

    def _can(self, source: str, target: str) -> bool:
        assert self._lines is not None
        return self._lines.can(source, target)

    async def _submit(self, command: Command) -> None:
        try:
            await self._live.submit(command, MACHINE)
        except Refused as refused:
            _log.debug("A translation came too late: %s", refused.code)

    def _tell(self, *, failing: bool) -> None:
        """Let everybody know when the machine is away, and when it is back."""
        if failing != self._failing:
            self._failing = failing
            value = msgspec.json.encode({"engine": self._engine_name, "failing": True}) if failing else b""
            self._live.whisper("translator", value)


def glossary_of(description: Description) -> Glossary:
    """The meeting's glossary, and the names of those who speak, which no machine should translate."""
    names = [Term(dict.fromkeys(description.languages, speaker.name), "name") for speaker in description.speakers]
    return Glossary([*(Term(term.texts, _kind(term.kind)) for term in description.glossary), *names])


def _kind(kind: str) -> Kind:
    """A kind from a newer description counts as a term."""
    return "name" if kind == "name" else "acronym" if kind == "acronym" else "term"

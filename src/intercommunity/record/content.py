"""What a record tells of a meeting, gathered once for every form it takes; knows no page and no file.

1. A line belongs to the session that ran when it was spoken. What was said before all is the first's; where no session
   was ever opened, everything stands outside the agenda.
2. A line without a speaker goes on with the one before, unless it says that a new speaker begins. A speaker is one of
   the agenda if the line names their id, or their name in any spelling of case.
3. Times are counted from the opening of the session, or from its first line where that was spoken before.
4. Published of the questions is what everybody could see; not those that wait, were declined or withdrawn, and of a
   person who was blocked only what came on stage or was answered. The others appear as a number.
5. Secrets, links, desks and the ids of people do not come in here at all.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from intercommunity.meeting.actor import Role
from intercommunity.meeting.captions.rules import Line, Wording
from intercommunity.meeting.description import Description, Session, Speaker, Texts
from intercommunity.meeting.floor.rules import Floor, Span, session_at
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.nodes.events import AttendanceCounted
from intercommunity.meeting.polls.view import PollView, view_poll
from intercommunity.meeting.questions.question import Question, Status
from intercommunity.meeting.questions.view import view_question
from intercommunity.record.naming import stem
from intercommunity.wire.recording import Recording
from intercommunity.wire.text.control import clean


class Said(Struct, frozen=True):
    """One line. Times are ms UTC. `voice` keys `Content.voices`; `begins`: a speaker begins here."""

    id: str
    track: str
    start: int
    end: int
    session: str
    voice: str
    begins: bool
    remark: bool
    wordings: dict[str, Wording]

    def words(self, track: str) -> Wording | None:
        return self.wordings.get(track)

    def original(self) -> Wording:
        return self.wordings[self.track]

    def read_in(self, track: str) -> tuple[str, str]:
        """The text for readers of `track`, and the language it is in: the original where nothing was translated."""
        wording = self.wordings.get(track)
        text, language = (wording.text, track) if wording else (self.original().text, self.track)
        if self.remark and text[:1] not in ("[", "("):
            text = f"[{text}]"
        return text, language


class Voice(Struct, frozen=True):
    """Somebody who spoke, or whom the agenda names. `name` empty: not known who. `stem` names their page."""

    name: str
    affiliation: str
    stem: str


class Held(Struct, frozen=True):
    """A session as it was held. Times are ms UTC; `opened` 0: never; `closed` 0: not closed; `zero`: see rule 3."""

    id: str
    title: Texts
    speakers: tuple[str, ...]
    planned: int
    minutes: int
    opened: int
    closed: int
    zero: int
    stem: str
    lines: tuple[Said, ...]


class Unpublished(Struct, frozen=True):
    """How many questions are not in the record, by reason; `merged` are counted with those that stand for them."""

    waiting: int = 0
    declined: int = 0
    withdrawn: int = 0
    blocked: int = 0
    merged: int = 0


class Asked(Struct, frozen=True):
    """A published question. `askers` counts it and those merged into it; `answer` is the line nearest to the answer."""

    question: Question
    votes: int
    askers: int
    answer: Said | None


class Attendance(Struct, frozen=True):
    """`most`: the highest counts of who was connected; `joined` by country who gave a name; `rooms` the head counts."""

    most: AttendanceCounted
    joined: dict[str, int]
    rooms: dict[str, int]


class Content(Struct, frozen=True):
    """Everything a record tells. `zero` and the times are ms UTC; `ended` 0: the meeting was still going on.

    `plays`: whether scripts lie beside it that play the recordings in its pages.
    """

    identity: str
    version: str
    made_at: int
    description: Description
    ended: int
    zero: int
    sessions: tuple[Held, ...]
    lines: tuple[Said, ...]
    struck: int
    voices: dict[str, Voice]
    questions: tuple[Asked, ...]
    unpublished: Unpublished
    polls: tuple[PollView, ...]
    attendance: Attendance
    recordings: tuple[Recording, ...] = ()
    plays: bool = False

    def session(self, session_id: str) -> Held:
        return next(each for each in self.sessions if each.id == session_id)


def gather(meeting: Meeting, identity: str, made_at: int, version: str) -> Content:
    """`identity` names the meeting's log, `made_at` is ms UTC, `version` is of this software."""
    described = meeting.description
    lines = tuple(_lines(meeting))
    sessions = tuple(_sessions(described, meeting.floor, lines))
    begun = [each.zero for each in sessions if each.zero]
    return Content(
        identity=identity,
        version=version,
        made_at=made_at,
        description=described,
        ended=meeting.agenda.ended,
        zero=min(begun, default=described.starts),
        sessions=sessions,
        lines=lines,
        struck=len(meeting.captions.struck),
        voices=_voices(described.speakers, lines),
        questions=tuple(_questions(meeting, lines)),
        unpublished=_unpublished(meeting),
        polls=tuple(_polls(meeting)),
        attendance=_attendance(meeting),
    )


def _lines(meeting: Meeting) -> Iterator[Said]:
    known = _speakers_by_name(meeting.description.speakers)
    before: Said | None = None
    for *_, line_id in meeting.captions.order:
        before = _said(meeting.captions.lines[line_id], meeting.floor, known, before)
        yield before


def _speakers_by_name(speakers: Iterable[Speaker]) -> dict[str, str]:
    speakers = tuple(speakers)
    return {clean(each.name).casefold(): each.id for each in speakers} | {each.id: each.id for each in speakers}


def _said(line: Line, floor: Floor, known: dict[str, str], before: Said | None) -> Said:
    session = session_at(floor, line.start)
    same_session = before is not None and before.session == session
    goes_on = before is not None and same_session and not line.turn and not line.speaker
    name = clean(line.speaker)
    voice = before.voice if before and goes_on else known.get(line.speaker) or known.get(name.casefold()) or name
    return Said(
        id=line.id,
        track=line.track,
        start=line.start,
        end=line.end,
        session=session,
        voice=voice,
        begins=line.turn or before is None or not same_session or voice != before.voice,
        remark=line.remark,
        wordings={
            track: replace(wording, text=clean(wording.text), machine=clean(wording.machine))
            for track, wording in line.wordings.items()
        },
    )


def _sessions(described: Description, floor: Floor, lines: tuple[Said, ...]) -> Iterator[Held]:
    """In the order in which they were held; those that were not stand where they were planned."""
    by_session: dict[str, list[Said]] = {}
    for line in lines:
        by_session.setdefault(line.session, []).append(line)
    planned = {each.id: each for each in described.sessions}
    gone = (floor.spans.keys() | by_session.keys()) - planned.keys()
    sessions = [*planned.values(), *(Session(id=each, title={}, starts=0, minutes=0) for each in sorted(gone))]
    spans = {each.id: floor.spans.get(each.id, Span(opened=0)) for each in sessions}
    sessions.sort(key=lambda each: spans[each.id].opened or each.starts)
    for number, session in enumerate(sessions, 1):
        yield _held(number, session, spans[session.id], tuple(by_session.get(session.id, ())))


def _held(number: int, session: Session, span: Span, lines: tuple[Said, ...]) -> Held:
    moments = [moment for moment in (span.opened, lines[0].start if lines else 0) if moment]
    return Held(
        id=session.id,
        title=session.title,
        speakers=session.speakers,
        planned=session.starts,
        minutes=session.minutes,
        opened=span.opened,
        closed=span.closed,
        zero=min(moments, default=0),
        stem=stem(number, session.id),
        lines=lines,
    )


def _voices(speakers: Iterable[Speaker], lines: Iterable[Said]) -> dict[str, Voice]:
    """Those of the agenda first, then the others in the order in which they first spoke."""
    known = {each.id: each for each in speakers}
    found: dict[str, Voice] = {}
    for number, voice in enumerate(dict.fromkeys([*known, *(line.voice for line in lines)]), 1):
        speaker = known.get(voice)
        name = clean(speaker.name) if speaker else voice
        affiliation = clean(speaker.affiliation) if speaker else ""
        found[voice] = Voice(name, affiliation, stem(number, name))
    return found


def _questions(meeting: Meeting, lines: tuple[Said, ...]) -> Iterator[Asked]:
    questions = meeting.questions
    shown = [each for each in questions.by_id.values() if is_published(meeting, each)]
    for question in sorted(shown, key=lambda each: (each.asked_at, each.id)):
        yield Asked(
            question=question,
            votes=len(questions.voters(question.id)),
            askers=len(list(questions.family(question.id))),
            answer=nearest(lines, question.answered_at) if question.answered_at else None,
        )


def is_published(meeting: Meeting, question: Question) -> bool:
    if view_question(meeting.questions, question.id, Role.PUBLIC, "") is None:
        return False
    return question.person not in meeting.access.blocked or question.status is not Status.APPROVED


def _unpublished(meeting: Meeting) -> Unpublished:
    reasons = Counter(_reason(each) for each in meeting.questions.by_id.values() if not is_published(meeting, each))
    return Unpublished(**reasons)


def _reason(question: Question) -> str:
    if question.merged_into:
        return "merged"
    return "blocked" if question.status is Status.APPROVED else question.status.value


def nearest(lines: tuple[Said, ...], moment: int) -> Said | None:
    """The line that began nearest to a moment (ms UTC); of two as near, the earlier."""
    if not lines:
        return None
    place = bisect_left(lines, moment, key=lambda each: each.start)
    return min(lines[max(place - 1, 0) : place + 1], key=lambda each: abs(each.start - moment))


def _polls(meeting: Meeting) -> Iterator[PollView]:
    for poll in meeting.polls.by_id:
        shown = view_poll(meeting.polls, poll, Role.PUBLIC)
        if shown is not None:
            yield shown


def _attendance(meeting: Meeting) -> Attendance:
    joined = Counter(person.country for person in meeting.access.people.values())
    return Attendance(meeting.nodes.most, dict(sorted(joined.items())), dict(meeting.nodes.most_in_rooms))

"""The record as JSON: the shape that programs may rely on, apart from the shapes inside; version 1.

The schema of these structs is written beside it, with their docstrings as its documentation. What is added later keeps
the version; what changes or goes raises it. All times are milliseconds UTC, 0 where something did not happen.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from intercommunity.meeting.captions.rules import Wording
from intercommunity.meeting.questions.question import Reply, Translation
from intercommunity.record.content import Asked, Content, Held, Said, Unpublished
from intercommunity.record.marks import made, outdated, tally
from intercommunity.wire.recording import Recording

FORMAT = "intercommunity-record"
VERSION = 1

Texts = dict[str, str]


class WordingData(Struct, frozen=True):
    """The words of a line in one language.

    `made`: `written`, `translated` or `corrected` by a person; `recognised` or `machine_translated` by the engine
    that `machine` names. `outdated`: they translate words that were changed later.
    """

    text: str
    made: str
    machine: str = ""
    outdated: bool = False


class LineData(Struct, frozen=True):
    """A line as it was spoken. `language` is the one it was said in; a language that `wordings` lacks has none.

    `speaker` is a key of `speakers`; `turn`: a speaker begins here; `remark`: noted, not said.
    """

    id: str
    session: str
    start: int
    end: int
    speaker: str
    language: str
    wordings: dict[str, WordingData]
    turn: bool = False
    remark: bool = False


class SessionData(Struct, frozen=True):
    """A session as planned and as held. `file` begins the names of its files."""

    id: str
    title: Texts
    speakers: tuple[str, ...]
    planned: int
    minutes: int
    opened: int
    closed: int
    file: str


class SpeakerData(Struct, frozen=True):
    """`name` is empty for those of whom nobody noted who they are."""

    name: str
    affiliation: str = ""


class NodeData(Struct, frozen=True):
    """A room: `country` is ISO 3166-1 alpha-2, `people` the highest head count, `connected` the highest from there."""

    id: str
    city: str
    country: str
    time_zone: str
    kind: str
    people: int = 0
    connected: int = 0


class TranslationData(Struct, frozen=True):
    """`machine` names the engine; empty: a person's work."""

    text: str
    machine: str = ""


class ReplyData(Struct, frozen=True):
    """An answer in writing."""

    text: str
    language: str
    at: int
    translations: dict[str, TranslationData]


class QuestionData(Struct, frozen=True):
    """A question that everybody could see.

    `status`: `approved` (not answered), `staged` (on stage when the record was made) or `answered`. `askers`: how many
    questions it stands for. `answered_at`: when the answer began on stage, `line` the line nearest to it.
    """

    id: str
    text: str
    language: str
    status: str
    votes: int
    askers: int
    asked_at: int
    name: str
    affiliation: str
    country: str
    node: str
    translations: dict[str, TranslationData]
    answered_at: int = 0
    line: str = ""
    reply: ReplyData | None = None


class PollData(Struct, frozen=True):
    """`counts` by option, empty while it was open. Not `certified`: some room's ballots may be missing."""

    id: str
    question: Texts
    options: tuple[Texts, ...]
    ballots: int
    counts: tuple[int, ...]
    opened_at: int
    closed_at: int
    certified: bool


class AttendanceData(Struct, frozen=True):
    """`people` and `countries`: the highest counts connected at once; `joined`: who gave a name, by country.

    Countries are ISO 3166-1 alpha-2; the empty one: not said.
    """

    people: int
    countries: dict[str, int]
    joined: dict[str, int]


class TrackData(Struct, frozen=True):
    """How the lines of a track were made: by `made`, and those of machines by engine."""

    lines: int
    made: dict[str, int]
    engines: dict[str, int]


class StretchData(Struct, frozen=True):
    """A piece of a recording without a pause: from `moment` on, `place` and `seconds` in seconds of the recording."""

    moment: int
    place: float
    seconds: float


class RenditionData(Struct, frozen=True):
    """A channel to hear or a track to read. `language` is BCP 47, `mul` for the floor; `file` "": there is none."""

    language: str
    name: str
    file: str


class RecordingData(Struct, frozen=True):
    """Picture and sound of the meeting, in the folder `folder`; files are "" where there are none."""

    folder: str
    began: int
    seconds: float
    stretches: tuple[StretchData, ...]
    hls: str
    video: str
    sign: str
    sounds: tuple[RenditionData, ...]
    captions: tuple[RenditionData, ...]


class UnpublishedData(Struct, frozen=True):
    """How many questions are not here, by reason; `merged` are part of others."""

    waiting: int
    declined: int
    withdrawn: int
    blocked: int
    merged: int


class RecordData(Struct, frozen=True):
    """The record of a meeting. `identity` names its log: a record made anew has the same."""

    format: str
    version: int
    identity: str
    slug: str
    software: str
    made_at: int
    title: Texts
    languages: tuple[str, ...]
    starts: int
    ended: int
    rehearsal: bool
    tracks: dict[str, TrackData]
    sessions: tuple[SessionData, ...]
    speakers: dict[str, SpeakerData]
    nodes: tuple[NodeData, ...]
    lines: tuple[LineData, ...]
    struck_lines: int
    questions: tuple[QuestionData, ...]
    unpublished_questions: UnpublishedData
    polls: tuple[PollData, ...]
    attendance: AttendanceData
    recordings: tuple[RecordingData, ...] = ()


def write_data(content: Content) -> bytes:
    """The record as JSON, one line of the meeting a line of the file."""
    return msgspec.json.format(msgspec.json.encode(_record(content)), indent=1) + b"\n"


def write_schema() -> bytes:
    """JSON Schema (2020-12) of what `write_data` writes."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(RecordData)}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def _record(content: Content) -> RecordData:
    described = content.description
    most = content.attendance.most
    return RecordData(
        format=FORMAT,
        version=VERSION,
        identity=content.identity,
        slug=described.slug,
        software=content.version,
        made_at=content.made_at,
        title=described.title,
        languages=described.languages,
        starts=described.starts,
        ended=content.ended,
        rehearsal=described.rehearsal,
        tracks={track: _track(content.lines, track) for track in described.languages},
        sessions=tuple(_session(held) for held in content.sessions),
        speakers={key: SpeakerData(voice.name, voice.affiliation) for key, voice in content.voices.items()},
        nodes=tuple(_nodes(content)),
        lines=tuple(_line(said) for said in content.lines),
        struck_lines=content.struck,
        questions=tuple(_question(asked) for asked in content.questions),
        unpublished_questions=_unpublished(content.unpublished),
        polls=tuple(_polls(content)),
        attendance=AttendanceData(most.people, dict(sorted(most.countries.items())), content.attendance.joined),
        recordings=tuple(_recording(each) for each in content.recordings),
    )


def _track(lines: tuple[Said, ...], track: str) -> TrackData:
    counted = tally(lines, track)
    return TrackData(counted.lines, {how.value: count for how, count in sorted(counted.made.items())}, counted.engines)


def _session(held: Held) -> SessionData:
    return SessionData(
        held.id, held.title, held.speakers, held.planned, held.minutes, held.opened, held.closed, held.stem
    )


def _line(said: Said) -> LineData:
    return LineData(
        id=said.id,
        session=said.session,
        start=said.start,
        end=said.end,
        speaker=said.voice,
        language=said.track,
        wordings={track: _wording(said, track, wording) for track, wording in said.wordings.items()},
        turn=said.begins,
        remark=said.remark,
    )


def _wording(said: Said, track: str, wording: Wording) -> WordingData:
    return WordingData(wording.text, made(said, track).value, wording.machine, outdated(said, track))


def _nodes(content: Content) -> Iterator[NodeData]:
    rooms, connected = content.attendance.rooms, content.attendance.most.nodes
    for node in content.description.nodes:
        yield NodeData(
            id=node.id,
            city=node.city,
            country=node.country,
            time_zone=node.time_zone,
            kind=node.kind.value,
            people=rooms.get(node.id, 0),
            connected=connected.get(node.id, 0),
        )


def _question(asked: Asked) -> QuestionData:
    question = asked.question
    return QuestionData(
        id=question.id,
        text=question.text,
        language=question.language,
        status=question.status.value,
        votes=asked.votes,
        askers=asked.askers,
        asked_at=question.asked_at,
        name=question.name,
        affiliation=question.affiliation,
        country=question.country,
        node=question.node,
        translations=_translations(question.translations),
        answered_at=question.answered_at,
        line=asked.answer.id if asked.answer else "",
        reply=_reply(question.reply) if question.reply else None,
    )


def _reply(reply: Reply) -> ReplyData:
    return ReplyData(reply.text, reply.language, reply.at, _translations(reply.translations))


def _translations(translations: dict[str, Translation]) -> dict[str, TranslationData]:
    return {language: TranslationData(each.text, each.machine) for language, each in sorted(translations.items())}


def _unpublished(counts: Unpublished) -> UnpublishedData:
    return UnpublishedData(counts.waiting, counts.declined, counts.withdrawn, counts.blocked, counts.merged)


def _polls(content: Content) -> Iterator[PollData]:
    for poll in content.polls:
        yield PollData(
            id=poll.id,
            question=poll.question,
            options=poll.options,
            ballots=poll.ballots,
            counts=poll.counts,
            opened_at=poll.opened_at,
            closed_at=poll.closed_at,
            certified=poll.certified,
        )


def _recording(recording: Recording) -> RecordingData:
    return RecordingData(
        folder=recording.folder,
        began=recording.began,
        seconds=recording.seconds,
        stretches=tuple(StretchData(each.moment, each.place, each.seconds) for each in recording.stretches),
        hls=recording.hls,
        video=recording.video,
        sign=recording.sign,
        sounds=tuple(RenditionData(each.language, each.name, each.file) for each in recording.sounds),
        captions=tuple(RenditionData(each.language, each.name, each.file) for each in recording.captions),
    )


def read_identity(body: bytes) -> tuple[str, str] | None:
    """Identity and slug of a record, as far as needed to recognise one of ours; None for anything else."""
    try:
        found: Any = msgspec.json.decode(body, type=_Recognised)
    except msgspec.MsgspecError:
        return None
    return (found.identity, found.slug) if found.format == FORMAT else None


class _Recognised(Struct, frozen=True):
    format: str
    identity: str
    slug: str

"""Writes the record of a meeting into a folder; knows no log: the state comes in."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from intercommunity.meeting.meeting import Meeting
from intercommunity.record.content import Content, gather
from intercommunity.record.data import write_data, write_schema
from intercommunity.record.downloads import downloads
from intercommunity.record.errors import meeting_undescribed
from intercommunity.record.folder import DATA, SUMS, ensure_replaceable, place_files
from intercommunity.record.pages import STYLE, pages, style


class Summary(Struct, frozen=True):
    """What was written where. `size` is in bytes, `unpublished` counts the questions that are not in it."""

    out: str
    files: int
    size: int
    languages: tuple[str, ...]
    sessions: int
    lines: int
    questions: int
    unpublished: int


def write_record(meeting: Meeting, identity: str, out: Path, made_at: int, version: str) -> Summary:
    """Write everything that is published of a meeting to the folder `out`, whole or not at all.

    identity: the same for every record of this meeting, such as its log's id. made_at: ms UTC. version: of this
    software. The same log and arguments give the same bytes. Raises RecordRefused with the codes of `errors.py`.
    """
    if not meeting.description.slug:
        raise meeting_undescribed()
    out = out.resolve()
    ensure_replaceable(out, identity)
    content = gather(meeting, identity, made_at, version)
    files = dict(_files(content))
    place_files(files, out)
    return _summary(content, files, out)


def _files(content: Content) -> Iterator[tuple[str, bytes]]:
    data = {DATA: write_data(content), DATA.replace(".json", ".schema.json"): write_schema(), **downloads(content)}
    yield from data.items()
    yield STYLE, style()
    sizes = {name: len(body) for name, body in data.items()}
    for name, page in pages(content, sizes):
        yield name, page.encode()


def _summary(content: Content, files: dict[str, bytes], out: Path) -> Summary:
    left_out = content.unpublished
    return Summary(
        out=str(out),
        files=len(files) + len([SUMS]),
        size=sum(len(body) for body in files.values()),
        languages=content.description.languages,
        sessions=len(content.sessions),
        lines=len(content.lines),
        questions=len(content.questions),
        unpublished=left_out.waiting + left_out.declined + left_out.withdrawn + left_out.blocked,
    )

"""Writes the record of a meeting into a folder; knows no log: the state comes in."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from intercommunity.meeting.meeting import Meeting
from intercommunity.record.content import Content, gather
from intercommunity.record.data import write_data, write_schema
from intercommunity.record.downloads import downloads
from intercommunity.record.errors import meeting_undescribed
from intercommunity.record.folder import DATA, SUMS, ensure_replaceable, place_files
from intercommunity.record.pages import pages
from intercommunity.record.pages.player import PLAYER, words_for_player
from intercommunity.record.pages.style import STYLE, style
from intercommunity.record.recordings import read_recordings

NO_SCRIPTS: Mapping[str, bytes] = {}


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


def write_record(
    meeting: Meeting,
    identity: str,
    out: Path,
    made_at: int,
    version: str,
    recordings: Path | None = None,
    scripts: Mapping[str, bytes] = NO_SCRIPTS,
) -> Summary:
    """Write everything that is published of a meeting to the folder `out`, whole or not at all.

    identity: the same for every record of this meeting, such as its log's id. made_at: ms UTC. version: of this
    software. recordings: a folder beside `out` (see `folder.workshop`) with the recordings, each in a folder with its
    recording.json; they are moved. scripts: what plays them in the pages, by name. The same log and arguments give the
    same bytes. Raises RecordRefused with the codes of `errors.py`.
    """
    if not meeting.description.slug:
        raise meeting_undescribed()
    out = out.resolve()
    ensure_replaceable(out, identity)
    found = read_recordings(recordings) if recordings is not None else ()
    content = replace(gather(meeting, identity, made_at, version), recordings=found, plays=bool(scripts and found))
    sizes = _sizes(recordings) if recordings is not None else {}
    files = dict(_files(content, sizes))
    if content.plays:
        files |= {f"{PLAYER}/{name}": body for name, body in scripts.items()}
    place_files(files, out, recordings)
    return _summary(content, {name: len(body) for name, body in files.items()} | sizes, out)


def _sizes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def _files(content: Content, recorded: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """`recorded`: bytes of the recordings' files, by path."""
    data = {DATA: write_data(content), DATA.replace(".json", ".schema.json"): write_schema(), **downloads(content)}
    yield from data.items()
    yield STYLE, style()
    if content.plays:
        yield from words_for_player(content)
    sizes = {name: len(body) for name, body in data.items()} | recorded
    for name, page in pages(content, sizes):
        yield name, page.encode()


def _summary(content: Content, files: dict[str, int], out: Path) -> Summary:
    left_out = content.unpublished
    return Summary(
        out=str(out),
        files=len(files) + len([SUMS]),
        size=sum(files.values()),
        languages=content.description.languages,
        sessions=len(content.sessions),
        lines=len(content.lines),
        questions=len(content.questions),
        unpublished=left_out.waiting + left_out.declined + left_out.withdrawn + left_out.blocked,
    )

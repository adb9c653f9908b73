"""Lines as readers see them: grouped into turns, with their times and marks."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from intercommunity.record.content import Content, Said, Voice
from intercommunity.record.cues import utc
from intercommunity.record.marks import Made, made, outdated
from intercommunity.record.naming import anchor
from intercommunity.record.reader import Reader, elapsed
from intercommunity.record.recordings import href_of, place_of

NO_MARK = Markup()


class Row(NamedTuple):
    """A line in one language on a page. `times`: of day and since the session began; `kind`: its CSS classes.

    `moment`, `until`: when it was said, ms UTC; `play`: where it is heard, from the record's folder; "" for nowhere.
    """

    anchor: Markup
    times: Markup
    words: Markup
    kind: Markup
    mark: Markup
    moment: int
    until: int
    play: str
    play_name: Markup


class Turn(NamedTuple):
    """Lines of one speaker; `name` is empty above remarks alone. `mark` is set where all lines have the same."""

    name: Markup
    affiliation: str
    mark: Markup
    rows: tuple[Row, ...]


class Transcript:
    """Every line as one reader sees it, in any language; each is made once, however many pages it stands on."""

    def __init__(self, reader: Reader, content: Content) -> None:
        self.reader = reader
        self._voices = content.voices
        self._recordings = content.recordings
        self._zeros = {held.id: held.zero for held in content.sessions}
        self._rows: dict[tuple[str, str], Row] = {}
        self._times: dict[str, Markup] = {}

    def turns(self, lines: Iterable[Said]) -> Iterator[Turn]:
        """What the reader's language has; a mark that all lines of a turn share stands once."""
        for group in turns(lines):
            rows = [self.row(said, self.reader.language) for said in group]
            shared = rows[0].mark if len({row.mark for row in rows}) == 1 else NO_MARK
            shown = [row._replace(mark=NO_MARK) for row in rows] if shared else rows
            yield Turn(self.name_of(group), self._voices[group[0].voice].affiliation, shared, tuple(shown))

    def row(self, said: Said, track: str) -> Row:
        found = self._rows.get((said.id, track))
        if found is None:
            found = self._rows[said.id, track] = self._row(said, track)
        return found

    def _row(self, said: Said, track: str) -> Row:
        kind = f"{made(said, track)} remark" if said.remark else made(said, track).value
        return Row(
            anchor=escape(anchor(said.id)),
            times=self._times_of(said),
            words=self.reader.phrase(*said.read_in(track)),
            kind=escape(kind),
            mark=mark(said, track, self.reader),
            moment=said.start,
            until=said.end,
            play=self._play(said),
            play_name=self.reader.tell("Play from {time}", time=self.reader.clock(said.start)),
        )

    def _play(self, said: Said) -> str:
        place = place_of(self._recordings, said.start)
        return href_of(self._recordings, place) if place else ""

    def _times_of(self, said: Said) -> Markup:
        found = self._times.get(said.id)
        if found is None:
            clock, since = self.reader.clock(said.start), elapsed(said.start - self._zeros[said.session])
            html = f'<time datetime="{utc(said.start)}">{clock}</time> <span class="since">{since}</span>'
            found = self._times[said.id] = Markup(html)  # noqa: S704 - figures alone
        return found

    def name_of(self, group: Sequence[Said]) -> Markup:
        return name_of(group, self.reader, self._voices)


def turns(lines: Iterable[Said]) -> Iterator[list[Said]]:
    """The lines from one beginning to the next. A remark between does not end a turn."""
    group: list[Said] = []
    for said in lines:
        if group and (said.begins or said.session != group[-1].session) and not (said.remark and not said.voice):
            yield group
            group = []
        group.append(said)
    if group:
        yield group


def name_of(group: Sequence[Said], reader: Reader, voices: dict[str, Voice]) -> Markup:
    name = voices[group[0].voice].name
    if not name and all(said.remark for said in group):
        return Markup()
    return escape(name) if name else reader.tell("Speaker not named")


def mark(said: Said, track: str, reader: Reader) -> Markup:
    """What is said beside a line of how its words came about; nothing where people wrote or translated them."""
    return _mark(made(said, track), said.track, outdated(said, track), reader)


@lru_cache(maxsize=1_000)
def _mark(how: Made, original: str, stale: bool, reader: Reader) -> Markup:  # noqa: FBT001 - two marks may meet
    marks: list[Markup] = []
    match how:
        case Made.MISSING:
            marks = [reader.tell("not translated, in {language}", language=reader.language_name(original))]
        case Made.RECOGNISED:
            marks = [reader.tell("recognised by machine")]
        case Made.MACHINE_TRANSLATED:
            marks = [reader.tell("machine translation")]
        case Made.CORRECTED:
            marks = [reader.tell("corrected")]
    if stale:
        marks.append(reader.tell("the original was changed later"))
    return Markup(", ").join(marks)

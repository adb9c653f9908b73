"""PURE: caption lines of one speaker, stitched into sentences and cut again; knows no engine and no clock.

A line is often a part of a sentence, and a part translates badly. So each line is translated at once together with what
its sentence holds so far, and the translation is cut at word boundaries in proportion to the lines. When the next line
arrives, the sentence is translated again, and the earlier lines of it get their corrected parts. A line that holds the
end of one sentence and the start of another belongs to both.

A sentence is closed by its end, by a change of speaker, and, for speech without stops, by its size.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from intercommunity.languages.sentences import ends_sentence, sentences

__all__ = ["Line", "Part", "Piece", "Sentence", "Stitcher", "ends_sentence", "join", "split", "stitch"]

MOST_LINES = 6  # in one open sentence
MOST_CHARACTERS = 600
_REMEMBERED = 24  # lines in which a correction still finds its sentence

_NO_SPACES = "぀-ヿ㐀-鿿豈-﫿฀-๿ກ-ໟ"  # kana, Han, Thai, Lao: written without spaces between words
_TOKEN = re.compile(rf"[{_NO_SPACES}][、。，．！？」』）]*|[^\s{_NO_SPACES}]+")
_PAUSE = re.compile(r"[,;:.!?…)—–،。，、！？][\"'”’»]?\s*$")
_PAUSE_IS_WORTH = 8  # characters by which a cut may be off if it falls on a pause


class Line(msgspec.Struct, frozen=True):
    id: str
    speaker: str
    text: str


class Part(msgspec.Struct, frozen=True):
    """What one line holds of one sentence."""

    line: str
    text: str


class Sentence(msgspec.Struct, frozen=True):
    """A sentence over one or more lines; ``complete`` when it ended with a stop."""

    parts: tuple[Part, ...]
    complete: bool

    @property
    def text(self) -> str:
        return join([part.text for part in self.parts])


class Piece(msgspec.Struct, frozen=True):
    """What is to be translated after a line came in, and the lines whose translation is new then.

    ``sentences`` are all that these lines hold, in order; their outermost parts may belong to lines that
    are not in ``lines`` and stay as they are.
    """

    lines: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return join([sentence.text for sentence in self.sentences])

    @property
    def complete(self) -> bool:
        return all(sentence.complete for sentence in self.sentences)


class Stitcher:
    """The recent lines of one track, fed one by one in the order in which they were said."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._lines: dict[str, Line] = {}

    def feed(self, line_id: str, speaker: str, text: str) -> Piece:
        """Take a new line, or the corrected text of a recent one."""
        before = set(stitch(self._lines.values(), self._lang))
        self._lines[line_id] = Line(line_id, speaker, text)
        piece = _changes(before, stitch(self._lines.values(), self._lang), self._lines, line_id)
        self._forget()
        return piece

    def _forget(self) -> None:
        for line_id in list(self._lines)[:-_REMEMBERED]:
            del self._lines[line_id]


def stitch(lines: Iterable[Line], lang: str) -> list[Sentence]:
    """Return the sentences of consecutive lines; every word of every line is in exactly one."""
    found: list[Sentence] = []
    parts: list[Part] = []
    speaker = None
    for line in lines:
        if parts and line.speaker != speaker:
            found.append(Sentence(tuple(parts), complete=False))
            parts = []
        speaker = line.speaker
        for chunk in sentences(line.text, lang):
            parts.append(Part(line.id, chunk))
            complete = ends_sentence(chunk, lang)
            if complete or _is_full(parts):
                found.append(Sentence(tuple(parts), complete))
                parts = []
    return [*found, Sentence(tuple(parts), complete=False)] if parts else found


def join(texts: Iterable[str]) -> str:
    """Return consecutive texts as one, with single spaces, or none between letters of scripts without spaces."""
    joined = ""
    for text in texts:
        stripped = text.strip()
        joined += stripped if not joined or not stripped or _is_seamless(joined, stripped) else f" {stripped}"
    return joined


def split(translated: str, weights: Sequence[int]) -> list[str]:
    """Cut a text into as many parts as there are weights, at word boundaries, in proportion to them.

    The parts joined are the text (but for white space). Every part with a weight has a word as long as there are
    enough of them, and a part without weight is empty. Among cuts that are about as good, one on a pause is taken.
    """
    weighted = [weight for weight in weights if weight > 0]
    if not weighted:
        return [translated.strip(), *("" for _ in weights[1:])] if weights else []
    parts = iter(_cut(translated, weighted))
    return [next(parts) if weight > 0 else "" for weight in weights]


def _cut(text: str, weights: list[int]) -> list[str]:
    boundaries = [token.start() for token in _TOKEN.finditer(text)][1:]
    cuts = [0]
    first = 0
    for number in range(1, len(weights)):
        ideal = len(text) * sum(weights[:number]) / sum(weights)
        last = max(first + 1, len(boundaries) - (len(weights) - 1 - number))
        candidates = boundaries[first:last]
        cut = min(candidates, key=lambda at: _badness(text, at, ideal), default=len(text))
        cuts.append(cut)
        first = boundaries.index(cut) + 1 if candidates else first
    return [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _badness(text: str, at: int, ideal: float) -> float:
    return abs(at - ideal) - (_PAUSE_IS_WORTH if _PAUSE.search(text, max(0, at - 4), at) else 0)


def _is_seamless(before: str, after: str) -> bool:
    edge = re.compile(f"[{_NO_SPACES}、。，．！？」』）]")
    return bool(edge.match(before[-1]) and edge.match(after[0]))


def _is_full(parts: list[Part]) -> bool:
    return len(parts) >= MOST_LINES or sum(len(part.text) for part in parts) >= MOST_CHARACTERS


def _changes(before: set[Sentence], after: list[Sentence], order: Iterable[str], line_id: str) -> Piece:
    changed = [sentence for sentence in after if sentence not in before]
    touched = {line_id, *(part.line for sentence in changed for part in sentence.parts)}
    return Piece(
        lines=tuple(line for line in order if line in touched),
        sentences=tuple(sentence for sentence in after if any(part.line in touched for part in sentence.parts)),
    )

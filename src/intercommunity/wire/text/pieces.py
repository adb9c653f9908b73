"""Caption pieces, and where running text is cut into caption lines; knows no form of caption text."""

import re
from typing import Final

import msgspec

LONGEST: Final = 180  # characters in a caption line: two or three lines on a phone, twelve seconds of talk
SHORTEST: Final = 40  # below this a sentence waits for the next one: "Good morning. Good evening."

# A sentence ends at a full stop and its like, with the quotes or brackets that close after it, before a
# blank. Chinese and Japanese put no blank there.
_SENTENCE_END = re.compile(r"[.?!…؟۔।]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”’）]*")
_CLAUSE_END = re.compile(r"[,;:—–،؛][\"'”’»)\]]*(?=\s)|[、，；]")
_SENTENCE_ENDED = re.compile(r"[.?!…؟۔।。！？][\"'”’»)\]」』）]*$")
_LAST_WORD = re.compile(r"(\S*)$")
_SOLID = re.compile(r"\S")
_BLANKS = re.compile(r"\s+")
_ABBREVIATIONS: Final = frozenset(
    """
    mr mrs ms dr dra sr sra srta prof profa st sta ing lic arq vs approx gral mme mlle jr art
    """.split()  # noqa: SIM905 - words are read best as words
)


class Piece(msgspec.Struct, frozen=True):
    """A caption line as it comes from outside, before it has an id.

    speaker: the name as written, None if the text names nobody. turn: a change of speaker begins here.
    start, end: milliseconds on the source's own clock, None where it has none. remark: what is heard
    but not said, with its brackets: [APPLAUSE].
    """

    text: str
    speaker: str | None = None
    turn: bool = False
    start: int | None = None
    end: int | None = None
    remark: bool = False


def lines(text: str, longest: int = LONGEST, shortest: int = SHORTEST) -> list[str]:
    """Running text as caption lines of at most `longest` characters; every word survives, in order.

    A line ends at a sentence end, else at a clause mark, else between words; only a word that is longer
    than a line is cut.
    """
    found, at = [], _skip_blanks(text, 0)
    while at < len(text):
        end = line_end(text, at, len(text), final=True, longest=longest, shortest=shortest)
        assert end is not None
        found.append(_BLANKS.sub(" ", text[at:end]).strip())
        at = _skip_blanks(text, end)
    return found


def line_end(
    text: str, at: int, end: int, *, final: bool, longest: int = LONGEST, shortest: int = SHORTEST
) -> int | None:
    """Where the caption line that begins at text[at] ends, if text[at:end] is known to decide it.

    final: nothing follows, so the rest is a line. Else None stands for "it depends on what follows":
    text that comes in parts is cut in the same places as text that comes whole.
    """
    for match in _SENTENCE_END.finditer(text, at, min(end, at + longest + 1)):
        if shortest <= match.end() - at <= longest and not _is_abbreviation(match):
            following = _SOLID.search(text, match.end(), end)
            if following is None:
                return match.end() if final else None
            if not following[0].islower():
                return match.end()
    if _SOLID.search(text, at + longest, end):
        return _forced_end(text, at, longest, shortest)
    return end if final else None


def ends_sentence(text: str) -> bool:
    """Whether text, without blanks at its end, closes a sentence."""
    return _SENTENCE_ENDED.search(text) is not None


def _is_abbreviation(match: re.Match[str]) -> bool:
    """Initials and titles: the full stop of "Dr. J. Alarcón" ends nothing."""
    if match[0] != ".":
        return False
    before = _LAST_WORD.search(match.string, max(match.pos, match.start() - 12), match.start())
    assert before is not None
    word = before[1].rpartition(".")[2].lstrip("(\"'“¿¡").lower()
    return (len(word) == 1 and word.isalpha()) or word in _ABBREVIATIONS


def _forced_end(text: str, at: int, longest: int, shortest: int) -> int:
    """The end of a line that no sentence end closes: the last clause mark, else blank, that fits.

    Where it can, it leaves so much for the next line that a single word does not stand alone there.
    """
    for roomy in (longest - shortest, longest):
        clauses = [match.end() for match in _CLAUSE_END.finditer(text, at + shortest, at + roomy + 1)]
        blanks = [match.start() for match in _BLANKS.finditer(text, at + 1, at + roomy + 1)]
        ends = [end for end in clauses if end - at <= roomy] or blanks
        if ends:
            return ends[-1]
    return at + longest


def _skip_blanks(text: str, at: int) -> int:
    solid = _SOLID.search(text, at)
    return solid.start() if solid else len(text)

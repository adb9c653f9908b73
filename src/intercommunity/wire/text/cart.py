"""CART text, as stenographers write it, read into pieces, whole or as it grows; leaves capitals alone.

`>>` marks a change of speaker and `>>>` a new subject, which is a change of speaker too, even glued to
the words around it. `>> NAME:` names the speaker. What is heard but not said stands in brackets or
parentheses. There is no standard; these are the habits of the trade.
"""

import re
from typing import Final

import msgspec

from intercommunity.wire.text.control import clean
from intercommunity.wire.text.pieces import LONGEST, Piece, ends_sentence, line_end

_MARK = re.compile(r">{2,}")
_NAME = re.compile(r"[^\S\n]*([^\W\d_][\w.’'\- ]{0,48}):")
_NAME_SO_FAR = re.compile(r"[^\S\n]*(?:[^\W\d_][\w.’'\- ]{0,48})?\Z")
_REMARK = re.compile(r"[(\[][^()\[\]>\n]{1,80}[)\]]")
_REMARK_SO_FAR = re.compile(r"[(\[][^()\[\]>\n]{0,80}\Z")
_STOP = re.compile(r">+|\n|[(\[]")
_BLANK = re.compile(r"\s*")
_BLANKS = re.compile(r"\s+")
_BLANK_IN_LINE = re.compile(r"[^\S\n]*")
_SIGHT: Final = LONGEST + 120  # characters: a line is decided within these, so nobody looks further
_LONGEST_NAME_WORDS: Final = 5
_LONGEST_TITLE: Final = 5  # characters: "Prof."
_PARTICLES: Final = frozenset(
    """
    de del la las los el da das do dos di van von der den bin al y e and
    """.split()  # noqa: SIM905 - words are read best as words
)
# Words that open a clause rather than name a person: ">> SO HERE IS MY POINT: …"
_NOT_IN_NAMES: Final = frozenset(
    """
    i we you it he she they this that these those is are was so but my our here there not yes no thank
    first second yo es son esto eso este que pero mi nuestro aquí hay sí gracias primero segundo
    """.split()  # noqa: SIM905 - words are read best as words
)


class Voice(msgspec.Struct, frozen=True):
    """Who speaks where the text goes on. turn: nothing has been said since the mark."""

    speaker: str | None = None
    turn: bool = False


class Taken(msgspec.Struct, frozen=True):
    """What was taken from the text: a piece, or None if only a mark; where the rest begins; its voice."""

    piece: Piece | None
    at: int
    voice: Voice


def parse(text: str) -> list[Piece]:
    """A whole CART text as pieces. One line end is a blank, an empty line ends a paragraph."""
    parser = Parser()
    return parser.feed(text) + parser.finish()


class Parser:
    """CART text that grows: the same pieces as from the whole text, each as soon as it is certain."""

    def __init__(self) -> None:
        self._text = ""
        self._voice = Voice()
        self._blanks = ""  # line ends at the end of what came: a wrapped line, or a paragraph?

    def feed(self, text: str) -> list[Piece]:
        """The pieces that this much more text finishes."""
        fresh = self._blanks + text.replace("\ufeff", "")
        solid = fresh.rstrip()
        self._blanks = fresh[len(solid) :]
        self._text += _unwrap(solid)
        return self._settle(final=False)

    def finish(self) -> list[Piece]:
        """The pieces that are left when nothing follows."""
        self._blanks = ""
        return self._settle(final=True)

    def _settle(self, *, final: bool) -> list[Piece]:
        found, at = [], 0
        while taken := take(self._text, at, self._voice, final=final):
            at, self._voice = taken.at, taken.voice
            if taken.piece:
                found.append(taken.piece)
        self._text = self._text[at:]
        return found


def draft(text: str, voice: Voice) -> Piece | None:
    """What text holds, as one unfinished piece; None if there are no words."""
    pieces, at = [], 0
    while taken := take(text, at, voice, final=True):
        at, voice = taken.at, taken.voice
        if taken.piece:
            pieces.append(taken.piece)
    if not pieces:
        return None
    words = " ".join(piece.text for piece in pieces)
    return msgspec.structs.replace(pieces[0], text=words)


def take(text: str, at: int, voice: Voice, *, final: bool) -> Taken | None:
    """The next piece or mark from text[at:], or None if there is none yet.

    A line end closes a piece here. final: nothing follows, so whatever is there is decided.
    """
    blank = _BLANK.match(text, at)
    assert blank is not None
    begin = blank.end()
    if begin == len(text):
        return None
    if text[begin] == ">" and (mark := _take_mark(text, begin, final=final)) != _NO_MARK:
        return mark
    return _take_words(text, begin, voice, final=final)


_NO_MARK: Final = Taken(None, -1, Voice())


def _take_mark(text: str, begin: int, *, final: bool) -> Taken | None:
    """The mark at text[begin] and the name after it; _NO_MARK for a single `>` among words."""
    mark = _MARK.match(text, begin)
    after = mark.end() if mark else begin + 1
    if after == len(text) and not final:
        return None
    if mark is None:
        return _NO_MARK
    if not final and _NAME_SO_FAR.match(text, after):
        return None
    name = _NAME.match(text, after)
    if name and _is_name(name[1]):
        return Taken(None, name.end(), Voice(clean(name[1]), turn=True))
    return Taken(None, after, Voice(turn=True))


def _is_name(words: str) -> bool:
    """Few words, none of them the beginning of a clause, all with a capital but the particles."""
    found = words.split()
    if len(found) > _LONGEST_NAME_WORDS or any(word.strip(".").casefold() in _NOT_IN_NAMES for word in found):
        return False
    return all(_is_part_of_name(word) for word in found)


def _is_part_of_name(word: str) -> bool:
    """A capital or a particle; a full stop only after a title or an initial, which are short."""
    is_sentence_end = word.endswith(".") and len(word) > _LONGEST_TITLE
    return not is_sentence_end and (not word[0].islower() or word in _PARTICLES)


def _take_words(text: str, begin: int, voice: Voice, *, final: bool) -> Taken | None:
    remark = _REMARK.match(text, begin)
    if remark:
        return _taken(text, begin, remark.end(), voice, remark=True)
    if not final and _REMARK_SO_FAR.match(text, begin):
        return None
    limit, settled = _stretch(text, begin, final=final)
    end = line_end(text, begin, limit, final=settled)
    return None if end is None else _taken(text, begin, end, voice, remark=False)


def _taken(text: str, begin: int, end: int, voice: Voice, *, remark: bool) -> Taken:
    words = clean(text[begin:end])
    closing = _BLANK_IN_LINE.match(text, end)
    assert closing is not None
    at = closing.end() + 1 if text[closing.end() : closing.end() + 1] == "\n" else end
    if not words:
        return Taken(None, at, voice)
    return Taken(Piece(words, voice.speaker, voice.turn, remark=remark), at, Voice(voice.speaker))


def _stretch(text: str, begin: int, *, final: bool) -> tuple[int, bool]:
    """How far the words that begin at text[begin] go at most, and whether that is certain.

    They end at a mark, at a line end, and at a remark that stands between sentences; a remark in the
    middle of a sentence, such as "HE SAID (INAUDIBLE) AND LEFT", stays there.
    """
    for stop in _STOP.finditer(text, begin + 1, begin + _SIGHT):
        at_end = stop.end() == len(text) and not final
        if stop[0][0] == ">":
            if len(stop[0]) > 1 or at_end:
                return stop.start(), len(stop[0]) > 1
        elif stop[0] == "\n":
            return stop.start(), True
        elif (apart := _stands_apart(text, begin, stop.start(), final=final)) is not False:
            return stop.start(), apart is True
    return len(text), final


def _stands_apart(text: str, begin: int, bracket: int, *, final: bool) -> bool | None:
    """Whether a remark between sentences opens at text[bracket]; None if that depends on what follows."""
    remark = _REMARK.match(text, bracket)
    if remark is None:
        return None if not final and _REMARK_SO_FAR.match(text, bracket) else False
    if ends_sentence(text[begin:bracket].rstrip()):
        return True
    blank = _BLANK_IN_LINE.match(text, remark.end())
    assert blank is not None
    rest = text[blank.end() : blank.end() + 2]
    if rest in ("", ">"):
        return True if final and not rest else (False if final else None)
    return rest == ">>" or rest[0] == "\n"


def _unwrap(text: str) -> str:
    """Line ends as one kind; only an empty line between paragraphs stays a line end."""
    joined = re.sub(r"\r\n?|[\x85\u2028]", "\n", text).replace("\u2029", "\n\n")
    return _BLANKS.sub(_unwrapped, joined)


def _unwrapped(blanks: re.Match[str]) -> str:
    ends = blanks[0].count("\n")
    return "\n" if ends > 1 else " " if ends else blanks[0]

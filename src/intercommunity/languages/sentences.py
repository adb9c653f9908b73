"""PURE: where sentences end, in any language; knows no lines, no speakers and no translation.

A sentence ends with ``. ! ?`` or their like in other scripts, closing quotes and brackets included, before white space
or the end of the text. Exceptions, in the order of the code: a small letter follows; an ellipsis stands at the end of
the text (the speaker goes on); a title (``Dr.``, ``Sra.``) never ends a sentence; an abbreviation that takes a number
(``No. 5``) does not end one before a figure; initials and dotted acronyms (``J. Smith``, ``U.S. law``) end one at the
end of the text only.
"""

import re
from itertools import pairwise

from intercommunity.languages.tags import primary

_WIDE = "。！？｡"
_STOP = re.compile(rf"[.!?…؟۔।]+[\"'”’»)\]]*(?=\s|$)|[{_WIDE}]+[」』”）]*")
_OPENERS = "¿¡\"'“‘«([—–- "
_INITIALS = re.compile(r"(?:\w\.)*\w")
_ELLIPSIS = re.compile(r"…|\.\.")

_TITLES = {
    "en": {"mr", "mrs", "ms", "dr", "prof", "gen", "sen", "gov", "rev", "st", "mt", "vs", "e.g", "i.e"},
    "es": {"sr", "sra", "srta", "dr", "dra", "prof", "profa", "lic", "ing", "ud", "uds", "ee", "uu", "p", "ej", "p.ej"},
    "pt": {"sr", "sra", "dr", "dra", "prof", "profa", "eng"},
    "fr": {"m", "mm", "mme", "dr", "st", "p"},
    "de": {"dr", "prof", "hr", "fr", "z", "d", "bzw", "ca"},
}
_BEFORE_FIGURES = {"no", "nos", "nr", "núm", "n.º", "pág", "fig", "vol", "art", "p", "pp", "sec", "cap"}
_WORDS = {"en": {"i"}, "es": {"y", "o", "a", "e", "u"}}  # single letters that are words, not initials


def sentences(text: str, lang: str) -> list[str]:
    """Cut text into its sentences, stripped, none empty; the last one may be unfinished."""
    cuts = [0, *(stop.end() for stop in _STOP.finditer(text) if _is_end(text, stop, lang)), len(text)]
    pieces = (text[start:end].strip() for start, end in pairwise(cuts))
    return [piece for piece in pieces if piece]


def ends_sentence(text: str, lang: str) -> bool:
    """Say whether the last sentence of a text is finished; a text without words has nothing unfinished."""
    stripped = text.rstrip()
    if not any(char.isalnum() for char in stripped):
        return True
    return any(stop.end() == len(stripped) and _is_end(stripped, stop, lang) for stop in _STOP.finditer(stripped))


def _is_end(text: str, stop: re.Match[str], lang: str) -> bool:
    following = text[stop.end() : stop.end() + 40].lstrip(_OPENERS)
    if following[:1].islower():
        return False
    if _ELLIPSIS.match(stop[0]) and not following:
        return False
    if not stop[0].startswith(".") or _ELLIPSIS.match(stop[0]):
        return True
    return not _is_abbreviation(_word_before(text, stop.start()), following, lang)


def _is_abbreviation(word: str, following: str, lang: str) -> bool:
    known = word.lower()
    if known in _TITLES.get(primary(lang), ()):
        return True
    if known in _BEFORE_FIGURES and following[:1].isdigit():
        return True
    return bool(following and _INITIALS.fullmatch(word)) and not _is_word(known, lang)


def _is_word(letter: str, lang: str) -> bool:
    return letter.isdigit() or letter in _WORDS.get(primary(lang), ())


def _word_before(text: str, end: int) -> str:
    start = max(text.rfind(space, 0, end) for space in (" ", "\n", "\t")) + 1
    return text[start:end].lstrip(_OPENERS)

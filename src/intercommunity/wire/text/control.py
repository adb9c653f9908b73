"""The washing that every text from people goes through; knows neither its language nor its place."""

import re
import unicodedata

from intercommunity.wire.text.errors import MalformedText

# What is written between words: these become one space. Line ends of every kind count, so a name or
# a question is always one line. Zero-width space (U+200B) is not among them: see below.
_BLANK = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")

# What has no place in a text from people, in this order:
# - C0 and C1 controls (those that mean a blank have become one before);
# - bidirectional embeddings, overrides and isolates: one that stays open turns the rest of the page
#   around, and an override shows a text in another order than it is stored. The plain marks LRM, RLM
#   and ALM stay: Arabic and Hebrew need them beside numbers, and they end by themselves;
# - invisible characters that no script needs: soft hyphen, zero-width space, word joiner, byte order
#   mark, invisible operators, deprecated format characters, interlinear marks, Hangul fillers, tags;
# - lone surrogates, which no UTF-8 can carry, and the noncharacters.
_BANNED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    "\u202a-\u202e\u2066-\u2069"
    "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\u3164\uffa0\U000e0000-\U000e007f"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

_MOST_MARKS = 30
"""In a row. No script stacks more (UAX #15, "stream-safe text"), and putting them in order takes the square of their
number: a request full of them would hold up everybody.
"""

_JOINER = re.compile("[\u200c\u200d]+")
_FIRST_JOINED = 0x0590  # Hebrew is the first block after those whose letters never need a joiner
_LATIN_AND_GREEK_AGAIN = range(0x1E00, 0x2000)


def clean(text: str) -> str:
    """The same words as one line in NFC, without anything invisible that could mislead; idempotent.

    Zero-width joiner and non-joiner stay where a script or an emoji needs them. Nothing is escaped:
    markup stays what it is, text.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    washed = _wash(text)
    while (again := _wash(washed)) != washed:  # composing can move a joiner to where it has no use
        washed = again
    return washed


def decode(body: bytes) -> str:
    """The text of a body; MalformedText("not_utf8") if it is in another encoding."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} is not UTF-8. Save or send the text as UTF-8."
        raise MalformedText("not_utf8", line, message) from None


def _wash(text: str) -> str:
    spaced = _BLANK.sub(" ", text)
    plain = unicodedata.normalize("NFC", _without_heaps(_BANNED.sub("", spaced)))
    joined = _JOINER.sub(lambda found: _joiner(plain, found), plain)
    return _BLANK.sub(" ", joined).strip()


def _without_heaps(text: str) -> str:
    """The text with at most `_MOST_MARKS` combining marks one after the other."""
    if len(text) <= _MOST_MARKS:
        return text
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _joiner(text: str, found: re.Match[str]) -> str:
    """One joiner after a letter, mark or picture of a script that joins; nothing elsewhere."""
    if found.start() == 0:
        return ""
    before = text[found.start() - 1]
    joins = ord(before) >= _FIRST_JOINED and ord(before) not in _LATIN_AND_GREEK_AGAIN
    return found[0][0] if joins and unicodedata.category(before)[0] in "LMS" else ""

"""PURE: marks that a language writes and engines forget; knows no engine."""

from intercommunity.languages.sentences import sentences
from intercommunity.languages.tags import primary

_OPENING = {"?": "¿", "!": "¡"}
_OPENED_IN = {"es", "ast", "gl"}


def open_questions(text: str, lang: str) -> str:
    """Return text whose questions and exclamations open as Spanish wants it; other languages stay as they are."""
    if primary(lang) not in _OPENED_IN:
        return text
    return "\n".join(_open_line(line, lang) if line.strip() else line for line in text.split("\n"))


def _open_line(line: str, lang: str) -> str:
    opened = line
    for sentence in sentences(line, lang):
        mark = _OPENING.get(sentence[-1])
        if mark and mark not in sentence and sentence[:1].isalpha():
            opened = opened.replace(sentence, mark + sentence, 1)
    return opened

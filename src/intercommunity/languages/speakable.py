"""Text without what no engine can take: control characters and lone surrogates; knows no engine."""

import unicodedata

_UNSPEAKABLE = {"Cc", "Cs"}  # Unicode's general categories


def speakable(line: str) -> str:
    """Return one line of text with a space for every character that nobody can write or say."""
    return "".join(" " if unicodedata.category(char) in _UNSPEAKABLE else char for char in line)

"""One text as Apertium's pipeline reads and writes it; knows no process.

A pipeline that stays open is fed with texts that end in NUL, and answers each with one that ends in NUL.
Inside a text some characters steer Apertium (its stream format: lexical units, superblanks, marks for words
that it does not know). Escaping them with backslashes is not enough: the post-generator eats ``~``, and the
marks cannot be told from a speaker's own asterisks afterwards. So each of them travels as a character of the
private use area, which no dictionary knows and which every stage hands on. What comes back of the real ones
is then Apertium's own.

A text is closed by a superblank with its number, ``[17]``: an answer names the request that it belongs to. The stop
before it stands for a sentence end that a caption line may lack, and without which the tagger waits for more; the space
keeps it apart from abbreviations and initials, which would swallow it.
"""

from intercommunity.languages.speakable import speakable

_STEERING = "[]^$/\\<>{}@~*#+"
_PRIVATE_START, _PRIVATE_END = 0xE000, 0xF8FF
_TO_PRIVATE = {ord(char): _PRIVATE_START + ord(char) for char in _STEERING}
_FROM_PRIVATE = {private: chr(char) for char, private in _TO_PRIVATE.items()}
_MARKS = {ord(char): None for char in _STEERING}


def encode(text: str, number: int) -> bytes:
    """Return one line of text as the request with this number; control and private characters become spaces."""
    return f"{_plain(text).translate(_TO_PRIVATE)}{_closing(number)}\0".encode()


def decode(answer: bytes, number: int) -> str | None:
    """Return the text of an answer (without its NUL), or None if it is not the answer to this request."""
    text = answer.decode(errors="replace")
    closing = _closing(number).lstrip()  # words that move may take the space with them
    if not text.endswith(closing):
        return None
    return " ".join(text.removesuffix(closing).translate(_MARKS).translate(_FROM_PRIVATE).split())


def _closing(number: int) -> str:
    return f" .[{number}]"


def _plain(text: str) -> str:
    return "".join(" " if _PRIVATE_START <= ord(char) <= _PRIVATE_END else char for char in speakable(text))

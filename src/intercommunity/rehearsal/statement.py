"""One statement of a rehearsal script and its parts; knows what words look like, not what they do."""

import re
import shlex
from typing import Final

import msgspec

from intercommunity.wire.text.control import clean
from intercommunity.wire.text.errors import MalformedText

EXAMPLES: Final = {
    "pace": "pace 150",
    "pause": "pause 2",
    "session": "session open welcome",
    "floor": "floor amina en node=hub",
    "correct": 'correct "as it reads": as it should read',
    "ask": 'ask q1 person="Ana" country=UY lang=es: ¿…?',
    "vote": "vote q1 12 over 60",
    "approve": "approve q1",
    "stage": "stage q1",
    "answered": "answered q1",
    "merge": "merge q3 into q1",
    "decline": "decline q4: the reason",
    "translate": "translate q1 en: the question",
    "reply": "reply q1 en: the answer",
    "poll": "poll p1",
    "ballots": "ballots p1 12 7 3 over 40",
    "close": "close poll p1",
    "heads": "heads hub 34 ready: a note",
}
_TIME = re.compile(r"@(?:\+(\d{1,4})|(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d))\s+(?=\S)")
_SPEECH = re.compile(r"([a-z][a-z0-9_-]*):\s*(.*)", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")
_LONGEST_NUMBER: Final = 6  # digits


class Time(msgspec.Struct, frozen=True):
    """When a statement happens: so many milliseconds after the speech above, or after the beginning."""

    milliseconds: int
    from_speech: bool


class Statement(msgspec.Struct, frozen=True):
    """line: its number in the file. word: its first word, or who speaks. head, rest: before and after its
    colon, the rest with its lines.
    """

    line: int
    time: Time
    word: str
    head: str
    rest: str
    is_speech: bool

    def wrong(self, code: str, message: str) -> MalformedText:
        return MalformedText(code, self.line, message)

    def misshapen(self, what: str) -> MalformedText:
        """What is wrong with the form, and the form as it should be."""
        return self.wrong("bad_form", f"{what} Write it as in “{EXAMPLES[self.word]}”.")

    def fields(self, *counts: int) -> list[str]:
        """The words of the head, if there are as many as one of the counts."""
        fields = self.head.split()
        if len(fields) not in counts:
            raise self.misshapen("something is missing or too much.")
        return fields

    def over(self) -> tuple[list[str], int]:
        """The words of the head before “over”, and the seconds after it, else 0."""
        before, _, seconds = self.head.partition(" over ")
        return before.split(), self.number(seconds.strip()) if seconds else 0

    def options(self, *names: str) -> tuple[list[str], dict[str, str]]:
        """The plain words of the head, and its name=value pairs."""
        plain, named = [], {}
        for part in self.unquoted():
            name, sign, value = part.partition("=")
            if not sign:
                plain.append(part)
            elif name in names and value:
                named[name] = clean(value)
            else:
                raise self.misshapen(f"“{part}” is not understood here.")
        return plain, named

    def unquoted(self) -> list[str]:
        """The words of the head, where quotation marks hold words together."""
        try:
            return shlex.split(self.head)
        except ValueError:
            raise self.wrong("open_quote", 'a quotation mark does not close. Write both, as in "Ana".') from None

    def number(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_NUMBER:
            raise self.wrong("bad_number", f"“{text}” is not a number. Write it as in “{EXAMPLES[self.word]}”.")
        return int(text)

    def language(self, text: str) -> str:
        if not _LANGUAGE.fullmatch(text):
            raise self.wrong("bad_language", f"“{text}” is no language. Write its tag, such as en, es or pt-BR.")
        return text

    def text(self) -> str:
        """The words after the colon."""
        if not clean(self.rest):
            raise self.wrong("no_words", "the words are missing. Write them after the colon.")
        return clean(self.rest)


def statements(text: str) -> list[Statement]:
    """The statements of a script in their order; MalformedText names the line of one that has no form."""
    return [_statement(line, joined) for line, joined in _joined(text)]


def _joined(text: str) -> list[tuple[int, str]]:
    """Statements with the number of their first line, their continuations on lines of their own."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            found.append((number, line.strip()))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line.strip()}")
        else:
            raise MalformedText("no_statement", number, "this line continues nothing. Begin it without a blank.")
    return found


def _statement(line: int, joined: str) -> Statement:
    found = _TIME.match(joined)
    if joined.startswith("@") and not found:
        raise MalformedText("bad_time", line, "a time is written as @12:30 or @+20, then the statement.")
    time = _time(found) if found else Time(0, from_speech=True)
    body = joined[found.end() :] if found else joined
    if speech := _SPEECH.fullmatch(body):
        return Statement(line, time, speech[1], "", speech[2], is_speech=True)
    word, _, parts = body.partition(" ")
    if word not in EXAMPLES:
        message = f"“{word}” is no statement. Write “speaker: words”, or one of: {', '.join(EXAMPLES)}."
        raise MalformedText("unknown_statement", line, message)
    return Statement(line, time, word, *_cut(parts), is_speech=False)


def _time(found: re.Match[str]) -> Time:
    if found[1]:
        return Time(int(found[1]) * 1000, from_speech=True)
    minutes = int(found[2] or 0) * 60 + int(found[3])
    return Time((minutes * 60 + int(found[4])) * 1000, from_speech=False)


def _cut(parts: str) -> tuple[str, str]:
    """What stands before the first colon outside quotation marks on the first line, and after it."""
    first, _, more = parts.partition("\n")
    quoted = False
    for at, sign in enumerate(first):
        quoted ^= sign == '"'
        if sign == ":" and not quoted:
            return first[:at].strip(), f"{first[at + 1 :]}\n{more}"
    return first.strip(), more

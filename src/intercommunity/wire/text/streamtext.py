"""Caption text by StreamText's HTTP POST: a stream of characters, some of which delete; knows no HTTP.

After "Real-Time Caption Ingestion - API for posting captions to a URL" (StreamText support pages, 2020):
a plain text body in UTF-8 holds everything since the last successful post and may hold backspaces;
`seq` counts the posts from 1. The words themselves are CART text.

A line that is finished is never written again in silence. A backspace that reaches into one opens it
again, and from then on each post says what it reads now, as a correction of that line.
"""

import re
from collections import deque
from typing import Final, Literal

import msgspec

from intercommunity.wire.text.cart import Voice, draft, take
from intercommunity.wire.text.control import decode
from intercommunity.wire.text.errors import MalformedText
from intercommunity.wire.text.pieces import Piece

MAX_BODY_BYTES: Final = 64 * 1024
MAX_DRAFT: Final = 2000  # characters
KEPT_LINES: Final = 100  # a backspace reaches so far back
KEPT_POSTS: Final = 8  # a late repeat of one of these is told from a restart
_FIRST_NUMBERS: Final = (0, 1)  # where senders begin to count
_RUBOUTS = re.compile(r"([\x08\x7f]+)")
_BARE_RETURN = re.compile(r"\r(?!\n)")
_SEQ = re.compile(r"\s*[0-9]{1,18}\s*")

Standing = Literal["new", "repeat", "late", "restart"]


class Line(msgspec.Struct, frozen=True):
    """A finished line. number: the feed's own count, from 1; a correction names it."""

    number: int
    piece: Piece


class Correction(msgspec.Struct, frozen=True):
    """What the line of that number reads now; piece None: all of it was deleted."""

    number: int
    piece: Piece | None


class Outcome(msgspec.Struct, frozen=True):
    """What a post changed, and what to answer: 200, with `seq` as the last number that has arrived.

    standing: "new"; "repeat" of a post that was here before (what it added counts); "late" (older than
    the last one, ignored); "restart" (the sender counts from the beginning again). missing: how many
    numbers before this one never came; their words are lost unless this post holds them.
    """

    standing: Standing
    seq: int
    missing: int = 0
    lines: tuple[Line, ...] = ()
    corrections: tuple[Correction, ...] = ()
    draft: Piece | None = None


class _Done(msgspec.Struct, frozen=True):
    """A finished line with the characters it was made of, so that it can be opened again."""

    number: int
    raw: str
    voice: Voice
    piece: Piece


def read_body(body: bytes) -> str:
    """The text of a post; MalformedText("too_large") above 64 KiB, MalformedText("not_utf8")."""
    if len(body) > MAX_BODY_BYTES:
        message = f"a post holds {MAX_BODY_BYTES} bytes at most, this one {len(body)}. Send it in parts."
        raise MalformedText("too_large", None, message)
    return decode(body)


def read_seq(value: str | None) -> int:
    """The number of a post from its query; MalformedText("bad_seq") if there is none."""
    if value is None or not _SEQ.fullmatch(value):
        raise MalformedText("bad_seq", None, "give each post its number, as in ?seq=1, counting up by one.")
    return int(value)


class Feed:
    """The stream of one captioner. joint: what stands between two posts that both have a word there."""

    def __init__(self, *, joint: str = "") -> None:
        self._joint = joint
        self._posts: deque[tuple[int, str]] = deque(maxlen=KEPT_POSTS)
        self._raw = ""
        self._voice = Voice()
        self._done: deque[_Done] = deque(maxlen=KEPT_LINES)
        self._open_again: list[_Done] = []
        self._last_number = 0

    @property
    def last_seq(self) -> int | None:
        """The number of the last post that counted; None before the first."""
        return self._posts[-1][0] if self._posts else None

    @property
    def draft(self) -> Piece | None:
        """The words of no finished line; None while they continue one that was opened again."""
        return None if self._open_again else draft(self._raw, self._voice)

    def accept(self, seq: int, body: str) -> Outcome:
        """Take one post; see Outcome. Any text is accepted, and no post is counted twice."""
        last = self.last_seq
        if last is None or seq > last:
            return self._accept_new(seq, body, missing=0 if last is None else seq - last - 1)
        known = next((text for number, text in self._posts if number == seq), None)
        if seq == last and known is not None and not _begins_anew(seq, known, body):
            return self._accept_again(seq, known, body)
        if seq in _FIRST_NUMBERS and (known is None or not known.startswith(body)):
            return self._accept_restart(seq, body)
        return Outcome("late" if known is None else "repeat", last, draft=self.draft)

    def flush(self) -> Outcome:
        """Make a line of the draft: the caller's clock says that nothing came for a while."""
        return self._settled("new", final=True)

    def _accept_new(self, seq: int, body: str, missing: int) -> Outcome:
        self._posts.append((seq, body))
        self._write(self._joined(body))
        return self._settled("new", missing=missing)

    def _accept_again(self, seq: int, known: str, body: str) -> Outcome:
        """The sender got no answer and sends the post again, perhaps with what was written since."""
        if not known.startswith(body):
            self._posts[-1] = (seq, body)
            self._write(_difference(known, body))
        return self._settled("repeat")

    def _accept_restart(self, seq: int, body: str) -> Outcome:
        """A sender that counts anew knows nothing of what it sent before, and cannot delete it."""
        finished = self._settled("restart", final=True)
        self._posts.clear()
        self._posts.append((seq, body))
        self._done.clear()
        self._voice = Voice()
        self._write(body)
        begun = self._settled("restart")
        return msgspec.structs.replace(
            begun, lines=finished.lines + begun.lines, corrections=finished.corrections + begun.corrections
        )

    def _joined(self, body: str) -> str:
        before = self._raw or (self._done[-1].raw if self._done else "")
        return self._joint + body if before[-1:].isalnum() and body[:1].isalnum() else body

    def _write(self, text: str) -> None:
        for part in _RUBOUTS.split(text):
            if _RUBOUTS.match(part):
                self._rub_out(len(part))
            else:
                self._append(part)

    def _append(self, text: str) -> None:
        """Text glued to a line that was finished with nothing after it continues that line."""
        glued = text[:1].strip() and not self._raw and self._done and self._done[-1].raw[-1:].strip()
        if glued:
            self._reopen()
        self._raw += _BARE_RETURN.sub("\n", text)

    def _rub_out(self, count: int) -> None:
        while count > len(self._raw) and self._done:
            count -= len(self._raw)
            self._reopen()
        self._raw = self._raw[: max(0, len(self._raw) - count)]

    def _reopen(self) -> None:
        line = self._done.pop()
        self._open_again.insert(0, line)
        self._raw, self._voice = line.raw, line.voice

    def _settled(self, standing: Standing, *, missing: int = 0, final: bool = False) -> Outcome:
        lines: list[Line] = []
        corrections: list[Correction] = []
        for done in self._finish(final=final):
            self._tell(done, lines, corrections)
        self._tell_open(corrections)
        seq = self.last_seq or 0
        return Outcome(standing, seq, missing, tuple(lines), tuple(corrections), self.draft)

    def _finish(self, *, final: bool) -> list[_Done]:
        """Cut the finished lines off the text that is open."""
        found, begin, at, voice = [], 0, 0, self._voice
        while taken := take(self._raw, at, voice, final=final or len(self._raw) - begin > MAX_DRAFT):
            at, voice = taken.at, taken.voice
            if taken.piece:
                found.append(_Done(0, self._raw[begin:at], self._voice, taken.piece))
                begin, self._voice = at, voice
        self._raw = self._raw[begin:]
        if len(self._raw) > MAX_DRAFT:  # no words left in it, or they would have been taken
            self._raw = self._raw[-MAX_DRAFT:]
        return found

    def _tell(self, done: _Done, lines: list[Line], corrections: list[Correction]) -> None:
        """A line that was open keeps its number; any other is new."""
        if self._open_again:
            before = self._open_again.pop(0)
            self._done.append(msgspec.structs.replace(done, number=before.number))
            if before.piece != done.piece:
                corrections.append(Correction(before.number, done.piece))
            return
        self._last_number += 1
        self._done.append(msgspec.structs.replace(done, number=self._last_number))
        lines.append(Line(self._last_number, done.piece))

    def _tell_open(self, corrections: list[Correction]) -> None:
        """What the lines that are still open read now: the first has what is left, the others nothing."""
        rest = draft(self._raw, self._voice)
        kept = 1 if rest else 0
        corrections.extend(Correction(line.number, None) for line in self._open_again[kept:])
        del self._open_again[kept:]
        if rest and self._open_again:
            before = self._open_again[0]
            if before.piece != rest:
                corrections.append(Correction(before.number, rest))
            self._open_again[0] = msgspec.structs.replace(before, piece=rest)


def _begins_anew(seq: int, known: str, body: str) -> bool:
    """A first post that shares nothing with the first post that was here comes from a fresh start."""
    return seq in _FIRST_NUMBERS and bool(body) and body[:1] != known[:1]


def _difference(known: str, body: str) -> str:
    """What must be written after known to make it body: deletions, then the new end."""
    pairs = zip(known, body, strict=False)
    common = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(known), len(body)))
    return "\b" * len(_rubbed(known[common:])) + body[common:]


def _rubbed(text: str) -> str:
    written = ""
    for part in _RUBOUTS.split(text):
        written = written[: max(0, len(written) - len(part))] if _RUBOUTS.match(part) else written + part
    return written

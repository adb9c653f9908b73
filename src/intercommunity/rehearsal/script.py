"""The text form of a rehearsal (`.script`), read into steps; knows no meeting, no clock and no server.

One statement a line; an indented line continues the statement above it; `#` begins a comment.

    pace 150                                   words a minute, from here on
    pause 2                                    seconds of silence
    session open ID        session close ID
    floor SPEAKER LANGUAGE [node=ID]           who speaks, in which language, from where
    SPEAKER: words                             speech; whoever had the floor before takes it again
    remark: [applause]                         what is heard but not said
    correct "as it reads": as it should read   in the latest line that holds these words
    ask KEY person="…" country=CC lang=xx [node=ID] [affiliation="…"]: the question
    vote KEY COUNT [over SECONDS]              so many people more
    approve KEY    stage KEY    answered KEY    merge KEY into KEY
    decline KEY: the reason
    translate KEY LANGUAGE: the question in a moderator's words
    reply KEY LANGUAGE: an answer in writing
    poll KEY                                   then, indented: `en: …` for the question in each language,
                                               `- en: … | es: …` for each option
    ballots KEY COUNT COUNT … [over SECONDS]   so many for each option
    close poll KEY
    heads NODE COUNT [ready|trouble|away]: a note, or nothing

Speech takes its time by the pace; everything else happens when the speech above it is over, and takes
none. `@12:30` before a statement says when instead, counted from the beginning; `@+20` means twenty
seconds after the speech above.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from intercommunity.rehearsal import steps
from intercommunity.rehearsal.statement import Statement, statements
from intercommunity.rehearsal.steps import Step
from intercommunity.wire.text.control import clean
from intercommunity.wire.text.pieces import Piece, lines

WORDS_PER_MINUTE: Final = 150
_BREATH_MS: Final = 700  # between two speeches
_SHORTEST_LINE_MS: Final = 900
_VOTERS_APART: Final = 7  # so that the voters of two questions are partly the same people
_COUNTRY = re.compile(r"[A-Z]{2}")
_STATES: Final = ("ready", "trouble", "away")


def parse(text: str) -> tuple[Step, ...]:
    """The steps of a script, by time. Malformed names the line, and what to write instead."""
    reader = _Reader()
    for statement in statements(text):
        reader.read(statement)
    return tuple(sorted(reader.found, key=lambda step: step.at))


def from_cart(
    pieces: Iterable[Piece], words_per_minute: int = WORDS_PER_MINUTE, language: str = "en"
) -> tuple[Step, ...]:
    """A CART transcript as speech at an even pace: the floor changes where its marks say so."""
    found: list[Step] = []
    at = 0
    for number, piece in enumerate(pieces):
        speaker = piece.speaker or ""
        if piece.turn:
            at += _BREATH_MS
            found.append(steps.GiveFloor(at, speaker, language))
        end = at + _duration(piece.text, words_per_minute)
        found.append(steps.Say(end, number, at, end, language, piece.text, speaker, piece.turn, piece.remark))
        at = end
    return tuple(found)


def _duration(text: str, words_per_minute: int) -> int:
    return max(_SHORTEST_LINE_MS, len(text.split()) * 60_000 // words_per_minute)


class _Reader:
    """Reads statements in order and keeps what the next ones need: the time, the floor, the keys."""

    def __init__(self) -> None:
        self.found: list[Step] = []
        self._cursor = 0  # when the speech so far is over
        self._pace = WORDS_PER_MINUTE
        self._floor: steps.GiveFloor | None = None
        self._floors: dict[str, steps.GiveFloor] = {}
        self._said: list[steps.Say] = []
        self._asked: dict[str, int] = {}
        self._voters: dict[str, int] = {}
        self._polls: dict[str, steps.OpenPoll] = {}
        self._forms: dict[str, Callable[[int, Statement], None]] = {
            "pace": self._read_pace,
            "pause": self._read_pause,
            "session": self._read_session,
            "floor": self._read_floor,
            "correct": self._read_correct,
            "ask": self._read_ask,
            "vote": self._read_vote,
            "approve": self._read_approve,
            "stage": self._read_stage,
            "answered": self._read_answered,
            "merge": self._read_merge,
            "decline": self._read_decline,
            "translate": self._read_translate,
            "reply": self._read_reply,
            "poll": self._read_poll,
            "ballots": self._read_ballots,
            "close": self._read_close,
            "heads": self._read_heads,
        }

    def read(self, this: Statement) -> None:
        at = this.time.milliseconds + (self._cursor if this.time.from_speech else 0)
        if this.is_speech:
            self._read_speech(at, this)
        else:
            self._forms[this.word](at, this)

    # Speech

    def _read_pace(self, _at: int, this: Statement) -> None:
        (pace,) = this.fields(1)
        self._pace = this.number(pace)
        if self._pace == 0:
            raise this.misshapen("nobody speaks at 0 words a minute.")

    def _read_pause(self, _at: int, this: Statement) -> None:
        (seconds,) = this.fields(1)
        self._cursor += this.number(seconds) * 1000

    def _read_session(self, at: int, this: Statement) -> None:
        form, session = this.fields(2)
        if form not in ("open", "close"):
            raise this.misshapen("a session is opened or closed.")
        self.found.append(steps.OpenSession(at, session) if form == "open" else steps.CloseSession(at, session))

    def _read_floor(self, at: int, this: Statement) -> None:
        plain, named = this.options("node")
        if len(plain) != 2:  # noqa: PLR2004 - who, and in which language
            raise this.misshapen("the floor needs a speaker and a language.")
        self._advance(at, this)
        self._give(steps.GiveFloor(at, plain[0], this.language(plain[1]), named.get("node", "")))

    def _give(self, floor: steps.GiveFloor) -> None:
        self._floors[floor.speaker] = self._floor = floor
        self.found.append(floor)

    def _read_speech(self, at: int, this: Statement) -> None:
        is_remark = this.word == "remark"
        known = self._floor if is_remark else self._floors.get(this.word)
        if known is None:
            message = f"“{this.word}” has not had the floor. Write “floor {this.word} en” above, with the language."
            raise this.wrong("no_floor", message)
        self._advance(at, this)
        self._cursor += _BREATH_MS
        if known != self._floor:
            known = msgspec.structs.replace(known, at=self._cursor)
            self._give(known)
        self._say(known, this.text(), is_remark=is_remark)

    def _say(self, floor: steps.GiveFloor, words: str, *, is_remark: bool) -> None:
        """The words line by line, each when its last word has been said."""
        is_turn = not is_remark and self._last_speaker() != floor.speaker
        for number, text in enumerate(lines(words)):
            start, end = self._cursor, self._cursor + _duration(text, self._pace)
            speaker, turn = "" if is_remark else floor.speaker, is_turn and number == 0
            said = steps.Say(end, len(self._said), start, end, floor.language, text, speaker, turn, is_remark)
            self._said.append(said)
            self.found.append(said)
            self._cursor = end

    def _last_speaker(self) -> str | None:
        return next((said.speaker for said in reversed(self._said) if not said.remark), None)

    def _advance(self, at: int, this: Statement) -> None:
        if at < self._cursor:
            minutes, seconds = divmod(-(-self._cursor // 1000), 60)
            message = f"the speech above goes on until {minutes:02d}:{seconds:02d}. Write that time, or none."
            raise this.wrong("overlap", message)
        self._cursor = at

    def _read_correct(self, at: int, this: Statement) -> None:
        old = " ".join(this.unquoted())
        holding = (said for said in reversed(self._said) if old and old in said.text and said.at <= at)
        said = next(holding, None)
        if said is None:
            raise this.wrong("no_line", f"no line so far holds “{old}”. Write the words as they read above.")
        fixed = msgspec.structs.replace(said, text=said.text.replace(old, this.text()))
        self._said[said.number] = fixed
        self.found.append(steps.Correct(at, said.number, said.language, fixed.text))

    # Questions

    def _read_ask(self, at: int, this: Statement) -> None:
        plain, named = this.options("person", "country", "lang", "node", "affiliation")
        if len(plain) != 1 or not {"person", "country", "lang"} <= set(named):
            raise this.misshapen("a question needs a key, a person, a country and a language.")
        if not _COUNTRY.fullmatch(named["country"]):
            raise this.misshapen("a country is written with two capitals (ISO 3166-1).")
        key = plain[0]
        if key in self._asked:
            raise this.wrong("known_key", f"“{key}” has been asked above. Give this question another key.")
        self._asked[key] = at
        self._voters[key] = len(self._asked) * _VOTERS_APART
        place = {name: named.get(name, "") for name in ("node", "affiliation")}
        language = this.language(named["lang"])
        self.found.append(steps.Ask(at, key, named["person"], named["country"], language, this.text(), **place))

    def _read_vote(self, at: int, this: Statement) -> None:
        fields, seconds = this.over()
        if len(fields) != 2:  # noqa: PLR2004 - the key, and how many
            raise this.misshapen("votes need a question and a number.")
        key = self._asked_key(at, this, fields[0])
        for time in _spread(at, this.number(fields[1]), seconds):
            self.found.append(steps.Vote(time, key, self._voters[key]))
            self._voters[key] += 1

    def _read_approve(self, at: int, this: Statement) -> None:
        self.found.append(steps.Approve(at, self._asked_key(at, this, *this.fields(1))))

    def _read_stage(self, at: int, this: Statement) -> None:
        self.found.append(steps.Stage(at, self._asked_key(at, this, *this.fields(1))))

    def _read_answered(self, at: int, this: Statement) -> None:
        self.found.append(steps.Answered(at, self._asked_key(at, this, *this.fields(1))))

    def _read_merge(self, at: int, this: Statement) -> None:
        key, word, into = this.fields(3)
        if word != "into" or key == into:
            raise this.misshapen("one question is merged into another.")
        self.found.append(steps.Merge(at, self._asked_key(at, this, key), self._asked_key(at, this, into)))

    def _read_decline(self, at: int, this: Statement) -> None:
        self.found.append(steps.Decline(at, self._asked_key(at, this, *this.fields(1)), this.text()))

    def _read_translate(self, at: int, this: Statement) -> None:
        key, language = this.fields(2)
        key = self._asked_key(at, this, key)
        self.found.append(steps.Translate(at, key, this.language(language), this.text()))

    def _read_reply(self, at: int, this: Statement) -> None:
        key, language = this.fields(2)
        key = self._asked_key(at, this, key)
        self.found.append(steps.Reply(at, key, this.language(language), this.text()))

    def _asked_key(self, at: int, this: Statement, key: str) -> str:
        if key not in self._asked or self._asked[key] > at:
            raise this.wrong("unknown_key", f"nobody has asked “{key}” by then. Write its “ask {key} …” above.")
        return key

    # Polls and nodes

    def _read_poll(self, at: int, this: Statement) -> None:
        (key,) = this.fields(1)
        form = [line for line in this.rest.split("\n") if line]
        options = tuple(_texts(this, line[1:].split("|")) for line in form if line.startswith("-"))
        question = _texts(this, [line for line in form if not line.startswith("-")])
        if not question or len(options) < 2:  # noqa: PLR2004 - else there is nothing to choose
            raise this.misshapen("a poll needs, indented below, “en: the question” and two or more “- en: an option”.")
        if key in self._polls:
            raise this.wrong("known_key", f"there is a poll “{key}” above. Give this one another key.")
        self._polls[key] = steps.OpenPoll(at, key, question, options)
        self.found.append(self._polls[key])

    def _read_ballots(self, at: int, this: Statement) -> None:
        (key, *counts), seconds = this.over()
        poll = self._open_poll(at, this, key)
        if len(counts) != len(poll.options):
            raise this.misshapen(f"the poll has {len(poll.options)} options, so it needs as many numbers.")
        choices = [option for option, count in enumerate(counts) for _ in range(this.number(count))]
        mixed = sorted(range(len(choices)), key=lambda voter: (voter * 7919) % 1009)
        for time, voter in zip(_spread(at, len(choices), seconds), mixed, strict=True):
            self.found.append(steps.Ballot(time, key, voter, choices[voter]))

    def _read_close(self, at: int, this: Statement) -> None:
        word, key = this.fields(2)
        if word != "poll":
            raise this.misshapen("only a poll is closed so.")
        self.found.append(steps.ClosePoll(at, self._open_poll(at, this, key).key))

    def _open_poll(self, at: int, this: Statement, key: str) -> steps.OpenPoll:
        if key not in self._polls or self._polls[key].at > at:
            raise this.wrong("unknown_key", f"there is no poll “{key}” by then. Write its “poll {key}” above.")
        return self._polls[key]

    def _read_heads(self, at: int, this: Statement) -> None:
        node, count, *states = this.fields(2, 3)
        state = states[0] if states else "ready"
        if state not in _STATES:
            raise this.misshapen("a node is ready, in trouble or away.")
        self.found.append(steps.Heads(at, node, this.number(count), state, clean(this.rest)))


def _texts(this: Statement, parts: list[str]) -> dict[str, str]:
    """One text in several languages, from “en: words” each."""
    found = {}
    for part in parts:
        language, colon, text = part.strip().partition(":")
        if not colon or not clean(text):
            raise this.wrong("bad_form", f"“{part.strip()}” lacks its language or its words. Write it as “en: words”.")
        found[this.language(language.strip())] = clean(text)
    return found


def _spread(at: int, count: int, seconds: int) -> list[int]:
    """`count` times, evenly over so many seconds."""
    return [at + (number * seconds * 1000) // max(1, count) for number in range(count)]

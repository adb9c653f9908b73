"""PURE: text that arrives in capitals, written as a sentence; knows no captions desk and no dictionary.

A text is in capitals when at least 80 % of its letters are and it has more than three words; a shorter one is when the
lines before it were. Everything else is left alone. In the order of the code, each word

1. takes the form of the longest name that it belongs to: glossary, people, then the lexicon; a name that is also an
   ordinary word only counts beside the rest of the name, after an article (acronyms: "THE WHO"), or called (", MARK,");
2. is a month if it stands like one; is a name after a title ("MR. HALE"), a prefix ("SAN", "O'") or an introduction
   ("MY NAME IS …");
3. stays in capitals if it is an acronym by its looks: with dots, with figures in it, without a vowel;
4. is written small, and gets a capital at the start of a sentence.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from intercommunity.languages.sentences import sentences
from intercommunity.languages.tags import primary

_SHARE = 0.8
_FEW_WORDS = 3
_UNDECIDED_IN = {"de", "lb"}  # every noun has a capital there; without a parser capitals are better than mistakes

_WORD = re.compile(
    r"(?P<dotted>(?:[^\W\d_]\.){2,})|(?P<core>[^\W_]+)(?P<suffix>['’](?:s|ll|re|ve|d|m|t)\b)?", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"[\s.]{1,2}|\s?[-&/'’]\s?")
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ]", re.IGNORECASE)
_LONGEST_ACRONYM = 5
_COUNTED = re.compile(r"\d+(?:st|nd|rd|th|s|am|pm|km|kg|cm|mm|er|ª|º)", re.IGNORECASE)
_LATIN = re.compile(r"[a-z0-9]+", re.IGNORECASE)
_ACRONYMS_IN = {"en", "es", "pt", "fr", "it", "ca", "gl", "nl"}  # where every word has a vowel
_CALLED_BEFORE, _CALLED_AFTER = re.compile(r".*,\s*$", re.DOTALL), re.compile(r"\s*([,.!?—]|$)")
_IRISH = re.compile(r"['’](?!clock\b)\w{3}", re.IGNORECASE)
_MOST_INTRODUCED = 2
_REACHES_BACK = 60  # characters of the line before


class Lexicon(msgspec.Struct, frozen=True):
    """What one language writes with capitals, and what looks like it but is not."""

    proper: tuple[str, ...] = ()
    months: Mapping[str, str] = {}
    before_months: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    titles: Mapping[str, str] = {}
    introductions: tuple[tuple[str, ...], ...] = ()
    prefixes: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    always: Mapping[str, str] = {}
    dotted: frozenset[str] = frozenset()
    no_acronyms: frozenset[str] = frozenset()


class _Word(msgspec.Struct):
    start: int
    end: int
    core: str  # small
    suffix: str  # small: 's, 'll
    dotted: bool
    form: str = ""

    def moved(self, by: int) -> "_Word":
        return msgspec.structs.replace(self, start=self.start + by, end=self.end + by)


def is_shouted(text: str) -> bool:
    """Say whether a text is in capitals; one of a few words never is."""
    return len(list(_WORD.finditer(text))) > _FEW_WORDS and _share_of_capitals(text) >= _SHARE


class Truecaser:
    """One language with the names of a meeting: glossary names and acronyms, and people."""

    def __init__(self, lang: str, lexicon: Lexicon, names: Iterable[str] = (), people: Iterable[str] = ()) -> None:
        self._lang = lang
        self._lexicon = lexicon
        self._phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for form in (*names, *people, *_parts(people), *lexicon.proper):
            self._learn(form)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def truecase(self, text: str, *, starts_sentence: bool = True, before: str = "") -> str:
        """Return a text in capitals as sentences.

        The first word keeps small if it goes on with a sentence. ``before`` is what the same speaker said just
        before, in any case, for names that run on from one line to the next.
        """
        if primary(self._lang) in _UNDECIDED_IN:
            return text
        said = f"{before[-_REACHES_BACK:]} " if before else ""
        words = [self._word(match) for match in _WORD.finditer(said + text)]
        self._write_names(words, said + text)
        for place, word in enumerate(words):
            word.form = word.form or self._single(place, words, said + text)
        new = [word.moved(-len(said)) for word in words if word.start >= len(said)]
        _capitalize(new, _sentence_starts(text, self._lang), starts_sentence=starts_sentence)
        return _rewritten(text, new)

    def _word(self, match: re.Match[str]) -> _Word:
        core = match["dotted"] or match["core"]
        suffix = (match["suffix"] or "").lower()
        return _Word(match.start(), match.end(), _small(core, self._lang), suffix, bool(match["dotted"]))

    def _learn(self, form: str) -> None:
        written = tuple(match["dotted"] or match["core"] for match in _WORD.finditer(form))
        cores = tuple(_small(word, self._lang) for word in written)
        if not cores or written == cores:
            return
        for typed in {cores, tuple(map(_plain, cores))}:
            self._phrases.setdefault(typed[0], []).append((typed, written))

    def _write_names(self, words: list[_Word], text: str) -> None:
        place = 0
        while place < len(words):
            written = self._name_at(place, words, text)
            for word, form in zip(words[place:], written, strict=False):
                word.form = form
            place += max(1, len(written))

    def _name_at(self, place: int, words: list[_Word], text: str) -> tuple[str, ...]:
        for cores, written in self._phrases.get(words[place].core, ()):
            found = words[place : place + len(cores)]
            if tuple(word.core for word in found) != cores or not _are_together(found, text):
                continue
            if len(cores) > 1 or self._counts(place, words, text, written[0]):
                return written
        return ()

    def _counts(self, place: int, words: list[_Word], text: str, form: str) -> bool:
        """Say whether a name of one word is one here."""
        word = words[place]
        if word.suffix.endswith(("t", "ll", "ve", "re")) and word.core in self._lexicon.ordinary:
            return False
        if word.core not in self._lexicon.ordinary:
            return True
        before = words[place - 1] if place else None
        if form.isupper():
            return before is not None and before.core in self._lexicon.articles
        return bool(before and _CALLED_BEFORE.match(text[before.end : word.start])) and bool(
            _CALLED_AFTER.match(text[word.end :])
        )

    def _single(self, place: int, words: list[_Word], text: str) -> str:
        word = words[place]
        known = self._lexicon.always.get(word.core) or self._lexicon.titles.get(word.core)
        if word.dotted:
            return word.core if word.core in self._lexicon.dotted else word.core.upper()
        if known:
            return known
        if word.core in self._lexicon.months and self._is_month(place, words):
            return self._lexicon.months[word.core]
        if self._is_beside_a_name(place, words, text) or self._is_introduced(place, words, text):
            return word.core.capitalize()
        return word.core.upper() if self._looks_like_acronym(word) else self._plural_acronym(word) or word.core

    def _is_month(self, place: int, words: Sequence[_Word]) -> bool:
        before = words[place - 1].core if place else ""
        after = words[place + 1].core if place + 1 < len(words) else ""
        return before in self._lexicon.before_months or after[:1].isdigit() or before[:1].isdigit()

    def _is_beside_a_name(self, place: int, words: Sequence[_Word], text: str) -> bool:
        word, before = words[place], words[place - 1] if place else None
        if word.core in self._lexicon.prefixes or (word.core == "o" and _IRISH.match(text, word.end)):
            return True
        if before is None:
            return False
        between = text[before.end : word.start]
        if between == "-" and place > 1 and words[place - 2].core in self._lexicon.titles:
            return True
        if before.core == "o" and between in {"'", "’"}:
            return word.core != "clock"
        return (between in {". ", " "} and before.core in self._lexicon.titles) or (
            between == " " and before.core in self._lexicon.prefixes
        )

    def _is_introduced(self, place: int, words: Sequence[_Word], text: str) -> bool:
        for introduction in self._lexicon.introductions:
            for length in range(1, _MOST_INTRODUCED + 1):
                start = place - len(introduction) - length + 1
                said = tuple(word.core for word in words[max(start, 0) : start + len(introduction)])
                name = words[start + len(introduction) : place + 1] if start >= 0 else []
                if said == introduction and _are_together(name, text) and not self._is_ordinary(name):
                    return True
        return False

    def _is_ordinary(self, name: Sequence[_Word]) -> bool:
        return any(word.core in self._lexicon.always or word.core in self._lexicon.articles for word in name)

    def _looks_like_acronym(self, word: _Word) -> bool:
        core = word.core
        if primary(self._lang) not in _ACRONYMS_IN or not _LATIN.fullmatch(core) or core.isdigit():
            return False
        if any(char.isdigit() for char in core):
            return not _COUNTED.fullmatch(core)
        no_vowel = 1 < len(core) <= _LONGEST_ACRONYM and not _VOWEL.search(core)
        return no_vowel and core not in self._lexicon.no_acronyms and core not in self._lexicon.titles

    def _plural_acronym(self, word: _Word) -> str | None:
        if not word.core.endswith("s"):
            return None
        for cores, written in self._phrases.get(word.core[:-1], ()):
            if (
                len(cores) == 1
                and written[0].isupper()
                and len(written[0]) > 1
                and cores[0] not in self._lexicon.ordinary
            ):
                return f"{written[0]}s"
        return None


def _share_of_capitals(text: str) -> float:
    letters = [char for char in text if char.isupper() or char.islower()]
    return sum(char.isupper() for char in letters) / len(letters) if letters else 0.0


def _small(text: str, lang: str) -> str:
    if primary(lang) in {"tr", "az"}:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def _plain(word: str) -> str:
    """Without accents: who types capitals often leaves them out."""
    return "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))


def _parts(people: Iterable[str]) -> list[str]:
    """Given names and surnames, which are said alone as well; particles and initials are not."""
    return [part for person in people for part in person.split() if part[:1].isupper() and len(part.rstrip(".")) > 1]


def _are_together(words: Sequence[_Word], text: str) -> bool:
    return all(
        not one.suffix and _BETWEEN_NAMES.fullmatch(text, one.end, other.start) for one, other in pairwise(words)
    )


def _sentence_starts(text: str, lang: str) -> list[int]:
    starts, at = [], 0
    for sentence in sentences(text, lang):
        starts.append(text.index(sentence, at))
        at = starts[-1] + len(sentence)
    return starts


def _capitalize(words: list[_Word], starts: list[int], *, starts_sentence: bool) -> None:
    for number, start in enumerate(starts):
        first = next((word for word in words if word.start >= start), None)
        if first and (number or starts_sentence) and first.form == first.core:
            first.form = first.form[:1].upper() + first.form[1:]


def _rewritten(text: str, words: list[_Word]) -> str:
    pieces, at = [], 0
    for word in words:
        pieces += [text[at : word.start], word.form, word.suffix]
        at = word.end
    return "".join([*pieces, text[at:]])

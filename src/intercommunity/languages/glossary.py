"""PURE: keeps a meeting's names, acronyms and terms through a translation; knows no engine and no meeting.

Before a text goes to an engine, every glossary entry in it, every web and mail address and every hashtag is replaced
by a mark: a word that engines hand on. Afterwards each mark is replaced by the entry's form in the target language.

- A name, acronym or term without a form in the target language keeps its own.
- Acronyms and names of one word are found as they are written, or in capitals; longer names and terms whatever their
  case.
- A plural is found in the source language, and made in the target language; acronyms take an "s" in English alone.
- A term that began with a capital gets one in the target language.
- In Spanish the article before a form agrees with it. A form can bring its article along to say its gender: with
  "la Internet Society", "del Internet Society" becomes "de la Internet Society".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Literal, NamedTuple

import msgspec

from intercommunity.languages.inflection import agree, capitalize, plural
from intercommunity.languages.tags import primary

Kind = Literal["name", "acronym", "term"]

_ADDRESS = re.compile(
    r"(?<!\w)(?:https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:[\w-]+\.)+(?:org|com|net|int|edu|gov|info|io)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]])?|[#@]\w+)(?!\w)"
)
_LETTER = "[0-9A-Za-zÀ-ÖØ-öø-ɏ]"  # what would make a longer word of a mark; "²" behind it does not
_CONSONANTS = "bcdfghjklmnpqrstvwx"


class Term(msgspec.Struct, frozen=True):
    """One glossary entry: its form in each language (BCP 47)."""

    forms: Mapping[str, str]
    kind: Kind = "term"


class Kept(msgspec.Struct, frozen=True):
    """A mark and what it stands for in the target language."""

    mark: str
    form: str
    many: bool = False


class Protected(msgspec.Struct, frozen=True):
    """A text with marks in place of what must stay; ``restore`` takes the translation of ``text``."""

    text: str
    kept: tuple[Kept, ...]
    target: str

    def restore(self, translated: str) -> str | None:
        """Return the translation with every mark replaced, or None if the engine lost or doubled one."""
        restored = translated
        for kept in self.kept:
            halves = re.split(rf"(?i:(?<!{_LETTER}){kept.mark}(?!{_LETTER}))", restored)
            if len(halves) != 2:  # noqa: PLR2004  the text before the mark and the text after it
                return None
            before, form = agree(halves[0], kept.form, self.target, many=kept.many)
            restored = before + form + halves[1]
        return restored


class Glossary:
    """A meeting's entries, ready to find them in text of any of their languages."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._terms = tuple(terms)
        self._found: dict[tuple[str, str], _Finder] = {}

    def protect(self, text: str, source: str, target: str, marks: Iterable[str] = ()) -> Protected:
        """Return the text with a mark for every entry, address and hashtag in it.

        ``marks`` are the engine's own (Translator.marks) and stand for entries as long as they last; the other
        marks are words that nobody knows. None of them occurs in the text.
        """
        finder = self._finder(source, target)
        unused = iter([mark for mark in marks if mark.casefold() not in text.casefold()])
        unknown = _unknown_words(text)
        kept: list[Kept] = []
        end = -1

        def replace(match: re.Match[str]) -> str:
            nonlocal end
            if match.start() == end:  # two marks without anything between them would be one word
                return match[0]
            end = match.end()
            form = finder.form(match)
            mark = (next(unused, None) if form.known else None) or next(unknown)
            kept.append(Kept(mark, form.text, form.many))
            return mark

        return Protected(finder.pattern.sub(replace, text), tuple(kept), target)

    def names(self, lang: str) -> list[str]:
        """Return the names and acronyms as they are written in a language, for truecasing; terms are ordinary words."""
        forms = (form_in(term, lang) for term in self._terms if term.kind != "term")
        return [form for form in forms if form]

    def _finder(self, source: str, target: str) -> "_Finder":
        if (source, target) not in self._found:
            self._found[source, target] = _Finder(self._terms, source, target)
        return self._found[source, target]


def form_in(term: Term, lang: str) -> str | None:
    """Return a term's form in a language, of another region if need be; names and acronyms have one everywhere."""
    for tag, form in term.forms.items():
        if tag == lang:
            return form
    for tag, form in term.forms.items():
        if primary(tag) == primary(lang):
            return form
    return None if term.kind == "term" else next(iter(term.forms.values()), None)


class _Form(NamedTuple):
    text: str
    known: bool = False  # an entry of the glossary, no address
    many: bool = False
    name: bool = False  # keeps its own capitals


class _Finder:
    """The entries of one language pair as a pattern, longest first, and the form for each way they are written."""

    def __init__(self, terms: tuple[Term, ...], source: str, target: str) -> None:
        self._exact: dict[str, _Form] = {}
        self._folded: dict[str, _Form] = {}
        for term in terms:
            self._add(term, source, target)
        entries = [f"(?P<exact>{_any(self._exact)})"] if self._exact else []
        entries += [f"(?P<folded>(?i:{_any(self._folded)}))"] if self._folded else []
        bounded = [rf"(?<!\w)(?:{'|'.join(entries)})(?!\w)"] if entries else []
        self.pattern = re.compile("|".join([_ADDRESS.pattern, *bounded]))

    def form(self, match: re.Match[str]) -> _Form:
        found, groups = match[0], match.groupdict()
        if groups.get("exact"):
            return self._exact[_spaced(found)]
        if groups.get("folded"):
            form = self._folded[_spaced(found).casefold()]
            return form._replace(text=capitalize(form.text)) if found[0].isupper() and not form.name else form
        return _Form(found)

    def _add(self, term: Term, source: str, target: str) -> None:
        own = form_in(term, source)
        if own is None or not own.strip():
            return
        _, bare = agree("", _spaced(own), source)
        theirs = form_in(term, target)
        match term.kind:
            case "term":
                many = plural(theirs, target) if theirs else plural(bare, source)
                self._folded.setdefault(bare.casefold(), _Form(theirs or bare, known=True))
                self._folded.setdefault(plural(bare, source).casefold(), _Form(many, known=True, many=True))
            case "name" if " " in bare:
                self._folded.setdefault(bare.casefold(), _Form(theirs or bare, known=True, name=True))
            case "name" | "acronym":
                for written in (bare, bare.upper()):
                    self._exact.setdefault(written, _Form(theirs or bare, known=True))
        if term.kind == "acronym" and primary(source) == "en":
            many = f"{theirs}s" if primary(target) == "en" else theirs or bare
            self._exact.setdefault(f"{bare}s", _Form(many, known=True, many=True))


def _any(forms: Iterable[str]) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in form.split()) for form in longest_first)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _unknown_words(text: str) -> Iterator[str]:
    """Return words without end that no dictionary holds and nothing in the text begins with."""
    folded = text.casefold()
    stem = next(stem for stem in map(_nonsense, count()) if stem.casefold() not in folded)
    return (f"{stem}{_letters(number)}z" for number in count())


def _nonsense(number: int) -> str:
    return f"Xq{_letters(number)}"


def _letters(number: int) -> str:
    """Return a number in consonants: no engine takes it for a word, a figure or an acronym."""
    rest, last = divmod(number, len(_CONSONANTS))
    return (_letters(rest) if rest else "") + _CONSONANTS[last]

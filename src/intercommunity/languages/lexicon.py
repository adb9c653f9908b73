"""What a language writes with capitals: countries, languages, months, days and cities from CLDR, and a list of its own.

CLDR's names are as they stand in running text, so the data says for itself that Spanish writes "lunes" and "español"
small. Knows nothing of texts. Every language of CLDR has a lexicon; English and Spanish have lists of the project's own
beside it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

from intercommunity.languages.tags import primary
from intercommunity.languages.truecase import Lexicon

_NOT_PLACES = {"001", "QO", "XA", "XB", "ZZ"}  # the world, the unknown, and pseudo-locales
_AND = {"en": "and", "es": "y", "pt": "e", "fr": "et", "it": "e"}


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language (BCP 47); one without proper names if nothing is known of it."""
    words = _own_words(lang)
    if words is None:
        return Lexicon(proper=tuple(_from_cldr(lang)))
    return Lexicon(
        proper=(*_from_cldr(lang), *words.PROPER.replace("\n", "|").strip("|").split("|")),
        months=words.MONTHS,
        before_months=frozenset(words.BEFORE_MONTHS),
        ordinary=frozenset(words.ORDINARY),
        titles=words.TITLES,
        introductions=words.INTRODUCTIONS,
        prefixes=frozenset(words.PREFIXES),
        articles=frozenset(words.ARTICLES),
        always=words.ALWAYS,
        dotted=frozenset(words.DOTTED),
        no_acronyms=frozenset(words.NO_ACRONYMS),
    )


def _own_words(lang: str) -> ModuleType | None:
    name = f"intercommunity.languages.words.{primary(lang)}"
    known = primary(lang).isalpha() and find_spec(name)
    return import_module(name) if known else None


def _from_cldr(lang: str) -> Iterator[str]:
    try:
        locale = Locale.parse(primary(lang))
    except (UnknownLocaleError, ValueError):
        return
    for name in _names(locale):
        written = re.sub(r"\s*\(.*\)", "", name)
        if written[:1].isupper():
            yield from {written, written.replace("&", _AND.get(primary(lang), "&"))}


def _names(locale: Locale) -> Iterable[str]:
    yield from (name for code, name in locale.territories.items() if code not in _NOT_PLACES)
    yield from (name for code, name in locale.languages.items() if len(code) == 2)  # noqa: PLR2004  the well known ones
    yield from locale.months["format"]["wide"].values()
    yield from locale.days["format"]["wide"].values()
    yield from _cities(locale)


def _cities(locale: Locale) -> Iterator[str]:
    """The cities that time zones are named after: a few hundred large ones all over the world."""
    for zone in sorted(available_timezones()):
        if zone.split("/")[0] in {"Africa", "America", "Asia", "Australia", "Europe", "Pacific"}:
            yield locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")

"""What people read, in their language, from the gettext catalogues; knows no Django and no request.

    say("es", "Ask a question")                            one sentence
    say_count("es", "{count} line", "{count} lines", 3)    one that counts something

The English sentence is the key, as in every other part; `make messages` finds these calls by their names.
"""

import re
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

LOCALE = Path(__file__).parents[1] / "locale"
DOMAIN = "django"
LANGUAGES = ("en", "es", "ar")
"""The languages of the interface. English and Spanish are complete; Arabic has what the watch page says."""
RIGHT_TO_LEFT = frozenset({"ar"})
PLURAL_CATEGORIES = {
    "en": ("one", "other"),
    "es": ("one", "other"),
    "ar": ("zero", "one", "two", "few", "many", "other"),
}
"""The CLDR plural category of each gettext form, in the catalogue's order."""

Value = str | int

_HOLE = re.compile(r"\{(\w+)\}")


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "to be translated, but elsewhere"
    """Marks a sentence for the catalogues."""
    return text


def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML's dir attribute takes it; for any BCP 47 tag."""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT | {"fa", "he", "ur"} else "ltr"


def say(language: str, text: str, /, **values: Value) -> str:
    """The sentence in `language`, or in English where the catalogue lacks it, its {holes} filled as plain text."""
    return _fill(catalogue(language).gettext(text), values)


def say_count(language: str, singular: str, plural: str, number: int, /, **values: Value) -> str:
    """The sentence in the form that `number` takes in `language`; {count} is the number."""
    said = catalogue(language).ngettext(singular, plural, number)
    return _fill(said, {"count": number, **values})


@cache
def catalogue(language: str) -> NullTranslations:
    """The compiled catalogue of a language tag ("es", "es-MX"), or the English source text when there is none."""
    return translation(DOMAIN, LOCALE, [language.replace("-", "_")], fallback=True)


def _fill(sentence: str, values: dict[str, Value]) -> str:
    return _HOLE.sub(lambda hole: str(values.get(hole[1], hole[0])), sentence)

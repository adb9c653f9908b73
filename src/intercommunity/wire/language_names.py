"""Languages in their own words, out of the CLDR; knows no meeting.

own_name("es")      Español
"""

from functools import cache

from babel import Locale, UnknownLocaleError

_ENGLISH = Locale("en")


@cache
def own_name(tag: str) -> str:
    """What those who speak a language (BCP 47) call it, else what English calls it (sign languages), else the tag."""
    locale = _locale_of(tag)
    name = locale.get_display_name(locale) if locale is not None else _ENGLISH.languages.get(tag)
    return name[:1].upper() + name[1:] if name else tag


def _locale_of(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None

"""Languages in their own words, out of the CLDR; knows no meeting.

own_name("es")      Español
"""

from functools import cache

from babel import Locale, UnknownLocaleError

_ENGLISH = Locale("en")


@cache
def own_name(tag: str) -> str:
    """What those who speak a language (BCP 47) call it, else what English calls it (sign languages), else the tag."""
    locale = locale_named(tag)
    name = locale.get_display_name(locale) if locale is not None else _ENGLISH.languages.get(tag)
    return name[:1].upper() + name[1:] if name else tag


def locale_named(tag: str) -> Locale | None:
    """What the CLDR knows of a tag (BCP 47)."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None

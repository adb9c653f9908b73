"""Somebody who reads the record in one language: sentences, names, numbers and times as they expect them."""

import datetime as dt
import re
from datetime import UTC, datetime, tzinfo
from functools import cache, cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from intercommunity.meeting.description import HUB, Description, NodeKind, Texts
from intercommunity.wire.catalogue import catalogue
from intercommunity.wire.language_names import locale_named, own_name
from intercommunity.wire.text.control import clean

ENGLISH = Locale("en")
PROBE = "Record of the meeting"
"""A catalogue that does not translate this has nothing for the record: then its pages speak English around them."""

_HOLE = re.compile(r"\{(\w+)\}")

Value = str | int | Markup


class Words(NamedTuple):
    """A text and the language it is in."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


class Reader:
    """`language` is what they read the meeting in; `interface` what the pages around it speak."""

    def __init__(self, language: str, description: Description) -> None:
        self.language = language
        self.interface = language if _is_served(language) else "en"
        self.direction = direction(self.interface)
        self._sentences = catalogue(self.interface)
        self._locale = locale_of(self.interface) or ENGLISH
        self._languages = description.languages
        self.zone, self.place = _zone(description)

    def tell(self, text: str, **values: Value) -> Markup:
        """The sentence with its {holes} filled, safe to stand in HTML whatever the values are."""
        return _fill(self._sentences.gettext(text), values)

    def tell_count(self, singular: str, plural: str, number: int, **values: Value) -> Markup:
        """The form that `number` takes; {count} is the number as this reader writes it."""
        said = self._sentences.ngettext(singular, plural, number)
        return _fill(said, {"count": self.number(number), **values})

    def words(self, texts: Texts) -> Words:
        """The text of several that this reader understands best."""
        for language in (self.language, *self._languages, *sorted(texts)):
            if text := clean(texts.get(language, "")):
                return Words(text, language)
        return Words("", self.language)

    def phrase(self, text: str, language: str) -> Markup:
        """A washed text in HTML, marked with its language and direction where they are not the page's."""
        if language == self.interface:
            return escape(text)
        return _span(language) + text + _SPAN_END

    def texts(self, texts: Texts) -> Markup:
        """`words` in HTML; empty where there are none."""
        words = self.words(texts)
        return self.phrase(*words) if words else Markup()

    def number(self, number: int) -> str:
        return format_decimal(number, locale=self._locale)

    def percent(self, part: int, whole: int) -> str:
        """Rounded, but never to all or nothing where it is neither."""
        share = part / whole if whole else 0.0
        if 0 < part < whole:
            share = min(max(share, 0.01), 0.99)
        return format_percent(share, locale=self._locale)

    def country(self, code: str) -> str:
        """The name of an ISO 3166-1 alpha-2 code; empty for none, the code itself where it has no name."""
        return self._locale.territories.get(code, code) if code else ""

    def language_name(self, tag: str) -> str:
        named = locale_of(tag)
        return (named and named.get_display_name(self._locale)) or tag

    def heading(self, tag: str) -> str:
        """The name of a language where it stands alone."""
        return _capital(self.language_name(tag))

    def date(self, moment: int) -> str:
        """The day of a moment (ms UTC) at the hub, in full."""
        return format_date(self._at(moment).date(), format="full", locale=self._locale)

    def clock(self, moment: int) -> str:
        """The time of day of a moment (ms UTC) at the hub: 18:02:05."""
        return f"{self._at(moment):%H:%M:%S}"

    def minute(self, moment: int) -> str:
        return f"{self._at(moment):%H:%M}"

    def day(self, moment: int) -> dt.date:
        return self._at(moment).date()

    def _at(self, moment: int) -> datetime:
        return datetime.fromtimestamp(moment // 1000, self.zone)

    @cached_property
    def name(self) -> str:
        """The language's own name for itself."""
        return own_name(self.language)


def named(name: str) -> Markup:
    """A proper name in HTML, which may run against the direction of the sentence around it."""
    return Markup("<bdi>{}</bdi>").format(clean(name))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML's dir attribute takes it."""
    locale = locale_of(language)
    return locale.text_direction if locale else "ltr"


@cache
def _span(language: str) -> Markup:
    return Markup('<span lang="{}" dir="{}">').format(language, direction(language))


_SPAN_END = Markup("</span>")

_LOCALES: dict[str, Locale | None] = {}


def locale_of(tag: str) -> Locale | None:
    """What CLDR knows of a BCP 47 tag, or of its language alone; None where it knows neither."""
    if tag not in _LOCALES:
        _LOCALES[tag] = locale_named(tag) or locale_named(tag.partition("-")[0])
    return _LOCALES[tag]


def elapsed(milliseconds: int) -> str:
    """0:02:05"""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def _is_served(language: str) -> bool:
    return language.partition("-")[0] == "en" or catalogue(language).gettext(PROBE) != PROBE


def _zone(description: Description) -> tuple[tzinfo, str]:
    """The time zone at the hub and where that is; UTC where there is no hub or no such zone here."""
    hub = next((node for node in description.nodes if node.kind is NodeKind.HUB or node.id == HUB), None)
    if hub is not None:
        try:
            return ZoneInfo(hub.time_zone), f"{clean(hub.city)} ({hub.time_zone})"
        except (ValueError, OSError):
            pass
    return UTC, "UTC"


def _fill(sentence: str, values: dict[str, Value]) -> Markup:
    filled = _HOLE.sub(lambda hole: escape(values.get(hole[1], hole[0])), str(escape(sentence)))
    return Markup(filled)  # noqa: S704 - sentence and values were escaped on the line above

"""Writes the meeting files of benchmarks and tests: on one afternoon, with a hub in Quito; loads none of them."""

from collections.abc import Sequence
from typing import NamedTuple

MEETING = """
slug = "{slug}"
starts = 2026-05-14T14:00:00Z
languages = {languages}
translator = "none"
rehearsal = true
title = {{ en = "{en}", es = "{es}" }}

[questions]
per_person_per_hour = 1000
"""

SESSION = """
[[sessions]]
id = "{id}"
title = {{ en = "{en}", es = "{es}" }}
starts = 2026-05-14T{starts}:00Z
minutes = {minutes}
"""

HUB = """
[[nodes]]
id = "hub"
city = "Quito"
country = "EC"
time_zone = "America/Guayaquil"
kind = "hub"
"""

PROGRAMME = """
[programme]
from = "{origin}"
{more}"""

CHANNEL = """
[[channels]]
language = "{language}"
from = "{origin}"
"""


class Session(NamedTuple):
    """`en`, `es`: its title. `starts`: UTC."""

    id: str
    en: str
    es: str
    starts: str = "14:00"
    minutes: int = 30


def meeting_file(
    slug: str,
    en: str,
    es: str,
    sessions: Sequence[Session],
    more: str = "",
    languages: Sequence[str] = ("en", "es"),
) -> str:
    """A meeting in rehearsal that translates nothing. `en`, `es`: its title; `more`: further tables, as TOML."""
    quoted = ", ".join(f'"{language}"' for language in languages)
    head = MEETING.format(slug=slug, languages=f"[{quoted}]", en=en, es=es)
    return head + "".join(SESSION.format(**each._asdict()) for each in sessions) + HUB + more


def programme(floor: str, more: str = "", **channels: str) -> str:
    """The tables of a webcast: whence its floor comes, and each language's channel. `more`: lines for the first."""
    others = (CHANNEL.format(language=language, origin=origin) for language, origin in channels.items())
    return PROGRAMME.format(origin=floor, more=more) + "".join(others)

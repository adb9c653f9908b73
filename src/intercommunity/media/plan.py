"""What should run for a meeting's webcast: its sources, channels and tracks, out of its description; no I/O."""

from collections.abc import Callable

from msgspec import Struct

from intercommunity.meeting.description import FLOOR_LANGUAGE, Description, Interpreting, Lower, Programme
from intercommunity.wire.origin import Origin, origin_of

FLOOR = "floor"
SIGN = "sign"


class PlannedSource(Struct, frozen=True):
    """`name`: "floor" for the programme, "sign" for the sign language, a channel's language for the others."""

    name: str
    title: str
    language: str
    origin: Origin
    delay_ms: int = 0


class Plan(Struct, frozen=True):
    """`tracks`: (language, title). `kbit`: a channel's rate. `sentences`: what the slate says. `lower`: whether a
    smaller picture is made.
    """

    slug: str
    sources: tuple[PlannedSource, ...]
    tracks: tuple[tuple[str, str], ...]
    kbit: int
    sentences: tuple[str, ...] = ()
    rehearsal: bool = False
    lower: Lower = Lower.NO

    @property
    def channels(self) -> tuple[PlannedSource, ...]:
        """What is heard."""
        return tuple(each for each in self.sources if each.name != SIGN)

    @property
    def sign(self) -> PlannedSource | None:
        return next((each for each in self.sources if each.name == SIGN), None)


def plan_webcast(
    description: Description,
    key_of: Callable[[str, int], str],
    title_of: Callable[[str], str],
    sentences: tuple[str, ...],
) -> Plan | None:
    """None for a meeting without a programme. `key_of`: by source's name and the key's number;
    `title_of`: a language in its own words.
    """
    programme = description.programme
    if programme is None:
        return None
    sources = [_planned(FLOOR, "Floor", FLOOR_LANGUAGE, programme, key_of)]
    sources.extend(
        _planned(each.language, title_of(each.language), each.language, each, key_of) for each in description.channels
    )
    if (sign := description.sign) is not None:
        sources.append(_planned(SIGN, title_of(sign.language), sign.language, sign, key_of))
    tracks = tuple((tag, title_of(tag)) for tag in description.languages)
    return Plan(
        description.slug,
        tuple(sources),
        tracks,
        programme.kbit,
        sentences,
        description.rehearsal,
        programme.lower,
    )


def _planned(
    name: str,
    title: str,
    language: str,
    described: Programme | Interpreting,
    key_of: Callable[[str, int], str],
) -> PlannedSource:
    origin = origin_of(described.source, key_of(name, described.key))
    assert origin is not None, "the meeting file was checked for it"
    return PlannedSource(name, title, language, origin, described.delay_ms)

"""What a LibreTranslate server answers, as structs; knows no HTTP."""

from collections.abc import Iterable

import msgspec

from intercommunity.languages.tags import Pair


class Language(msgspec.Struct, frozen=True):
    """One of the server's languages; ``targets`` is missing in old versions and then means all others."""

    code: str
    targets: list[str] | None = None


class Translation(msgspec.Struct, frozen=True, rename="camel"):
    translated_text: str


class Refusal(msgspec.Struct, frozen=True):
    error: str


def offered_pairs(languages: Iterable[Language]) -> frozenset[Pair]:
    """Return every pair of different languages that the server translates."""
    listed = list(languages)
    codes = [language.code for language in listed]
    return frozenset(
        (language.code, target)
        for language in listed
        for target in (codes if language.targets is None else language.targets)
        if target != language.code
    )

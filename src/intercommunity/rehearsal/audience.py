"""The people of a rehearsal: made up, from many countries, the same every time; knows no server.

They are needed because a meeting without an audience cannot be rehearsed: votes, places and numbers would be missing.
"""

from typing import NamedTuple

_NAMES = (
    "Adaeze", "Bilal", "Chiara", "Daniel", "Eun-ji", "Farida", "Gonzalo", "Hana", "Ibrahim", "Jelena", "Kofi", "Lucía",
    "Mateo", "Nadia", "Omar", "Paula", "Quentin", "Rosa", "Sione", "Thandiwe", "Ulla", "Valeria", "Wanjiru", "Xiomara",
    "Yusuf", "Zeynep",
)  # fmt: skip
_INITIALS = "ABCDEFGHIJKLMNOPRSTUVWYZ"
_COUNTRIES = (
    "KE", "CL", "PH", "SN", "UY", "MX", "IN", "NP", "FR", "ES", "NZ", "WS", "GB", "CA", "BR", "CO", "PE", "GH", "NG",
    "EG", "DE", "IT", "JP", "ID", "FJ", "ZA",
)  # fmt: skip


class Member(NamedTuple):
    name: str
    country: str
    language: str


def member(number: int, languages: tuple[str, ...]) -> Member:
    """The n-th person of the audience."""
    name = f"{_NAMES[number % len(_NAMES)]} {_INITIALS[(number * 7) % len(_INITIALS)]}."
    return Member(name, _COUNTRIES[(number * 5) % len(_COUNTRIES)], languages[number % len(languages)])

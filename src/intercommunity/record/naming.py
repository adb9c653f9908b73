"""Names of files and anchors made from what people wrote; whatever they wrote, the names are harmless."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 40
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")
_RESERVED = frozenset({"aux", "con", "nul", "prn"})
"""Languages have tags that Windows takes for devices: `con` is Cofán."""


def slug(text: str) -> str:
    """`Sesión 1: ¿y después?` -> `sesion-1-y-despues`; empty where nothing of it can be written in ASCII."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")


def stem(number: int, text: str) -> str:
    """The name of a file without its ending: `03-budget`. The number alone keeps it apart from all others."""
    return f"{number:02d}-{slug(text)}".rstrip("-")


def anchor(event_id: str) -> str:
    """An id as HTML id and URL fragment: different ids stay different, `hub-17` stays what it is."""
    return _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}_", event_id)


def folders(languages: Iterable[str]) -> dict[str, str]:
    """By language the folder of its pages: the tag itself where it can be one, and no two alike on any disk."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for number, language in enumerate(dict.fromkeys(languages), 1):
        usable = _TAG.fullmatch(language) and language.casefold() not in taken | _RESERVED
        found[language] = language if usable else f"language_{number}"
        taken.add(found[language].casefold())
    return found

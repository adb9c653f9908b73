"""Which of an engine's language pairs serves two BCP 47 tags; knows no engine."""

from collections.abc import Iterable

Pair = tuple[str, str]


def find_pair(pairs: Iterable[Pair], source: str, target: str) -> Pair | None:
    """Return the closest pair, or None: the same language always, the same region or script where there is one."""
    candidates = [pair for pair in pairs if _same_language(pair[0], source) and _same_language(pair[1], target)]
    return min(
        candidates, key=lambda pair: (_distance(pair[1], target), _distance(pair[0], source), pair), default=None
    )


def primary(tag: str) -> str:
    """Return the language of a tag without region or script: ``pt-BR`` is ``pt``."""
    return tag.replace("_", "-").split("-")[0].lower()


def _same_language(one: str, other: str) -> bool:
    return primary(one) == primary(other)


def _distance(offered: str, wanted: str) -> int:
    if offered.lower() == wanted.lower():
        return 0
    return 1 if offered.lower() == primary(offered) else 2

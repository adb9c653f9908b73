"""A comparable dump of a whole state: everything in it, and every order in which something stands; knows no rule."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from msgspec import Struct

_PLAIN = frozenset({str, int, float, bool, type(None)})


def canonical(value: Any) -> Any:
    """Nested tuples that are equal exactly where two states are. Sets have no order, so they are sorted."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Struct):
        return _fields(value, value.__struct_fields__)
    if isinstance(value, dict):
        return tuple((canonical(key), canonical(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(canonical(each) for each in value)
    if isinstance(value, set | frozenset):
        return ("set", tuple(sorted(canonical(each) for each in value)))
    return value if isinstance(value, Enum) else _fields(value, value.__slots__)


def _fields(value: Any, names: Iterable[str]) -> Any:
    return type(value).__name__, tuple((name, canonical(getattr(value, name))) for name in names)

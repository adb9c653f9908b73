"""A comparable dump of a whole state: everything in it, and every order in which something stands; knows no rule."""

from enum import Enum
from typing import Any

from msgspec import Struct


def canonical(value: Any) -> Any:
    """Nested tuples that are equal exactly where two states are. Sets have no order, so they are sorted."""
    if isinstance(value, Struct):
        fields = tuple((name, canonical(getattr(value, name))) for name in value.__struct_fields__)
        return (type(value).__name__, fields)
    if isinstance(value, dict):
        return tuple((canonical(key), canonical(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(canonical(each) for each in value)
    if isinstance(value, set | frozenset):
        return ("set", tuple(sorted(canonical(each) for each in value)))
    if isinstance(value, Enum) or value is None or isinstance(value, str | int | float | bool):
        return value
    return (type(value).__name__, tuple((name, canonical(getattr(value, name))) for name in value.__slots__))

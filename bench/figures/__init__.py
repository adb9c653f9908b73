"""What is measured, one file a figure: `MEASURES` says what in a line, `measure()` gives rows for the table.

To add a figure, add a file here: it is found by its name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `holds` is None where nothing was promised."""

    what: str
    measured: str
    wanted: str = ""
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    measures: str
    measure: Callable[[], Iterator[Row]]


def figures() -> list[Figure]:
    """All figures, in the order of their names."""
    modules = [(found.name, import_module(f"{__name__}.{found.name}")) for found in iter_modules(__path__)]
    return [Figure(name, module.MEASURES, module.measure) for name, module in modules]

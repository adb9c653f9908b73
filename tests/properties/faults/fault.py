"""What a seeded fault is, and how it is put into the code; knows none."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from intercommunity.meeting import meeting as core
from intercommunity.meeting.log import Event

Put = Callable[[pytest.MonkeyPatch], None]


class Fault(NamedTuple):
    """`law`: the one that has to find it."""

    name: str
    law: str
    put: Put


def fault(put: Put) -> Fault:
    """The fault that a function puts in; its law is called as the file it stands in."""
    return Fault(put.__name__, put.__module__.rpartition(".")[2], put)


def apply_wrongly(patch: pytest.MonkeyPatch, kind: type, wrong: Callable[[Any, Any, Event], None]) -> None:
    """Put another function in the place of that which applies this kind of fact."""
    patch.setitem(core._APPLIERS, kind, wrong)

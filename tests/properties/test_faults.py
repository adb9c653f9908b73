"""Every seeded fault is found by the law that is said to find it."""

import pytest

from properties.faults import FAULTS
from properties.laws import LAWS

EXAMPLES = 1_500


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found(name, monkeypatch):
    fault = FAULTS[name]
    fault.put(monkeypatch)
    assert LAWS[fault.law].finds(EXAMPLES) is not None


def test_every_law_finds_some_fault():
    assert {fault.law for fault in FAULTS.values()} == set(LAWS)
    assert len(FAULTS) >= 15

"""Every seeded fault is found by the law that is said to find it."""

from pathlib import Path

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


def test_documents_list_every_fault_with_the_law_that_finds_it():
    page = (Path(__file__).parents[2] / "docs/testing.md").read_text(encoding="utf-8")
    listed = page.partition("| fault | found by |\n| --- | --- |\n")[2].partition("\n\n")[0]
    assert listed.splitlines() == [f"| {name.replace('_', ' ')} | {fault.law} |" for name, fault in FAULTS.items()]

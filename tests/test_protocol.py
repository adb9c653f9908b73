"""docs/protocol.md says what the code does."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[1]


def lists_of_the_page():
    spec = importlib.util.spec_from_file_location("protocol", ROOT / "setup/protocol.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_lists_of_the_protocol_are_those_of_the_code():
    page = (ROOT / "docs/protocol.md").read_text()
    assert lists_of_the_page().fill(page) == page, "run `make protocol`"

"""A server for the tests of the command line."""

import pytest

from serving import load, served


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
async def server(data):
    """One that runs, with a meeting loaded before it did."""
    links = load(data)
    async with served(data) as running:
        running.links = links
        yield running

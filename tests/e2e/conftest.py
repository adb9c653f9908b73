"""One server and one browser for all stories; a meeting and visitors of its own for each."""

import asyncio
from collections.abc import Iterator

import pytest
from bench.chromium import PROGRAM
from playwright.sync_api import Browser, expect

from e2e.forum import Forum, forum_on
from e2e.visiting import WITHIN_MS, Visits, chromium
from serving import Served

expect.set_options(timeout=WITHIN_MS)


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served(tmp_path_factory.mktemp("e2e") / "data")
    try:
        asyncio.run(running.start())
        yield running
    finally:
        running.end_everything()


@pytest.fixture(scope="package")
def browser(server: Served) -> Iterator[Browser]:
    """After the server, which starts in a loop of its own: while the browser lives, its loop runs in this thread."""
    if PROGRAM is None:
        pytest.skip("there is no Chromium")
    with chromium() as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Opens pages; no page may complain, break the policy or ask another host for anything."""
    visits = Visits(browser)
    yield visits
    visits.end()
    assert visits.unbearable() == []


@pytest.fixture
def forum(server: Served) -> Iterator[Forum]:
    with forum_on(server) as forum:
        yield forum

"""Tests of what touches sockets run on both event loops."""

import asyncio

import uvloop

ON_BOTH_LOOPS = {"test_fanout", "test_takeover", "test_zero_copy"}


def pytest_asyncio_loop_factories(config, item):
    loops = {"uvloop": uvloop.new_event_loop}
    if item.module.__name__.rpartition(".")[2] in ON_BOTH_LOOPS:
        loops["asyncio"] = asyncio.new_event_loop
    return loops

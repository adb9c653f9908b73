"""What tests of several parts share."""

import os
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings

import postgres

# A machine that does other things at the same time is slow now and then, which says nothing about an example. A landing
# is judged by the same examples every time; at a desk each run tries others.
settings.register_profile("patient", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """The DSN of a server of the tests' own, as superuser; the tests that need one are skipped where none can run."""
    try:
        running = postgres.server()
        dsn = running.__enter__()
    except postgres.Unavailable as reason:
        pytest.skip(str(reason))
    try:
        yield dsn
    finally:
        running.__exit__(None, None, None)


@pytest.fixture
def postgres_database(postgres_dsn: str) -> Iterator[str]:
    """The DSN of a new, empty database for one test."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres_dsn, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield psycopg.conninfo.make_conninfo(postgres_dsn, dbname=name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")

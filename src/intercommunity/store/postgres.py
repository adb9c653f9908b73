"""The logs of an installation in PostgreSQL, all meetings in one table; knows nothing of what an entry means.

1. `synchronous_commit` is on: a commit returns when it is on disk (and on the standby, where one is set up so).
2. One writer for each meeting: it holds an advisory lock for as long as its connection lives. A writer that lost its
   connection, and then the lock to another, cannot write either: positions are its own count, and are unique.
3. A connection that is gone is made anew at the next call.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from intercommunity.store.chain import advance, fresh
from intercommunity.store.port import Damaged, Entry, Failed, Full, Head, Locked, Record, StoreError

Connection = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")

AT_A_TIME = 1_000
_CREATING = 0x49436C67
"""The advisory lock under which the tables are made."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meeting_log (
    meeting text PRIMARY KEY,
    identity text NOT NULL,
    format integer NOT NULL
);
CREATE TABLE IF NOT EXISTS meeting_entry (
    meeting text NOT NULL REFERENCES meeting_log,
    position bigint NOT NULL,
    node text NOT NULL,
    number bigint NOT NULL,
    body bytea NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (meeting, position),
    UNIQUE (meeting, node, number)
);
"""
FORMAT = 1


def kept_meetings(dsn: str) -> list[str]:
    """The meetings that have a log in a database. Raises `Failed`."""
    with _plainly(), _connect(dsn) as connection:
        return [slug for (slug,) in connection.execute("SELECT meeting FROM meeting_log ORDER BY meeting")]


class PostgresStore:
    """The log of one meeting; made where there is none. Raises `Locked` where another process writes it."""

    def __init__(self, dsn: str, slug: str) -> None:
        self._dsn = dsn
        self._slug = slug
        self._writer: Connection | None = None
        self._reader: Connection | None = None
        self._reading = Lock()
        self._heads: dict[str, Head] = {}
        self._position = 0
        with _plainly():
            self._writer = self._open_writer()
        try:
            self.identity = self._header()
            self.heads()
        except BaseException:
            self.close()
            raise

    def _open_writer(self) -> Connection:
        connection = _connect(self._dsn)
        held = connection.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"log {self._slug}"])
        if not _one(held):
            connection.close()
            raise Locked(f"Another process writes the log of {self._slug}; only one may.")
        return connection

    def _header(self) -> str:
        with _plainly():
            assert self._writer is not None
            self._writer.execute(
                "INSERT INTO meeting_log VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [self._slug, secrets.token_hex(6), FORMAT],
            )
            header = self._writer.execute("SELECT identity, format FROM meeting_log WHERE meeting = %s", [self._slug])
            identity, version = header.fetchall()[0]
        if version != FORMAT:
            raise Damaged(f"The log of {self._slug} is of format {version}, which this version cannot read.")
        return str(identity)

    def append(self, entries: Sequence[Entry]) -> int:
        new = fresh(entries, self._heads, self._digest)
        if new:
            with _plainly():
                self._insert(new)
            advance(self._heads, new)
            self._position += len(new)
        return self._position

    def _insert(self, new: Sequence[Entry]) -> None:
        """In one transaction. After a failure the connection is given up, and with it the lock."""
        if self._writer is None or self._writer.closed:
            self._writer = self._open_writer()
        last = self._position + len(new)
        try:
            with self._writer.transaction():
                self._writer.execute(
                    "INSERT INTO meeting_entry SELECT %s, * FROM"
                    " unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bytea[], %s::bytea[])",
                    [
                        self._slug,
                        list(range(self._position + 1, last + 1)),
                        [entry.node for entry in new],
                        [entry.number for entry in new],
                        [entry.body for entry in new],
                        [entry.digest for entry in new],
                    ],
                )
        except BaseException:
            self._writer.close()
            raise

    def _digest(self, node: str, number: int) -> bytes | None:
        return next((entry.digest for entry in self.read_log(node, number - 1, 1)), None)

    def read(self, after: int = 0, most: int | None = None) -> Iterator[Record]:
        query = (
            "SELECT position, node, number, body, digest FROM meeting_entry"
            " WHERE meeting = %s AND position > %s ORDER BY position LIMIT %s"
        )
        for row in self._pages(query, [self._slug], 0, after, most):
            yield Record(row[0], Entry(*row[1:]))

    def read_log(self, node: str, after: int = 0, most: int | None = None) -> Iterator[Entry]:
        query = (
            "SELECT node, number, body, digest FROM meeting_entry"
            " WHERE meeting = %s AND node = %s AND number > %s ORDER BY number LIMIT %s"
        )
        for row in self._pages(query, [self._slug, node], 1, after, most):
            yield Entry(*row)

    def _pages(
        self, query: str, values: list[str], key: int, after: int, most: int | None
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that ends in `> after … LIMIT limit`; `key` is the column that is compared."""
        left = most
        while left is None or left > 0:
            limit = AT_A_TIME if left is None else min(left, AT_A_TIME)
            rows = self._read(query, [*values, after, limit])
            yield from rows
            if len(rows) < limit:
                return
            after = rows[-1][key]
            left = left and left - len(rows)

    def _read(self, query: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with self._reading, _plainly():
            return self._again(lambda reader: reader.execute(query.encode(), values, binary=True).fetchall())

    def _again(self, work: Callable[[Connection], T]) -> T:
        """Over a new connection, where the one that was kept is gone."""
        if self._reader is not None and not self._reader.closed:
            try:
                return work(self._reader)
            except psycopg.OperationalError:
                self._reader.close()
        self._reader = _connect(self._dsn)
        return work(self._reader)

    def heads(self) -> dict[str, Head]:
        """From the database, not from memory: after a failure it alone knows."""
        rows = self._read(
            "SELECT DISTINCT ON (node) node, number, digest FROM meeting_entry"
            " WHERE meeting = %s ORDER BY node, number DESC",
            [self._slug],
        )
        self._heads = {node: Head(number, digest) for node, number, digest in rows}
        with self._reading, _plainly():
            self._position = self._again(lambda reader: _position(reader, self._slug))
        return dict(self._heads)

    def position(self) -> int:
        return self._position

    def close(self) -> None:
        with self._reading:
            for connection in (self._reader, self._writer):
                if connection is not None:
                    connection.close()


def _connect(dsn: str) -> Connection:
    connection = psycopg.connect(dsn, autocommit=True, application_name="intercommunity log")
    connection.execute("SET synchronous_commit = on")
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_CREATING])
        connection.execute("SET LOCAL client_min_messages = warning")
        connection.execute(_SCHEMA)
    return connection


def _position(connection: Connection, slug: str) -> int:
    found = connection.execute("SELECT coalesce(max(position), 0) FROM meeting_entry WHERE meeting = %s", [slug])
    return int(_one(found))


def _one(cursor: psycopg.Cursor[tuple[Any, ...]]) -> Any:
    return cursor.fetchall()[0][0]


@contextmanager
def _plainly() -> Iterator[None]:
    """What PostgreSQL says, in our words."""
    try:
        yield
    except psycopg.Error as error:
        raise _in_our_words(error) from error


def _in_our_words(error: psycopg.Error) -> StoreError:
    if isinstance(error, errors.DiskFull):
        return Full("There is no room left for the database.")
    if isinstance(error, errors.UniqueViolation):
        return Locked("Another process has written this log meanwhile; only one may.")
    if isinstance(error, (errors.DataCorrupted, errors.IndexCorrupted)):
        return Damaged(f"The database is damaged ({error}). Put back a copy, or fetch the log from another node.")
    return Failed(f"The database did not keep or give the log: {error}")

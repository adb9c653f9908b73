"""A meeting's log as one SQLite file; knows nothing of what an entry means.

1. Write-ahead log with `synchronous=FULL`: a commit returns after its fsync. A write that was cut off is not there.
2. One writer: it holds a lock on a file beside the log for as long as it lives. Any number of readers, also in other
   processes.
3. A new log is made under another name, synced and then renamed; so an empty or a short file is never a new log, but
   always a damaged one. Whoever only reads changes nothing, so a damaged file stays as it is.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from intercommunity.store.chain import advance, fresh
from intercommunity.store.locking import lock_file
from intercommunity.store.port import Damaged, Entry, Failed, Full, Head, Record, StoreError
from intercommunity.store.wal import PAGE, ensure_whole

APPLICATION = 0x49436C67
"""The `application_id` in the header of the file: ICLg."""
FORMAT = 1
AT_A_TIME = 1_000
_SMALLEST = 512
"""A SQLite file has at least one page."""

_SCHEMA = """
CREATE TABLE header (identity TEXT NOT NULL);
CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    node TEXT NOT NULL,
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    digest BLOB NOT NULL,
    UNIQUE (node, number)
);
"""


class SqliteLog:
    """Reads a log, beside its writer. Raises `Damaged` where the file is not a whole log."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reading = Lock()
        _ensure_there(path)
        with _plainly(path):
            self._reader = _connect(path, "ro")
        try:
            self.identity = self._read_header()
            ensure_whole(path)
        except BaseException:
            self._reader.close()
            raise

    def _read_header(self) -> str:
        with _plainly(self._path):
            application, version = self._pragma("application_id"), self._pragma("user_version")
            if (application, version) != (APPLICATION, FORMAT):
                raise Damaged(f"{self._path} is not a log that this version can read (format {version}).")
            for (identity,) in self._reader.execute("SELECT identity FROM header"):
                return str(identity)
        raise Damaged(f"{self._path} has no header. {_HELP}")

    def _pragma(self, name: str) -> int:
        return int(self._reader.execute(f"PRAGMA {name}").fetchone()[0])

    def _rows(self, query: str, *values: str | int) -> list[tuple[int, str, int, bytes, bytes]]:
        with self._reading, _plainly(self._path):
            return self._reader.execute(query, values).fetchall()

    def read(self, after: int = 0, most: int | None = None) -> Iterator[Record]:
        query = "SELECT position, node, number, body, digest FROM entry WHERE position > ? ORDER BY position LIMIT ?"
        left = most
        while left is None or left > 0:
            limit = AT_A_TIME if left is None else min(left, AT_A_TIME)
            rows = self._rows(query, after, limit)
            for position, node, number, body, digest in rows:
                yield Record(position, Entry(node, number, body, digest))
            if len(rows) < limit:
                return
            after = rows[-1][0]
            left = left and left - len(rows)

    def read_log(self, node: str, after: int = 0, most: int | None = None) -> Iterator[Entry]:
        query = (
            "SELECT position, node, number, body, digest FROM entry WHERE node = ? AND number > ?"
            " ORDER BY number LIMIT ?"
        )
        left = most
        while left is None or left > 0:
            limit = AT_A_TIME if left is None else min(left, AT_A_TIME)
            rows = self._rows(query, node, after, limit)
            for _, *entry in rows:
                yield Entry._make(entry)
            if len(rows) < limit:
                return
            after = rows[-1][2]
            left = left and left - len(rows)

    def heads(self) -> dict[str, Head]:
        with self._reading, _plainly(self._path):
            numbers = self._reader.execute("SELECT node, max(number) FROM entry GROUP BY node").fetchall()
        return {
            node: Head(number, entry.digest) for node, number in numbers for entry in self.read_log(node, number - 1, 1)
        }

    def position(self) -> int:
        with self._reading, _plainly(self._path):
            return int(self._reader.execute("SELECT coalesce(max(position), 0) FROM entry").fetchone()[0])

    def close(self) -> None:
        with self._reading:
            self._reader.close()


class SqliteStore(SqliteLog):
    """Writes a log, and makes it where there is none. Raises `Locked` where another process writes it."""

    def __init__(self, path: Path) -> None:
        self._writer: sqlite3.Connection | None = None
        self._lock = lock_file(path.with_suffix(".lock"))
        try:
            if not path.exists():
                _create(path)
            super().__init__(path)
            self._heads = super().heads()
            self._position = super().position()
        except BaseException:
            os.close(self._lock)
            raise

    def append(self, entries: Sequence[Entry]) -> int:
        new = fresh(entries, self._heads, self._digest)
        if new:
            rows = [(self._position + place, *entry) for place, entry in enumerate(new, 1)]
            with _plainly(self._path):
                self._insert(rows)
            advance(self._heads, new)
            self._position += len(new)
        return self._position

    def _insert(self, rows: list[tuple[int, str, int, bytes, bytes]]) -> None:
        """In one transaction. After a failure the connection is given up: the next append starts from the file."""
        if self._writer is None:
            self._writer = _connect(self._path, "rw")
        try:
            self._writer.execute("BEGIN IMMEDIATE")
            self._writer.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)
            self._writer.execute("COMMIT")
        except BaseException:
            self._give_up_writer()
            raise

    def _give_up_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(sqlite3.Error):
                writer.close()

    def _digest(self, node: str, number: int) -> bytes | None:
        return next((entry.digest for entry in self.read_log(node, number - 1, 1)), None)

    def heads(self) -> dict[str, Head]:
        """From the file, not from memory: after a failure it alone knows."""
        self._heads = super().heads()
        self._position = super().position()
        return dict(self._heads)

    def position(self) -> int:
        return self._position

    def close(self) -> None:
        super().close()
        self._give_up_writer()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


_HELP = "Nothing was changed. Put back a copy of the file, or fetch the log from another node."


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _ensure_there(path: Path) -> None:
    size = path.stat().st_size if path.exists() else 0
    if size < _SMALLEST:
        raise Damaged(f"{path} was cut off: {size} bytes are left. {_HELP}")


def _create(path: Path) -> None:
    if path.with_name(path.name + "-wal").exists():
        raise Damaged(f"{path} is missing, though what was written last is beside it. {_HELP}")
    making = path.with_suffix(".new")
    making.unlink(missing_ok=True)
    making.touch(0o600)
    with _plainly(path):
        connection = _connect(making, "rw")
        try:
            connection.execute(f"PRAGMA page_size = {PAGE}")
            connection.executescript(_SCHEMA)
            connection.execute("INSERT INTO header VALUES (?)", (secrets.token_hex(6),))
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        making.rename(path)
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """What SQLite says, in our words."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_our_words(path, error) from error
    except OSError as error:
        raise Failed(f"{path}: {error}") from error


def _in_our_words(path: Path, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged(f"{path} is damaged ({error}). {_HELP}")
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_room(path)):
        return Full(f"There is no room left for {path}.")
    return Failed(f"{path}: {error}")


def _no_room(path: Path) -> bool:
    return os.statvfs(path.parent).f_bavail == 0

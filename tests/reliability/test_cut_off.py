"""Logs on a disk that loses or changes what was written: the tail of a last write, or bytes anywhere."""

import random
import shutil
from pathlib import Path

import pytest

from intercommunity.store.journal import Journal
from intercommunity.store.port import Damaged, Entry
from intercommunity.store.rebuild import rebuild
from intercommunity.store.sqlite import SqliteLog, SqliteStore
from store.logs import numbered
from store.meeting import Clock, describe, say

COMMITS = 60


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix.startswith(".sqlite")}


@pytest.fixture
def left(tmp_path) -> tuple[Path, list[Entry]]:
    """What a process that was killed left: the first half in the main file, the second in the write-ahead log."""
    store = SqliteStore(tmp_path / "forum.sqlite")
    entries = numbered(COMMITS)
    for entry in entries:
        store.append([entry])
        if entry.number == COMMITS // 2:
            store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in tmp_path.glob("forum.sqlite*"):
        shutil.copy(path, copy)
    store.close()
    (copy / "forum.sqlite-shm").unlink()
    return copy / "forum.sqlite", entries


def kept(path: Path) -> list[Entry]:
    log = SqliteLog(path)
    try:
        read = [record.entry for record in log.read()]
        assert log.heads().get("hub", (0,))[0] == len(read)
        return read
    finally:
        log.close()


def test_log_left_by_a_killed_process_is_whole(left):
    path, entries = left
    assert kept(path) == entries


def test_log_whose_last_write_was_cut_off_goes_on_without_it(left):
    path, entries = left
    wal = path.with_name("forum.sqlite-wal")
    whole = wal.read_bytes()
    frames = len(whole) // COMMITS * 2
    for lost in (1, 20, 4_000, 4_096, 4_120, min(frames, 8_000)):
        wal.write_bytes(whole[:-lost])
        before = kept(path)
        assert before == entries[: len(before)]
        assert len(before) >= COMMITS - 2
    store = SqliteStore(path)
    assert store.append(entries) == COMMITS
    store.close()
    assert kept(path) == entries


def test_log_whose_last_write_is_noise_goes_on_without_it(left):
    path, entries = left
    wal = path.with_name("forum.sqlite-wal")
    whole = wal.read_bytes()
    wal.write_bytes(whole[:-3_000] + random.Random(1).randbytes(3_000))
    assert kept(path) == entries[:-1]


def test_log_with_a_damaged_commit_that_others_followed_is_not_opened(left):
    path, entries = left
    wal = path.with_name("forum.sqlite-wal")
    whole = wal.read_bytes()
    chance = random.Random(2)
    for place in [*range(32), *(chance.randrange(32, len(whole) * 3 // 4) for _ in range(40))]:
        wal.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
        before = content(path.parent)
        with pytest.raises(Damaged, match="Nothing was changed"):
            SqliteStore(path)
        after = content(path.parent)
        assert {name: after[name] for name in before if not name.endswith("-shm")} == {
            name: before[name] for name in before if not name.endswith("-shm")
        }
        path.with_name("forum.sqlite-shm").unlink()
    wal.write_bytes(whole)
    assert kept(path) == entries


@pytest.fixture
async def meeting_log(tmp_path) -> Path:
    """A meeting's log of many pages, closed."""
    path = tmp_path / "forum.sqlite"
    journal = Journal(SqliteStore(path), clock=Clock())
    await describe(journal)
    for number in range(150):
        await say(journal, f"{number}: " + "words that somebody says on stage " * 6)
    await journal.close()
    return path


def opened(path: Path) -> int:
    """How many events are there, if the log opens."""
    store = SqliteStore(path)
    try:
        return len(rebuild(store, "hub").events)
    finally:
        store.close()


def alone(path: Path, bytes_: bytes) -> None:
    """The main file with nothing beside it."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(bytes_)


async def test_main_file_that_was_cut_off_is_damaged_and_stays_as_it_is(meeting_log):
    whole = meeting_log.read_bytes()
    assert len(whole) > 40_000
    chance = random.Random(3)
    for length in [0, 1, 100, 511, 512, 4_096, *(chance.randrange(len(whole)) for _ in range(40)), len(whole) - 1]:
        alone(meeting_log, whole[:length])
        with pytest.raises(Damaged):
            opened(meeting_log)
        assert meeting_log.read_bytes() == whole[:length]


async def test_main_file_with_changed_bytes_shows_everything_or_is_damaged(meeting_log):
    whole = meeting_log.read_bytes()
    chance = random.Random(4)
    found = 0
    for _ in range(300):
        place = chance.randrange(len(whole))
        changed = whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :]
        alone(meeting_log, changed)
        try:
            assert opened(meeting_log) == 151
        except Damaged:
            found += 1
            assert meeting_log.read_bytes() == changed
    assert found > 150


async def test_main_file_that_is_missing_beside_its_last_writes_is_damaged(left):
    path, _ = left
    path.unlink()
    with pytest.raises(Damaged, match="missing"):
        SqliteStore(path)
    assert not path.exists()


async def test_file_of_something_else_is_not_taken_for_a_log(tmp_path):
    path = tmp_path / "forum.sqlite"
    path.write_bytes(b"a letter, not a log " * 100)
    with pytest.raises(Damaged):
        SqliteStore(path)
    assert path.read_bytes() == b"a letter, not a log " * 100

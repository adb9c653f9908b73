import subprocess
import sys

import pytest

from intercommunity.store.port import Damaged, Failed
from intercommunity.store.sqlite import SqliteLog, SqliteStore
from store.logs import numbered

COUNT_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from intercommunity.store.sqlite import SqliteLog
log = SqliteLog(Path(sys.argv[1]))
print(log.identity, log.position(), len(list(log.read())))
"""


def test_sqlite_log_is_read_beside_its_writer_also_from_another_process(tmp_path):
    path = tmp_path / "forum.sqlite"
    store = SqliteStore(path)
    hub = numbered(5)
    store.append(hub[:3])
    beside = SqliteLog(path)
    assert (beside.identity, beside.position()) == (store.identity, 3)
    store.append(hub)
    assert [record.entry for record in beside.read()] == hub
    assert beside.heads() == store.heads()
    done = subprocess.run(
        [sys.executable, "-c", COUNT_IN_ANOTHER_PROCESS, path], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == [store.identity, "5", "5"]
    beside.close()
    store.close()
    alone = SqliteLog(path)
    assert [record.entry for record in alone.read()] == hub
    alone.close()


def test_sqlite_log_that_is_not_there_is_not_made_by_reading(tmp_path):
    with pytest.raises(Damaged):
        SqliteLog(tmp_path / "forum.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_sqlite_store_whose_making_was_cut_off_is_made_anew(tmp_path):
    (tmp_path / "forum.new").write_bytes(b"half of a he")
    store = SqliteStore(tmp_path / "forum.sqlite")
    assert store.append(numbered(1)) == 1
    store.close()


def test_sqlite_store_of_a_later_format_is_not_opened(tmp_path):
    path = tmp_path / "forum.sqlite"
    store = SqliteStore(path)
    store.append(numbered(1))
    store._writer.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(Damaged, match="format 99"):
        SqliteStore(path)


def test_sqlite_store_in_a_folder_that_is_gone_fails_plainly(tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    store = SqliteStore(folder / "forum.sqlite")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    with pytest.raises(Failed):
        store.append(numbered(1))
    store.close()

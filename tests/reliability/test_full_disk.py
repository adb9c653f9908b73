"""A journal on a disk that is really full, or that really fails; and when there is room again."""

import asyncio
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from intercommunity.store.journal import Journal, State
from intercommunity.store.live import Unavailable
from intercommunity.store.rebuild import rebuild
from intercommunity.store.sqlite import SqliteStore
from store.meeting import Heard, describe, lines, say


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]
    if os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("Only root may mount a small disk.")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


async def fill(journal: Journal, at_once: int = 10) -> Unavailable:
    """Writes until it does not work any more."""
    text = "words that fill a small disk " * 60
    for number in range(2_000):
        try:
            await asyncio.gather(*(say(journal, text, f"{at_once}-{number}-{each}") for each in range(at_once)))
        except Unavailable as unavailable:
            return unavailable
    pytest.fail("the disk does not get full")


async def test_journal_on_a_full_disk_refuses_clearly_and_goes_on_when_there_is_room(small_disk):
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    journal = Journal(SqliteStore(small_disk / "forum.sqlite"))
    heard = Heard()
    journal.follow(heard)
    await describe(journal)
    for at_once in (10, 1):
        unavailable = await fill(journal, at_once)
        assert (unavailable.code, journal.state) == ("storage_full", State.STORAGE_FULL)
    kept = journal.position
    assert heard.ids == lines(1, kept)
    assert len(journal.meeting.captions.lines) == kept - 1
    with pytest.raises(Unavailable, match="storage_full"):
        await say(journal, "x" * 2_000, "still full")
    ballast.unlink()
    assert await say(journal, "There is room again.", "again") == (f"hub-{kept + 1}",)
    assert journal.state is State.WRITING
    await journal.close()
    store = SqliteStore(small_disk / "forum.sqlite")
    assert [event.id for event in rebuild(store, "hub").events] == heard.ids == lines(1, kept + 1)
    store.close()


async def _with_small_files(folder: Path) -> None:
    """In a process whose files may not grow beyond 400 KB, until they may again."""
    journal = Journal(SqliteStore(folder / "forum.sqlite"))
    heard = Heard()
    journal.follow(heard)
    await describe(journal)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    unavailable = await fill(journal)
    assert (unavailable.code, journal.state) == ("storage_failed", State.STORAGE_FAILED)
    kept = journal.position
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert await say(journal, "It works again.") == (f"hub-{kept + 1}",)
    assert heard.ids == lines(1, kept + 1)
    await journal.close()
    store = SqliteStore(folder / "forum.sqlite")
    assert [event.id for event in rebuild(store, "hub").events] == lines(1, kept + 1)
    store.close()


def test_journal_on_a_disk_that_fails_refuses_clearly_and_goes_on_when_it_works(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, __file__, tmp_path], check=False, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    asyncio.run(_with_small_files(Path(sys.argv[1])))

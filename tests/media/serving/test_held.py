"""Files that are kept ready: always what the name stands for now, and never many open."""

import os
from pathlib import Path

import pytest

from intercommunity.media.serving.held import COPIED_UP_TO, Held, HeldFiles

LARGE = bytes(range(256)) * (COPIED_UP_TO // 64)


def content(held: Held | None) -> bytes | None:
    if held is None or held.descriptor is None:
        return None if held is None else held.text.plain
    return os.pread(held.descriptor, held.size, 0)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def held(tmp_path):
    return HeldFiles(tmp_path, most=3)


@pytest.mark.parametrize("size", [10, len(LARGE)])
@pytest.mark.parametrize("name", ["1.m4s", "list.m3u8"])
def test_file_is_what_its_name_stands_for_now(held, tmp_path, name, size):
    path = tmp_path / name
    assert held.get(name) is None
    path.write_bytes(LARGE[:size])
    first = held.get(name)
    assert content(first) == LARGE[:size]
    assert held.get(name) is first
    (tmp_path / "new").write_bytes(LARGE[:size][::-1])
    (tmp_path / "new").replace(path)
    assert content(held.get(name)) == LARGE[:size][::-1]
    path.unlink()
    assert held.get(name) is None


def test_file_that_was_rewritten_in_place_is_read_again(held, tmp_path):
    (tmp_path / "list.m3u8").write_bytes(b"1")
    assert content(held.get("list.m3u8")) == b"1"
    (tmp_path / "list.m3u8").write_bytes(b"12")
    assert content(held.get("list.m3u8")) == b"12"


def test_name_that_became_a_link_leads_nowhere(held, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name}.m4s"
    outside.write_bytes(LARGE)
    (tmp_path / "1.m4s").write_bytes(LARGE)
    assert held.get("1.m4s") is not None
    (tmp_path / "1.m4s").unlink()
    (tmp_path / "1.m4s").symlink_to(outside)
    assert held.get("1.m4s") is None


def test_few_files_stay_open_and_those_that_are_wanted(held, tmp_path):
    before = open_files()
    for number in range(10):
        (tmp_path / f"{number}.m4s").write_bytes(LARGE)
        wanted = held.get("0.m4s")
        assert content(held.get(f"{number}.m4s")) == LARGE
    assert held.get("0.m4s") is wanted
    assert open_files() == before + 3
    for number in range(10):
        (tmp_path / f"{number}.m4s").unlink()
        held.get(f"{number}.m4s")
    assert open_files() == before

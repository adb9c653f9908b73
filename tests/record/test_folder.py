"""How a record takes its place."""

import subprocess

import pytest

from intercommunity.record.errors import RecordRefused
from intercommunity.record.folder import place_files
from intercommunity.record.write import write_record
from record.story import MADE_AT, told

MEETING = told().meeting


def write(out, identity="log-1", made_at=MADE_AT):
    return write_record(MEETING, identity, out, made_at, "0.9")


def refusal(out, **how) -> str:
    before = sorted((path, path.read_bytes()) for path in out.parent.rglob("*") if path.is_file())
    with pytest.raises(RecordRefused) as refused:
        write(out, **how)
    assert sorted((path, path.read_bytes()) for path in out.parent.rglob("*") if path.is_file()) == before
    assert str(out) in refused.value.message
    return refused.value.code


def test_record_goes_into_a_new_or_an_empty_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "new" / "record", tmp_path / "empty"):
        write(out)
        assert (out / "index.html").is_file()
        assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


def sums_checked(folder) -> subprocess.CompletedProcess[str]:
    command = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_checksums_verify(tmp_path):
    out = tmp_path / "record"
    write(out)
    checked = sums_checked(out)
    assert checked.returncode == 0
    assert len(checked.stdout.splitlines()) == len([path for path in out.rglob("*") if path.is_file()]) - 1
    (out / "style.css").write_text("changed")
    checked = sums_checked(out)
    assert checked.returncode == 1
    assert "style.css: FAILED" in checked.stdout


def test_older_record_is_replaced_whole(tmp_path):
    out = tmp_path / "record"
    write(out)
    sums = (out / "SHA256SUMS").read_text()
    (out / "en/polls.html").write_text("from an older version")
    write(out, made_at=MADE_AT + 86_400_000)
    assert "from an older version" not in (out / "en/polls.html").read_text()
    assert (out / "SHA256SUMS").read_text() != sums
    assert [path.name for path in tmp_path.iterdir()] == ["record"]


def test_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "record").write_text("mine")
    assert refusal(tmp_path / "record") == "out_is_a_file"


def test_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "record").mkdir()
    (tmp_path / "record/thesis.txt").write_text("years of work")
    assert refusal(tmp_path / "record") == "out_not_a_record"


def test_record_of_another_meeting_is_refused(tmp_path):
    write(tmp_path / "record")
    assert refusal(tmp_path / "record", identity="log-2") == "out_is_another_record"


def test_record_with_files_of_somebody_else_is_refused(tmp_path):
    write(tmp_path / "record")
    (tmp_path / "record/en/photo.jpg").write_text("smile")
    assert refusal(tmp_path / "record") == "out_holds_other_files"


def test_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(RecordRefused) as refused:
        write(tmp_path / "file" / "record")
    assert refused.value.code == "out_unwritable"


def test_failure_half_way_leaves_the_older_record(tmp_path):
    out = tmp_path / "record"
    place_files({"a": b"old"}, out)
    with pytest.raises(RecordRefused) as refused:
        place_files({"a": b"new", "a/b": b"a file cannot hold another"}, out)
    assert refused.value.code == "out_unwritable"
    assert (out / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["record"]

"""What has arrived lately, on the disk: found again, bounded, and never in the way."""

import os

from intercommunity.media.arriving.tape import (
    KEPT,
    LASTS_MS,
    PAUSE_MS,
    PictureBegan,
    PictureCame,
    SoundBegan,
    SoundCame,
    Tape,
    take_tape,
)
from intercommunity.media.coding.flv import Picture, SoundSetup

BEGAN = [PictureBegan("picture", b"record"), SoundBegan("floor", SoundSetup("aac", b"\x11\x90"))]
CAME = [SoundCame("floor", b"sound", 1_000.25), PictureCame("picture", Picture(7, 80, True, b"data"), 1_000.5)]


def tape_of(package):
    tape = Tape()
    tape.lead_to(package)
    return tape


def test_what_was_kept_is_found_and_taken_away(tmp_path):
    tape = tape_of(tmp_path)
    for entry in [*BEGAN, *CAME]:
        tape.keep(entry, 1_000.0)
    assert take_tape(tmp_path)[-4:] == [*BEGAN, *CAME]
    assert take_tape(tmp_path) == []


def test_it_stays_short_and_each_file_begins_with_what_decodes_it(tmp_path):
    tape = tape_of(tmp_path)
    for entry in BEGAN:
        tape.keep(entry, 0.0)
    for turn in range(10):
        tape.keep(SoundCame("floor", b"sound", float(turn)), turn * LASTS_MS)
    assert len(list((tmp_path / "tape").iterdir())) == KEPT
    left = take_tape(tmp_path)
    assert left[:3] == [*BEGAN, SoundCame("floor", b"sound", 8.0)]
    assert left[-1] == SoundCame("floor", b"sound", 9.0)


def test_last_entry_that_was_cut_off_is_left_out(tmp_path):
    tape = tape_of(tmp_path)
    for entry in [*BEGAN, *CAME]:
        tape.keep(entry, 1_000.0)
    path = tmp_path / "tape" / "1"
    os.truncate(path, path.stat().st_size - 3)
    assert take_tape(tmp_path)[-1] == CAME[0]


def test_garbage_on_the_disk_is_no_tape(tmp_path):
    (tmp_path / "tape").mkdir()
    (tmp_path / "tape" / "1").write_bytes(b"\0\0\0\5hello" + b"\xff" * 50)
    assert take_tape(tmp_path) == []


def test_what_cannot_be_kept_is_left_and_tried_again_later(tmp_path):
    (tmp_path / "tape").write_text("a file where the folder should be")
    tape = tape_of(tmp_path)
    for entry in [*BEGAN, *CAME]:
        tape.keep(entry, 1_000.0)
    (tmp_path / "tape").unlink()
    tape.keep(CAME[0], 1_000.0 + PAUSE_MS - 1)
    assert take_tape(tmp_path) == []
    tape.keep(CAME[1], 1_000.0 + PAUSE_MS)
    assert take_tape(tmp_path) == [*BEGAN, CAME[1]]


def test_only_its_owner_may_read_it(tmp_path):
    tape_of(tmp_path).keep(CAME[0], 0.0)
    assert (tmp_path / "tape" / "1").stat().st_mode & 0o077 == 0


def test_tape_of_a_package_that_is_complete_goes(tmp_path):
    tape = tape_of(tmp_path)
    tape.keep(CAME[0], 0.0)
    tape.lead_to(None)
    assert list(tmp_path.iterdir()) == []

"""The recordings of a record: where a moment is in them, and the pages that play it."""

from pathlib import Path

import msgspec
import pytest

from intercommunity.record.folder import workshop
from intercommunity.record.recordings import Place, href_of, place_from, place_of
from intercommunity.record.write import write_record
from intercommunity.wire.recording import RECORDING, Recording, Rendition, Stretch, format_recording
from record.markup import broken_links, pages_in
from record.story import MADE_AT, START, told

FIRST = Recording(
    folder="recording",
    began=START + 8_000,
    seconds=20,
    stretches=(Stretch(START + 8_000, 0, 10), Stretch(START + 600_000, 10, 10)),
    hls="hls/main.m3u8",
    video="meeting.mp4",
    sounds=(Rendition("mul", "Floor", "sound-floor.m4a"), Rendition("es", "español", "sound-es.m4a")),
    captions=(Rendition("es", "español", "captions-es.vtt"),),
)
LATER = Recording("recording-2", START + 90_000_000, 5, (Stretch(START + 90_000_000, 0, 5),), hls="hls/main.m3u8")
SCRIPTS = {"recording.js": b"1", "hls.js": b"2"}


def recorded(folder: Path, *recordings: Recording) -> None:
    """Files as the media leave them; what is in them is nobody's matter here."""
    for each in recordings:
        renditions = [rendition.file for rendition in (*each.sounds, *each.captions)]
        for name in filter(None, [each.hls, each.video, *renditions]):
            path = folder / each.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"media")
        (folder / each.folder / RECORDING).write_bytes(format_recording(each))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    with workshop(tmp_path / "record") as made:
        recorded(made, FIRST, LATER)
        write_record(told().meeting, "log", tmp_path / "record", MADE_AT, "0.9", made, SCRIPTS)
    return tmp_path / "record"


def test_moment_has_a_place_where_it_was_recorded():
    both = (FIRST, LATER)
    moments = [START, START + 9_500, START + 18_000, START + 601_000, START + 90_001_000]
    assert [place_of(both, each) for each in moments] == [None, Place(0, 1.5), None, Place(0, 11), Place(1, 1)]
    assert [place_from(both, each) for each in (START + 18_000, START + 700_000, START + 91_000_000)] == [
        Place(0, 10),
        Place(1, 0),
        None,
    ]


def test_address_of_a_place_is_that_of_a_file_or_else_of_the_playlist():
    assert href_of((FIRST, LATER), Place(0, 11.2345)) == "recording/meeting.mp4#t=11.23"
    assert href_of((FIRST, LATER), Place(1, 7_261.5)) == "recording-2/hls/main.m3u8#t=7261.5"


def test_lines_that_were_recorded_play_and_others_do_not(out):
    page = pages_in(out)["es/sessions/01-welcome.html"]
    plays = [found["href"] for found in page.tags("a") if found.get("class") == "play"]
    assert plays == [f"../../recording/meeting.mp4#t={place}" for place in ("1.0", "4.0", "7.0")]
    water = pages_in(out)["en/sessions/02-water.html"]
    assert len([found for found in water.tags("a") if found.get("class") == "play"]) == 3


def test_question_plays_its_answer(out):
    page = pages_in(out)["en/questions.html"]
    plays = [found for found in page.tags("a") if "play" in (found.get("class") or "").split()]
    assert [(found["data-moment"], found["href"]) for found in plays] == [
        (str(START + 605_500), "../recording/meeting.mp4#t=15.5")
    ]


def test_pages_with_recordings_lead_nowhere_else_than_into_the_folder(out):
    assert broken_links(out, pages_in(out)) == []


def test_scripts_run_only_where_something_plays(out):
    policies = {
        name: next(found["content"] for found in page.tags("meta") if found.get("http-equiv")).partition(";")[0]
        for name, page in pages_in(out).items()
    }
    plays = {name for name, policy in policies.items() if policy == "script-src 'self' file:"}
    assert {"en/sessions/02-water.html", "en/questions.html", "en/recording.html"} <= plays
    assert {policies[name] for name in policies.keys() - plays} == {"script-src 'none'"}
    assert {
        name for name, page in pages_in(out).items() if any(found.get("src") for found in page.tags("script"))
    } == plays
    assert not any(found.get("style") for page in pages_in(out).values() for _, found in page.elements)


def test_words_of_a_track_are_a_script_that_a_page_from_the_disk_can_take_in(out):
    script = (out / "player/words.es.js").read_text()
    assert script.startswith('(window.recordedWords ??= {})["es"] = [[')
    words = msgspec.json.decode(script.partition("] = ")[2])
    assert words[0] == [START + 9_000, START + 12_000, "Buenas tardes a todas y a todos."]
    assert not [text for _, _, text in words if "no se dijo" in text]


def test_every_recorded_file_has_its_checksum(out):
    sums = {line.partition("  ")[2] for line in (out / "SHA256SUMS").read_text().splitlines()}
    assert sums == {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {"SHA256SUMS"}


def test_record_with_a_recording_is_replaced_by_a_later_one(out):
    with workshop(out) as made:
        recorded(made, FIRST)
        write_record(told().meeting, "log", out, MADE_AT, "0.9", made, SCRIPTS)
    assert not (out / "recording-2").exists()
    assert [path.name for path in out.parent.iterdir()] == ["record"]


def test_without_scripts_the_browsers_own_player_is_there(tmp_path):
    with workshop(tmp_path / "record") as made:
        recorded(made, FIRST)
        write_record(told().meeting, "log", tmp_path / "record", MADE_AT, "0.9", made)
    page = pages_in(tmp_path / "record")["en/recording.html"]
    assert [found["src"] for found in page.tags("video")] == ["../recording/meeting.mp4"]
    assert not [found for found in page.tags("script") if found.get("src")]
    assert not (tmp_path / "record/player").exists()

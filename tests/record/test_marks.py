"""How words came about."""

from intercommunity.record.content import gather
from intercommunity.record.marks import Made, Tally, made, outdated, tally
from record.story import MADE_AT, told

LINES = gather(told().meeting, "log", MADE_AT, "1").lines


def test_made_tells_people_from_machines():
    assert [made(line, "en").value for line in LINES] == [
        "corrected",
        "machine_translated",
        "missing",
        "written",
        "corrected",
        "written",
    ]


def test_translation_of_words_that_changed_is_outdated():
    assert [outdated(line, "es") for line in LINES] == [False, False, False, False, True, False]


def test_tally_counts_every_line_once():
    counted = tally(LINES, "es")
    assert counted == Tally(6, {Made.WRITTEN: 3, Made.MACHINE_TRANSLATED: 2, Made.MISSING: 1}, {"apertium": 2})
    assert counted.by_machine == 2
    assert sum(counted.made.values()) == counted.lines

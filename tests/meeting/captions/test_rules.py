"""When a line was said, and which words of it stand."""

from intercommunity.meeting.actor import MACHINE, Actor, Role
from intercommunity.meeting.captions import rules
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.captions.events import LineCorrected, LineStruck, LineTranslated, LineWritten
from intercommunity.meeting.captions.view import view_line, view_track
from intercommunity.meeting.replica import Replica
from properties.wishes import START, WORLD

CLEO = Actor("link:cleo", Role.CAPTIONER, delay_ms=2_500)


def said_when(command, actor=CLEO, state=None):
    (fact,) = rules.write_line(state or rules.Captions(), command, actor, START, WORLD)
    return fact.start - START, fact.end - START


def written(*lines):
    state = rules.Captions()
    for number, (start, end) in enumerate(lines, 1):
        rules.apply_line_written(state, LineWritten("en", f"line {number}", start, end), f"hub-{number}", end)
    return state


def test_line_is_set_back_by_the_captioner_s_delay_and_takes_the_time_of_its_words():
    assert said_when(WriteLine("en", "x" * 20)) == (-2_500 - 20 * rules.MS_PER_CHARACTER, -2_500)
    assert said_when(WriteLine("en", "x" * 20), MACHINE) == (-20 * rules.MS_PER_CHARACTER, 0)


def test_line_begins_where_the_one_before_ended_at_the_earliest():
    assert said_when(WriteLine("en", "x" * 200), state=written((START - 9_000, START - 3_000))) == (-3_000, -2_500)
    assert said_when(WriteLine("es", "x" * 20), state=written((START - 9_000, START - 3_000))) == (-3_800, -2_500)


def test_line_after_one_that_ends_later_takes_no_time():
    assert said_when(WriteLine("en", "x" * 20), state=written((START, START + 60_000))) == (-2_500, -2_500)


def test_times_that_are_given_stand():
    assert said_when(WriteLine("en", "x", start=START + 5, end=START + 9)) == (5, 9)
    assert said_when(WriteLine("en", "x", start=START + 5, end=START + 1)) == (5, 5)
    assert said_when(WriteLine("en", "xx", end=START + 200)) == (200 - 2 * rules.MS_PER_CHARACTER, 200)


def test_machine_is_named_only_where_a_machine_writes():
    facts = [
        rules.write_line(rules.Captions(), WriteLine("en", "x", machine="whisper"), who, START, WORLD)[0]
        for who in (CLEO, MACHINE)
    ]
    assert [fact.machine for fact in facts] == ["", "whisper"]


def test_lines_of_one_moment_stand_in_the_order_of_their_numbers():
    state = rules.Captions()
    for number in (10, 9, 2):
        rules.apply_line_written(state, LineWritten("en", "x", 5, 5), f"hub-{number}", 5)
    assert [line.id for line in view_track(state, "en").lines] == ["hub-2", "hub-9", "hub-10"]


def test_late_translation_of_older_words_changes_nothing():
    state = written((0, 1))
    rules.apply_line_corrected(state, LineCorrected("hub-1", "en", "better"), "hub-2")
    rules.apply_line_translated(state, LineTranslated("hub-1", "es", "nueva", "hub-2", "mt"), "hub-3")
    rules.apply_line_translated(state, LineTranslated("hub-1", "es", "vieja", "hub-1", "mt"), "hub-4")
    assert view_line(state, "es", "hub-1").text == "nueva"


def test_machine_s_translation_never_replaces_a_person_s():
    state = written((0, 1))
    rules.apply_line_corrected(state, LineCorrected("hub-1", "es", "a mano"), "hub-2")
    rules.apply_line_translated(state, LineTranslated("hub-1", "es", "a máquina", "hub-1", "mt"), "hub-3")
    assert (view_line(state, "es", "hub-1").text, view_line(state, "es", "hub-1").machine) == ("a mano", "")


def test_struck_line_shows_that_it_is_gone_and_nothing_else():
    state = written((0, 1))
    rules.apply_line_struck(state, LineStruck("hub-1"))
    rules.apply_line_corrected(state, LineCorrected("hub-1", "en", "again"), "hub-2")
    shown = view_line(state, "en", "hub-1")
    assert (shown.id, shown.text, shown.struck) == ("hub-1", "", True)
    assert view_line(state, "en", "hub-9") is None


def test_track_says_whether_there_is_more_before_its_last_lines():
    state = written(*[(moment, moment) for moment in range(5)])
    assert [line.start for line in view_track(state, "en", most=2).lines] == [3, 4]
    assert view_track(state, "en", most=2).earlier
    assert not view_track(state, "en", most=5).earlier
    assert [line.start for line in view_track(state, "en", before=(3, 4, "hub-4"), most=2).lines] == [1, 2]
    assert view_track(state, "es").lines == ()


def test_facts_about_unknown_lines_change_nothing():
    state = written((0, 1))
    rules.apply_line_translated(state, LineTranslated("hub-7", "es", "x", "hub-7", "mt"), "hub-8")
    rules.apply_line_translated(state, LineTranslated("hub-1", "en", "x", "hub-1", "mt"), "hub-8")
    assert Replica("hub").meeting.captions.lines == {}
    assert view_line(state, "en", "hub-1").text == "line 1"

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from intercommunity.rehearsal import steps
from intercommunity.rehearsal.script import from_cart, parse
from intercommunity.wire.text.cart import parse as parse_cart
from intercommunity.wire.text.errors import MalformedText

FORUM = files("intercommunity.rehearsal") / "scripts"
WORLD = """\
floor ana es node=hub
ask q1 person="Lucía M." country=UY lang=es node=sur affiliation="Radio Sur": ¿Cuánto
    cuesta?
poll p1
    en: Which?
    es: ¿Cuál?
    - en: One | es: Uno
    - es: Dos
"""
POLL = steps.OpenPoll(0, "p1", {"en": "Which?", "es": "¿Cuál?"}, ({"en": "One", "es": "Uno"}, {"es": "Dos"}))
ASK = steps.Ask(0, "q1", "Lucía M.", "UY", "es", "¿Cuánto cuesta?", "sur", "Radio Sur")


def after_world(text):
    return [step for step in parse(WORLD + text) if step not in parse(WORLD)]


def test_parse_reads_what_stands_on_several_lines():
    assert parse(WORLD) == (steps.GiveFloor(0, "ana", "es", "hub"), ASK, POLL)


def test_speech_takes_its_time_and_becomes_caption_lines():
    text = "pace 60\nana: Buenos días a todas las personas que nos escuchan hoy.\n    Empezamos ya.\nana: Otra vez."
    assert after_world(text) == [
        steps.Say(10_700, 0, 700, 10_700, "es", "Buenos días a todas las personas que nos escuchan hoy.", "ana", True),
        steps.Say(12_700, 1, 10_700, 12_700, "es", "Empezamos ya.", "ana"),
        steps.Say(15_400, 2, 13_400, 15_400, "es", "Otra vez.", "ana"),
    ]


def test_speech_gives_the_floor_back_to_who_had_it():
    found = after_world("ana: Uno.\nfloor ben en\nben: One.\nremark: [applause]\nben: Two.\nana: Dos.")
    assert [step for step in found if isinstance(step, steps.GiveFloor)] == [
        steps.GiveFloor(1600, "ben", "en"),
        steps.GiveFloor(7100, "ana", "es", "hub"),
    ]
    said = [(step.text, step.speaker, step.turn, step.remark) for step in found if isinstance(step, steps.Say)]
    assert said == [
        ("Uno.", "ana", True, False),
        ("One.", "ben", True, False),
        ("[applause]", "", False, True),
        ("Two.", "ben", False, False),
        ("Dos.", "ana", True, False),
    ]


def test_times_are_counted_from_the_beginning_or_from_the_speech_above():
    found = after_world("ana: Uno.\n@+5 approve q1\nstage q1\n@1:00:03 answered q1\npause 2\n@00:10 ana: Dos.")
    assert [(type(step).__name__, step.at) for step in found] == [
        ("Say", 1600),
        ("Stage", 1600),
        ("Approve", 6600),
        ("Say", 11_600),
        ("Answered", 3_603_000),
    ]


def test_questions_go_their_ways():
    text = """\
ask q2 person=Kojo country=GH lang=en: How much is it?
vote q1 2 over 10
merge q2 into q1
decline q1: Not: ours
translate q1 en: How much?
reply q1 pt-BR: Nada.
"""
    assert after_world(text) == [
        steps.Ask(0, "q2", "Kojo", "GH", "en", "How much is it?"),
        steps.Vote(0, "q1", 7),
        steps.Merge(0, "q2", "q1"),
        steps.Decline(0, "q1", "Not: ours"),
        steps.Translate(0, "q1", "en", "How much?"),
        steps.Reply(0, "q1", "pt-BR", "Nada."),
        steps.Vote(5000, "q1", 8),
    ]


def test_sessions_nodes_and_polls_are_read():
    text = """\
session open one
heads sur 12
heads sur 9 trouble: No sound
ballots p1 2 1 over 3
close poll p1
session close one
"""
    found = after_world(text)
    ballots = [step for step in found if isinstance(step, steps.Ballot)]
    assert [step for step in found if step not in ballots] == [
        steps.OpenSession(0, "one"),
        steps.Heads(0, "sur", 12),
        steps.Heads(0, "sur", 9, "trouble", "No sound"),
        steps.ClosePoll(0, "p1"),
        steps.CloseSession(0, "one"),
    ]
    assert [step.at for step in ballots] == [0, 1000, 2000]
    assert sorted((step.voter, step.option) for step in ballots) == [(0, 0), (1, 0), (2, 1)]


def test_correct_changes_the_latest_line_that_holds_the_words():
    found = after_world(
        'ana: Son cuarenta vatios.\nana: Digo cuarenta.\ncorrect "cuarenta": catorce\n@+1 correct cuarenta: 14'
    )
    assert [step for step in found if isinstance(step, steps.Correct)] == [
        steps.Correct(3500, 1, "es", "Digo catorce."),
        steps.Correct(4500, 0, "es", "Son 14 vatios."),
    ]


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("@12 ana: Hola.", "bad_time", "@12:30"),
        ("@00:00 ana: Hola a todo el mundo.\n@00:01 ana: Hola.", "overlap", "Write that time"),
        ("ben: Hello.", "no_floor", "floor ben en"),
        ("ana:", "no_words", "after the colon"),
        ("sing a song", "unknown_statement", "one of: pace"),
        ("pace fast", "bad_number", "pace 150"),
        ("pace 0", "bad_form", "pace 150"),
        ("session start one", "bad_form", "session open welcome"),
        ("floor ben", "bad_form", "floor amina en"),
        ("floor ben English", "bad_language", "such as en"),
        ("floor ben en room=hub", "bad_form", "node=hub"),
        ('correct "nobody said this": that', "no_line", "as they read above"),
        ('correct "nobody: that', "open_quote", "does not close"),
        ("ask q1 person=A country=UY lang=es: ¿Y?", "known_key", "another key"),
        ("ask q2 person=A lang=es: ¿Y?", "bad_form", "country=UY"),
        ("ask q2 person=A country=uy lang=es: ¿Y?", "bad_form", "two capitals"),
        ('ask q2 person="A country=UY lang=es: ¿Y?', "open_quote", "Write both"),
        ("ask q2 person=A country=UY lang=es", "no_words", "after the colon"),
        ("vote q9 3", "unknown_key", "ask q9"),
        ("@00:09 ask q2 person=A country=UY lang=es: ¿Y?\napprove q2", "unknown_key", "ask q2"),
        ("vote q1", "bad_form", "vote q1 12"),
        ("vote q1 many", "bad_number", "vote q1 12"),
        ("merge q1 into q1", "bad_form", "merge q3 into q1"),
        ("decline q1", "no_words", "after the colon"),
        ("poll p1\n  en: Q?\n  - en: A\n  - en: B", "known_key", "another key"),
        ("poll p2\n  en: Q?\n  - en: A", "bad_form", "two or more"),
        ("poll p2\n  en: Q?\n  - A\n  - en: B", "bad_form", "en: words"),
        ("ballots p1 1 2 3", "bad_form", "2 options"),
        ("ballots p9 1 2", "unknown_key", "poll p9"),
        ("close session one", "bad_form", "close poll p1"),
        ("heads sur many", "bad_number", "heads hub 34"),
        ("heads sur 3 sleepy", "bad_form", "ready"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_what_to_write(text, code, remedy):
    with pytest.raises(MalformedText) as caught:
        parse(WORLD + text)
    last = (WORLD + text).rstrip().split("\n")
    begun = max(number for number, line in enumerate(last, 1) if not line.startswith(" "))
    assert (caught.value.code, caught.value.line) == (code, begun)
    assert remedy in caught.value.message


def test_a_line_that_continues_nothing_is_refused():
    with pytest.raises(MalformedText) as caught:
        parse("# a comment\n\n   lost words")
    assert (caught.value.code, caught.value.line) == ("no_statement", 3)


def test_from_cart_speaks_every_piece_at_the_pace_and_changes_the_floor_at_marks():
    found = from_cart(parse_cart(">> ANA: ONE TWO.>>THREE. [APPLAUSE]"), words_per_minute=60, language="en")
    assert found == (
        steps.GiveFloor(700, "ANA", "en"),
        steps.Say(2700, 0, 700, 2700, "en", "ONE TWO.", "ANA", True),
        steps.GiveFloor(3400, "", "en"),
        steps.Say(4400, 1, 3400, 4400, "en", "THREE.", "", True),
        steps.Say(5400, 2, 4400, 5400, "en", "[APPLAUSE]", "", remark=True),
    )


@pytest.fixture(scope="module")
def forum():
    return parse((FORUM / "forum.script").read_text("utf-8"))


@pytest.fixture(scope="module")
def meeting():
    return tomllib.loads((FORUM / "forum.toml").read_text("utf-8"))


def of_kind(found, *kinds):
    return [step for step in found if isinstance(step, kinds)]


def test_forum_lasts_about_twenty_minutes_in_two_languages(forum):
    assert 17 * 60_000 < forum[-1].at < 21 * 60_000
    spoken = Counter(said.language for said in of_kind(forum, steps.Say))
    assert set(spoken) == {"en", "es"}
    assert min(spoken.values()) > 60


def test_forum_speaks_only_of_what_its_meeting_describes(forum, meeting):
    speakers = {speaker["id"]: speaker for speaker in meeting["speakers"]}
    nodes = {node["id"]: node for node in meeting["nodes"]}
    floors = of_kind(forum, steps.GiveFloor)
    assert {floor.speaker for floor in floors} == set(speakers)
    assert all(floor.language in speakers[floor.speaker]["languages"] for floor in floors)
    assert all(nodes[floor.node]["kind"] in ("hub", "interactive") for floor in floors)
    assert {heads.node for heads in of_kind(forum, steps.Heads)} == set(nodes)
    assert {ask.node for ask in of_kind(forum, steps.Ask)} <= {"", *nodes}
    assert {term for session in meeting["sessions"] for term in session["speakers"]} == set(speakers)


def test_forum_opens_and_closes_every_session_in_order(forum, meeting):
    told = [(type(step).__name__, step.session) for step in of_kind(forum, steps.OpenSession, steps.CloseSession)]
    planned = [session["id"] for session in meeting["sessions"]]
    assert told == [(kind, session) for session in planned for kind in ("OpenSession", "CloseSession")]


def test_forum_shows_every_way_of_a_question(forum):
    kinds = Counter(type(step).__name__ for step in forum)
    for kind in ("Ask", "Vote", "Approve", "Merge", "Decline", "Translate", "Stage", "Answered", "Reply", "Correct"):
        assert kinds[kind] > 0, kind
    assert len({ask.country for ask in of_kind(forum, steps.Ask)}) >= 6
    assert {"en", "es", "fr", "pt-BR"} == {ask.language for ask in of_kind(forum, steps.Ask)}


def test_forum_votes_and_stages_only_what_everybody_sees(forum):
    approved = {step.key: step.at for step in of_kind(forum, steps.Approve)}
    assert all(approved[step.key] < step.at for step in of_kind(forum, steps.Vote, steps.Stage, steps.Reply))
    assert not set(approved) & {step.key for step in of_kind(forum, steps.Decline)}


def test_forum_lines_fit_a_screen_and_the_limits(forum):
    assert all(len(said.text) <= 180 for said in of_kind(forum, steps.Say))
    assert all(len(ask.text) <= 1000 for ask in of_kind(forum, steps.Ask))


def test_forum_texts_of_the_meeting_are_in_both_languages(meeting, forum):
    texts = [meeting["title"], *(session["title"] for session in meeting["sessions"]), *meeting["glossary"]]
    polls = of_kind(forum, steps.OpenPoll)
    texts += [text for poll in polls for text in (poll.question, *poll.options)]
    assert all(text.get("en") and text.get("es") for text in texts)

"""The meeting file: a good one is read whole, and every mistake is named with its line and what to write instead."""

from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intercommunity.meeting.description import Description, Entrance, NodeKind, QuestionPolicy
from intercommunity.wire.meeting_file import MistakesInFile, read_meeting_file

GOOD = """\
slug = "small-forum"
starts = 2026-05-14T14:00:00Z
languages = ["en", "es"]
translator = "none"
entrance = "link"
rehearsal = true
title = { en = "A forum", es = "Un foro" }

[questions]
policy = "open"
per_person_per_hour = 5

[[speakers]]
id = "ana"
name = "Ana"
languages = ["qu"]

[[nodes]]
id = "hub"
city = "Kisumu"
country = "KE"
time_zone = "Africa/Nairobi"
kind = "hub"

[[nodes]]
id = "oulu"
city = "Oulu"
country = "FI"
time_zone = "Europe/Helsinki"
server = true

[[sessions]]
id = "one"
title = { en = "One" }
starts = 2026-05-14T16:00:00+02:00
minutes = 30
speakers = ["ana"]

[[people]]
name = "Nils"
role = "node"
node = "oulu"
languages = ["en"]

[[glossary]]
kind = "name"
en = "Orilla"
short = "or"
"""


def mistakes(text):
    with pytest.raises(MistakesInFile) as raised:
        read_meeting_file(text)
    return [(mistake.line, mistake.text) for mistake in raised.value.mistakes]


def test_good_file_is_read_whole():
    read = read_meeting_file(GOOD)
    assert (read.slug, read.starts, read.languages) == ("small-forum", 1_778_767_200_000, ("en", "es"))
    assert (read.translator, read.entrance, read.rehearsal) == ("none", Entrance.LINK, True)
    assert (read.questions.policy, read.questions.per_person_per_hour) == (QuestionPolicy.OPEN, 5)
    assert [(node.id, node.kind, node.server) for node in read.nodes] == [
        ("hub", NodeKind.HUB, False),
        ("oulu", NodeKind.VIEWING, True),
    ]
    assert read.writers() == {"hub", "oulu"}
    assert read.sessions[0].starts == read.starts
    assert read.people[0].node == "oulu"
    assert read.glossary[0].texts == {"en": "Orilla"}


def test_shipped_rehearsal_is_a_good_file():
    script = files("intercommunity.rehearsal") / "scripts" / "forum.toml"
    assert read_meeting_file(script.read_text(encoding="utf-8")).rehearsal


MISTAKES = {
    # what stands in the good file: what is written instead, the line that is named, and what its sentence says
    'slug = "small-forum"': [
        ("", 1, 'slug is missing. Write slug = "…".'),
        ('slug = "Small Forum"', 1, "small letters"),
        ("slug = 5", 1, "text in quotes"),
        ('slug = ""', 1, "slug is empty"),
        ('slug = "small-forum', 1, "this is not TOML"),
        ('sluggish = "small-forum"', 1, "Did you mean slug?"),
        ('zzz = 1\nslug = "x"', 1, "Possible here: slug, title"),
    ],
    "starts = 2026-05-14T14:00:00Z": [
        ("starts = 2026-05-14T14:00:00", 2, "has no time zone. Put Z"),
        ("starts = 2026-05-14", 2, "a day without a time"),
        ('starts = "tomorrow"', 2, "not a time. Write starts = 2026-05-14T14:00:00Z."),
        ("starts = 0001-01-01T00:00:00+02:00", 2, "in the year 1"),
        ("starts = 9999-12-31T23:59:59-02:00", 2, "in the year 9999"),
        ("starts = 2026-13-14T14:00:00Z", 2, "this is not TOML"),
    ],
    'languages = ["en", "es"]': [
        ("languages = []", 3, 'Write languages = ["en", "es"]'),
        ('languages = "en"', 3, 'as in languages = ["a", "b"]'),
        ('languages = ["en", "es", "en"]', 3, "stands twice"),
        ('languages = ["en", "es", "e_s"]', 3, "BCP 47"),
        ('languages = ["en"]', 7, "es is not one of the meeting's languages (en)."),
    ],
    'translator = "none"': [('translator = "deepl"', 4, "one of: apertium, libretranslate, none")],
    'entrance = "link"': [("entrance = true", 5, "one of: open, link")],
    "rehearsal = true": [('rehearsal = "yes"', 6, "true or false, without quotes")],
    'title = { en = "A forum", es = "Un foro" }': [
        ('title = "A forum"', 7, 'title = { en = "A forum" }'),
        ("title = {}", 7, "title is missing"),
        ('title = { en = "A", fr = "B" }', 7, "fr is not one of"),
        ('title = { en = "" }', 7, "en must be text in quotes"),
    ],
    "[questions]": [("[[questions]]", 9, "Write [questions].")],
    'policy = "open"': [('policy = "free"', 10, "one of: moderated, open"), ("polizy = 1", 10, "Did you mean policy?")],
    "per_person_per_hour = 5": [
        ("per_person_per_hour = 0", 11, "a whole number from 1 to 1000"),
        ('per_person_per_hour = "5"', 11, "without quotes"),
        ("per_person_per_hour = 99999999999999999999", 11, "from 1 to 1000"),
        ("per_person_per_hour = true", 11, "a whole number"),
    ],
    'id = "ana"': [
        ("", 13, 'id is missing. Write id = "…".'),
        ('id = "Ana"', 14, "small letters"),
    ],
    'name = "Ana"': [(f'name = "{"x" * 301}"', 15, "longer than 300"), ("name = [1]", 15, "text in quotes")],
    'kind = "hub"': [
        ("", 18, "no node is the hub"),
        ('kind = "stage"', 23, "one of: hub, interactive, viewing"),
    ],
    'country = "FI"': [('country = "Finland"', 28, "two capital letters"), ("", 25, "country is missing")],
    'time_zone = "Europe/Helsinki"': [('time_zone = "Finland"', 29, "no time zone 'Finland'")],
    'id = "oulu"': [('id = "hub"', 26, "the id hub stands twice in nodes")],
    "server = true": [("server = 1", 30, "true or false"), ('kind = "hub"', 30, "there is a hub already")],
    'title = { en = "One" }': [("", 32, 'title is missing. Write title = { en = "…" }.')],
    "minutes = 30": [
        ("minutes = 1441", 36, "from 1 to 1440"),
        ("minutes = 1.5", 36, "a whole number"),
        ("", 32, "minutes is missing. Write minutes = 15."),
    ],
    'speakers = ["ana"]': [
        ('speakers = ["eva"]', 37, "there is no speaker eva"),
        ("speakers = [1]", 37, "a list of texts"),
    ],
    'role = "node"': [
        ('role = "boss"', 41, "one of: host, moderator"),
        ('role = "organiser"', 41, "one of: host, moderator"),
        ("", 39, "role is missing"),
    ],
    'node = "oulu"': [("", 39, "node is missing"), ('node = "lima"', 42, "there is no node lima")],
    'languages = ["en"]': [('languages = ["fr"]', 43, "fr is not one of"), ("delay_ms = -1", 43, "from 0 to 60000")],
    'en = "Orilla"': [
        ("", 45, 'this entry has no words. Write at least en = "…".'),
        ('fr = "Orilla"', 47, "fr is not one of"),
        ("en = 1", 47, "en must be text in quotes"),
    ],
    'kind = "name"': [('kind = "noun"', 46, "one of: name, acronym, term")],
}
CASES = [(right, wrong, line, says) for right, several in MISTAKES.items() for wrong, line, says in several]


@pytest.mark.parametrize(("right", "wrong", "line", "says"), CASES, ids=[f"{case[1][:40]!r}" for case in CASES])
def test_mistake_is_named_with_its_line_and_a_remedy(right, wrong, line, says):
    assert GOOD.count(f"{right}\n") == 1
    found = mistakes(GOOD.replace(f"{right}\n", f"{wrong}\n"))
    assert [text for at, text in found if at == line and says in text], found


def test_all_mistakes_are_named_at_once_in_order_of_their_lines():
    text = (
        GOOD.replace("minutes = 30", "minutes = 0").replace('country = "FI"', 'country = "fi"').replace('"none"', "5")
    )
    assert [line for line, _ in mistakes(text)] == [4, 28, 36]


@pytest.mark.parametrize(
    "text", ["", "\x00", "x = " + "[" * 5_000, "x = " + "9" * 5_000, "[[a]]\n[a]", "sessions = 5\nnodes = [1]", "= 1"]
)
def test_what_is_hardly_a_file_is_a_mistake_too(text):
    for line, says in mistakes(text):
        assert 1 <= line <= text.count("\n") + 1
        assert says


def test_texts_are_cleaned():
    assert read_meeting_file(GOOD.replace('"Kisumu"', '"\\u202eKisumu\\u0007 "')).nodes[0].city == "Kisumu"


LINES = GOOD.splitlines()
VALUES = ("1", "-1", "1.5", "nan", "true", '""', '"x"', "[]", "[1]", '["en", 1]', "{}", "{ en = 1 }", "[[]]",
          "2026-05-14", "14:00:00", "0001-01-01T00:00:00+23:59", "9" * 25, "[{}]", "'''", '"""', "")  # fmt: skip


@st.composite
def mutated(draw):
    """The good file with a few lines lost, doubled, moved, or given another value or key."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        key = lines[at].partition("=")[0].strip() or "x"
        other = draw(st.sampled_from(LINES))
        value = draw(st.sampled_from(VALUES))
        lines[at : at + 1] = draw(
            st.sampled_from([[], [lines[at]] * 2, [other], [lines[at], other], [f"{key} = {value}"], [f"[{key}]"],
                             [f"[[{key}]]"], [lines[at][:5]], [f"{key}.x = {value}"]])
        )  # fmt: skip
        lines = lines or ["x"]
    return "\n".join(lines)


@settings(max_examples=400, deadline=None)
@given(mutated() | st.text())
@example(GOOD)
def test_any_file_gives_a_description_or_mistakes_with_lines_of_the_file(text):
    read = description_or_mistakes(text)
    if isinstance(read, Description):
        assert read.slug
        assert read.languages
    else:
        assert read
        assert all(1 <= mistake.line <= text.count("\n") + 1 and mistake.text for mistake in read)


def description_or_mistakes(text):
    try:
        return read_meeting_file(text)
    except MistakesInFile as found:
        return found.mistakes

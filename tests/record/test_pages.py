"""The pages of a record."""

import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from intercommunity.meeting.actor import MACHINE
from intercommunity.meeting.description import Session, Speaker
from intercommunity.meeting.floor.commands import OpenSession
from intercommunity.meeting.nodes.commands import CountAttendance
from intercommunity.meeting.polls.commands import ClosePoll, OpenPoll
from intercommunity.meeting.questions import commands as question
from intercommunity.record.pages.style import PARTS, STYLE
from intercommunity.record.write import write_record
from record.markup import PageRead, broken_links, pages_in
from record.story import HOST, MADE_AT, MEETING, SPANISH_IS_COMPILED, Story, told

compiled = pytest.mark.skipif(not SPANISH_IS_COMPILED, reason="the catalogues are not compiled: make test does it")
HOSTILE = "\"'><script>alert(1)</script>{{ 7*7 }}</bdi>--><img src=x onerror=alert(1)>\u202e&amp;../../etc"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("told") / "record"
    write_record(told().meeting, "log", out, MADE_AT, "0.9")
    return out


@pytest.fixture(scope="module")
def pages(folder) -> dict[str, PageRead]:
    return pages_in(folder)


def hostile() -> Story:
    """A meeting in which every text that people can fill is an attack."""
    texts = {"en": HOSTILE, "ar": HOSTILE}
    described = replace(
        MEETING,
        title=texts,
        languages=("en", "ar"),
        sessions=(Session(id=HOSTILE, title=texts, starts=1, minutes=1, speakers=(HOSTILE,)),),
        speakers=(Speaker(id=HOSTILE, name=HOSTILE, affiliation=HOSTILE),),
        nodes=(replace(MEETING.nodes[0], city=HOSTILE, country=HOSTILE, time_zone=HOSTILE),),
    )
    story = Story(described)
    story.wish(OpenSession(HOSTILE), HOST, 1)
    line = story.line("en", HOSTILE, 2_000, 3_000, MACHINE, speaker=HOSTILE, turn=True, machine=HOSTILE)
    story.translated(line, "ar", HOSTILE, 4_000)
    story.line("ar", HOSTILE, 5_000, 6_000, speaker=f"somebody {HOSTILE}", remark=True, turn=True)
    person = story.joined(7_000, name=HOSTILE, affiliation=HOSTILE, country="NZ", node="hub")
    asked = story.wish(question.AskQuestion(HOSTILE, "es"), person, 8_000)
    story.wish(question.ApproveQuestion(asked), HOST, 9_000)
    story.wish(question.TranslateQuestion(asked, "en", HOSTILE), HOST, 9_500)
    story.wish(question.ReplyToQuestion(asked, f"{HOSTILE}\n{HOSTILE}", "en"), HOST, 10_000)
    story.wish(question.MarkAnswered(asked), HOST, 10_500)
    poll = story.wish(OpenPoll(texts, (texts, texts)), HOST, 11_000)
    story.wish(ClosePoll(poll), HOST, 12_000)
    story.wish(CountAttendance(1, {HOSTILE: 1}, {HOSTILE: 1}), MACHINE, 13_000)
    return story


def test_every_link_leads_somewhere(folder, pages):
    assert len(pages) == 33
    assert broken_links(folder, pages) == []


def test_ids_are_unique_in_every_page(pages):
    assert [name for name, page in pages.items() if len(set(page.ids)) != len(page.ids)] == []


def test_pages_load_nothing_from_elsewhere_and_run_nothing(folder, pages):
    for name, page in pages.items():
        assert [tag for tag, found in page.elements if tag in ("script", "img", "iframe", "style")] == [], name
        assert [link for link in page.links if re.match(r"[a-z]+:|/", link)] == [], name
        assert [found for _, found in page.elements if any(key.startswith("on") for key in found)] == [], name
    assert "url(" not in (folder / "style.css").read_text()


def test_style_has_every_part_once(folder):
    parts = (files("intercommunity.record") / "templates/style").iterdir()
    text_by_part = {part.name.removesuffix(".css"): part.read_text() for part in parts}
    assert sorted(PARTS) == sorted(text_by_part)
    assert (folder / STYLE).read_text() == "\n".join(text_by_part[name] for name in PARTS)


def test_pages_have_landmarks_and_one_heading_of_the_first_rank(pages):
    for name, page in pages.items():
        assert (len(page.tags("main")), len(page.tags("h1")), len(page.tags("title"))) == (1, 1, 1), name
        ranks = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in pairwise(ranks)), name
        assert page.tags("html")[0]["lang"] == ("es" if name.startswith("es/") and SPANISH_IS_COMPILED else "en"), name


def test_every_page_names_itself_in_the_other_language(pages):
    for name in ("en/questions.html", "en/sessions/02-water.html", "en/sessions/02-water.with-es.html"):
        other = name.replace("en/", "es/").replace(".with-es", ".with-en")
        link = "../" * name.count("/") + other
        assert {"href": link, "rel": "alternate", "hreflang": "es"} in pages[name].tags("link")


def test_every_line_is_a_place_with_a_link_to_itself(pages):
    page = pages["es/sessions/02-water.html"]
    lines = [found["id"] for found in page.tags("p") if "line" in (found.get("class") or "").split()]
    assert len(lines) == 3
    assert [link for link in page.links if link.startswith("#hub-")] == [f"#{each}" for each in lines]
    assert "11:23:22 0:00:02" in page.text


def test_untranslated_line_stands_in_its_own_language(pages):
    page = pages["en/sessions/01-welcome.html"]
    assert {"lang": "es", "dir": "ltr"} in page.tags("span")
    assert "[Aplausos] not translated, in Spanish" in page.text


def test_both_languages_stand_side_by_side(pages):
    assert "Good afternoon, everyone. corrected" in pages["en/sessions/01-welcome.with-es.html"].text
    assert "Buenas tardes a todas y a todos." in pages["en/sessions/01-welcome.with-es.html"].text


def test_question_leads_to_the_minute_of_its_answer(pages):
    page = pages["en/questions.html"]
    (link,) = [link for link in page.links if link.startswith("sessions/")]
    anchor = link.partition("#")[2]
    assert link == f"sessions/02-water.html#{anchor}"
    assert "The answer at 11:23" in page.text
    assert anchor == pages["en/sessions/02-water.html"].ids[-1]


def test_what_is_not_published_is_nowhere_but_in_numbers(folder, pages):
    whole = "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    assert "SECRET" not in whole
    assert "Rude" not in whole
    assert "declined by a moderator: 1" in pages["en/about.html"].text


def test_about_says_what_machines_made(pages):
    text = " ".join(pages["en/about.html"].text.split())
    assert "The machine “apertium” made 2 lines (33%)." in text
    assert "1 line was taken out by the captioners" in text


@compiled
def test_countries_have_the_readers_names(pages):
    assert "New Zealand" in pages["en/attendance.html"].text
    assert "Nueva Zelanda" in pages["es/attendance.html"].text


@compiled
def test_spanish_pages_are_spanish_throughout(pages):
    spanish, english = pages["es/about.html"].text, pages["en/about.html"].text
    same = {line.strip() for line in spanish.splitlines()} & {line.strip() for line in english.splitlines()}
    assert {line for line in same if re.search(r"[a-z]{2}", line)} == {"English", "Español"}


def test_polls_say_whether_they_are_certain(pages):
    text = " ".join(pages["en/polls.html"].text.split())
    assert "Yes267%" in text.replace(" ", "")
    assert "Certified" in text
    assert "there is no count yet" in text


def test_hostile_texts_stay_texts(tmp_path):
    out = tmp_path / "record"
    write_record(hostile().meeting, "log", out, MADE_AT, "0.9")
    found = pages_in(out)
    assert broken_links(out, found) == []
    for name, page in found.items():
        assert [tag for tag, _ in page.elements if tag in ("script", "img")] == [], name
        assert [each for _, each in page.elements if any(key.startswith("on") for key in each)] == [], name
        assert "\u202e" not in page.text, name
    assert "<script>alert(1)</script>{{ 7*7 }}" in found["en/index.html"].text
    assert {path.name for path in tmp_path.iterdir()} == {"record"}
    names = [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9./_-]+", name)] == []


def test_arabic_words_run_from_right_to_left(tmp_path):
    out = tmp_path / "record"
    write_record(hostile().meeting, "log", out, MADE_AT, "0.9")
    page = PageRead((out / "en/questions.html").read_text())
    assert {"lang": "es", "dir": "ltr"} in page.tags("span")
    arabic = PageRead(next((out / "ar/sessions").glob("01*.html")).read_text())
    assert [each["dir"] for each in arabic.tags("span") if each.get("lang") == "ar"] != []
    assert {each["dir"] for each in arabic.tags("span") if each.get("lang") == "ar"} == {"rtl"}

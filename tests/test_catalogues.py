"""The catalogues: nothing missing, nothing doubtful, nothing that fills its holes wrongly."""

import json
import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "setup"))

from messages import LOCALE, PLURAL_FORMS, collected_messages, messages_of_web  # noqa: E402 - needs the path

Message = str | tuple[str, str]
HOLE = re.compile(r"\{\w+\}")
WORDLESS_FORMS = 3
"""Of Arabic's counted forms the first three (zero, one, two) may say the number as a word."""


def catalogue(language: str) -> Catalog:
    return read_po((LOCALE / language / "LC_MESSAGES/django.po").open("rb"), locale=language)


def missing(language: str, messages: list[Message]) -> list[Message]:
    known = {each.id: each.string for each in catalogue(language) if each.id}
    return [message for message in messages if not known.get(message) or not all(known[message])]


def said_by_the_watch_page() -> list[Message]:
    """By its script and the player's, as built, and by the templates that frame it."""
    manifest = json.loads((ROOT / "src/intercommunity/office/static/live/manifest.json").read_text())
    said = [each for entry in ("watch", "player") for each in manifest[entry]["messages"]]
    script = [each if isinstance(each, str) else tuple(each) for each in said]
    templates = ROOT / "src/intercommunity/office/templates"
    tag = re.compile(r'\{% translate "([^"]*)" %\}')
    frame = [text for name in ("base.html", "page.html") for text in tag.findall((templates / name).read_text())]
    assert len(script) > 1
    assert len(frame) > 1
    return [*script, *frame, "Watch"]


def test_spanish_says_everything():
    messages = list(collected_messages())
    assert len(messages) > 60
    assert missing("es", messages) == []


def test_arabic_says_everything_that_the_watch_page_says():
    assert missing("ar", said_by_the_watch_page()) == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_catalogue_holds_just_what_the_sources_say(language):
    held = {each.id for each in catalogue(language) if each.id}
    said = set(collected_messages())
    assert sorted(map(str, held ^ said)) == [], "run: make messages"


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_no_translation_is_doubtful(language):
    assert [each.id for each in catalogue(language) if each.id and each.fuzzy] == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_translations_fill_the_holes_of_the_original(language):
    wrong = []
    for each in catalogue(language):
        if not each.id or not each.string:
            continue
        original = set(HOLE.findall(each.id if isinstance(each.id, str) else each.id[1]))
        forms = [each.string] if isinstance(each.string, str) else each.string
        for place, form in enumerate(forms):
            optional = {"{count}"} if len(forms) > 1 and place < min(WORDLESS_FORMS, len(forms) - 1) else set()
            if form and not original - optional <= set(HOLE.findall(form)) <= original:
                wrong.append(form)
    assert wrong == []


def test_a_text_that_is_not_literal_is_refused():
    with pytest.raises(ValueError, match=r"^a\.ts:2: t\("):
        list(messages_of_web("t('fine')\nt(name)\n", "a.ts"))


def test_web_sources_are_read_as_the_web_build_reads_them():
    """The page's list of sentences is made in web/build/messages.mjs, the catalogues' in setup/messages.py."""
    manifest = json.loads((ROOT / "src/intercommunity/office/static/live/manifest.json").read_text())
    built = {each if isinstance(each, str) else tuple(each) for page in manifest.values() for each in page["messages"]}
    assert built - set(collected_messages()) == set()

"""Names of files and anchors."""

import re

from hypothesis import given
from hypothesis import strategies as st

from intercommunity.record.naming import anchor, folders, slug, stem


def test_slug_keeps_what_ascii_can_say():
    assert slug("Sesión 1: ¿y después?") == "sesion-1-y-despues"


def test_stem_is_a_number_where_nothing_can_be_said():
    assert stem(3, "会議") == "03"


@given(st.text())
def test_stem_is_harmless_as_a_file(text):
    assert re.fullmatch(r"07(-[a-z0-9]+)*", stem(7, text))
    assert len(stem(7, text)) <= 43


def test_anchor_of_an_ordinary_id_is_the_id():
    assert anchor("hub-17") == "hub-17"


@given(st.text(min_size=1), st.text(min_size=1))
def test_anchor_is_one_word_and_keeps_ids_apart(one, other):
    assert re.fullmatch(r"[A-Za-z0-9._-]+", anchor(one))
    assert (anchor(one) == anchor(other)) == (one == other)


def test_folders_are_the_tags():
    assert folders(["en", "es-MX"]) == {"en": "en", "es-MX": "es-MX"}


def test_folders_do_not_leave_the_record_nor_meet_on_any_disk():
    assert folders(["../..", "es", "ES", "con"]) == {
        "../..": "language_1",
        "es": "es",
        "ES": "language_3",
        "con": "language_4",
    }

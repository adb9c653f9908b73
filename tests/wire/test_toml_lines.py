"""Where values stand in a TOML text."""

import tomllib

import pytest

from intercommunity.wire.toml_lines import TomlLines

TEXT = '''slug = "x"  # line 1
# [not.a.heading]
title = { en = "One", es = "Uno" }
about = """
[sessions]
minutes = 5
"""
languages = [
  "en",
]
[questions]
policy = "open"
[[sessions]]
id = "a"
[sessions.title]
en = "A"
[[sessions]]
"id" = "b"
title.en = "B"
minutes = 10
[[nodes]]
city = 'x'
'''

PLACES = {
    (): 1,
    ("slug",): 1,
    ("title",): 3,
    ("title", "es"): 3,
    ("about",): 4,
    ("languages",): 8,
    ("languages", 0): 8,
    ("questions",): 11,
    ("questions", "policy"): 12,
    ("sessions",): 13,
    ("sessions", 0): 13,
    ("sessions", 0, "id"): 14,
    ("sessions", 0, "title"): 15,
    ("sessions", 0, "title", "en"): 16,
    ("sessions", 0, "minutes"): 13,
    ("sessions", 1): 17,
    ("sessions", 1, "id"): 18,
    ("sessions", 1, "title"): 19,
    ("sessions", 1, "title", "en"): 19,
    ("sessions", 1, "minutes"): 20,
    ("nodes", 0, "city"): 22,
    ("nowhere", 3, "at all"): 1,
}


@pytest.mark.parametrize("path", PLACES)
def test_line_of_a_path_is_where_it_stands_or_what_is_around_it(path):
    assert tomllib.loads(TEXT)
    assert TomlLines(TEXT).line_of(path) == PLACES[path]


def test_lines_are_counted_as_toml_counts_them():
    text = 'a = "\x85 \u2028 x"\r\nb = 1\n'
    assert tomllib.loads(text)
    assert TomlLines(text).line_of(("b",)) == 2

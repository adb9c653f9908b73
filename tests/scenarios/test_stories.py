"""Every story ends as it is told; `REWRITE=1` writes them anew, and the difference is for a person to read."""

import os
from pathlib import Path

import pytest

from scenarios.stage import Stage

STORIES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path):
    story = path.read_text(encoding="utf-8")
    told = Stage().tell(story)
    if os.environ.get("REWRITE"):
        path.write_text(told, encoding="utf-8")
    else:
        assert told == story


def test_there_are_stories_and_each_says_what_it_is_about():
    assert len(STORIES) >= 8
    for path in STORIES:
        assert path.read_text(encoding="utf-8").startswith("# ")

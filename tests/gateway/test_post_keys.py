"""Which post a line belongs to, also for a process that knows of the earlier ones only from the log."""

import pytest

from intercommunity.gateway.post_keys import PostKeys
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.store.journal import Journal
from intercommunity.store.memory import MemoryStore
from store.meeting import CAPTIONER, describe

BEGAN = 1_700_000_000_000


@pytest.fixture
async def journal():
    """Of a process that kept two lines of post 7 and was then killed."""
    journal = Journal(MemoryStore())
    await describe(journal)
    keys = PostKeys("en", BEGAN)
    for seq, text in ((6, "Good morning."), (7, "All that was said before, and this."), (7, "And that.")):
        keys.move_to(seq)
        await journal.submit(WriteLine("en", text), CAPTIONER, keys.next())
    return journal


def key_after_start(journal, seq, text):
    keys = PostKeys("en", BEGAN + 60_000)
    keys.move_to(seq)
    keys.carry_on(journal.meeting, CAPTIONER.id, text)
    return keys.next()


@pytest.mark.parametrize(
    ("seq", "text", "key"),
    [
        (7, "And this.", f"feed en {BEGAN} 7 0"),
        (7, "And that.", f"feed en {BEGAN} 7 1"),
        (7, "Something else.", f"feed en {BEGAN + 60_000} 7 0"),
        (8, "And that.", f"feed en {BEGAN + 60_000} 8 0"),
        (6, "Good morning.", f"feed en {BEGAN + 60_000} 6 0"),
    ],
)
async def test_post_that_comes_again_after_a_start_is_known_by_its_number_and_words(journal, seq, text, key):
    assert key_after_start(journal, seq, text) == key


def test_lines_of_one_post_are_counted_also_when_it_comes_again():
    keys = PostKeys("en", BEGAN)
    keys.move_to(1)
    first = keys.next()
    keys.move_to(1)
    assert (first, keys.next()) == (f"feed en {BEGAN} 1 0", f"feed en {BEGAN} 1 1")


def test_sender_who_counts_anew_gets_other_keys():
    keys = PostKeys("en", BEGAN)
    keys.move_to(1)
    first = keys.next()
    keys.move_to(1, anew=True)
    assert (first, keys.next()) == (f"feed en {BEGAN} 1 0", f"feed en {BEGAN + 1} 1 0")


@pytest.mark.parametrize("key", ["feed en boo", "feed en 1 2", "feed en 1 2 3 4", f"feed en 1 2 {'9' * 40}", "1 2 3"])
async def test_key_that_only_looks_like_ours_is_passed_over(journal, key):
    await journal.submit(WriteLine("en", "And that."), CAPTIONER, key)
    assert key_after_start(journal, 7, "And that.") == f"feed en {BEGAN} 7 1"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.wire.text.pieces import LONGEST, line_end, lines

TALK = st.text(st.sampled_from("aB é.,?!…:;—\"')\n 。"), max_size=900)


def solid(text):
    return "".join(text.split())


@given(TALK | st.text(max_size=400))
def test_lines_keep_everything_in_order(text):
    assert solid("".join(lines(text))) == solid(text)


@given(st.lists(st.text("abcxyz.,?", min_size=1, max_size=20), max_size=80))
def test_lines_keep_words_whole(words):
    assert " ".join(lines(" ".join(words))).split() == words


@given(TALK, st.integers(20, 200))
def test_lines_are_never_empty_and_never_too_long(text, longest):
    assert all(0 < len(line) <= longest for line in lines(text, longest=longest, shortest=longest // 4))


@given(TALK)
def test_line_end_decides_the_same_when_more_is_known(text):
    at = len(text) - len(text.lstrip())
    ends = {line_end(text, at, end, final=False) for end in range(at, len(text) + 1)}
    assert len(ends - {None}) <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Thank you.", ["Thank you."]),
        ("Good morning. Good evening. Good afternoon to all of you. Welcome back.",
         ["Good morning. Good evening. Good afternoon to all of you.", "Welcome back."]),
        ("We heard it last night from Dr. J. Alarcón in the library of the port. She was there.",
         ["We heard it last night from Dr. J. Alarcón in the library of the port.", "She was there."]),
        ("¿Cuánto cuesta mantener una torre durante un año entero? Menos de lo que parece.",
         ["¿Cuánto cuesta mantener una torre durante un año entero?", "Menos de lo que parece."]),
        ("The mast costs 2.5 times as much as it did when we bought ours, e.g. in the north.",
         ["The mast costs 2.5 times as much as it did when we bought ours, e.g. in the north."]),
    ],
)  # fmt: skip
def test_lines_end_with_sentences(text, expected):
    assert lines(text) == expected


def test_lines_break_a_long_sentence_at_the_last_clause_mark_with_room_after_it():
    first = "when the river rises and the people on the far bank cannot cross for days,"
    second = (
        "they call the station by radio and we read all their messages to the families one by one until late at night."
    )
    assert lines(f"{first} {second}") == [first, second]


def test_lines_leave_no_word_alone_on_a_line():
    found = lines("nobody " * 27 + "answered.")
    assert [len(line.split()) for line in found] == [20, 8]


def test_lines_cut_only_words_longer_than_a_line():
    assert [len(line) for line in lines("x" * (LONGEST + 20) + " y")] == [LONGEST, 22]

from hypothesis import assume, given
from hypothesis import strategies as st

from intercommunity.languages.stitch import (
    MOST_CHARACTERS,
    MOST_LINES,
    Line,
    Part,
    Sentence,
    Stitcher,
    join,
    split,
    stitch,
)

WORDS = st.lists(st.sampled_from(["we", "meet", "Here.", "and", "ask?", "Dr.", "so…", "now,"]), max_size=12).map(
    " ".join
)
SPEAKERS = st.sampled_from(["ana", "ben"])
FEEDS = st.lists(st.tuples(st.integers(0, 30), SPEAKERS, WORDS), max_size=40)


def _words(text: str) -> str:
    return "".join(text.split())


def test_piece_of_a_first_line_is_translated_at_once():
    piece = Stitcher("en").feed("1", "ana", "We will hear from")
    assert (piece.lines, piece.text, piece.complete) == (("1",), "We will hear from", False)


def test_piece_grows_with_the_sentence_and_closes_with_its_stop():
    stitcher = Stitcher("en")
    stitcher.feed("1", "ana", "We will hear from")
    piece = stitcher.feed("2", "ana", "the island school")
    assert (piece.lines, piece.complete) == (("1", "2"), False)
    piece = stitcher.feed("3", "ana", "tomorrow.")
    assert (piece.lines, piece.text) == (("1", "2", "3"), "We will hear from the island school tomorrow.")
    assert piece.complete
    assert stitcher.feed("4", "ana", "Next.").lines == ("4",)


def test_piece_holds_every_sentence_of_a_line_that_straddles():
    stitcher = Stitcher("en")
    stitcher.feed("1", "ana", "We will hear from")
    piece = stitcher.feed("2", "ana", "the school. And then")
    assert piece.lines == ("1", "2")
    piece = stitcher.feed("3", "ana", "we vote.")
    assert piece.lines == ("2", "3")
    assert piece.sentences == (
        Sentence((Part("1", "We will hear from"), Part("2", "the school.")), complete=True),
        Sentence((Part("2", "And then"), Part("3", "we vote.")), complete=True),
    )


def test_piece_ends_with_a_change_of_speaker():
    stitcher = Stitcher("en")
    stitcher.feed("1", "ana", "We will hear from")
    assert stitcher.feed("2", "ben", "Thank you").lines == ("2",)
    assert stitcher.feed("3", "ana", "the school").lines == ("3",)


def test_piece_of_a_corrected_line_holds_its_sentence():
    stitcher = Stitcher("en")
    for number, text in enumerate(["We will here from", "the school.", "Next."]):
        stitcher.feed(str(number), "ana", text)
    piece = stitcher.feed("0", "ana", "We will hear from")
    assert (piece.lines, piece.text) == (("0", "1"), "We will hear from the school.")


def test_piece_of_a_line_corrected_to_nothing_still_names_it():
    stitcher = Stitcher("en")
    stitcher.feed("1", "ana", "oops")
    piece = stitcher.feed("1", "ana", "")
    assert (piece.lines, piece.sentences) == (("1",), ())


def test_open_sentence_is_bounded_in_lines():
    stitcher = Stitcher("en")
    pieces = [stitcher.feed(str(n), "ana", "and on") for n in range(MOST_LINES + 2)]
    assert [len(piece.lines) for piece in pieces] == [*range(1, MOST_LINES + 1), 1, 2]


def test_open_sentence_is_bounded_in_characters():
    stitcher = Stitcher("en")
    stitcher.feed("1", "ana", "a" * (MOST_CHARACTERS - 1))
    assert stitcher.feed("2", "ana", "b").lines == ("1", "2")
    assert stitcher.feed("3", "ana", "c").lines == ("3",)


def test_long_speech_without_stops_keeps_few_lines_in_work():
    stitcher = Stitcher("en")
    pieces = [stitcher.feed(str(n), "ana", "and on and on") for n in range(500)]
    assert max(len(piece.lines) for piece in pieces) == MOST_LINES


@given(FEEDS)
def test_stitched_sentences_hold_every_word_once(feeds):
    lines = [Line(f"{place}-{number}", speaker, text) for place, (number, speaker, text) in enumerate(feeds)]
    found = stitch(lines, "en")
    assert "".join(_words(sentence.text) for sentence in found) == "".join(_words(line.text) for line in lines)
    assert all(len(sentence.parts) <= MOST_LINES for sentence in found)


@given(FEEDS)
def test_pieces_translated_give_every_line_its_own_words(feeds):
    """An engine that changes nothing must give back each line as it was last fed, corrections and all."""
    stitcher, shown, fed = Stitcher("en"), {}, {}
    for number, speaker, text in feeds:
        fed[number] = text
        piece = stitcher.feed(str(number), speaker, text)
        parts = {line: [] for line in piece.lines}
        for sentence in piece.sentences:
            for part in sentence.parts:
                if part.line in parts:
                    parts[part.line].append(part.text)
        shown |= {int(line): join(texts) for line, texts in parts.items()}
    assert {number: _words(text) for number, text in shown.items()} == {n: _words(text) for n, text in fed.items()}


@given(st.text(), st.lists(st.integers(0, 50), min_size=1, max_size=8))
def test_split_loses_nothing_and_adds_nothing(text, weights):
    parts = split(text, weights)
    assert len(parts) == len(weights)
    assert _words("".join(parts)) == _words(text)


@given(
    st.lists(st.text("abc,.", min_size=1), min_size=1, max_size=30),
    st.lists(st.integers(1, 50), min_size=1, max_size=6),
)
def test_split_cuts_between_words_and_gives_each_part_one(words, weights):
    assume(len(words) >= len(weights))
    parts = split(" ".join(words), weights)
    assert all(parts)
    assert " ".join(parts).split() == words


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_split_leaves_parts_without_weight_empty(weights):
    assume(any(weights))
    parts = split("one two three four five six seven", weights)
    assert [bool(part) for part in parts] == [weight > 0 for weight in weights]


def test_split_is_in_proportion():
    assert split("aaa bbb ccc ddd eee fff", [10, 20, 30]) == ["aaa", "bbb ccc", "ddd eee fff"]


def test_split_prefers_a_pause_that_is_near():
    assert split("yesterday we came, and today we vote again", [20, 20]) == [
        "yesterday we came,",
        "and today we vote again",
    ]


def test_split_gives_the_first_parts_what_little_there_is():
    assert split("Gracias", [5, 5]) == ["Gracias", ""]


def test_split_cuts_scripts_without_spaces_between_letters():
    assert split("我们今天开会，明天投票。", [6, 6]) == ["我们今天开会，", "明天投票。"]


def test_join_puts_one_space_between_words_and_none_between_letters_of_such_scripts():
    assert join(["we meet ", "", " here"]) == "we meet here"
    assert join(["我们今天", "开会。", "IETF"]) == "我们今天开会。 IETF"

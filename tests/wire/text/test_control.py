import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intercommunity.wire.text.control import clean, decode
from intercommunity.wire.text.errors import MalformedText

TRICKY = st.text(
    st.sampled_from("ab é e\u0301\u0301\t\n\r\x00\x08\x85\u200b\u200c\u200d\u202e\u2066\u2069\ufeff\u212a\ud800कम्")
)


@pytest.mark.parametrize(
    ("dirty", "washed"),
    [
        ("  two\n\tlines \r\n here ", "two lines here"),
        ("a\x00b\x07c\x9bd\x7fe", "abcde"),
        ("cafe\u0301", "café"),
        ("\u202eevil\u202c \u2067right\u2069", "evil right"),
        ("\u0645\u0631\u062d\u0628\u0627 5\u200f!", "\u0645\u0631\u062d\u0628\u0627 5\u200f!"),
        ("zero\u200bwidth \ufeffmark so\u00adft", "zerowidth mark soft"),
        ("bro\ud83dken\udc00", "broken"),
        ("a\u200db é\u200cf", "ab éf"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u0915\u094d\u200d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("👩\u200d🌾 and 🏳\ufe0f\u200d🌈", "👩\u200d🌾 and 🏳\ufe0f\u200d🌈"),
        ("\u200d\u200b \u2060", ""),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_clean_keeps_words_and_drops_what_misleads(dirty, washed):
    assert clean(dirty) == washed


@given(st.text() | TRICKY)
@example("\u212a\u200d")
@example("a\u200d\u0301\u200d")
def test_clean_twice_is_clean_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text() | TRICKY)
def test_clean_text_can_be_sent_and_shown_as_one_line(text):
    washed = clean(text)
    assert washed.encode("utf-8").decode("utf-8") == washed
    assert washed == " ".join(washed.split())
    assert not set(washed) & set("\x00\x08\x85\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@given(st.text("abcñçü ¿?.", max_size=40))
def test_clean_keeps_every_plain_word(text):
    assert clean(text).split() == text.split()


def test_decode_reads_utf8_with_and_without_a_byte_order_mark():
    assert decode("sí".encode()) == "sí"
    assert decode("sí".encode("utf-8-sig")) == "sí"


def test_decode_names_the_line_that_is_not_utf8():
    with pytest.raises(MalformedText) as caught:
        decode("uno\ndos\nse\xf1or".encode("latin-1"))
    assert (caught.value.code, caught.value.line) == ("not_utf8", 3)


@pytest.mark.parametrize("marks", ["\u0301\u0327", "\u0344", "\u0327\u0301\u0308"])
def test_clean_leaves_no_more_marks_in_a_row_than_any_script_stacks(marks):
    cleaned = clean("a" + marks * 10_000 + "b")
    assert len(cleaned) <= 32
    assert cleaned[-1] == "b"
    assert clean(cleaned) == cleaned

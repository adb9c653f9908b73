import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.languages.engines.apertium.stream import decode, encode

STEERING = "[]^$/\\<>{}@~*#+"


@given(st.text(), st.integers(min_value=1))
def test_request_holds_no_character_that_steers_the_pipeline(text, number):
    request = encode(text, number).decode()
    body = request.removesuffix(f" .[{number}]\0")
    assert body != request
    assert not set(body) & set(STEERING + "\0")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"])), st.integers(min_value=1))
def test_request_answered_unchanged_is_the_text(text, number):
    assert decode(encode(text, number)[:-1], number) == " ".join(text.split())


@pytest.mark.parametrize("answer", [b"Hola.[2]", b"Hola", b"Hola.[11]", b"", b"Hola.[1] x"])
def test_answer_to_another_request_is_none(answer):
    assert decode(answer, 1) is None


def test_answer_loses_apertiums_marks_and_keeps_the_speakers_asterisks():
    own = encode("*really*", 1)[:-1].removesuffix(b" .[1]")
    assert decode(b"*qzx @lemma #form " + own + b".[1]", 1) == "qzx lemma form *really*"


def test_request_has_spaces_for_control_and_private_characters():
    assert encode("a\0b\x07c\ue05bd\ud800e", 3) == b"a b c d e .[3]\0"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.languages.sentences import ends_sentence, sentences

SPEECH = st.lists(
    st.sampled_from(
        ["Dr.", "We", "met", "in", "the", "U.S.", "and", "2.5", "And", "so…", "it?", "yes!", "(No.)", "“Go.”", "\n"]
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "We met. Then we left.", ["We met.", "Then we left."]),
        ("en", "Dr. Vale met Ms. Okafor. They spoke", ["Dr. Vale met Ms. Okafor.", "They spoke"]),
        ("en", "It grew 2.5 times. Good.", ["It grew 2.5 times.", "Good."]),
        ("en", "No. 5 is ours. No. We stay.", ["No. 5 is ours.", "No.", "We stay."]),
        ("en", "In the U.S. Congress sat. J. R. Hale spoke.", ["In the U.S. Congress sat.", "J. R. Hale spoke."]),
        ("en", "So do I. You too.", ["So do I.", "You too."]),
        ("en", "Well... maybe. Well... Maybe", ["Well... maybe.", "Well...", "Maybe"]),
        ("en", "“Go.” Then (yes!) we went.", ["“Go.”", "Then (yes!) we went."]),
        ("en", "That was in 2015. Now", ["That was in 2015.", "Now"]),
        ("en", "WE MET. THEN WE LEFT", ["WE MET.", "THEN WE LEFT"]),
        ("es", "¿Qué tal? ¡Bien! Gracias", ["¿Qué tal?", "¡Bien!", "Gracias"]),
        ("es", "La Sra. Ruiz vive en EE. UU. desde 2010. ¿Sí?", ["La Sra. Ruiz vive en EE. UU. desde 2010.", "¿Sí?"]),
        ("zh", "我来了。你呢？好", ["我来了。", "你呢？", "好"]),
        ("ar", "كيف حالك؟ بخير", ["كيف حالك؟", "بخير"]),
        ("en", "  ", []),
    ],
)
def test_sentences_are_cut_at_their_ends(lang, text, found):
    assert sentences(text, lang) == found


@pytest.mark.parametrize(
    ("lang", "text", "ends"),
    [
        ("en", "We met.", True),
        ("en", "We met.  ", True),
        ("en", "we met", False),
        ("en", "with Dr.", False),
        ("en", "in the U.S.", True),
        ("en", "and so…", False),
        ("en", "and so...", False),
        ("en", "Really?!", True),
        ("en", "He said “Go.”", True),
        ("en", "one,", False),
        ("en", "", True),
        ("en", "—", True),
        ("es", "con la Sra.", False),
        ("es", "¡Gracias!", True),
    ],
)
def test_ends_sentence_says_whether_it_is_finished(lang, text, ends):
    assert ends_sentence(text, lang) is ends


@given(SPEECH | st.text())
def test_sentences_lose_nothing(text):
    assert "".join("".join(sentences(text, "en")).split()) == "".join(text.split())


@given(SPEECH)
def test_sentences_but_the_last_are_finished(text):
    assert all(ends_sentence(found, "en") or found.endswith(("…", "...")) for found in sentences(text, "en")[:-1])

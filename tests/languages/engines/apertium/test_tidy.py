import pytest

from intercommunity.languages.engines.apertium.tidy import tidy


@pytest.mark.parametrize(
    ("source", "translated", "tidied"),
    [
        ("I am the host.", "Soy el anfitrión .", "Soy el anfitrión."),
        ("odd , spaces", "raros , espacios", "raros , espacios"),
        ("Hello and welcome. We stay.", "Hola Y bienvenido. Quedamos.", "Hola y bienvenido. Quedamos."),
        ("Hopefully I can.", "Hopefully Puedo.", "Hopefully puedo."),
        ("We love Spain.", "Amamos España.", "Amamos España."),
        ("The UN is here.", "La ONU es aquí.", "La ONU es aquí."),
        ("One. Two and three.", "Uno Y dos.", "Uno Y dos."),
    ],
)
def test_tidy_mends_what_the_source_does_not_have(source, translated, tidied):
    assert tidy(source, translated, "en", "es") == tidied


def test_tidy_leaves_capitals_in_a_language_that_writes_more_of_them():
    assert tidy("Hablamos español.", "We speak Spanish .", "es", "en") == "We speak Spanish."

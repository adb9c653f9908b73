import pytest

from intercommunity.languages.typography import open_questions


@pytest.mark.parametrize(
    ("lang", "text", "opened"),
    [
        ("es", "Bien. Es bueno? Sí!", "Bien. ¿Es bueno? ¡Sí!"),
        ("es-MX", "Es bueno?", "¿Es bueno?"),
        ("es", "¿Es bueno?", "¿Es bueno?"),
        ("es", "Pero, ¿es bueno?", "Pero, ¿es bueno?"),
        ("es", "Uno?\n\nDos?", "¿Uno?\n\n¿Dos?"),
        ("es", "?", "?"),
        ("en", "Is it good?", "Is it good?"),
    ],
)
def test_open_questions_as_the_language_wants(lang, text, opened):
    assert open_questions(text, lang) == opened

"""Languages in their own words."""

import pytest

from intercommunity.wire.language_names import own_name


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("es", "Español"),
        ("ar", "العربية"),
        ("pt-BR", "Português (Brasil)"),
        ("ase", "American Sign Language"),
        ("x-klingon", "x-klingon"),
        ("", ""),
    ],
)
def test_language_is_named_by_those_who_speak_it(tag, name):
    assert own_name(tag) == name

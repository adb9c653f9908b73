import pytest

from intercommunity.languages.tags import find_pair

PAIRS = [("en", "es"), ("es", "en"), ("es", "en-US"), ("en", "pt-BR"), ("zh-Hans", "en"), ("zh-Hant", "en")]


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("en", "es", ("en", "es")),
        ("en-NZ", "es-MX", ("en", "es")),
        ("es", "en-us", ("es", "en-US")),
        ("es", "en-GB", ("es", "en")),
        ("en", "pt", ("en", "pt-BR")),
        ("en", "pt-PT", ("en", "pt-BR")),
        ("zh-Hant", "en", ("zh-Hant", "en")),
        ("EN", "ES", ("en", "es")),
        ("en", "fr", None),
        ("est", "en", None),
        ("", "", None),
    ],
)
def test_find_pair_is_the_closest(source, target, found):
    assert find_pair(PAIRS, source, target) == found

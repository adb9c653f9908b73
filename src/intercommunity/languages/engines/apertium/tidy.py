"""PURE: small faults of Apertium's generator that show in every other line, mended; knows no pipeline.

- Words that move leave a gap before the stop that followed them.
- After a first word that it does not know, the next word gets the capital as well ("Hola Y bienvenido"). A sentence
  whose source has no capital after its first word has none in the Romance languages, which write even "español" and
  "lunes" small.
"""

import re

from intercommunity.languages.sentences import sentences
from intercommunity.languages.tags import primary

_GAP = re.compile(r" ([.,;:!?])(?=\s|$)")
_CAPITAL = re.compile(r"(?<=\s)[^\W\d_](?=[^\W\d_]*\b)")
_SMALL_IN = {"es", "pt", "fr", "ca", "gl", "it", "oc"}
_ENGLISH_I = re.compile(r"\bI\b")


def tidy(source: str, translated: str, source_lang: str, lang: str) -> str:
    """Return a translated line without the faults that the source line did not have."""
    closed = translated if _GAP.search(source) else _GAP.sub(r"\1", translated)
    return _without_stray_capitals(source, closed, source_lang, lang) if primary(lang) in _SMALL_IN else closed


def _without_stray_capitals(source: str, translated: str, source_lang: str, lang: str) -> str:
    theirs, ours = sentences(source, source_lang), sentences(translated, lang)
    if len(theirs) != len(ours):
        return translated
    for their, our in zip(theirs, ours, strict=True):
        if not _has_inner_capital(their):
            translated = translated.replace(our, _with_small_words(our), 1)
    return translated


def _has_inner_capital(sentence: str) -> bool:
    inner = sentence.split(maxsplit=1)[1:]
    return any(char.isupper() for char in _ENGLISH_I.sub("", "".join(inner)))


def _with_small_words(sentence: str) -> str:
    return _CAPITAL.sub(lambda letter: letter[0].lower(), sentence)

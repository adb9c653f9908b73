"""PURE: the little grammar that a glossary form needs where it is put in; knows no glossary.

English and the Romance languages make plurals by rule; other languages keep the form. Articles agree in Spanish.
"""

import re

from intercommunity.languages.tags import primary

_LINKS = {
    "de",
    "del",
    "da",
    "do",
    "des",
    "du",
    "en",
    "para",
    "por",
    "pour",
    "a",
    "à",
    "con",
    "com",
    "sin",
    "y",
    "e",
    "et",
}
_ROMANCE = {"es", "pt", "fr", "gl", "ca"}
_ENGLISH_ES = ("s", "x", "z", "ch", "sh")

# Spanish articles as an engine leaves them before a word of which it knows neither gender nor number.
_DEFINITE = re.compile(r"(?i)\b(del|al|de el|a el|de los|a los|el|los)\s+$")
_INDEFINITE = re.compile(r"(?i)\bun\s+$")
_OWN_ARTICLE = re.compile(r"(?i)(el|la|los|las)\s+(?=\S)")
_FEMININE = re.compile(r"(?i)(?:a|dad|tad|ción|sión|tud|umbre)s?$")
_MASCULINE = re.compile(r"(?i)(?:ma|ta|día|mapa)s?$")


def capitalize(form: str) -> str:
    """Return the form with a capital at its start, the rest as it is."""
    return form[:1].upper() + form[1:]


def plural(form: str, lang: str) -> str:
    """Return the plural of a term: of its last word in English, of the noun and its adjectives in Romance languages."""
    words = form.split()
    language = primary(lang)
    if language == "en" and words:
        return " ".join([*words[:-1], _english_plural(words[-1])])
    if language in _ROMANCE:
        head = next((place for place, word in enumerate(words) if word.lower() in _LINKS), len(words))
        return " ".join([*(_romance_plural(word, language) for word in words[:head]), *words[head:]])
    return form


def agree(before: str, form: str, lang: str, *, many: bool = False) -> tuple[str, str]:
    """Return the text before a form, its article agreeing with the form, and the form without an article of its own."""
    if primary(lang) != "es":
        return before, form
    own = _OWN_ARTICLE.match(form)
    bare = form[own.end() :] if own else form
    article = own[1].lower() if own else _article(bare, many=many)
    before = _DEFINITE.sub(lambda found: _like(found, _definite(found[1].lower(), article)), before)
    return _INDEFINITE.sub(lambda found: _like(found, "una" if article == "la" else "un"), before), bare


def _article(form: str, *, many: bool) -> str:
    feminine = _is_feminine(form)
    if many:
        return "las" if feminine else "los"
    return "la" if feminine else "el"


def _definite(found: str, article: str) -> str:
    preposition = found[:2].strip() if found.startswith(("d", "a")) else ""
    grown = {("de", "el"): "del", ("a", "el"): "al"}
    preposition = preposition.replace("al", "a")
    return grown.get((preposition, article)) or f"{preposition} {article}".strip()


def _like(found: re.Match[str], written: str) -> str:
    return (capitalize(written) if found[0][0].isupper() else written) + " "


def _is_feminine(form: str) -> bool:
    head = form.split(" ", maxsplit=1)[0]
    return not head.isupper() and bool(_FEMININE.search(head)) and not _MASCULINE.search(head)


def _english_plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in {"a", "e", "i", "o", "u"}:
        return f"{word[:-1]}ies"
    return word + ("es" if word.lower().endswith(_ENGLISH_ES) else "s")


def _romance_plural(word: str, language: str) -> str:
    if language == "fr":
        return word if word.endswith(("s", "x", "z")) else f"{word}s"
    if word.lower().endswith(("s", "x")) or not word[-1:].isalpha() or word.isupper():
        return word
    if word.endswith("z"):
        return f"{word[:-1]}ces"
    if word.endswith("ón"):
        return f"{word[:-2]}ones"
    return word + ("s" if word[-1].lower() in "aeiouáéíóú" else "es")

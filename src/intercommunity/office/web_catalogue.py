"""A catalogue as the web client reads it: only what a page says, only what is translated."""

from functools import cache
from typing import TypedDict

from intercommunity.office.assets import Message, assets, manifest
from intercommunity.wire.catalogue import PLURAL_CATEGORIES, catalogue, direction

NUMBER_OF = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""For each CLDR plural category a number that takes it, in every language of the interface that has it."""


class WebCatalogue(TypedDict):
    """As web/src/i18n.ts reads it. A counted sentence stands under its singular, its forms in the categories' order."""

    language: str
    direction: str
    categories: list[str]
    messages: dict[str, str | list[str]]


@cache
def web_catalogue(language: str, page: str | None = None) -> WebCatalogue:
    """What `page` says, or all pages, in a language of the interface; raises NotBuilt for a page that is not there."""
    pages = manifest().values() if page is None else [assets(page)]
    messages = {message for each in pages for message in each.messages}
    said = {_key(message): _said(language, message) for message in sorted(messages, key=_key)}
    return {
        "language": language,
        "direction": direction(language),
        "categories": list(PLURAL_CATEGORIES[language]),
        "messages": {key: text for key, text in said.items() if text is not None},
    }


def _key(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def _said(language: str, message: Message) -> str | list[str] | None:
    """None where the English source text is all there is: the client has that already."""
    translated = catalogue(language)
    if isinstance(message, str):
        text = translated.gettext(message)
        return None if text == message else text
    forms = [translated.ngettext(*message, NUMBER_OF[category]) for category in PLURAL_CATEGORIES[language]]
    return None if set(forms) <= set(message) else forms

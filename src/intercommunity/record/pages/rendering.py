"""Fills the templates; everything that people wrote is escaped here, by Jinja2."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from intercommunity.record.content import Content
from intercommunity.record.naming import folders
from intercommunity.record.pages.page import Page, in_other_language
from intercommunity.record.pages.player import player_of
from intercommunity.record.reader import Reader, direction, named
from intercommunity.wire.language_names import own_name


class Elsewhere(NamedTuple):
    """The same page in another language."""

    language: str
    direction: str
    name: str
    href: str


def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("intercommunity.record"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["named"] = named
    return made


def render_page(templates: Environment, page: Page, reader: Reader, content: Content) -> str:
    return templates.get_template(page.template).render(
        {
            "page": page,
            "title": page.title,
            "root": page.root,
            "top": f"{page.root}../",
            "elsewhere": tuple(_elsewhere(page, reader, content)),
            **_playing(page, reader, content),
            **_surroundings(reader, content),
            **page.context,
        }
    )


def _playing(page: Page, reader: Reader, content: Content) -> dict[str, Any]:
    """The player, where the page has one; in other pages nothing may run."""
    return {"player_script": "", **(player_of(page, reader, content) if page.plays else {})}


def render_chooser(templates: Environment, content: Content, folder_by_language: dict[str, str]) -> str:
    """The first page of the folder, where only the language is chosen; in the meeting's first language itself."""
    readers = [Reader(language, content.description) for language in folder_by_language]
    reader = readers[0] if readers else Reader("en", content.description)
    elsewhere = [
        (each, Elsewhere(each.language, direction(each.language), each.name, f"{folder}/index.html"))
        for each, folder in zip(readers, folder_by_language.values(), strict=True)
    ]
    return templates.get_template("chooser.html").render(choices=elsewhere, **_surroundings(reader, content))


def _surroundings(reader: Reader, content: Content) -> dict[str, Any]:
    """What every template knows."""
    return {
        "content": content,
        "described": content.description,
        "reader": reader,
        "tell": reader.tell,
        "tell_count": reader.tell_count,
    }


def _elsewhere(page: Page, reader: Reader, content: Content) -> Iterator[Elsewhere]:
    for language, folder in folders(content.description.languages).items():
        name = in_other_language(page, reader, language, content)
        href = f"{page.root}../{folder}/{name}"
        yield Elsewhere(language, direction(language), own_name(language), href)

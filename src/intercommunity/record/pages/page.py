"""A page before it is rendered, and the links between pages; knows no template's words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from intercommunity.record.content import Content, Held, Said
from intercommunity.record.naming import anchor, folders
from intercommunity.record.reader import Reader
from intercommunity.wire.text.control import clean


class Page(NamedTuple):
    """`name` is its path within a language's folder; `beside` the other language of a page that shows two.

    `plays`: whether the recordings can be played in it; from the moment (ms UTC) that `context["begins"]` names.
    """

    name: str
    template: str
    title: Markup
    context: Mapping[str, Any]
    beside: str = ""
    plays: bool = False

    @property
    def root(self) -> str:
        """The way from this page to its language's folder."""
        return "../" * self.name.count("/")


def session_name(held: Held) -> str:
    return f"sessions/{held.stem}.html"


def beside_name(held: Held, other: str, content: Content) -> str:
    return f"sessions/{held.stem}.with-{folders(content.description.languages)[other]}.html"


def line_href(said: Said, content: Content) -> str:
    """The way from a language's folder to a line in its transcript."""
    return f"{session_name(content.session(said.session))}#{anchor(said.id)}"


def title_of(held: Held, reader: Reader) -> Markup:
    return reader.texts(held.title) or escape(clean(held.id)) or reader.tell("Outside the agenda")


def in_other_language(page: Page, reader: Reader, other: str, content: Content) -> str:
    """The name of the same page in another language's folder; two languages side by side change places."""
    if page.beside != other:
        return page.name
    here, there = (folders(content.description.languages)[each] for each in (other, reader.language))
    return page.name.replace(f".with-{here}.html", f".with-{there}.html")

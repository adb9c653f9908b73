"""Collects what people read from all sources into the catalogues of src/intercommunity/locale; translates nothing.

    python setup/messages.py           renews the catalogues, and says how much of each is translated

A source says things through calls whose text stands in it literally:

    Python      say(language, "…"), say_count(language, "…", "…", number), gettext("…"), N_("…"),
                and for the record's readers tell("…"), tell_count("…", "…", number)
    templates   {% translate "…" %}, in those of the record {{ tell("…") }}, {{ tell_count("…", "…", number) }}
    web         t("…"), n("…", "…", count), in .ts and .svelte
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "src/intercommunity/locale"
PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
"""The languages of the interface; the forms stand in the order of CLDR: zero, one, two, few, many, other."""

Message = str | tuple[str, str]
"""A sentence, or the singular and the plural of one that counts."""

RECORD_KEYWORDS = {"tell": (1,), "tell_count": (1, 2)}
PYTHON_KEYWORDS = {"say": (2,), "say_count": (2, 3), "gettext": None, "N_": None, **RECORD_KEYWORDS}

_LITERAL = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_WEB_CALL = re.compile(rf"(?<![\w.$])(?:t\(\s*({_LITERAL})|n\(\s*({_LITERAL})\s*,\s*({_LITERAL})\s*,)")
_WEB_START = re.compile(r"(?<![\w.$])(?<!function )[tn]\(")
_TEMPLATE_TAG = re.compile(r"""\{%\s*translate\s+("[^"]*"|'[^']*')""")


def collected_messages() -> dict[Message, None]:
    """Every message of the sources, in the order of their files."""
    found: dict[Message, None] = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        found.update(dict.fromkeys(messages_of_python(path.read_bytes())))
    for path in sorted((ROOT / "src").rglob("templates/**/*.html")):
        found.update(dict.fromkeys(messages_of_template(path.read_text())))
    for path in sorted((ROOT / "src/intercommunity/record/templates").glob("*.html")):
        found.update(dict.fromkeys(messages_of_record(path.read_bytes())))
    for path in sorted([*(ROOT / "web/src").rglob("*.ts"), *(ROOT / "web/src").rglob("*.svelte")]):
        found.update(dict.fromkeys(messages_of_web(path.read_text(), str(path.relative_to(ROOT)))))
    return found


def messages_of_python(source: bytes) -> Iterator[Message]:
    for _line, message, _comments, _context in extract("python", io.BytesIO(source), PYTHON_KEYWORDS):
        yield message if isinstance(message, str) else (message[0], message[1])


def messages_of_template(source: str) -> Iterator[Message]:
    yield from (quoted[1:-1] for quoted in _TEMPLATE_TAG.findall(source))


def messages_of_record(source: bytes) -> Iterator[Message]:
    """Jinja2's own extraction gives every argument, None for those that are not literal."""
    for _line, call, message, _comments in babel_extract(io.BytesIO(source), tuple(RECORD_KEYWORDS), (), {}):
        said = (message,) if isinstance(message, str) else message
        yield (said[0], said[1]) if call == "tell_count" else said[0]


def messages_of_web(source: str, name: str) -> Iterator[Message]:
    """Raises ValueError for a t( or n( whose text is not literal: it could never be translated."""
    found = list(_WEB_CALL.finditer(source))
    literal = {match.start() for match in found}
    for start in _WEB_START.finditer(source):
        if start.start() not in literal:
            line = source.count("\n", 0, start.start()) + 1
            raise ValueError(f"{name}:{line}: {start[0]}…) needs its text as a plain string, here")
    for match in found:
        said, singular, plural = (text and ast.literal_eval(text) for text in match.groups())
        yield said if said is not None else (singular, plural)


def renew(language: str, messages: dict[Message, None]) -> Catalog:
    """Writes a language's catalogue anew: all messages, sorted, with the translations that it had."""
    path = LOCALE / language / "LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    before = read_po(path.open("rb"), locale=language) if path.exists() else Catalog(locale=language)
    catalogue = Catalog(locale=language)
    for message in messages:
        known = before.get(message if isinstance(message, str) else message[0])
        catalogue.add(message, known.string if known and same_kind(known.id, message) else "")
    body = io.BytesIO()
    write_po(body, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    path.write_text(header(catalogue) + body.getvalue().decode())
    return catalogue


def same_kind(known: object, message: Message) -> bool:
    return isinstance(known, str) == isinstance(message, str)


def header(catalogue: Catalog) -> str:
    """What gettext needs to know of a catalogue, and nothing that changes from day to day."""
    return (
        'msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Language: {catalogue.locale}\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS[str(catalogue.locale)]}\\n"\n\n'
    )


def main() -> None:
    messages = collected_messages()
    for language in PLURAL_FORMS:
        catalogue = renew(language, messages)
        said = sum(1 for message in catalogue if message.id and message.string and any(message.string))
        print(f"{language}: {len(messages)} sentences" + ("" if language == "en" else f", {said} translated"))


if __name__ == "__main__":
    main()

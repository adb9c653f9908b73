"""The text page: plain HTML that grows as people speak; knows no script, and nothing of how it is sent.

It is one endless document: a head with the last lines, then paragraphs as they come. What is on the page cannot be
taken back, so a correction by a person comes as a paragraph of its own, and what a machine makes anew of its own words
does not come at all. When the line drops, the browser has a whole
page as far as it goes, and loads it again by itself (`Refresh`), as browsers without a script do.
"""

import base64
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from intercommunity.gateway.hub import Changes
from intercommunity.gateway.shown import Shown
from intercommunity.meeting.captions.view import LineView
from intercommunity.meeting.description import Texts
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.questions.question import Status
from intercommunity.meeting.questions.view import QuestionView
from intercommunity.meeting.views import Audience, view
from intercommunity.wire.catalogue import direction, say
from intercommunity.wire.language_names import own_name

LINES_AT_FIRST = 30
"""With these the first screen stays within the 14 KB that arrive in one round trip."""

HEARTBEAT = b"<!-- -->\n"

RELOAD_AFTER_S = 4

_STYLE = (
    "body{max-inline-size:44rem;margin:auto;padding:1rem;font:1.15rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}"
    "html{color-scheme:light dark;background:Canvas}"
    "p{margin:.5em 0}b{font-weight:600}i,small,time{opacity:.75}h2{font-size:1.15rem;margin-block-start:1.6em}"
)

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'"
)


def render_page(shown: Shown, audience: Audience, *, growing: bool = True) -> bytes:
    """The page as a newcomer gets it; a growing one has no end, the other one closes its tags."""
    meeting, language = shown.meeting, audience.language
    title = escape(in_language(meeting.description.title, language))
    parts = [_head(meeting, language, title, growing=growing), _session(meeting, language)]
    parts += _lines(meeting, language, shown.track(language, None, LINES_AT_FIRST).lines)
    staged = meeting.questions.staged()
    if staged is not None:
        parts.append(_question(meeting, audience, staged.id))
    if not growing:
        parts.append("</main></body></html>\n")
    return "".join(parts).encode()


def lines_told(shown: Shown, audience: Audience) -> set[str]:
    """The lines that stand on pages which are opened now, or stood there before what they show."""
    return {line.id for line in shown.meeting.captions.lines.values() if audience.language in line.wordings}


def render_changes(shown: Shown, audience: Audience, changes: Changes, told: set[str]) -> bytes:
    """Paragraphs for what has changed. `told` holds the lines that are on the pages; the new ones are added to it."""
    meeting, language = shown.meeting, audience.language
    if changes.everything:
        told.clear()
        said = say(language, "The meeting starts over.")
        return f"<hr><p><i>{escape(said)}</i></p>\n".encode()
    parts = [_session(meeting, language)] if "floor" in changes.topics else []
    changed = shown.lines(f"captions/{language}", changes)
    parts += [_amendment(line, language) for line in changed if line.id in told]
    parts += _lines(meeting, language, [line for line in changed if line.id not in told and not line.struck], live=True)
    told.update(line.id for line in changed)
    for topic in changes.topics:
        if topic.startswith("questions/"):
            parts.append(_question(meeting, audience, topic.removeprefix("questions/")))
    return "".join(parts).encode()


def _head(meeting: Meeting, language: str, title: str, *, growing: bool) -> str:
    slug = escape(meeting.description.slug)
    others = "".join(
        f' <a href="/live/{slug}/text?lang={escape(each)}" lang="{escape(each)}" hreflang="{escape(each)}">'
        f"{escape(own_name(each))}</a>"
        for each in meeting.description.languages
        if each != language
    )
    other_way = "no" if growing else "yes"
    whole_page = say(language, "With questions and votes")
    hint = say(language, "A page that ends") if growing else say(language, "A page that grows")
    refresh = f'<meta http-equiv="refresh" content="{RELOAD_AFTER_S}">' if growing else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction(language)}">'
        f'<head><meta charset="utf-8">{refresh}'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>\n'
        f"<body><header><h1>{title}</h1><nav>{others} "
        f'<a href="/live/{slug}/text?lang={escape(language)}&amp;grow={other_way}">{escape(hint)}</a> '
        f'<a href="/{slug}/">{escape(whole_page)}</a></nav></header><main>\n'
    )


def _session(meeting: Meeting, language: str) -> str:
    session = next((each for each in meeting.description.sessions if each.id == meeting.floor.session), None)
    return f"<h2>{escape(in_language(session.title, language))}</h2>\n" if session else ""


def _lines(meeting: Meeting, language: str, lines: Iterable[LineView], *, live: bool = False) -> list[str]:
    names = {speaker.id: speaker.name for speaker in meeting.description.speakers}
    parts: list[str] = []
    last = ""
    for line in lines:
        speaker = names.get(line.speaker, line.speaker)
        named = speaker if speaker != last or line.turn or live else ""
        last = speaker
        parts.append(_line(line, named, language))
    return parts


def _amendment(line: LineView, language: str) -> str:
    if line.struck:
        said = say(language, "A line was taken out.")
        return f"<p><i>{escape(said)}</i></p>\n"
    if not line.corrected:
        return ""
    said = say(language, "Correction")
    return f"<p><i>{escape(said)}:</i> {_moment(line)}{escape(line.text)}</p>\n"


def _moment(line: LineView) -> str:
    spoken = datetime.fromtimestamp(line.start / 1000, UTC)
    return f'<time datetime="{spoken:%Y-%m-%dT%H:%M:%SZ}">{spoken:%H:%M}</time> '


def _line(line: LineView, named: str, language: str) -> str:
    who = f"<b>{escape(named)}:</b> " if named else ""
    words = f"<i>{escape(line.text)}</i>" if line.remark else escape(line.text)
    mark = say(language, "machine") if line.machine else say(language, "corrected") if line.corrected else ""
    noted = f" <small>({escape(mark)})</small>" if mark else ""
    return f'<p id="line-{escape(line.id)}">{_moment(line)}{who}{words}{noted}</p>\n'


def _question(meeting: Meeting, audience: Audience, question_id: str) -> str:
    found = view(meeting, f"questions/{question_id}", audience)
    if not isinstance(found, QuestionView) or found.status != Status.STAGED:
        return ""
    language = audience.language
    where = ", ".join(each for each in (found.name, found.affiliation, found.country) if each)
    on_stage = say(language, "Question on stage")
    return f"<p><b>{escape(on_stage)}:</b> {escape(found.text)}{' — ' if where else ''}{escape(where)}</p>\n"


def in_language(texts: Texts, language: str) -> str:
    """The text in this language, else in the first there is."""
    return texts.get(language) or next(iter(texts.values()), "")

"""What everybody may see of a meeting's description.

1. Everybody sees titles, languages, sessions, speakers and nodes, and whether machines translate.
2. Nobody sees the people behind the desks here, nor anything of links.
3. The glossary is for those who write captions and correct translations.
"""

from intercommunity.meeting.actor import Role
from intercommunity.meeting.agenda.rules import Agenda
from intercommunity.meeting.description import Node, Session, Speaker, Term, Texts
from intercommunity.meeting.kinds import View

GLOSSARY_ROLES = frozenset({Role.CAPTIONER, Role.MODERATOR, Role.HOST})


class MeetingView(View, frozen=True):
    slug: str
    title: Texts
    starts: int
    languages: tuple[str, ...]
    sessions: tuple[Session, ...]
    speakers: tuple[Speaker, ...]
    nodes: tuple[Node, ...]
    translator: str
    policy: str
    entrance: str
    rehearsal: bool = False
    ended: int = 0


class GlossaryView(View, frozen=True):
    terms: tuple[Term, ...]


def view_meeting(agenda: Agenda) -> MeetingView:
    said = agenda.description
    return MeetingView(
        slug=said.slug,
        title=said.title,
        starts=said.starts,
        languages=said.languages,
        sessions=said.sessions,
        speakers=said.speakers,
        nodes=said.nodes,
        translator=said.translator,
        policy=said.questions.policy,
        entrance=said.entrance,
        rehearsal=said.rehearsal,
        ended=agenda.ended,
    )


def view_glossary(agenda: Agenda, role: Role) -> GlossaryView | None:
    return GlossaryView(agenda.description.glossary) if role in GLOSSARY_ROLES else None

"""Which session is open and who has the floor.

1. One session is open at most; opening one closes the one before.
2. A closed session can be opened again: its time goes on from the first opening.
3. The floor is with one speaker, in one language of the meeting, on one node of the meeting, or with nobody.
4. Closing a session takes the floor back.
"""

from msgspec import Struct
from msgspec.structs import replace

from intercommunity.meeting.description import Description
from intercommunity.meeting.floor.commands import CloseSession, GiveFloor, OpenSession
from intercommunity.meeting.floor.events import FloorGiven, SessionClosed, SessionOpened
from intercommunity.meeting.kinds import Fact
from intercommunity.meeting.refusal import Refused


class Span(Struct, frozen=True):
    """When a session ran: ms UTC, `closed` 0 while it runs."""

    opened: int
    closed: int = 0


class Turn(Struct, frozen=True, omit_defaults=True):
    """Who has the floor since when (ms UTC)."""

    since: int = 0
    speaker: str = ""
    language: str = ""
    node: str = ""


class Floor:
    """`turns` is everybody who had the floor, in order; the last has it now."""

    __slots__ = ("session", "spans", "turns")

    def __init__(self) -> None:
        self.session = ""
        self.spans: dict[str, Span] = {}
        self.turns: list[Turn] = []

    def copy(self) -> "Floor":
        copied = Floor()
        copied.session, copied.spans, copied.turns = self.session, dict(self.spans), list(self.turns)
        return copied

    def turn(self) -> Turn:
        return self.turns[-1] if self.turns else Turn()


def open_session(floor: Floor, command: OpenSession, description: Description) -> list[Fact]:
    _ensure_session(command.session, description)
    if floor.session == command.session:
        raise Refused("session_is_open")
    closing: list[Fact] = [SessionClosed(floor.session)] if floor.session else []
    return [*closing, SessionOpened(command.session)]


def close_session(floor: Floor, command: CloseSession, description: Description) -> list[Fact]:
    _ensure_session(command.session, description)
    if floor.session != command.session:
        raise Refused("session_is_not_open")
    return [SessionClosed(command.session)]


def give_floor(floor: Floor, command: GiveFloor, description: Description) -> list[Fact]:
    if command.language and command.language not in description.languages:
        raise Refused("language_unknown", language=command.language)
    if command.node and command.node not in {node.id for node in description.nodes}:
        raise Refused("node_unknown", node=command.node)
    now = floor.turn()
    if (now.speaker, now.language, now.node) == (command.speaker, command.language, command.node):
        return []
    return [FloorGiven(command.speaker, command.language, command.node)]


def _ensure_session(session: str, description: Description) -> None:
    if session not in {each.id for each in description.sessions}:
        raise Refused("session_unknown", session=session)


def apply_session_opened(floor: Floor, fact: SessionOpened, at: int) -> None:
    if floor.session != fact.session:
        apply_session_closed(floor, SessionClosed(floor.session), at)
    before = floor.spans.get(fact.session)
    floor.spans[fact.session] = replace(before, closed=0) if before else Span(opened=at)
    floor.session = fact.session


def apply_session_closed(floor: Floor, fact: SessionClosed, at: int) -> None:
    """A session that is not open, because two hosts closed it, stays as it is."""
    if not fact.session or floor.session != fact.session:
        return
    floor.spans[fact.session] = replace(floor.spans[fact.session], closed=at)
    floor.session = ""
    turn = floor.turn()
    if turn.speaker or turn.language or turn.node:
        floor.turns.append(Turn(since=at))


def apply_floor_given(floor: Floor, fact: FloorGiven, at: int) -> None:
    floor.turns.append(Turn(since=at, speaker=fact.speaker, language=fact.language, node=fact.node))


def session_at(floor: Floor, moment: int) -> str:
    """The session that ran at `moment` (ms UTC): the latest opened by then; what came before all is the first's."""
    opened = sorted((span.opened, session) for session, span in floor.spans.items())
    before = [session for at, session in opened if at <= moment]
    return before[-1] if before else (opened[0][1] if opened else "")

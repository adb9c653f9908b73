"""The law of counting: a poll's count is provisional until every node was heard, then certified, and never moves."""

from intercommunity.meeting.actor import Role
from intercommunity.meeting.log import Event
from intercommunity.meeting.polls.commands import CastBallot
from intercommunity.meeting.polls.events import BallotCast, CloseHeard, PollClosed
from intercommunity.meeting.polls.view import PollView, view_own_ballots, view_poll
from intercommunity.meeting.refusal import Refused
from properties import wishes
from properties.law import Law
from properties.rooms import Granted, Rooms, Step, World, play, worlds

WISHES = {**wishes.POLLS, **wishes.DESCRIBING}


def check_counting(world: World, _seed: int) -> None:
    """1. Once certified at any node, a count is the same at every node that has it certified, and never changes.
    2. Before a node has heard of the close it accepts ballots; afterwards it refuses them.
    3. In the end, the count is that of the latest ballot of each person that a node in the meeting accepted before
       it had heard of the close; nobody counts twice.
    4. In the end, every closed poll is certified.
    """
    certified: dict[str, tuple[int, ...]] = {}
    rooms = play(world, WISHES, lambda *moment: _check_moment(certified, *moment))
    rooms.exchange_all()
    for node in range(len(rooms.names)):
        _note_certified(certified, rooms, node)
        for poll in rooms.meeting(node).polls.by_id:
            shown = _shown(rooms, node, poll)
            assert shown.counts == expected_counts(rooms, poll)
            assert shown.ballots == sum(shown.counts) <= len(wishes.VOTERS)
            assert shown.certified == bool(shown.closed_at)


def _check_moment(certified: dict[str, tuple[int, ...]], rooms: Rooms, step: Step, granted: Granted | None) -> None:
    for node in range(len(rooms.names)):
        _note_certified(certified, rooms, node)
    if granted and isinstance(granted.command, CastBallot):
        _check_ballot(rooms, step[0], granted.command, granted.actor.person, granted.refused)


def _check_ballot(rooms: Rooms, node: int, ballot: CastBallot, person: str, refused: Refused | None) -> None:
    poll = rooms.meeting(node).polls.by_id.get(ballot.poll)
    closed = [event for event in rooms.held[node] if event.fact == PollClosed(ballot.poll)]
    if poll is None:
        assert refused is not None
        assert refused.code == "poll_unknown"
    elif closed and poll.closed_at:
        assert refused is not None
        assert refused.code == "poll_closed"
    else:
        assert refused is None
        assert view_own_ballots(rooms.meeting(node).polls, person)[ballot.poll] == ballot.option


def _note_certified(certified: dict[str, tuple[int, ...]], rooms: Rooms, node: int) -> None:
    for poll in rooms.meeting(node).polls.by_id:
        shown = _shown(rooms, node, poll)
        if shown.certified:
            assert certified.setdefault(poll, shown.counts) == shown.counts


def _shown(rooms: Rooms, node: int, poll: str) -> PollView:
    shown = view_poll(rooms.meeting(node).polls, poll, Role.HOST)
    assert shown is not None
    return shown


def expected_counts(rooms: Rooms, poll: str) -> tuple[int, ...]:
    """Counted from the events alone."""
    events = sorted(rooms.written, key=lambda event: event.stamp)
    notes: dict[str, Event] = {}
    for event in events:
        if event.fact in (PollClosed(poll), CloseHeard(poll)):
            notes.setdefault(event.stamp.node, event)
    writers = _writers_at(events, notes["hub"]) if "hub" in notes else set(rooms.names)
    latest: dict[str, int] = {}
    for event in events:
        note = notes.get(event.stamp.node)
        in_time = note is None or event.stamp.number < note.stamp.number
        if isinstance(event.fact, BallotCast) and event.fact.poll == poll and in_time and event.stamp.node in writers:
            latest[event.fact.person] = event.fact.option
    return tuple(list(latest.values()).count(option) for option in range(3))


def _writers_at(events: list[Event], note: Event) -> set[str]:
    at_the_hub = [event for event in events if event.stamp < note.stamp and event.stamp.node == "hub"]
    described = [event.fact.description for event in at_the_hub if hasattr(event.fact, "description")]
    return {"hub"} | {node.id for node in described[-1].nodes if node.server}


COUNTING = Law(worlds([*WISHES, "ballot", "ballot", "ballot"], most=30), check_counting, 400)

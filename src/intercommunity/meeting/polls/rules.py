"""How a poll is counted when the rooms that vote may be cut off from each other.

1. A node accepts ballots until it has heard of the close; then it writes so into its log.
2. A ballot counts if its node wrote it before that; of a person's ballots the latest counts. So a ballot that a room
   accepted while its line was down counts, though it reaches the others after the close.
3. The count is provisional until every node's note is here, and certified from then on: nothing can change it again,
   since in each node's log everything that comes before the note is already here.
4. Which nodes those are is settled by the hub's own note: whoever is described as writing a log by then. Ballots of
   other nodes do not count, so a room that is lost for good is taken out of the description before the poll is closed.
"""

from msgspec import Struct
from msgspec.structs import replace

from intercommunity.meeting.actor import Actor
from intercommunity.meeting.description import HUB, Description, Texts
from intercommunity.meeting.kinds import Fact
from intercommunity.meeting.polls.commands import CastBallot, ClosePoll, HearClose, OpenPoll
from intercommunity.meeting.polls.events import BallotCast, CloseHeard, PollClosed, PollOpened
from intercommunity.meeting.refusal import Refused


class Poll(Struct, frozen=True):
    """`heard` holds the nodes that know of the close; `closed_at` is ms UTC, 0 while it is open.

    `writers` holds the nodes whose ballots count, once the hub has heard of the close.
    """

    id: str
    question: Texts
    options: tuple[Texts, ...]
    opened_at: int
    closed_at: int = 0
    heard: frozenset[str] = frozenset()
    writers: frozenset[str] = frozenset()


class Polls:
    """`ballots` by poll and person: their option by the node that accepted it, the latest last."""

    __slots__ = ("ballots", "by_id")

    def __init__(self) -> None:
        self.by_id: dict[str, Poll] = {}
        self.ballots: dict[str, dict[str, dict[str, int]]] = {}

    def copy(self) -> "Polls":
        copied = Polls()
        copied.by_id = dict(self.by_id)
        copied.ballots = {
            poll: {person: dict(cast) for person, cast in ballots.items()} for poll, ballots in self.ballots.items()
        }
        return copied

    def standing(self, poll_id: str, person: str) -> int | None:
        """The option a person's vote counts for, if it counts."""
        writers = self.by_id[poll_id].writers
        cast = self.ballots.get(poll_id, {}).get(person, {})
        return next((cast[node] for node in reversed(cast) if not writers or node in writers), None)

    def counts(self, poll_id: str) -> list[int]:
        """Ballots by option."""
        counts = [0] * len(self.by_id[poll_id].options)
        for person in self.ballots.get(poll_id, ()):
            option = self.standing(poll_id, person)
            if option is not None and option < len(counts):
                counts[option] += 1
        return counts


def certified(poll: Poll) -> bool:
    """Whether every node whose ballots count has been heard from past the close."""
    return bool(poll.writers) and poll.writers <= poll.heard


def open_poll(command: OpenPoll, description: Description) -> list[Fact]:
    for texts in (command.question, *command.options):
        unknown = set(texts) - set(description.languages)
        if unknown:
            raise Refused("language_unknown", language=min(unknown))
        if not texts:
            raise Refused("text_empty")
    return [PollOpened(command.question, command.options)]


def cast_ballot(polls: Polls, command: CastBallot, actor: Actor, node: str) -> list[Fact]:
    poll = _known(polls, command.poll)
    if poll.closed_at:
        raise Refused("poll_closed")
    if command.option >= len(poll.options):
        raise Refused("option_unknown")
    cast = polls.ballots.get(poll.id, {}).get(actor.person, {})
    if list(cast.items())[-1:] == [(node, command.option)]:
        return []
    return [BallotCast(poll.id, actor.person, command.option)]


def close_poll(polls: Polls, command: ClosePoll) -> list[Fact]:
    poll = _known(polls, command.poll)
    if poll.closed_at:
        raise Refused("poll_closed")
    return [PollClosed(poll.id)]


def hear_close(polls: Polls, command: HearClose, node: str) -> list[Fact]:
    poll = _known(polls, command.poll)
    if not poll.closed_at or node in poll.heard:
        return []
    return [CloseHeard(poll.id)]


def _known(polls: Polls, poll_id: str) -> Poll:
    poll = polls.by_id.get(poll_id)
    if poll is None:
        raise Refused("poll_unknown")
    return poll


def apply_poll_opened(polls: Polls, fact: PollOpened, event: str, at: int) -> None:
    polls.by_id[event] = Poll(event, fact.question, fact.options, opened_at=at)


def apply_ballot_cast(polls: Polls, fact: BallotCast, node: str) -> None:
    """A ballot that a node wrote after it had heard of the close changes nothing."""
    poll = polls.by_id.get(fact.poll)
    if poll is not None and node not in poll.heard:
        cast = polls.ballots.setdefault(poll.id, {}).setdefault(fact.person, {})
        cast.pop(node, None)
        cast[node] = fact.option


def apply_poll_closed(polls: Polls, fact: PollClosed, node: str, at: int, writers: frozenset[str]) -> None:
    poll = polls.by_id.get(fact.poll)
    if poll is not None:
        polls.by_id[poll.id] = replace(poll, closed_at=poll.closed_at or at)
        apply_close_heard(polls, CloseHeard(poll.id), node, writers)


def apply_close_heard(polls: Polls, fact: CloseHeard, node: str, writers: frozenset[str]) -> None:
    """`writers`: the nodes that write a log, as the hub knows it now."""
    poll = polls.by_id.get(fact.poll)
    if poll is None or node in poll.heard:
        return
    settled = writers if node == HUB else poll.writers
    polls.by_id[poll.id] = replace(poll, heard=poll.heard | {node}, writers=settled)

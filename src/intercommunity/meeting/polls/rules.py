"""How a poll is counted when the rooms that vote may be cut off from each other.

1. A node accepts ballots until it has heard of the close; then it writes so into its log.
2. A ballot counts if its node wrote it before that; of a person's ballots the latest counts. So a ballot that a room
   accepted while its line was down counts, though it reaches the others after the close.
3. The count is provisional until every node's note is here, and certified from then on: nothing can change it again,
   since in each node's log everything that comes before the note is already here.
"""

from msgspec import Struct
from msgspec.structs import replace

from intercommunity.meeting.actor import Actor
from intercommunity.meeting.description import Description, Texts
from intercommunity.meeting.kinds import Fact
from intercommunity.meeting.polls.commands import CastBallot, ClosePoll, HearClose, OpenPoll
from intercommunity.meeting.polls.events import BallotCast, CloseHeard, PollClosed, PollOpened
from intercommunity.meeting.refusal import Refused


class Poll(Struct, frozen=True):
    """`heard` holds the nodes that know of the close; `closed_at` is ms UTC, 0 while it is open."""

    id: str
    question: Texts
    options: tuple[Texts, ...]
    opened_at: int
    closed_at: int = 0
    heard: frozenset[str] = frozenset()


class Polls:
    """`ballots` by poll: each person's option."""

    __slots__ = ("ballots", "by_id")

    def __init__(self) -> None:
        self.by_id: dict[str, Poll] = {}
        self.ballots: dict[str, dict[str, int]] = {}

    def copy(self) -> "Polls":
        copied = Polls()
        copied.by_id = dict(self.by_id)
        copied.ballots = {poll: dict(ballots) for poll, ballots in self.ballots.items()}
        return copied

    def counts(self, poll_id: str) -> list[int]:
        """Ballots by option."""
        counts = [0] * len(self.by_id[poll_id].options)
        for option in self.ballots.get(poll_id, {}).values():
            if option < len(counts):
                counts[option] += 1
        return counts


def certified(poll: Poll, writers: frozenset[str]) -> bool:
    """Whether every node that writes a log has been heard from past the close."""
    return bool(poll.closed_at) and writers <= poll.heard


def open_poll(command: OpenPoll, description: Description) -> list[Fact]:
    for texts in (command.question, *command.options):
        unknown = set(texts) - set(description.languages)
        if unknown:
            raise Refused("language_unknown", language=min(unknown))
        if not texts:
            raise Refused("text_empty")
    return [PollOpened(command.question, command.options)]


def cast_ballot(polls: Polls, command: CastBallot, actor: Actor) -> list[Fact]:
    poll = _known(polls, command.poll)
    if poll.closed_at:
        raise Refused("poll_closed")
    if command.option >= len(poll.options):
        raise Refused("option_unknown")
    if polls.ballots.get(poll.id, {}).get(actor.person) == command.option:
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
        polls.ballots.setdefault(poll.id, {})[fact.person] = fact.option


def apply_poll_closed(polls: Polls, fact: PollClosed, node: str, at: int) -> None:
    poll = polls.by_id.get(fact.poll)
    if poll is not None:
        polls.by_id[poll.id] = replace(poll, closed_at=poll.closed_at or at, heard=poll.heard | {node})


def apply_close_heard(polls: Polls, fact: CloseHeard, node: str) -> None:
    poll = polls.by_id.get(fact.poll)
    if poll is not None:
        polls.by_id[poll.id] = replace(poll, heard=poll.heard | {node})

"""What may be seen of a poll.

1. Everybody sees the question, the options and how many have voted.
2. The counts by option show to everybody once the poll is closed, and whether they are provisional or certified; hosts
   and moderators see them before.
3. Each person sees their own ballot; nobody sees another's.
"""

from intercommunity.meeting.actor import Role
from intercommunity.meeting.description import Texts
from intercommunity.meeting.kinds import View
from intercommunity.meeting.polls.rules import Polls, certified

SEES_COUNTS = frozenset({Role.HOST, Role.MODERATOR})


class PollView(View, frozen=True):
    id: str
    question: Texts
    options: tuple[Texts, ...]
    opened_at: int
    ballots: int
    closed_at: int = 0
    certified: bool = False
    counts: tuple[int, ...] = ()


def view_poll(polls: Polls, poll_id: str, role: Role) -> PollView | None:
    poll = polls.by_id.get(poll_id)
    if poll is None:
        return None
    counts = polls.counts(poll_id)
    shown = bool(poll.closed_at) or role in SEES_COUNTS
    return PollView(
        id=poll.id,
        question=poll.question,
        options=poll.options,
        opened_at=poll.opened_at,
        ballots=sum(counts),
        closed_at=poll.closed_at,
        certified=certified(poll),
        counts=tuple(counts) if shown else (),
    )


def view_own_ballots(polls: Polls, person: str) -> dict[str, int]:
    """Option by poll."""
    standing = ((poll, polls.standing(poll, person)) for poll in polls.ballots)
    return {poll: option for poll, option in standing if option is not None}

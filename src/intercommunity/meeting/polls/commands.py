"""What can be wished about polls."""

from typing import Annotated

from msgspec import Meta

from intercommunity.meeting.kinds import Command
from intercommunity.meeting.limits import Id

PollText = dict[str, Annotated[str, Meta(min_length=1, max_length=300)]]


class OpenPoll(Command, frozen=True):
    """Question and options in the languages of the meeting, at least in one."""

    question: Annotated[PollText, Meta(min_length=1)]
    options: Annotated[tuple[PollText, ...], Meta(min_length=2, max_length=12)]


class CastBallot(Command, frozen=True):
    poll: Id
    option: Annotated[int, Meta(ge=0, le=11)]


class ClosePoll(Command, frozen=True):
    poll: Id


class HearClose(Command, frozen=True):
    """A node's own note that it has heard of a close that another node made."""

    poll: Id

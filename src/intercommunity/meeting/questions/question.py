"""A question and all questions of a meeting: the state, and how to read it; knows no rule."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct, field


class Status(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    STAGED = "staged"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


SHOWN = frozenset({Status.APPROVED, Status.STAGED, Status.ANSWERED})
"""What everybody sees, and can vote for until it is answered."""


class Translation(Struct, frozen=True, omit_defaults=True):
    """`machine` names the engine, empty: a person's work."""

    text: str
    machine: str = ""


class Reply(Struct, frozen=True):
    """An answer in writing. `event` is that which wrote it."""

    text: str
    language: str
    at: int
    event: str
    translations: dict[str, Translation] = field(default_factory=dict)


class Question(Struct, frozen=True):
    """`merged_into` names the question that stands for this one; `answered_at` is ms UTC, 0 before."""

    id: str
    text: str
    language: str
    person: str
    name: str
    affiliation: str
    country: str
    node: str
    asked_at: int
    rank: float
    status: Status = Status.WAITING
    reason: str = ""
    decided_by: str = ""
    """The actor who approved or declined it last."""
    merged_into: str = ""
    staged_at: int = 0
    answered_at: int = 0
    reply: Reply | None = None
    translations: dict[str, Translation] = field(default_factory=dict)


class Questions:
    """`votes` by question, the people who want it answered; `asked` by person, when (ms UTC).

    `last_rank` is the highest that any question ever had: a new one comes after it.
    """

    __slots__ = ("asked", "by_id", "last_rank", "merged", "votes")

    def __init__(self) -> None:
        self.by_id: dict[str, Question] = {}
        self.votes: dict[str, set[str]] = {}
        self.merged: dict[str, tuple[str, ...]] = {}
        self.asked: dict[str, tuple[int, ...]] = {}
        self.last_rank = 0.0

    def copy(self) -> "Questions":
        copied = Questions()
        copied.by_id, copied.merged, copied.asked = dict(self.by_id), dict(self.merged), dict(self.asked)
        copied.last_rank = self.last_rank
        copied.votes = {question: set(people) for question, people in self.votes.items()}
        return copied

    def root(self, question: str) -> str:
        """The question that stands for this one, after all merges."""
        while (found := self.by_id.get(question)) is not None and found.merged_into:
            question = found.merged_into
        return question

    def family(self, question: str) -> Iterator[str]:
        """A question and all that were merged into it, directly or not."""
        yield question
        for each in self.merged.get(question, ()):
            yield from self.family(each)

    def voters(self, question: str) -> set[str]:
        """Everybody who voted for a question or one merged into it: nobody counts twice."""
        family = list(self.family(question))
        if len(family) == 1:
            return self.votes.get(question, set())
        return set().union(*(self.votes.get(each, set()) for each in family))

    def staged(self) -> Question | None:
        return next((each for each in self.by_id.values() if each.status is Status.STAGED), None)

    def queue(self) -> list[Question]:
        """What waits for an answer on stage, in the moderator's order."""
        waiting = [q for q in self.by_id.values() if q.status is Status.APPROVED and not q.merged_into]
        return sorted(waiting, key=lambda question: (question.rank, question.id))

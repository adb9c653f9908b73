"""The law of asking: merges make no circle, votes add up, one question is on stage, what is withdrawn stays so."""

from intercommunity.meeting.actor import Role
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.questions.events import QuestionWithdrawn, VoteCast, VoteWithdrawn
from intercommunity.meeting.questions.question import Status
from intercommunity.meeting.questions.view import view_question
from properties import wishes
from properties.law import Law
from properties.rooms import Rooms, World, play, worlds


def check_asking(world: World, _seed: int) -> None:
    """At every node, at every moment and in the end:
    1. following merges from any question ends, at a question that is merged into no other;
    2. a question's votes are the people who voted for it or what was merged into it, each once;
    3. one question is on stage at most;
    4. what was withdrawn is withdrawn.
    """
    rooms = play(world, wishes.QUESTIONS, lambda rooms, *_: _check_nodes(rooms))
    rooms.exchange_all()
    _check_nodes(rooms)


def _check_nodes(rooms: Rooms) -> None:
    for replica in rooms.replicas:
        _check_merges(replica.meeting)
        _check_votes(replica.meeting, replica.logs.events)
        questions = replica.meeting.questions.by_id.values()
        assert sum(question.status is Status.STAGED for question in questions) <= 1
        for event in replica.logs.events:
            if isinstance(event.fact, QuestionWithdrawn):
                assert replica.meeting.questions.by_id[event.fact.question].status is Status.WITHDRAWN


def stands_for(meeting: Meeting, question: str) -> str:
    """Found by itself, and with an end."""
    for _ in range(len(meeting.questions.by_id) + 1):
        into = meeting.questions.by_id[question].merged_into
        if not into:
            return question
        question = into
    raise AssertionError("merged in a circle")


def _check_merges(meeting: Meeting) -> None:
    for question in meeting.questions.by_id:
        stands_for(meeting, question)
    merged = {(each, into) for into, several in meeting.questions.merged.items() for each in several}
    assert merged == {(q.id, q.merged_into) for q in meeting.questions.by_id.values() if q.merged_into}


def _check_votes(meeting: Meeting, events: list) -> None:
    votes: dict[tuple[str, str], bool] = {}
    for event in events:
        if isinstance(event.fact, VoteCast | VoteWithdrawn):
            votes[event.fact.question, event.fact.person] = isinstance(event.fact, VoteCast)
    for question in meeting.questions.by_id:
        if stands_for(meeting, question) == question:
            people = {p for (each, p), cast in votes.items() if cast and stands_for(meeting, each) == question}
            shown = view_question(meeting.questions, question, Role.HOST, "en")
            assert shown is not None
            assert shown.votes == len(people)


ASKING = Law(
    worlds([*wishes.QUESTIONS, "unstage", "ask", "merge", "merge", "vote", "vote", "split"], most=36), check_asking, 400
)

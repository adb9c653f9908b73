"""What may be done with questions, and by whom it is decided.

1. Who takes part may ask, a bounded number an hour, until too many wait; in a moderated meeting a moderator sees it
   before the others.
2. A decision (approve, decline) is taken once. Who decides after somebody else is told so, and can decide again on
   purpose.
3. Duplicates are merged into one that stands for them, also across languages. A merge never makes a circle.
4. One question is on stage at most. What leaves the stage unanswered returns to the queue.
5. A vote is for a question that everybody sees and that is not answered yet; a person counts once, whatever was
   merged.
6. A machine translates what nobody has translated; a person's translation stays.
"""

from intercommunity.meeting.actor import Actor, Role
from intercommunity.meeting.description import Description, QuestionPolicy
from intercommunity.meeting.kinds import Fact
from intercommunity.meeting.questions import commands as wish
from intercommunity.meeting.questions import events as fact
from intercommunity.meeting.questions.question import SHOWN, Question, Questions, Status
from intercommunity.meeting.refusal import Refused

HOUR_MS = 3_600_000
MOST_WAITING = 2_000


def ask_question(
    questions: Questions, command: wish.AskQuestion, actor: Actor, now: int, description: Description
) -> list[Fact]:
    _ensure_not_too_many(questions, actor, now, description.questions.per_person_per_hour)
    _ensure_room(questions)
    asked = fact.QuestionAsked(
        text=command.text,
        language=command.language,
        person=actor.person,
        name=actor.name,
        affiliation=actor.affiliation,
        country=actor.country or _country_of(actor.node, description),
        node=actor.node,
    )
    return [asked]


def asked_openly(description: Description) -> bool:
    """Whether a question is seen by everybody as soon as it is asked."""
    return description.questions.policy is QuestionPolicy.OPEN


def _country_of(node: str, description: Description) -> str:
    return next((each.country for each in description.nodes if each.id == node), "")


def _ensure_not_too_many(questions: Questions, actor: Actor, now: int, most: int) -> None:
    recent = [at for at in questions.asked.get(actor.person, ()) if at > now - HOUR_MS]
    if len(recent) >= most:
        minutes = max(1, -(-(recent[0] + HOUR_MS - now) // 60_000))
        raise Refused("too_many_questions", most=most, minutes=minutes)


def _ensure_room(questions: Questions) -> None:
    """Nobody can read more than so many; and everything that waits is shown to every moderator."""
    if sum(each.status is Status.WAITING for each in questions.by_id.values()) >= MOST_WAITING:
        raise Refused("queue_full", most=MOST_WAITING)


def withdraw_question(questions: Questions, command: wish.WithdrawQuestion, actor: Actor) -> list[Fact]:
    question = _known(questions, command.question)
    if question.person != actor.person:
        raise Refused("question_not_yours")
    if question.status in (Status.STAGED, Status.ANSWERED):
        raise Refused("question_already_decided", status=question.status)
    return [] if question.status is Status.WITHDRAWN else [fact.QuestionWithdrawn(question.id)]


def approve_question(questions: Questions, command: wish.ApproveQuestion) -> list[Fact]:
    question = _known(questions, command.question)
    if question.status is Status.WITHDRAWN:
        raise Refused("question_withdrawn")
    decidable = question.status is Status.WAITING or (command.again and question.status is Status.DECLINED)
    if not decidable:
        raise Refused("question_already_decided", status=question.status)
    return [fact.QuestionApproved(question.id)]


def decline_question(questions: Questions, command: wish.DeclineQuestion) -> list[Fact]:
    question = _known(questions, command.question)
    if question.status is Status.WITHDRAWN:
        raise Refused("question_withdrawn")
    decidable = question.status is Status.WAITING or (command.again and question.status is Status.APPROVED)
    if not decidable:
        raise Refused("question_already_decided", status=question.status)
    if not command.reason:
        raise Refused("reason_needed")
    return [fact.QuestionDeclined(question.id, command.reason)]


def merge_question(questions: Questions, command: wish.MergeQuestion) -> list[Fact]:
    question, into = _known(questions, command.question), _known(questions, command.into)
    if question.merged_into:
        raise Refused("question_merged")
    if questions.root(into.id) == question.id:
        raise Refused("merge_makes_a_circle")
    for each in (question, into):
        if each.status in (Status.DECLINED, Status.WITHDRAWN):
            raise Refused("question_already_decided", status=each.status)
    return [fact.QuestionMerged(question.id, questions.root(into.id))]


def split_question(questions: Questions, command: wish.SplitQuestion) -> list[Fact]:
    question = _known(questions, command.question)
    if not question.merged_into:
        raise Refused("question_not_merged")
    return [fact.QuestionSplit(question.id, question.merged_into)]


def move_question(questions: Questions, command: wish.MoveQuestion) -> list[Fact]:
    """Where two stand so close that nothing goes between them, all are placed anew."""
    question = _known(questions, command.question)
    if not command.before:
        return [fact.QuestionMoved(question.id, questions.last_rank + 1.0)]
    queue = [each for each in questions.queue() if each.id != question.id]
    places = [place for place, each in enumerate(queue) if each.id == command.before]
    if not places:
        raise Refused("question_not_in_queue")
    place = places[0]
    after = queue[place].rank
    before = queue[place - 1].rank if place else after - 2.0
    between = (before + after) / 2
    if before < between < after:
        return [fact.QuestionMoved(question.id, between)]
    ordered = [*queue[:place], question, *queue[place:]]
    return [fact.QuestionMoved(each.id, questions.last_rank + number) for number, each in enumerate(ordered, 1)]


def stage_question(questions: Questions, command: wish.StageQuestion) -> list[Fact]:
    question = _standing_for_itself(questions, command.question)
    if question.status is Status.STAGED:
        raise Refused("question_already_decided", status=question.status)
    if question.status not in SHOWN:
        raise Refused("question_not_approved")
    return [fact.QuestionStaged(question.id)]


def unstage_question(questions: Questions, command: wish.UnstageQuestion) -> list[Fact]:
    question = _known(questions, command.question)
    if question.status is not Status.STAGED:
        raise Refused("question_not_on_stage")
    return [fact.QuestionUnstaged(question.id)]


def mark_answered(questions: Questions, command: wish.MarkAnswered, now: int) -> list[Fact]:
    question = _standing_for_itself(questions, command.question)
    if question.status not in SHOWN:
        raise Refused("question_not_approved")
    return [fact.QuestionAnswered(question.id, command.moment or question.staged_at or now)]


def reply_to_question(questions: Questions, command: wish.ReplyToQuestion) -> list[Fact]:
    question = _standing_for_itself(questions, command.question)
    if question.status not in SHOWN:
        raise Refused("question_not_approved")
    return [fact.QuestionReplied(question.id, command.text, command.language)]


def translate_question(questions: Questions, command: wish.TranslateQuestion, actor: Actor) -> list[Fact]:
    question = _known(questions, command.question)
    if command.language == question.language:
        raise Refused("track_is_the_original", language=command.language)
    machine = command.machine if actor.role is Role.MACHINE else ""
    before = question.translations.get(command.language)
    if before is not None and machine and not before.machine:
        return []
    return [fact.QuestionTranslated(question.id, command.language, command.text, machine)]


def translate_reply(questions: Questions, command: wish.TranslateReply, actor: Actor) -> list[Fact]:
    question = _known(questions, command.question)
    if question.reply is None:
        raise Refused("question_not_replied")
    if command.language == question.reply.language:
        raise Refused("track_is_the_original", language=command.language)
    machine = command.machine if actor.role is Role.MACHINE else ""
    before = question.reply.translations.get(command.language)
    if before is not None and machine and not before.machine:
        return []
    reply = question.reply.event
    return [fact.ReplyTranslated(question.id, command.language, command.text, reply, machine)]


def vote_for(questions: Questions, command: wish.VoteFor, actor: Actor) -> list[Fact]:
    question = _open_to_votes(questions, command.question)
    if actor.person in questions.voters(questions.root(question.id)):
        return []
    return [fact.VoteCast(question.id, actor.person)]


def withdraw_vote(questions: Questions, command: wish.WithdrawVote, actor: Actor) -> list[Fact]:
    """Takes back every vote of this person within what was merged."""
    question = _open_to_votes(questions, command.question)
    family = questions.family(questions.root(question.id))
    voted = [each for each in family if actor.person in questions.votes.get(each, ())]
    return [fact.VoteWithdrawn(each, actor.person) for each in voted]


def _open_to_votes(questions: Questions, question_id: str) -> Question:
    question = _known(questions, question_id)
    root = questions.by_id[questions.root(question_id)]
    if root.status not in SHOWN:
        raise Refused("question_unknown", question=question_id)
    if root.status is Status.ANSWERED:
        raise Refused("question_already_decided", status=root.status)
    return question


def _known(questions: Questions, question_id: str) -> Question:
    question = questions.by_id.get(question_id)
    if question is None:
        raise Refused("question_unknown", question=question_id)
    return question


def _standing_for_itself(questions: Questions, question_id: str) -> Question:
    question = _known(questions, question_id)
    if question.merged_into:
        raise Refused("question_merged")
    return question

"""What each fact about questions means; it gives late and contradictory ones a meaning and refuses none.

1. A fact about a question that is not known changes nothing.
2. What was withdrawn stays withdrawn.
3. A merge that would make a circle, because two moderators merged the other way round at once, changes nothing; nor
   does a merge with what was withdrawn meanwhile, nor a split from what the question is no longer part of.
4. Two questions staged at once: the later one is on stage, the other is back in the queue.
"""

from msgspec.structs import replace

from intercommunity.meeting.questions import events as fact
from intercommunity.meeting.questions.question import Question, Questions, Reply, Status, Translation


def apply_question_asked(questions: Questions, asked: fact.QuestionAsked, event: str, at: int, *, openly: bool) -> None:
    questions.by_id[event] = Question(
        id=event,
        text=asked.text,
        language=asked.language,
        person=asked.person,
        name=asked.name,
        affiliation=asked.affiliation,
        country=asked.country,
        node=asked.node,
        asked_at=at,
        rank=questions.last_rank + 1.0,
        status=Status.APPROVED if openly else Status.WAITING,
    )
    questions.last_rank += 1.0
    questions.asked[asked.person] = (*questions.asked.get(asked.person, ()), at)[-100:]


def apply_question_withdrawn(questions: Questions, withdrawn: fact.QuestionWithdrawn) -> None:
    _set(questions, withdrawn.question, status=Status.WITHDRAWN)


def apply_question_approved(questions: Questions, approved: fact.QuestionApproved, by: str = "") -> None:
    question = questions.by_id.get(approved.question)
    if question is not None and question.status in (Status.WAITING, Status.DECLINED):
        _set(questions, question.id, status=Status.APPROVED, reason="", decided_by=by)


def apply_question_declined(questions: Questions, declined: fact.QuestionDeclined, by: str = "") -> None:
    question = questions.by_id.get(declined.question)
    if question is not None and question.status in (Status.WAITING, Status.APPROVED):
        _set(questions, question.id, status=Status.DECLINED, reason=declined.reason, decided_by=by)


def apply_question_merged(questions: Questions, merge: fact.QuestionMerged) -> None:
    question, into = questions.by_id.get(merge.question), questions.by_id.get(merge.into)
    if question is None or into is None or question.merged_into:
        return
    root = questions.root(into.id)
    if root == question.id or Status.WITHDRAWN in (question.status, questions.by_id[root].status):
        return
    _set(questions, question.id, merged_into=root)
    questions.merged[root] = (*questions.merged.get(root, ()), question.id)


def apply_question_split(questions: Questions, split: fact.QuestionSplit) -> None:
    question = questions.by_id.get(split.question)
    if question is None or not question.merged_into or question.merged_into != split.into:
        return
    questions.merged[split.into] = tuple(each for each in questions.merged[split.into] if each != question.id)
    questions.by_id[question.id] = replace(question, merged_into="")


def apply_question_moved(questions: Questions, moved: fact.QuestionMoved) -> None:
    _set(questions, moved.question, rank=moved.rank)
    questions.last_rank = max(questions.last_rank, moved.rank)


def apply_question_staged(questions: Questions, staged: fact.QuestionStaged, at: int) -> None:
    question = questions.by_id.get(staged.question)
    if question is None or question.status is Status.WITHDRAWN:
        return
    before = questions.staged()
    if before is not None:
        _return_to_queue(questions, before)
    _set(questions, question.id, status=Status.STAGED, staged_at=at)


def apply_question_unstaged(questions: Questions, unstaged: fact.QuestionUnstaged) -> None:
    question = questions.by_id.get(unstaged.question)
    if question is not None and question.status is Status.STAGED:
        _return_to_queue(questions, question)


def _return_to_queue(questions: Questions, question: Question) -> None:
    """One that had been answered before it came on stage again is still answered."""
    status = Status.ANSWERED if question.answered_at or question.reply else Status.APPROVED
    _set(questions, question.id, status=status)


def apply_question_answered(questions: Questions, answered: fact.QuestionAnswered) -> None:
    _set(questions, answered.question, status=Status.ANSWERED, answered_at=answered.moment)


def apply_question_replied(questions: Questions, replied: fact.QuestionReplied, event: str, at: int) -> None:
    reply = Reply(replied.text, replied.language, at, event)
    _set(questions, replied.question, status=Status.ANSWERED, reply=reply)


def apply_question_translated(questions: Questions, translated: fact.QuestionTranslated) -> None:
    question = questions.by_id.get(translated.question)
    if question is None:
        return
    before = question.translations.get(translated.language)
    if before is not None and translated.machine and not before.machine:
        return
    translation = Translation(translated.text, translated.machine)
    _set(questions, question.id, translations={**question.translations, translated.language: translation})


def apply_reply_translated(questions: Questions, translated: fact.ReplyTranslated) -> None:
    """A translation of a reply that was since written anew changes nothing."""
    question = questions.by_id.get(translated.question)
    if question is None or question.reply is None or question.reply.event != translated.reply:
        return
    before = question.reply.translations.get(translated.language)
    if before is not None and translated.machine and not before.machine:
        return
    translation = Translation(translated.text, translated.machine)
    translations = {**question.reply.translations, translated.language: translation}
    _set(questions, question.id, reply=replace(question.reply, translations=translations))


def apply_vote_cast(questions: Questions, cast: fact.VoteCast) -> None:
    if cast.question in questions.by_id:
        questions.votes.setdefault(cast.question, set()).add(cast.person)


def apply_vote_withdrawn(questions: Questions, withdrawn: fact.VoteWithdrawn) -> None:
    questions.votes.get(withdrawn.question, set()).discard(withdrawn.person)


def _set(questions: Questions, question_id: str, **changes: object) -> None:
    question = questions.by_id.get(question_id)
    if question is not None and question.status is not Status.WITHDRAWN:
        questions.by_id[question_id] = replace(question, **changes)

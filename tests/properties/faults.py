"""Seeded faults: wrong versions of single rules, each with the law that has to find it; knows how to put one in.

A law that finds none of them would be a law that cannot fail.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from intercommunity.gateway.hub import Changes, Hub
from intercommunity.meeting import meeting as core
from intercommunity.meeting import views
from intercommunity.meeting.access.rules import Access
from intercommunity.meeting.captions import rules as captions
from intercommunity.meeting.captions.events import LineCorrected, LineRetimed, LineTranslated
from intercommunity.meeting.floor import rules as floor
from intercommunity.meeting.floor.events import SessionOpened
from intercommunity.meeting.log import Event, Logs
from intercommunity.meeting.polls import rules as polls
from intercommunity.meeting.polls.events import BallotCast, CloseHeard
from intercommunity.meeting.questions import apply as questions_apply
from intercommunity.meeting.questions import commands as questions_wish
from intercommunity.meeting.questions import events as questions_fact
from intercommunity.meeting.questions import rules as questions_rules
from intercommunity.meeting.questions import view as questions_view
from intercommunity.meeting.questions.question import SHOWN, Questions, Status
from intercommunity.meeting.replica import Replica
from intercommunity.meeting.stamp import Clock, Stamp

Put = Callable[[pytest.MonkeyPatch], None]


class Fault(NamedTuple):
    law: str
    put: Put


FAULTS: dict[str, Fault] = {}


def fault(law: str) -> Callable[[Put], Put]:
    """Lists a fault under its function's name, with the law that finds it."""

    def note(put: Put) -> Put:
        FAULTS[put.__name__] = Fault(law, put)
        return put

    return note


def _apply(patch: pytest.MonkeyPatch, kind: type, wrong: Callable[[Any, Any, Event], None]) -> None:
    patch.setitem(core._APPLIERS, kind, wrong)


# Clocks and stamps


@fault("agreement")
def clock_follows_the_wall_clock_backward(patch: pytest.MonkeyPatch) -> None:
    def tick(self: Clock, now: int) -> tuple[int, int]:
        self.count = self.count + 1 if now == self.time else 0
        self.time = now
        return self.time, self.count

    patch.setattr(Clock, "tick", tick)


@fault("agreement")
def clock_ignores_the_stamps_of_others(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Clock, "witness", lambda self, stamp: None)


@fault("agreement")
def clock_forgets_the_count_of_what_it_saw(patch: pytest.MonkeyPatch) -> None:
    def witness(self: Clock, stamp: Stamp) -> None:
        if stamp.time > self.time:
            self.time, self.count = stamp.time, 0

    patch.setattr(Clock, "witness", witness)


@fault("agreement")
def clock_does_not_follow_who_is_a_minute_ahead(patch: pytest.MonkeyPatch) -> None:
    right = Clock.witness

    def witness(self: Clock, stamp: Stamp) -> None:
        if stamp.time <= self.time + 60_000 or not self.time:
            right(self, stamp)

    patch.setattr(Clock, "witness", witness)


@fault("agreement")
def restart_loses_the_clock(patch: pytest.MonkeyPatch) -> None:
    right = Replica.receive

    def receive(self: Replica, events: list[Event]) -> list[Event]:
        fresh = not self.logs.events
        taken = right(self, events)
        if fresh:
            self._clock = Clock()
        return taken

    patch.setattr(Replica, "receive", receive)


# The replica and its logs


@fault("agreement")
def late_event_is_appended(patch: pytest.MonkeyPatch) -> None:
    def take_in(self: Replica, event: Event) -> list[Event]:
        ready = self.logs.admit(event)
        for each in ready:
            core.apply(self.meeting, each)
        return ready

    patch.setattr(Replica, "_take_in", take_in)


@fault("agreement")
def number_that_came_twice_is_applied_twice(patch: pytest.MonkeyPatch) -> None:
    right = Logs.admit

    def admit(self: Logs, event: Event) -> list[Event]:
        if event.stamp.number == self.heads.get(event.stamp.node, 0):
            self.heads[event.stamp.node] -= 1
        return right(self, event)

    patch.setattr(Logs, "admit", admit)


@fault("agreement")
def gap_in_a_log_is_stepped_over(patch: pytest.MonkeyPatch) -> None:
    def admit(self: Logs, event: Event) -> list[Event]:
        if event.stamp.number <= self.heads.get(event.stamp.node, 0):
            return []
        self.heads[event.stamp.node] = event.stamp.number
        self._place(event)
        return [event]

    patch.setattr(Logs, "admit", admit)


@fault("agreement")
def what_follows_a_gap_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Logs, "_following", lambda self, node, number: iter(()))


def _share_after_copy(patch: pytest.MonkeyPatch, part: type, name: str) -> None:
    right = part.copy

    def copy(self: Any) -> Any:
        copied = right(self)
        setattr(copied, name, getattr(self, name))
        return copied

    patch.setattr(part, "copy", copy)


@fault("agreement")
def snapshot_shares_its_turns(patch: pytest.MonkeyPatch) -> None:
    _share_after_copy(patch, floor.Floor, "turns")


@fault("agreement")
def snapshot_shares_its_order_of_lines(patch: pytest.MonkeyPatch) -> None:
    _share_after_copy(patch, captions.Captions, "order")


@fault("agreement")
def snapshot_shares_its_wishes(patch: pytest.MonkeyPatch) -> None:
    _share_after_copy(patch, core.Meeting, "wishes")


@fault("agreement")
def snapshot_forgets_who_was_revoked(patch: pytest.MonkeyPatch) -> None:
    right = Access.copy

    def copy(self: Access) -> Access:
        copied = right(self)
        copied.revoked = frozenset()
        return copied

    patch.setattr(Access, "copy", copy)


@fault("agreement")
def snapshots_after_a_late_event_are_kept(patch: pytest.MonkeyPatch) -> None:
    def fold_again(self: Replica, _late: Stamp) -> None:
        held, before = self._snapshots[-1] if self._snapshots else (0, core.Meeting())
        self.times_folded_again += 1
        self.meeting = before.copy()
        for event in self.logs.events[held:]:
            core.apply(self.meeting, event)

    patch.setattr(Replica, "_fold_again", fold_again)


# Polls


@fault("counting")
def ballot_after_the_close_was_heard_counts(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: BallotCast, event: Event) -> None:
        if fact.poll in meeting.polls.by_id:
            meeting.polls.ballots.setdefault(fact.poll, {}).setdefault(fact.person, {})[event.stamp.node] = fact.option

    _apply(patch, BallotCast, wrong)
    patch.setattr(
        polls, "cast_ballot", lambda _polls, wish, actor, _node: [BallotCast(wish.poll, actor.person, wish.option)]
    )


@fault("counting")
def ballot_after_the_close_is_dropped_wherever_it_was_accepted(patch: pytest.MonkeyPatch) -> None:
    right = polls.apply_ballot_cast

    def wrong(meeting: core.Meeting, fact: BallotCast, event: Event) -> None:
        poll = meeting.polls.by_id.get(fact.poll)
        if poll is not None and not poll.closed_at:
            right(meeting.polls, fact, event.stamp.node)

    _apply(patch, BallotCast, wrong)


@fault("counting")
def first_ballot_of_a_person_counts(patch: pytest.MonkeyPatch) -> None:
    def standing(self: polls.Polls, poll: str, person: str) -> int | None:
        return next(iter(self.ballots.get(poll, {}).get(person, {}).values()), None)

    patch.setattr(polls.Polls, "standing", standing)


@fault("counting")
def ballot_in_each_room_counts(patch: pytest.MonkeyPatch) -> None:
    def counts(self: polls.Polls, poll: str) -> list[int]:
        cast = [option for ballots in self.ballots.get(poll, {}).values() for option in ballots.values()]
        return [cast.count(option) for option in range(len(self.by_id[poll].options))]

    patch.setattr(polls.Polls, "counts", counts)


@fault("counting")
def count_is_certified_when_the_hub_has_heard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("intercommunity.meeting.polls.view.certified", lambda poll: "hub" in poll.heard)


@fault("counting")
def certified_count_follows_the_description(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: Any, event: Event) -> None:
        core.agenda.apply_described(meeting.agenda, fact, event.stamp.node)
        for poll in list(meeting.polls.by_id.values()):
            if poll.writers:
                meeting.polls.by_id[poll.id] = replace(poll, writers=meeting.description.writers())

    _apply(patch, core.agenda_fact.MeetingDescribed, wrong)


@fault("counting")
def nobody_notes_that_they_have_heard(patch: pytest.MonkeyPatch) -> None:
    _apply(patch, CloseHeard, lambda meeting, fact, event: None)


# Questions


def _merge_wherever(meeting: core.Meeting, fact: questions_fact.QuestionMerged, _event: Event) -> None:
    questions = meeting.questions
    question = questions.by_id.get(fact.question)
    if question is not None and fact.into in questions.by_id and not question.merged_into:
        questions.by_id[question.id] = replace(question, merged_into=fact.into)
        questions.merged[fact.into] = (*questions.merged.get(fact.into, ()), question.id)


@fault("asking")
def merge_in_a_circle_is_allowed(patch: pytest.MonkeyPatch) -> None:
    _apply(patch, questions_fact.QuestionMerged, _merge_wherever)


@fault("asking")
def withdrawn_question_is_merged_by_half(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: questions_fact.QuestionMerged, _event: Event) -> None:
        questions = meeting.questions
        question, into = questions.by_id.get(fact.question), questions.by_id.get(fact.into)
        if question is None or into is None or question.merged_into:
            return
        root = questions.root(into.id)
        if root != question.id:
            questions_apply._set(questions, question.id, merged_into=root)
            questions.merged[root] = (*questions.merged.get(root, ()), question.id)

    _apply(patch, questions_fact.QuestionMerged, wrong)


@fault("asking")
def vote_counts_once_for_each_merged_question(patch: pytest.MonkeyPatch) -> None:
    class Several(list):
        """People, some of them twice."""

    def voters(self: Questions, question: str) -> Several:
        return Several(person for each in self.family(question) for person in self.votes.get(each, ()))

    patch.setattr(Questions, "voters", voters)


@fault("asking")
def votes_of_merged_questions_are_lost(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Questions, "voters", lambda self, question: self.votes.get(question, set()))


@fault("asking")
def what_was_on_stage_stays_there(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: questions_fact.QuestionStaged, event: Event) -> None:
        questions_apply._set(meeting.questions, fact.question, status=Status.STAGED, staged_at=event.at)

    _apply(patch, questions_fact.QuestionStaged, wrong)


@fault("asking")
def withdrawn_question_comes_back(patch: pytest.MonkeyPatch) -> None:
    def put(questions: Questions, question: str, **changes: object) -> None:
        if question in questions.by_id:
            questions.by_id[question] = replace(questions.by_id[question], **changes)

    patch.setattr(questions_apply, "_set", put)


# Deciding


@fault("deciding")
def older_translation_replaces_a_newer(patch: pytest.MonkeyPatch) -> None:
    def decide(state: captions.Captions, wish: Any, _description: Any) -> list[Any]:
        return [LineTranslated(wish.line, wish.track, wish.text, "hub-0", wish.machine)]

    patch.setattr(captions, "translate_line", decide)


@fault("deciding")
def machine_overwrites_a_person(patch: pytest.MonkeyPatch) -> None:
    """What a person wrote is taken for a machine's."""
    right = captions.apply_line_corrected

    def wrong(meeting: core.Meeting, fact: LineCorrected, event: Event) -> None:
        right(meeting.captions, fact, event.id)
        line = meeting.captions.lines.get(fact.line)
        if line is not None:
            wording = replace(line.wordings[fact.track], machine="apertium")
            captions._reword(meeting.captions, line, fact.track, wording)

    _apply(patch, LineCorrected, wrong)


@fault("deciding")
def refusal_leaves_something_behind(patch: pytest.MonkeyPatch) -> None:
    right = core._DECIDERS[questions_wish.MergeQuestion]

    def wrong(meeting: core.Meeting, wish: Any, actor: Any, now: int, node: str) -> list[Any]:
        meeting.questions.merged.setdefault(wish.into, ())
        return right(meeting, wish, actor, now, node)

    patch.setitem(core._DECIDERS, questions_wish.MergeQuestion, wrong)


@fault("deciding")
def two_sessions_are_open(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: SessionOpened, event: Event) -> None:
        meeting.floor.spans[fact.session] = floor.Span(opened=event.at)
        meeting.floor.session = fact.session

    _apply(patch, SessionOpened, wrong)
    patch.setattr(floor, "open_session", lambda _floor, wish, _description: [SessionOpened(wish.session)])


@fault("deciding")
def question_is_moved_between_two_of_one_rank(patch: pytest.MonkeyPatch) -> None:
    right = questions_apply.apply_question_asked

    def asked(questions: Questions, fact: Any, event: str, at: int, *, openly: bool) -> None:
        right(questions, fact, event, at, openly=openly)
        questions.by_id[event] = replace(questions.by_id[event], rank=float(len(questions.by_id)))

    def move(questions: Questions, wish: Any) -> list[Any]:
        ranks = [each.rank for each in questions.queue() if each.id != wish.question] or [0.0]
        places = [each.rank for each in questions.queue() if each.id == wish.before]
        rank = places[0] if places else ranks[-1] + 1.0
        return [questions_fact.QuestionMoved(wish.question, rank)]

    patch.setattr(questions_apply, "apply_question_asked", asked)
    patch.setattr(questions_rules, "move_question", move)


@fault("deciding")
def line_that_was_set_to_another_time_keeps_its_place(patch: pytest.MonkeyPatch) -> None:
    def wrong(meeting: core.Meeting, fact: LineRetimed, _event: Event) -> None:
        line = meeting.captions.lines.get(fact.line)
        if line is not None:
            meeting.captions.lines[line.id] = replace(line, start=fact.start, end=fact.end)

    _apply(patch, LineRetimed, wrong)


# Views


def _without(patch: pytest.MonkeyPatch, left_out: Callable[[core.Meeting, Event, views.Touch], bool]) -> None:
    right = views.touched

    def touched(meeting: core.Meeting, event: Event) -> Iterator[views.Touch]:
        return (touch for touch in right(meeting, event) if not left_out(meeting, event, touch))

    for law in ("showing", "resuming"):
        patch.setattr(f"properties.{law}.touched", touched)


@fault("showing")
def merge_does_not_touch_what_it_merged_into(patch: pytest.MonkeyPatch) -> None:
    _without(
        patch,
        lambda meeting, event, touch: (
            isinstance(event.fact, questions_fact.QuestionMerged)
            and touch.topic == f"questions/{meeting.questions.root(event.fact.into)}"
        ),
    )


@fault("showing")
def vote_does_not_touch_who_cast_it(patch: pytest.MonkeyPatch) -> None:
    _without(
        patch,
        lambda _meeting, event, touch: (
            isinstance(event.fact, questions_fact.VoteCast) and touch == ("me", event.fact.person)
        ),
    )


@fault("showing")
def new_link_does_not_touch_its_holder(patch: pytest.MonkeyPatch) -> None:
    _without(patch, lambda _meeting, event, _touch: isinstance(event.fact, core.access_fact.LinkIssued))


@fault("showing")
def struck_line_touches_its_own_track_only(patch: pytest.MonkeyPatch) -> None:
    _without(
        patch,
        lambda _meeting, event, touch: (
            isinstance(event.fact, core.captions_fact.LineStruck) and touch.topic == "captions/es"
        ),
    )


@fault("resuming")
def late_event_is_shown_as_any_other(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Replica, "times_folded_again", property(lambda self: 0, lambda self, value: None), raising=False)


@fault("hiding")
def view_shows_waiting_questions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(questions_view, "SHOWN", SHOWN | {Status.WAITING})


@fault("hiding")
def view_shows_merged_questions(patch: pytest.MonkeyPatch) -> None:
    right = questions_view.view_question

    def wrong(questions: Questions, question: str, role: Any, language: str) -> Any:
        found = questions.by_id.get(question)
        if found is not None and found.merged_into and found.status in SHOWN:
            return questions_view._shown(questions, found, language, whole=False)
        return right(questions, question, role, language)

    patch.setattr(views, "view_question", wrong)


@fault("hiding")
def view_shows_who_asked(patch: pytest.MonkeyPatch) -> None:
    right = questions_view._shown

    def wrong(questions: Questions, question: Any, language: str, **how: bool) -> Any:
        return replace(right(questions, question, language, **how), person=question.person)

    patch.setattr(questions_view, "_shown", wrong)


@fault("hiding")
def view_shows_notes_of_rooms(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        "intercommunity.meeting.views.view_nodes", lambda nodes, _role: nodes.reports and _Reports(nodes.reports)
    )


class _Reports(views.View, frozen=True):
    reports: dict[str, Any]


# The hub


@fault("resuming")
def since_is_one_too_late(patch: pytest.MonkeyPatch) -> None:
    right = Hub.since
    patch.setattr(Hub, "since", lambda self, position, audience: right(self, position + 1, audience))


@fault("resuming")
def since_forgets_a_start_over(patch: pytest.MonkeyPatch) -> None:
    right = Hub.since

    def since(self: Hub, position: int, audience: Any) -> Changes:
        self._void_before = 0
        return right(self, position, audience)

    patch.setattr(Hub, "since", since)


@fault("resuming")
def hub_forgets_the_lines_before(patch: pytest.MonkeyPatch) -> None:
    right = Hub.note

    def note(self: Hub, touches: Any, position: int) -> None:
        kept = list(touches)
        if any(touch.part for touch in kept):
            self._lines.clear()
        right(self, kept, position)

    patch.setattr(Hub, "note", note)


@fault("resuming")
def what_was_taken_stays_pending(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Hub, "take", lambda self, following: self._pending[following])


@fault("resuming")
def whole_is_kept_after_a_change(patch: pytest.MonkeyPatch) -> None:
    from intercommunity.gateway.shown import Shown

    def move_to(self: Shown, position: int) -> None:
        self.position = position

    patch.setattr(Shown, "move_to", move_to)

"""Everything that can be wished in a small world, each from a few small numbers; knows nothing of nodes."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from intercommunity.meeting import description as said
from intercommunity.meeting.access import commands as access
from intercommunity.meeting.access.rules import actor_of
from intercommunity.meeting.actor import MACHINE, NOBODY, ORGANISER, Actor
from intercommunity.meeting.agenda import commands as agenda
from intercommunity.meeting.captions import commands as captions
from intercommunity.meeting.floor import commands as floor
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.nodes import commands as nodes
from intercommunity.meeting.polls import commands as polls
from intercommunity.meeting.questions import commands as questions
from intercommunity.meeting.questions.question import Question, Status

START = 1_000_000_000_000
LANGUAGES = ("en", "es")
HUB_ROOM = said.Node("hub", "Kisumu", "KE", "Africa/Nairobi", said.NodeKind.HUB)
NORTH = said.Node("north", "Oulu", "FI", "Europe/Helsinki", said.NodeKind.INTERACTIVE, server=True)
SOUTH = said.Node("south", "Valdivia", "CL", "America/Santiago", said.NodeKind.INTERACTIVE, server=True)
WORLD = said.Description(
    slug="small",
    title={"en": "A small meeting"},
    starts=START,
    languages=LANGUAGES,
    sessions=(
        said.Session("one", {"en": "One"}, START, 10),
        said.Session("two", {"en": "Two"}, START + 600_000, 10),
    ),
    nodes=(HUB_ROOM, NORTH, SOUTH),
    glossary=(said.Term("name", {"en": "Orilla"}),),
    rehearsal=True,
)
SETTING = (
    (agenda.DescribeMeeting(WORLD), ORGANISER),
    (access.Join(name="Ana", token_hash="a" * 64, country="KE", language="es"), NOBODY),
    (access.Join(name="Ben", token_hash="b" * 64, country="FI", node="north"), NOBODY),
    (access.IssueLink("host", "host", "c" * 64, name="Hana"), ORGANISER),
    (access.IssueLink("moderator", "moderator", "d" * 64, name="Mo"), ORGANISER),
    (access.IssueLink("captioner", "captioner", "e" * 64, name="Cleo", delay_ms=2_000), ORGANISER),
    (access.IssueLink("room", "node", "f" * 64, name="Nils", node="north"), ORGANISER),
)
VOTERS = ("hub-2", "hub-3")
PEOPLE = (*VOTERS, "link:host", "link:moderator", "link:captioner", "link:room")


class Scene(NamedTuple):
    """The state in which something is wished, and the small numbers that say what exactly. `serial` is unique."""

    meeting: Meeting
    who: int
    which: int
    other: int
    serial: int

    @property
    def voter(self) -> Actor:
        return _person(self.meeting, VOTERS[self.who % 2])

    def question(self, number: int) -> str:
        """Nearly always one that exists."""
        return _one_of(self.meeting.questions.by_id, number)

    def such(self, fits: Callable[[Question], object]) -> str:
        """A question that fits, where there is one."""
        fitting = {each.id: each for each in self.meeting.questions.by_id.values() if fits(each)}
        return _one_of(fitting or self.meeting.questions.by_id, self.which)

    def poll(self) -> str:
        return _one_of(self.meeting.polls.by_id, self.which)

    def line(self) -> str:
        return _one_of({**self.meeting.captions.lines, **dict.fromkeys(self.meeting.captions.struck)}, self.which)

    def said_event(self) -> str:
        line = self.meeting.captions.lines.get(self.line())
        return line.said().event if line and self.other != 3 else "hub-0"


def _one_of(things: dict[str, object], number: int) -> str:
    known = list(things)
    return known[number % len(known)] if known else "hub-999"


def _person(meeting: Meeting, person: str) -> Actor:
    actor = actor_of(meeting.access, person)
    assert actor is not None
    return actor


Wished = tuple[Command, Actor]
Make = Callable[[Scene], Wished]


def _by(person: str, make: Callable[[Scene], Command]) -> Make:
    return lambda scene: (make(scene), _person(scene.meeting, f"link:{person}"))


def _voting(make: Callable[[Scene], Command]) -> Make:
    return lambda scene: (make(scene), scene.voter)


def _inside(actor: Actor, make: Callable[[Scene], Command]) -> Make:
    return lambda scene: (make(scene), actor)


def _language(number: int) -> str:
    return LANGUAGES[number % 2]


QUESTIONS: dict[str, Make] = {
    "ask": _voting(lambda s: questions.AskQuestion(f"asked {s.serial}", _language(s.which))),
    "withdraw": lambda s: (
        questions.WithdrawQuestion(s.question(s.which)),
        _person(s.meeting, q.person) if (q := s.meeting.questions.by_id.get(s.question(s.which))) else s.voter,
    ),
    "approve": _by("moderator", lambda s: questions.ApproveQuestion(s.question(s.which), again=s.other % 2 == 0)),
    "decline": _by(
        "moderator", lambda s: questions.DeclineQuestion(s.question(s.which), f"reason {s.serial}", s.other % 2 == 0)
    ),
    "merge": _by("moderator", lambda s: questions.MergeQuestion(s.question(s.which), s.question(s.other))),
    "split": _by("moderator", lambda s: questions.SplitQuestion(s.such(lambda q: q.merged_into))),
    "move": _by(
        "moderator", lambda s: questions.MoveQuestion(s.question(s.which), s.question(s.other) if s.other else "")
    ),
    "stage": _by("host", lambda s: questions.StageQuestion(s.question(s.which))),
    "unstage": _by("host", lambda s: questions.UnstageQuestion(s.such(lambda q: q.status is Status.STAGED))),
    "answer": _by("host", lambda s: questions.MarkAnswered(s.question(s.which))),
    "reply": _by(
        "moderator", lambda s: questions.ReplyToQuestion(s.question(s.which), f"reply {s.serial}", _language(s.other))
    ),
    "translate question": _by(
        "moderator",
        lambda s: questions.TranslateQuestion(s.question(s.which), _language(s.other), f"by hand {s.serial}"),
    ),
    "machine question": _inside(
        MACHINE,
        lambda s: questions.TranslateQuestion(s.question(s.which), _language(s.other), f"by it {s.serial}", "apertium"),
    ),
    "translate reply": _by(
        "moderator",
        lambda s: questions.TranslateReply(s.such(lambda q: q.reply), _language(s.other), f"reply by hand {s.serial}"),
    ),
    "machine reply": _inside(
        MACHINE,
        lambda s: questions.TranslateReply(
            s.such(lambda q: q.reply), _language(s.other), f"reply by it {s.serial}", "mt"
        ),
    ),
    "vote": _voting(lambda s: questions.VoteFor(s.question(s.which))),
    "withdraw vote": _voting(
        lambda s: questions.WithdrawVote(s.such(lambda q: s.voter.person in s.meeting.questions.voters(q.id)))
    ),
}

_WORLDS = (
    WORLD,
    replace(WORLD, nodes=(HUB_ROOM, NORTH)),
    replace(WORLD, nodes=(HUB_ROOM, replace(NORTH, server=False), SOUTH)),
    replace(WORLD, questions=said.QuestionRules(said.QuestionPolicy.OPEN, 3)),
)

DESCRIBING: dict[str, Make] = {
    "describe": _inside(ORGANISER, lambda s: agenda.DescribeMeeting(_WORLDS[s.which % len(_WORLDS)]))
}

POLLS: dict[str, Make] = {
    "open poll": _by(
        "host", lambda s: polls.OpenPoll({"en": f"poll {s.serial}"}, ({"en": "yes"}, {"en": "no"}, {"es": "nada"}))
    ),
    "ballot": _voting(lambda s: polls.CastBallot(s.poll(), s.other % 3)),
    "close poll": _by("host", lambda s: polls.ClosePoll(s.poll())),
    "hear close": _inside(MACHINE, lambda s: polls.HearClose(s.poll())),
}

CAPTIONS: dict[str, Make] = {
    "write": _by(
        "captioner",
        lambda s: captions.WriteLine(
            _language(s.which),
            f"line {s.serial}",
            speaker="ana" if s.other % 2 else "",
            start=START + s.other * 500 if s.other > 1 else None,
        ),
    ),
    "translate": _inside(
        MACHINE,
        lambda s: captions.TranslateLine(
            s.line(), _language(s.who), f"translated {s.serial}", s.said_event(), "apertium"
        ),
    ),
    "correct": _by("captioner", lambda s: captions.CorrectLine(s.line(), _language(s.other), f"corrected {s.serial}")),
    "attribute": _by("captioner", lambda s: captions.AttributeLine(s.line(), f"speaker {s.other}")),
    "retime": _by(
        "captioner", lambda s: captions.RetimeLine(s.line(), START + s.other * 1_000, START + 1_000 + s.serial * 500)
    ),
    "strike": _by("captioner", lambda s: captions.StrikeLine(s.line())),
}

AROUND: dict[str, Make] = {
    "start over": _by("host", lambda _s: agenda.StartOver()),
    "end": _by("host", lambda _s: agenda.EndMeeting()),
    "issue": _inside(
        ORGANISER,
        lambda s: access.IssueLink(
            "captioner", "captioner", f"{s.which:064x}", name=f"Cleo {s.other}", languages=LANGUAGES
        ),
    ),
    "revoke": _inside(ORGANISER, lambda _s: access.RevokeLink("captioner")),
    "join": _inside(NOBODY, lambda s: access.Join(name=f"Newcomer {s.serial}", token_hash=f"{s.serial + 100:064x}")),
    "block": _by("moderator", lambda s: access.BlockPerson(VOTERS[s.which % 2])),
    "unblock": _by("moderator", lambda s: access.UnblockPerson(VOTERS[s.which % 2])),
    "open session": _by("host", lambda s: floor.OpenSession(("one", "two")[s.which % 2])),
    "close session": _by("host", lambda s: floor.CloseSession(s.meeting.floor.session or "one")),
    "give floor": _by("host", lambda s: floor.GiveFloor("ana" if s.which else "", _language(s.other), "north")),
    "report": _by(
        "room",
        lambda s: nodes.ReportNode(
            "north", s.which * 10, nodes.NodeState.TROUBLE, f"note {s.serial}" if s.other else ""
        ),
    ),
    "count": _inside(
        MACHINE, lambda s: nodes.CountAttendance(s.which * 7, {"KE": s.which, "FI": s.other}, {"north": s.other})
    ),
}

EVERYTHING: dict[str, Make] = {**QUESTIONS, **DESCRIBING, **POLLS, **CAPTIONS, **AROUND}

LIVELY = (*EVERYTHING, "stage", "stage", "unstage", "unstage", "merge", "split", "vote", "withdraw vote", "unblock")
"""All of them; more often what needs something else to have happened before."""

"""Who is named in what is shown: oneself by one's link, and who decided about a question."""

from dataclasses import dataclass, field

from intercommunity.meeting.access.commands import IssueLink, Join
from intercommunity.meeting.access.rules import actor_of
from intercommunity.meeting.actor import NOBODY, ORGANISER, Role
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.questions.commands import ApproveQuestion, AskQuestion, DeclineQuestion
from intercommunity.meeting.replica import Replica
from intercommunity.meeting.views import Audience, view, view_me
from properties.wishes import START, WORLD

MODERATORS = {"mo": "Mo Hill", "lin": ""}


@dataclass
class World:
    """A meeting with two moderators, one of whom gave no name, and a question that waits."""

    replica: Replica = field(default_factory=lambda: Replica("hub"))
    question: str = ""

    def __post_init__(self) -> None:
        self.replica.wish(DescribeMeeting(WORLD), ORGANISER, START)
        for number, (link, name) in enumerate(MODERATORS.items()):
            issued = IssueLink(link, "moderator", f"{number:064x}", name=name, languages=("es",), node="north")
            self.replica.wish(issued, ORGANISER, START)
        (joined,) = self.replica.wish(Join(name="Ana", token_hash="f" * 64), NOBODY, START)
        (asked,) = self.replica.wish(AskQuestion("Why?", "en"), self.actor(joined.id), START)
        self.question = asked.id

    def actor(self, person):
        return actor_of(self.replica.meeting.access, person)

    def decided(self, command, by, role=Role.MODERATOR):
        self.replica.wish(command, self.actor(f"link:{by}"), START)
        return view(self.replica.meeting, f"questions/{self.question}", Audience(role, ("en",))).decided_by


def test_moderators_see_who_decided_last():
    world = World()
    assert world.decided(DeclineQuestion(world.question, "No time"), "mo") == "Mo Hill"
    assert world.decided(ApproveQuestion(world.question, again=True), "lin") == ""


def test_nobody_else_sees_who_decided():
    world = World()
    assert world.decided(ApproveQuestion(world.question), "mo", role=Role.PUBLIC) == ""


def test_link_tells_who_one_is_here():
    me = view_me(World().replica.meeting, "link:mo", "en")
    assert (me.name, me.role, me.languages, me.node) == ("Mo Hill", "moderator", ("es",), "north")

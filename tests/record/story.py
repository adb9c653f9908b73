"""A small meeting that happens through wishes alone, and whatever else the tests of the record need told."""

from collections.abc import Iterable

from intercommunity.meeting.access.commands import BlockPerson, Join
from intercommunity.meeting.actor import MACHINE, NOBODY, ORGANISER, Actor, Role
from intercommunity.meeting.agenda.commands import DescribeMeeting, EndMeeting
from intercommunity.meeting.captions.commands import CorrectLine, StrikeLine, TranslateLine, WriteLine
from intercommunity.meeting.description import Description, Node, NodeKind, Session, Speaker
from intercommunity.meeting.floor.commands import CloseSession, OpenSession
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.log import Event
from intercommunity.meeting.nodes.commands import CountAttendance, ReportNode
from intercommunity.meeting.polls.commands import CastBallot, ClosePoll, OpenPoll
from intercommunity.meeting.questions import commands as question
from intercommunity.meeting.replica import Replica
from intercommunity.record.reader import PROBE
from intercommunity.wire.catalogue import catalogue

START = 1_790_000_000_000
"""Monday, 21 September 2026, 14:13:20 UTC; ten past eleven in Valparaíso."""

MADE_AT = START + 7_200_000
SPANISH_IS_COMPILED = catalogue("es").gettext(PROBE) != PROBE

HOST = Actor(id="link:host", role=Role.HOST, person="link:host")
CAPTIONER = Actor(id="link:captioner", role=Role.CAPTIONER, person="link:captioner")
MODERATOR = Actor(id="link:moderator", role=Role.MODERATOR, person="link:moderator")

MEETING = Description(
    slug="spring-forum",
    title={"en": "Spring forum", "es": "Foro de primavera"},
    starts=START,
    languages=("en", "es"),
    sessions=(
        Session(id="welcome", title={"en": "Welcome", "es": "Bienvenida"}, starts=START, minutes=10, speakers=("ana",)),
        Session(id="water", title={"en": "Water", "es": "Agua"}, starts=START + 600_000, minutes=30, speakers=("tom",)),
        Session(id="songs", title={"en": "Songs", "es": "Canciones"}, starts=START + 2_400_000, minutes=20),
    ),
    speakers=(
        Speaker(id="ana", name="Ana Ruiz", affiliation="Red del Agua", languages=("es",)),
        Speaker(id="tom", name="Tom Okoro", affiliation="Rivers Trust", languages=("en",)),
    ),
    nodes=(
        Node(id="hub", city="Valparaíso", country="CL", time_zone="America/Santiago", kind=NodeKind.HUB),
        Node(id="lagos", city="Lagos", country="NG", time_zone="Africa/Lagos", kind=NodeKind.INTERACTIVE),
    ),
)


class Story:
    """A meeting as it goes on. Moments are milliseconds since START."""

    def __init__(self, description: Description = MEETING) -> None:
        self.replica = Replica("hub")
        self.people = 0
        self.wish(DescribeMeeting(description), ORGANISER, 0)

    @property
    def meeting(self):
        return self.replica.meeting

    def wish(self, command: Command, actor: Actor, at: int) -> str:
        """The id of the last event that the wish led to."""
        events = self.replica.wish(command, actor, START + at)
        return events[-1].id if events and isinstance(events[-1], Event) else ""

    def joined(self, at: int, **said: str) -> Actor:
        self.people += 1
        person = self.wish(Join(token_hash=f"{self.people:064x}", **said), NOBODY, at)
        return self.meeting.access.holders[f"{self.people:064x}"].actor if person else NOBODY

    def line(self, track: str, text: str, start: int, end: int, actor: Actor = CAPTIONER, **said: object) -> str:
        return self.wish(WriteLine(track=track, text=text, start=START + start, end=START + end, **said), actor, end)

    def translated(self, line: str, track: str, text: str, at: int) -> None:
        wording = self.meeting.captions.lines[line].said().event
        self.wish(TranslateLine(line, track, text, wording, "apertium"), MACHINE, at)


def told() -> Story:
    """Two sessions, two speakers, four people who ask, a poll."""
    story = Story()
    _speak(story)
    _ask(story)
    _vote(story)
    story.wish(ReportNode("lagos", 31), HOST, 900_000)
    story.wish(ReportNode("lagos", 12), HOST, 1_500_000)
    story.wish(CountAttendance(140, {"NG": 80, "CL": 40, "": 20}, {"lagos": 2}), MACHINE, 910_000)
    story.wish(CountAttendance(120, {"NG": 20, "NZ": 60}, {}), MACHINE, 1_600_000)
    story.wish(CloseSession("water"), HOST, 1_700_000)
    story.wish(EndMeeting(), HOST, 1_800_000)
    return story


def _speak(story: Story) -> None:
    story.wish(OpenSession("welcome"), HOST, 10_000)
    first = story.line("es", "Buenas tardes a todas y a todos.", 9_000, 12_000, speaker="ana", turn=True)
    story.translated(first, "en", "Good afternoon to all and all.", 12_500)
    story.wish(CorrectLine(first, "en", "Good afternoon, everyone."), CAPTIONER, 20_000)
    second = story.line("es", "Hoy hablamos del río.", 12_000, 14_000)
    story.translated(second, "en", "Today we speak of the river.", 14_500)
    story.line("es", "Aplausos", 15_000, 15_000, remark=True)
    wrong = story.line("es", "Esto no se dijo.", 16_000, 17_000)
    story.wish(StrikeLine(wrong), CAPTIONER, 18_000)
    story.wish(OpenSession("water"), HOST, 600_000)
    third = story.line("en", "Thank you, Ana.", 601_000, 602_500, speaker="TOM OKORO", turn=True)
    story.translated(third, "es", "Gracias, Ana.", 603_000)
    fourth = story.line("en", "Our rivers are short of rain.", 602_500, 605_000, MACHINE, machine="whisper")
    story.translated(fourth, "es", "A nuestros ríos les falta lluvia.", 606_000)
    story.wish(CorrectLine(fourth, "en", "Our rivers are sure of rain."), CAPTIONER, 640_000)
    story.line("en", "Can you hear us in Lagos?", 606_000, 607_500, turn=True)


def _ask(story: Story) -> None:
    ade = story.joined(15_000, name="Ade", affiliation="Fishers", country="NG", node="lagos", language="en")
    eva = story.joined(16_000, name="Eva", country="CL", language="es")
    anyone = story.joined(17_000)
    rude = story.joined(18_000, name="Rude Rita", country="NZ")
    on_stage = story.wish(question.AskQuestion("Who measures the rain?", "en"), ade, 610_000)
    same = story.wish(question.AskQuestion("¿Quién mide la lluvia?", "es"), eva, 611_000)
    in_writing = story.wish(question.AskQuestion("¿Habrá actas?\n¿Y dónde?", "es"), eva, 612_000)
    open_one = story.wish(question.AskQuestion("Wie tief ist der Fluss?", "de"), anyone, 613_000)
    insult = story.wish(question.AskQuestion("SECRET insult", "en"), rude, 614_000)
    declined = story.wish(question.AskQuestion("SECRET declined", "en"), ade, 615_000)
    withdrawn = story.wish(question.AskQuestion("SECRET withdrawn", "en"), ade, 616_000)
    story.wish(question.AskQuestion("SECRET waiting", "en"), ade, 617_000)
    for each in (on_stage, in_writing, open_one, insult):
        story.wish(question.ApproveQuestion(each), MODERATOR, 620_000)
    story.wish(question.DeclineQuestion(declined, "SECRET reason"), MODERATOR, 621_000)
    story.wish(question.WithdrawQuestion(withdrawn), ade, 622_000)
    story.wish(question.MergeQuestion(same, on_stage), MODERATOR, 623_000)
    story.wish(BlockPerson(rude.person), MODERATOR, 624_000)
    for voter in (ade, eva, anyone):
        story.wish(question.VoteFor(on_stage), voter, 625_000)
    story.wish(question.TranslateQuestion(on_stage, "es", "¿Quién mide las lluvias?", "apertium"), MACHINE, 626_000)
    story.wish(question.StageQuestion(on_stage), MODERATOR, 627_000)
    story.wish(question.MarkAnswered(on_stage, START + 605_500), MODERATOR, 640_000)
    story.wish(question.ReplyToQuestion(in_writing, "Sí, aquí.", "es"), MODERATOR, 650_000)
    story.wish(question.TranslateReply(in_writing, "en", "Yes, here.", ""), MODERATOR, 651_000)


def _vote(story: Story) -> None:
    question_texts = {"en": "Meet again?", "es": "¿Otra vez?"}
    poll = story.wish(OpenPoll(question_texts, ({"en": "Yes", "es": "Sí"}, {"en": "No"})), HOST, 700_000)
    voters = [story.joined(701_000) for _ in range(3)]
    for voter, option in zip(voters, (0, 0, 1), strict=True):
        story.wish(CastBallot(poll, option), voter, 702_000)
    story.wish(ClosePoll(poll), HOST, 800_000)
    story.wish(OpenPoll({"en": "Where?"}, ({"en": "Lagos"}, {"en": "Lima"})), HOST, 810_000)


def all_in(files: Iterable[tuple[str, str]]) -> str:
    return "\n".join(text for _, text in files)

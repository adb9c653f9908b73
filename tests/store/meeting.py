"""A small meeting for journals: one track, one captioner; knows no store."""

from intercommunity.meeting.actor import ORGANISER, Actor, Role
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.description import Description, Node, NodeKind
from intercommunity.store.live import Batch, Live

NOW = 1_700_000_000_000

DESCRIPTION = Description(
    slug="forum",
    title={"en": "Forum"},
    starts=NOW,
    languages=("en", "es"),
    nodes=(
        Node("hub", "Wellington", "NZ", "Pacific/Auckland", NodeKind.HUB),
        Node("lima", "Lima", "PE", "America/Lima", NodeKind.INTERACTIVE, server=True),
    ),
)
CAPTIONER = Actor(id="link:captions", role=Role.CAPTIONER, languages=("en",))
HOST = Actor(id="link:host", role=Role.HOST, person="link:host")


class Clock:
    """Stands still unless it is told otherwise."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


async def describe(live: Live) -> None:
    await live.submit(DescribeMeeting(DESCRIPTION), ORGANISER)


async def say(live: Live, text: str, key: str = "") -> tuple[str, ...]:
    return await live.submit(WriteLine("en", text), CAPTIONER, key)


class Heard:
    """A follower that remembers, and insists on order."""

    def __init__(self, after: int = 0) -> None:
        self.position = after
        self.ids: list[str] = []

    def __call__(self, batch: Batch) -> None:
        assert batch.position == self.position + len(batch.events), "a gap or a double"
        self.position = batch.position
        self.ids += [event.id for event in batch.events]


def lines(first: int, last: int) -> list[str]:
    """Ids of the hub's log."""
    return [f"hub-{number}" for number in range(first, last + 1)]

"""What the office asks of the rest of the product; knows nobody who answers."""

from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["coming", "live", "over"]


@dataclass(frozen=True)
class MeetingCard:
    """What the office's pages say of a meeting.

    titles: language (BCP 47) -> title. starts: UTC, milliseconds. languages: the meeting's, the first one first.
    recorded: whether its record can be read here.
    """

    slug: str
    titles: dict[str, str]
    starts: int
    languages: list[str]
    state: State
    recorded: bool = False

    def title(self, language: str) -> tuple[str, str]:
        """The title and the language it is in: the one asked for, else the meeting's first, else any; else the slug."""
        for each in (language, *self.languages, *self.titles):
            if self.titles.get(each):
                return self.titles[each], each
        return self.slug, ""


class Meetings(Protocol):
    """The meetings of this installation, as they are now. Asked from a thread of the site's, never awaited."""

    def list(self) -> list[MeetingCard]:
        """All of them, in no particular order."""
        ...

    def find(self, slug: str) -> MeetingCard | None:
        """The one at this address, or None."""
        ...


class NotInstalled(Exception):  # noqa: N818 - a broken start, named for what is missing
    """The office was asked for its meetings before anything was installed that knows them."""


_installed: list[Meetings] = []


def install(meetings: Meetings) -> None:
    """From now on the office asks `meetings`."""
    _installed[:] = [meetings]


def meetings() -> Meetings:
    """What was installed; raises NotInstalled."""
    if not _installed:
        raise NotInstalled("Call intercommunity.office.ports.install(meetings) before serving the office.")
    return _installed[0]

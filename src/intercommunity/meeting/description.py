"""What an organiser says about a meeting beforehand; knows nothing of what then happens."""

from enum import StrEnum

from msgspec import Struct

Texts = dict[str, str]
"""One text in several languages, by BCP 47 tag."""


class NodeKind(StrEnum):
    HUB = "hub"
    INTERACTIVE = "interactive"
    VIEWING = "viewing"


class QuestionPolicy(StrEnum):
    """`moderated`: a moderator sees a question before the others do; `open`: everybody does at once."""

    MODERATED = "moderated"
    OPEN = "open"


class Entrance(StrEnum):
    """`open`: anybody may watch and join; `link`: only with a link."""

    OPEN = "open"
    LINK = "link"


class Speaker(Struct, frozen=True, omit_defaults=True):
    id: str
    name: str
    affiliation: str = ""
    languages: tuple[str, ...] = ()


class Session(Struct, frozen=True, omit_defaults=True):
    id: str
    title: Texts
    starts: int
    """ms UTC"""
    minutes: int
    speakers: tuple[str, ...] = ()


class Node(Struct, frozen=True, omit_defaults=True):
    id: str
    city: str
    country: str
    """ISO 3166-1 alpha-2"""
    time_zone: str
    kind: NodeKind = NodeKind.VIEWING
    server: bool = False
    """Whether the room runs a server of its own, which then writes a log of its own."""


class Person(Struct, frozen=True, omit_defaults=True):
    """Somebody who works at a desk and gets a link of their own."""

    name: str
    role: str
    languages: tuple[str, ...] = ()
    node: str = ""
    delay_ms: int = 0


class Term(Struct, frozen=True, omit_defaults=True):
    """A name, an acronym or a term of this meeting, as it is written in each language."""

    kind: str
    texts: Texts
    short: str = ""
    """What a captioner types for it."""


class QuestionRules(Struct, frozen=True, omit_defaults=True):
    policy: QuestionPolicy = QuestionPolicy.MODERATED
    per_person_per_hour: int = 12


class Lower(StrEnum):
    """Whether a smaller picture is made beside the one that arrives; `auto`: where the machine has cores to spare."""

    AUTO = "auto"
    YES = "yes"
    NO = "no"


class Programme(Struct, frozen=True, omit_defaults=True):
    """Where picture and floor come from. `source`: as `from` in the meeting file; `delay_ms`: from stage to arrival."""

    source: str
    delay_ms: int = 0
    key: int = 0
    """Which of the source's stream keys is good; the next number makes the one before useless."""
    kbit: int = 48
    """A second of sound on each channel; from 96 on it is stereo."""
    lower: Lower = Lower.AUTO


FLOOR_LANGUAGE = "mul"
"""ISO 639-2 for several languages: on the floor each speaks their own."""


class Interpreting(Struct, frozen=True, omit_defaults=True):
    """A language beside the floor, by BCP 47 tag, and where it comes from; the rest as in `Programme`."""

    language: str
    source: str
    delay_ms: int = 0
    key: int = 0


class SoundChannel(Interpreting, frozen=True, omit_defaults=True):
    """As it is heard."""


class SignPicture(Interpreting, frozen=True, omit_defaults=True):
    """As it is signed: `language` as in "ase"."""


class Description(Struct, frozen=True, omit_defaults=True):
    """A whole meeting as its organiser describes it; loading a changed one replaces it as a whole."""

    slug: str
    title: Texts
    starts: int
    """ms UTC"""
    languages: tuple[str, ...]
    """The tracks, as BCP 47 tags; the first is the default."""
    sessions: tuple[Session, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    nodes: tuple[Node, ...] = ()
    people: tuple[Person, ...] = ()
    glossary: tuple[Term, ...] = ()
    questions: QuestionRules = QuestionRules()
    entrance: Entrance = Entrance.OPEN
    translator: str = "apertium"
    """The engine for machine translation: `apertium`, `libretranslate` or `none`."""
    rehearsal: bool = False
    programme: Programme | None = None
    channels: tuple[SoundChannel, ...] = ()
    sign: SignPicture | None = None

    def writers(self) -> frozenset[str]:
        """The nodes that write a log: the hub, and every room with a server of its own."""
        return frozenset({HUB} | {node.id for node in self.nodes if node.server})


HUB = "hub"
"""The name under which the main server writes its log."""

UNDESCRIBED = Description(slug="", title={}, starts=0, languages=())

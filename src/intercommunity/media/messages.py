"""What the server and its media process say to each other: one JSON object a line, over the process's pipes; no I/O.

Keys travel here and nowhere else: not in arguments, which every process of the machine may read, nor in files.
"""

import msgspec
from msgspec import Struct

from intercommunity.media.packaging.subtitles import Caption
from intercommunity.media.plan import Plan
from intercommunity.media.state import SourceState


class Run(Struct, frozen=True, tag="run"):
    """A meeting's webcast should run as planned; once more, with another plan, where it has changed."""

    plan: Plan


class Say(Struct, frozen=True, tag="say"):
    """Lines that are new or changed in a track; a struck one has no text."""

    slug: str
    track: str
    captions: tuple[Caption, ...]


class StartOver(Struct, frozen=True, tag="start_over"):
    """A rehearsal begins again: a new package, and what was said is gone."""

    slug: str


class End(Struct, frozen=True, tag="end"):
    """The meeting has ended: the package is complete."""

    slug: str


Order = Run | Say | StartOver | End


class Ready(Struct, frozen=True, tag="ready"):
    """`rtmp_port`: 0 where the port could not be had."""

    rtmp_port: int


class OnAir(Struct, frozen=True, omit_defaults=True):
    """The topic `media`, for all. `run`: the package; `begun`: ms UTC; `slate`: whether it stands for the picture;
    `floor`: the channels (languages) that carry the floor just now, in place of their own sound; `sign`: whether the
    sign language is seen.
    """

    run: str = ""
    begun: int = 0
    channels: tuple[str, ...] = ()
    slate: bool = False
    floor: tuple[str, ...] = ()
    ended: bool = False
    sign: bool = False
    fault: str = ""
    """Why nothing is packaged: `disk_full`, `disk_failed`, `no_ffmpeg`."""


class Report(Struct, frozen=True, tag="report"):
    """`sources` is the topic `sources`, for desks."""

    slug: str
    on_air: OnAir
    sources: tuple[SourceState, ...]


Answer = Ready | Report

_ORDERS = msgspec.json.Decoder(Order)
_ANSWERS = msgspec.json.Decoder(Answer)


def encode(message: Order | Answer) -> bytes:
    return msgspec.json.encode(message) + b"\n"


def decode_order(line: bytes) -> Order:
    order: Order = _ORDERS.decode(line)
    return order


def decode_answer(line: bytes) -> Answer:
    answer: Answer = _ANSWERS.decode(line)
    return answer

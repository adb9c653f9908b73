"""What goes over the core's socket: JSON objects, each behind its length (four bytes, most significant first).

The one who connects speaks first of what it wants; the core speaks first of all meetings (`Opened` for each, then
`Welcome`). Requests carry a number that their answer repeats. `subscription` is chosen by the one who connects.
"""

import asyncio
import os
from pathlib import Path

import msgspec

from intercommunity.meeting.actor import Actor
from intercommunity.meeting.commands import AnyCommand
from intercommunity.meeting.kinds import kind_of
from intercommunity.meeting.log import Event

LONGEST = 64 * 2**20
_LENGTH = 4
_LONGEST_PATH = 100
"""A unix socket's path holds 107 bytes on Linux."""


class Frame(msgspec.Struct, frozen=True, tag_field="frame", tag=kind_of, omit_defaults=True):
    pass


class Follow(Frame, frozen=True):
    subscription: int
    slug: str
    after: int


class Unfollow(Frame, frozen=True):
    subscription: int


class Submit(Frame, frozen=True):
    request: int
    slug: str
    command: AnyCommand
    actor: Actor
    key: str = ""


class Ask(Frame, frozen=True):
    """Who stands behind a secret?"""

    request: int
    slug: str
    token_hash: str
    now: int


class Create(Frame, frozen=True):
    request: int
    slug: str


class Whisper(Frame, frozen=True):
    """Both ways."""

    slug: str
    topic: str
    value: bytes


Wanted = Follow | Unfollow | Submit | Ask | Create | Whisper


class Opened(Frame, frozen=True):
    slug: str
    identity: str
    position: int


class Welcome(Frame, frozen=True):
    pass


class Shown(Frame, frozen=True):
    subscription: int
    events: tuple[Event, ...]
    position: int


class Led(Frame, frozen=True):
    """A submitted command, or a created meeting, led to these events."""

    request: int
    ids: tuple[str, ...] = ()


class Known(Frame, frozen=True):
    request: int
    actor: Actor


class Denied(Frame, frozen=True):
    """Refused by the meeting."""

    request: int
    code: str
    values: dict[str, str | int]


class Failed(Frame, frozen=True):
    """Unavailable; or, with a text, a slug that cannot be used."""

    request: int
    code: str
    text: str = ""


Told = Opened | Welcome | Shown | Led | Known | Denied | Failed | Whisper

_encoder = msgspec.json.Encoder()
decode_wanted = msgspec.json.Decoder(Wanted).decode
decode_told = msgspec.json.Decoder(Told).decode


def encode_frame(frame: Frame) -> bytes:
    body = _encoder.encode(frame)
    return len(body).to_bytes(_LENGTH) + body


async def read_frame(reader: asyncio.StreamReader) -> bytes:
    """The next frame's body. Raises `EOFError` at the end, also in the middle of a frame or before one too long."""
    length = int.from_bytes(await reader.readexactly(_LENGTH))
    if length > LONGEST:
        raise EOFError
    return await reader.readexactly(length)


class Address:
    """A path for `bind` and `connect`, however long the real one is; to be closed after use."""

    def __init__(self, path: Path) -> None:
        self._folder = -1
        self.path = str(path)
        if len(os.fsencode(path)) > _LONGEST_PATH:
            self._folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            self.path = f"/proc/self/fd/{self._folder}/{path.name}"

    def __enter__(self) -> str:
        return self.path

    def __exit__(self, *_: object) -> None:
        if self._folder >= 0:
            os.close(self._folder)

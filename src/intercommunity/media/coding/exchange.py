"""What the media process and its encoders say to each other over pipes, framed as in `framing.py`; no I/O.

Times are microseconds, ms UTC on stage times a thousand; a picture's is when it is shown.
"""

import msgspec
from msgspec import Struct

LEAST_DIFFERENCE = 7 / 6


class Wanted(Struct, frozen=True):
    """A rendition to be made. `lines`: its height at most; `kbit`: its rate at most.
    `smaller`: whether it is left out where what arrives is hardly larger.
    """

    name: str
    lines: int
    kbit: int
    smaller: bool = False


def is_worth_making(wanted: Wanted, lines: int) -> bool:
    """Of a picture of so many lines."""
    return not wanted.smaller or lines >= wanted.lines * LEAST_DIFFERENCE


class Begin(Struct, frozen=True, tag="begin"):
    """What comes is coded so. `keys_every`: microseconds; 0 for the same pictures that need no other as what comes."""

    codec: str
    record: bytes
    wanted: tuple[Wanted, ...]
    keys_every: int


class Coded(Struct, frozen=True, tag="coded"):
    """A picture that is to be shown at `at`; one that is not `wanted` only because later ones need it."""

    at: int
    key: bool
    data: bytes
    wanted: bool = True


class Made(Struct, frozen=True, tag="made"):
    """A rendition's picture in H.264, in the order in which they are shown. With the first of a new form: `record`, its
    decoder configuration, and `size`, what was decoded. Without a name where nothing was to be made of a picture.
    """

    name: str
    at: int
    key: bool = False
    data: bytes = b""
    record: bytes = b""
    size: tuple[int, int] = (0, 0)


Order = Begin | Coded

_ORDERS = msgspec.msgpack.Decoder(Order)
_ANSWERS = msgspec.msgpack.Decoder(Made)


def decode_order(data: bytes) -> Order:
    order: Order = _ORDERS.decode(data)
    return order


def decode_made(data: bytes) -> Made:
    return _ANSWERS.decode(data)

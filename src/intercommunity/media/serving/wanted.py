"""What of a file a GET asks for: nothing, since it has not changed; a part; or all of it. No I/O.

After RFC 9110, 13 (conditions) and 14 (ranges). Several parts at once are answered with the whole, as 14.2 allows: no
player asks for them.
"""

import re
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache

from msgspec import Struct

_RANGE = re.compile(rb"bytes\s*=\s*(?:(?P<first>\d{1,18})-(?P<last>\d{1,18})?|-(?P<suffix>\d{1,18}))\s*", re.IGNORECASE)
_TAG = re.compile(rb'(?:W/)?("[^"]*")')


class Version(Struct, frozen=True):
    """`tag`: a strong entity tag with its quotes; `changed`: s UTC."""

    tag: bytes
    changed: int

    @property
    def last_modified(self) -> bytes:
        return _http_date(self.changed)


@lru_cache(256)
def _http_date(moment: int) -> bytes:
    return formatdate(moment, usegmt=True).encode()


def is_unchanged(headers: Mapping[bytes, bytes], version: Version) -> bool:
    """Whether 304 is the answer (13.1.2, 13.1.3: a tag counts before a date)."""
    known = headers.get(b"if-none-match")
    if known is not None:
        return known.strip() == b"*" or version.tag in _TAG.findall(known)
    since = _seconds(headers.get(b"if-modified-since", b""))
    return since is not None and version.changed <= since


def wanted_part(headers: Mapping[bytes, bytes], version: Version, size: int) -> range | None:
    """The bytes to send; None for all of them. An empty range cannot be satisfied: 416 is the answer."""
    found = _RANGE.fullmatch(headers.get(b"range", b""))
    if found is None or not _is_of(headers.get(b"if-range"), version):
        return None
    if found["suffix"] is not None:
        return range(max(0, size - int(found["suffix"])), size)
    first, last = int(found["first"]), int(found["last"]) if found["last"] else size - 1
    if found["last"] and last < first:
        return None
    return range(min(first, size), min(last + 1, size))


def _is_of(condition: bytes | None, version: Version) -> bool:
    """If-Range (13.1.5): a part of what the client has, and no other version's; a weak tag is never the same."""
    return condition is None or condition.strip() in (version.tag, version.last_modified)


def _seconds(date: bytes) -> float | None:
    try:
        return parsedate_to_datetime(date.decode("ascii")).timestamp()
    except (ValueError, OverflowError):
        return None

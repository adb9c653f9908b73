"""Where picture and sound may come from, as it is written in a meeting file; reaches none of it.

rtmp                      sent to our server by RTMP, with the source's stream key, as OBS does
srt:9001                  sent to us by SRT on that UDP port, with the source's stream key as passphrase
file:talk.mp4             a file in the installation's folder for programmes
https://… http://…        pulled: HLS, Icecast, or a file
rtmp://… rtmps://… srt://…    pulled
"""

import re

from msgspec import Struct

PULLED = ("https", "http", "rtmp", "rtmps", "srt")
ORIGINS_EXPLAINED = (
    'from must be "rtmp" or "srt:9001" (sent to this server), "file:talk.mp4", or an address to pull that begins with '
    "https://, http://, rtmp://, rtmps:// or srt://."
)
_FIRST_PORT, _LAST_PORT = 1024, 65_535


class Origin(Struct, frozen=True):
    """kind: rtmp, srt, file or pull. `address`: a port, a file's name or an address to pull. `key`: of who sends."""

    kind: str
    address: str = ""
    key: str = ""


def origin_of(source: str, key: str = "") -> Origin | None:
    """None for what is no origin."""
    if source == "rtmp":
        return Origin("rtmp", "", key)
    if re.fullmatch(r"srt:[0-9]{4,5}", source) and _FIRST_PORT <= int(source[4:]) <= _LAST_PORT:
        return Origin("srt", source[4:], key)
    if re.fullmatch(r"file:[^/\\\0][^\\\0]*", source) and ".." not in source[5:].split("/"):
        return Origin("file", source[5:])
    scheme, sign, rest = source.partition("://")
    if sign and scheme in PULLED and rest and not re.search(r"[\s\0]", source):
        return Origin("pull", source)
    return None


def is_origin(source: str) -> bool:
    return origin_of(source) is not None

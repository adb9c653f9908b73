"""Serves packages: playlists that are looked at again, segments that never change; nothing beside them.

    GET /live/{slug}/hls/main.m3u8, and whatever that names

1. A path is taken apart and has to look like a package's file: there is nothing in it that could lead anywhere else.
2. What a request is answered with is ready at once: a text or a small segment from memory, a part of an open file for
   a large one (`held.py`). So whoever knows how may send it without a task of its own (`answer`).
3. As an ASGI application it sends the same in pieces.
"""

import os
import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct
from starlette.types import Receive, Scope, Send

from intercommunity.media.packaging.playlist import delta_of
from intercommunity.media.serving.held import Held, HeldFiles, Text
from intercommunity.media.serving.wanted import Version, is_unchanged, wanted_part

_PIECE = 256 * 1024

_PATH = re.compile(
    r"/live/(?P<slug>[a-z0-9-]{1,64})/hls/(?P<file>(?:\w[\w-]*/){0,4}\w[\w-]*\.(?P<kind>m3u8|m4s|mp4|vtt))", re.ASCII
)
_TYPES = {
    "m3u8": b"application/vnd.apple.mpegurl",
    "m4s": b"video/iso.segment",
    "mp4": b"video/mp4",
    "vtt": b"text/vtt; charset=utf-8",
}
_FOR_EVER = b"public, max-age=31536000, immutable"
_CACHED = {"m3u8": b"public, max-age=1", "m4s": _FOR_EVER, "mp4": _FOR_EVER, "vtt": b"public, max-age=2"}

_MATTER = frozenset({b"authorization", b"range", b"if-range", b"if-none-match", b"if-modified-since"})
"""Headers of a request by which its answer differs, with Accept-Encoding."""

_Headers = list[tuple[bytes, bytes]]
_FOR_ALL: _Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"content-length, content-range, date, etag"),
    (b"x-content-type-options", b"nosniff"),
]


class Answer(Struct, frozen=True, dict=True):
    """`headers` say how long it is. What comes after them: `body`, or `part` of `file`, a descriptor that is good until
    another answer is asked for.
    """

    status: int
    headers: _Headers
    body: bytes = b""
    file: int | None = None
    part: range = range(0)

    @cached_property
    def head(self) -> bytes:
        """`headers` as HTTP/1.1 has them."""
        return b"".join([b"%b: %b\r\n" % header for header in self.headers])


def is_for_files(path: str) -> bool:
    return path.startswith("/live/") and path.split("/")[3:4] == ["hls"]


class HlsFiles:
    """An ASGI application. `folder`: of all packages, by slug; `may_enter`: whether a request may see the meeting of a
    slug. That is asked for main.m3u8; the folders it names cannot be guessed.
    """

    def __init__(self, folder: Path, may_enter: Callable[[Scope, str], bool]) -> None:
        self._held = HeldFiles(folder)
        self._may_enter = may_enter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as ASGI has it
        answer = self.answer(scope)
        file = None if answer.file is None else os.dup(answer.file)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if file is None:
            await send({"type": "http.response.body", "body": answer.body})
            return
        try:
            await _send_part(send, file, answer.part)
        finally:
            os.close(file)

    def if_asked(self, scope: Scope) -> Answer | None:
        """The answer; None to what is asked of others."""
        return self.answer(scope) if is_for_files(scope["path"]) else None

    def answer(self, scope: Scope) -> Answer:
        found, method = _PATH.fullmatch(scope["path"]), scope["method"]
        if method == "OPTIONS":
            return _empty(204, [(b"access-control-allow-headers", b"range"), (b"allow", b"GET, HEAD, OPTIONS")])
        if method not in ("GET", "HEAD"):
            return _empty(405, [(b"allow", b"GET, HEAD, OPTIONS"), _NOTHING])
        if found is None:
            return _NOT_FOUND
        if "/" not in found["file"] and not self._may_enter(scope, found["slug"]):
            return _empty(403, [(b"cache-control", b"no-store"), _NOTHING])
        held = self._wanted(f"{found['slug']}/{found['file']}", scope["query_string"])
        return _NOT_FOUND if held is None else _answer(method, dict(scope["headers"]), found["kind"], held)

    def _wanted(self, name: str, query: bytes) -> Held | None:
        delta = self._held.get(delta_of(name)) if b"_HLS_skip=" in query and name.endswith(".m3u8") else None
        return self._held.get(name) if delta is None else delta


def _answer(method: str, headers: Mapping[bytes, bytes], kind: str, held: Held) -> Answer:
    """Most ask for nothing but the file, and get the same answer."""
    if method != "GET" or not _MATTER.isdisjoint(headers):
        return _new_answer(method, headers, kind, held)
    packed = _takes_gzip(headers.get(b"accept-encoding", b""))
    answer = held.answers.get(packed)
    if answer is None:
        answer = held.answers[packed] = _new_answer(method, headers, kind, held)
    return answer


def _new_answer(method: str, headers: Mapping[bytes, bytes], kind: str, held: Held) -> Answer:
    answer = (
        _text_answer(headers, kind, held.version, held.text)
        if held.text is not None and kind in ("m3u8", "vtt")
        else _segment_answer(method, headers, kind, held)
    )
    return Answer(answer.status, answer.headers) if method == "HEAD" else answer


def _text_answer(headers: Mapping[bytes, bytes], kind: str, version: Version, text: Text) -> Answer:
    described, body = _described(kind, headers), text.plain
    if text.packed and _takes_gzip(headers.get(b"accept-encoding", b"")):
        body, version = text.packed, Version(version.tag[:-1] + b'-gz"', version.changed)
        described.append((b"content-encoding", b"gzip"))
    described += _dated(version)
    if is_unchanged(headers, version):
        return Answer(304, described)
    return Answer(200, [*described, _length(len(body))], body)


def _segment_answer(method: str, headers: Mapping[bytes, bytes], kind: str, held: Held) -> Answer:
    described = [*_described(kind, headers), (b"accept-ranges", b"bytes"), *_dated(held.version)]
    if is_unchanged(headers, held.version):
        return Answer(304, described)
    part = wanted_part(headers, held.version, held.size) if method == "GET" else None
    if part is not None and not part:
        beyond = (b"content-range", b"bytes */%d" % held.size)
        return _empty(416, [beyond, (b"cache-control", b"no-store"), _NOTHING])
    status = 200 if part is None else 206
    if part is not None:
        described.append((b"content-range", b"bytes %d-%d/%d" % (part.start, part.stop - 1, held.size)))
    part = range(held.size) if part is None else part
    described.append(_length(len(part)))
    if held.text is None:
        return Answer(status, described, file=held.descriptor, part=part)
    return Answer(status, described, held.text.plain[part.start : part.stop])


def _described(kind: str, headers: Mapping[bytes, bytes]) -> _Headers:
    """What was given to one person's key is kept by no cache that serves others as well."""
    cached = _CACHED[kind].replace(b"public", b"private") if b"authorization" in headers else _CACHED[kind]
    vary = [(b"vary", b"accept-encoding")] if kind == "m3u8" else []
    return [*_FOR_ALL, (b"content-type", _TYPES[kind]), (b"cache-control", cached), *vary]


@lru_cache(64)
def _takes_gzip(accepted: bytes) -> bool:
    """Accept-Encoding (RFC 9110, 12.5.3), as far as it is used."""
    offers = [offer.replace(b" ", b"").lower().partition(b";") for offer in accepted.split(b",")]
    return any(name in (b"gzip", b"*") and not re.fullmatch(rb"q=0(\.0*)?", value) for name, _, value in offers)


def _dated(version: Version) -> _Headers:
    return [(b"etag", version.tag), (b"last-modified", version.last_modified)]


def _length(size: int) -> tuple[bytes, bytes]:
    return (b"content-length", b"%d" % size)


def _empty(status: int, headers: _Headers) -> Answer:
    return Answer(status, [*_FOR_ALL, *headers])


_NOTHING = _length(0)
_NOT_FOUND = _empty(404, [(b"cache-control", b"public, max-age=1"), _NOTHING])
"""For a moment only: what is named today may be there in a second."""


async def _send_part(send: Send, file: int, part: range) -> None:
    for start in range(part.start, part.stop, _PIECE):
        stop = min(start + _PIECE, part.stop)
        body = os.pread(file, stop - start, start)
        await send({"type": "http.response.body", "body": body, "more_body": stop < part.stop})

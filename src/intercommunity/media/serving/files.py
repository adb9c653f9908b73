"""Serves packages: playlists that are looked at again, segments that never change; nothing beside them.

    GET /live/{slug}/hls/main.m3u8, and whatever that names

1. A path is taken apart and has to look like a package's file: there is nothing in it that could lead anywhere else.
2. Playlists and captions are small and replaced while people read them: they are read whole, and sent from memory;
   a playlist is compressed, once for all who ask for it.
3. Segments go from the kernel's cache to the line where the server knows how (the extension of ASGI), else in pieces.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from starlette.types import Receive, Scope, Send

from intercommunity.media.packaging.playlist import delta_of
from intercommunity.media.serving.open_file import OpenFile, Playlists, Text
from intercommunity.media.serving.wanted import Version, is_unchanged, wanted_part

ZERO_COPY = "http.response.zerocopysend"
COPIED_UP_TO = 16 * 1024
"""Bytes; what is smaller is cheaper to read than to ask the kernel for."""
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

_Headers = list[tuple[bytes, bytes]]
_FOR_ALL: _Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"content-length, content-range, date, etag"),
    (b"x-content-type-options", b"nosniff"),
]


def is_for_files(path: str) -> bool:
    return path.startswith("/live/") and path.split("/")[3:4] == ["hls"]


class HlsFiles:
    """An ASGI application. `folder`: of all packages, by slug; `may_enter`: whether a request may see the meeting of a
    slug. That is asked for main.m3u8; the folders it names cannot be guessed.
    """

    def __init__(self, folder: Path, may_enter: Callable[[Scope, str], bool]) -> None:
        self._folder = folder.resolve()
        self._may_enter = may_enter
        self._playlists = Playlists()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as ASGI has it
        found = _PATH.fullmatch(scope["path"])
        if scope["method"] == "OPTIONS":
            await _answer(send, 204, [(b"access-control-allow-headers", b"range"), (b"allow", b"GET, HEAD, OPTIONS")])
        elif scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, [(b"allow", b"GET, HEAD, OPTIONS")])
        elif found is None:
            await _not_found(send)
        elif "/" not in found["file"] and not self._may_enter(scope, found["slug"]):
            await _answer(send, 403, [(b"cache-control", b"no-store")])
        else:
            await self._serve(scope, send, f"{found['slug']}/{found['file']}", found["kind"])

    async def _serve(self, scope: Scope, send: Send, name: str, kind: str) -> None:
        file = None
        if kind == "m3u8" and b"_HLS_skip=" in scope["query_string"]:
            file = self._open(delta_of(name))
        if file is None:
            file = self._open(name)
        if file is None:
            await _not_found(send)
            return
        with file:
            headers = dict(scope["headers"])
            if kind in ("m3u8", "vtt"):
                text = self._playlists.text(file) if kind == "m3u8" else Text(file.read())
                await _send_text(scope, send, headers, file.version, text, _described(kind, headers))
            else:
                await _send_segment(scope, send, headers, file, _described(kind, headers))

    def _open(self, name: str) -> OpenFile | None:
        path = self._folder / name
        with suppress(OSError):
            if path.resolve() == path:
                return OpenFile.opened(path)
        return None


def _described(kind: str, headers: Mapping[bytes, bytes]) -> _Headers:
    """What was given to one person's key is kept by no cache that serves others as well."""
    cached = _CACHED[kind].replace(b"public", b"private") if b"authorization" in headers else _CACHED[kind]
    vary = [(b"vary", b"accept-encoding")] if kind == "m3u8" else []
    return [(b"content-type", _TYPES[kind]), (b"cache-control", cached), *vary]


async def _send_text(
    scope: Scope, send: Send, headers: Mapping[bytes, bytes], version: Version, text: Text, described: _Headers
) -> None:
    body = text.plain
    if text.compressed and _takes_gzip(headers.get(b"accept-encoding", b"")):
        body, version = text.compressed, Version(version.tag[:-1] + b'-gz"', version.changed)
        described = [*described, (b"content-encoding", b"gzip")]
    described = [*described, *_dated(version)]
    if is_unchanged(headers, version):
        await _answer(send, 304, described)
        return
    await _answer(send, 200, [*described, _length(len(body))], body if scope["method"] == "GET" else b"")


def _takes_gzip(accepted: bytes) -> bool:
    """Accept-Encoding (RFC 9110, 12.5.3), as far as it is used."""
    offers = [offer.replace(b" ", b"").lower().partition(b";") for offer in accepted.split(b",")]
    return any(name in (b"gzip", b"*") and not re.fullmatch(rb"q=0(\.0*)?", value) for name, _, value in offers)


async def _send_segment(
    scope: Scope, send: Send, headers: Mapping[bytes, bytes], file: OpenFile, described: _Headers
) -> None:
    described = [*described, (b"accept-ranges", b"bytes"), *_dated(file.version)]
    if is_unchanged(headers, file.version):
        await _answer(send, 304, described)
        return
    part = wanted_part(headers, file.version, file.size) if scope["method"] == "GET" else None
    if part is not None and not part:
        await _answer(send, 416, [(b"content-range", b"bytes */%d" % file.size), (b"cache-control", b"no-store")])
        return
    status = 200 if part is None else 206
    if part is not None:
        described.append((b"content-range", b"bytes %d-%d/%d" % (part.start, part.stop - 1, file.size)))
    part = range(file.size) if part is None else part
    described.append(_length(len(part)))
    if scope["method"] == "HEAD":
        await _answer(send, status, described)
    elif len(part) <= COPIED_UP_TO:
        await _answer(send, status, described, file.read(part))
    else:
        await _begin(send, status, described)
        await _send_part(scope, send, file, part)


async def _send_part(scope: Scope, send: Send, file: OpenFile, part: range) -> None:
    if ZERO_COPY in (scope.get("extensions") or {}):
        await send({"type": ZERO_COPY, "file": file.descriptor, "offset": part.start, "count": len(part)})
        return
    for start in range(part.start, part.stop, _PIECE):
        piece = range(start, min(start + _PIECE, part.stop))
        await send({"type": "http.response.body", "body": file.read(piece), "more_body": piece.stop < part.stop})


def _dated(version: Version) -> _Headers:
    return [(b"etag", version.tag), (b"last-modified", version.last_modified)]


def _length(size: int) -> tuple[bytes, bytes]:
    return (b"content-length", str(size).encode())


async def _not_found(send: Send) -> None:
    """For a moment only: what is named today may be there in a second."""
    await _answer(send, 404, [(b"cache-control", b"public, max-age=1")])


async def _answer(send: Send, status: int, headers: _Headers, body: bytes = b"") -> None:
    if not body and status not in (204, 304) and not any(name == b"content-length" for name, _ in headers):
        headers = [*headers, _length(0)]
    await _begin(send, status, headers)
    await send({"type": "http.response.body", "body": body})


async def _begin(send: Send, status: int, headers: _Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*_FOR_ALL, *headers]})

"""Serves published records: the plain files of a folder, to those who may see the meeting; decides nothing about that.

GET  /{slug}/record/…            a file of the record, ranges served; index.html where a folder is named
POST /{slug}/record/enter        with Authorization: Bearer TOKEN; gives what a browser shows with each file

A file can only be asked for by its address, and an address must not hold a secret: so whoever needs a link shows its
token once, and it is kept in a cookie that no script reads and that is sent for this record alone. Each file is asked
about anew, so a link that is withdrawn opens nothing any more.

What is not there, or not for who asks, goes on to the site, which says why.
"""

import gzip
import re
from collections.abc import Callable
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from intercommunity.wire.headers import SECURITY_HEADERS

_PATH = re.compile(r"/(?P<slug>[a-z0-9-]{1,64})/record(?P<file>/.*)?")
_SAFE = re.compile(r"/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?", re.ASCII)
_ENTER = "/enter"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "m3u8": "application/vnd.apple.mpegurl",
    "m4a": "audio/mp4",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "srt": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
}
_PACKED = frozenset({"css", "html", "js", "json", "srt", "txt", "vtt"})
_NEVER_CHANGES = frozenset({"m4s"})
_KEPT_FOR_S = 30 * 24 * 3600
_PACKED_MOST = 64

MayEnter = Callable[[str, str], bool]
"""(slug, token) -> whether its bearer may see the meeting; the token is "" for somebody who shows none."""


def is_for_record(path: str) -> bool:
    return path.split("/")[2:3] == ["record"]


class RecordFiles:
    """An ASGI application. `folder`: of all records, by slug; `otherwise` answers what this does not."""

    def __init__(self, folder: Path, may_enter: MayEnter, otherwise: ASGIApp, *, https_only: bool = False) -> None:
        self._folder = folder
        self._may_enter = may_enter
        self._otherwise = otherwise
        self._https_only = https_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._response(scope)
        if response is None:
            await self._otherwise(scope, receive, send)
            return
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        await response(scope, receive, send)

    async def _response(self, scope: Scope) -> Response | None:
        found = _PATH.fullmatch(scope["path"])
        if found is None:
            return None
        slug, file, headers = found["slug"], found["file"], Headers(scope=scope)
        if file == _ENTER and scope["method"] == "POST":
            return self._enter(slug, headers)
        if scope["method"] not in ("GET", "HEAD") or not self._may_enter(slug, _token_in(headers, slug)):
            return None
        if not file:
            return RedirectResponse(f"/{slug}/record/", 307)
        path = self._file(slug, file)
        return await run_in_threadpool(_answer, path, headers) if path is not None else None

    def _enter(self, slug: str, headers: Headers) -> Response:
        token = _bearer(headers)
        if not self._may_enter(slug, token):
            return Response(status_code=403)
        response = Response(status_code=204, headers={"cache-control": "no-store"})
        response.set_cookie(
            _cookie_of(slug),
            token,
            max_age=_KEPT_FOR_S,
            path=f"/{slug}/record/",
            secure=self._https_only,
            httponly=True,
            samesite="lax",
        )
        return response

    def _file(self, slug: str, file: str) -> Path | None:
        """An address that could lead out of the folder looks like none of ours."""
        if not _SAFE.fullmatch(file):
            return None
        path = self._folder / slug / (file[1:] + "index.html" if file.endswith("/") else file[1:])
        inside = path.resolve().is_relative_to((self._folder / slug).resolve())
        return path if inside and path.is_file() else None


def _answer(path: Path, headers: Headers) -> Response:
    kind = path.suffix.removeprefix(".")
    stat = path.stat()
    tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    about = {
        "etag": tag,
        "cache-control": "private, max-age=86400" if kind in _NEVER_CHANGES else "private, no-cache",
        "vary": "Cookie, Authorization, Accept-Encoding",
    }
    if headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=about)
    media_type = _TYPES.get(kind, "text/plain; charset=utf-8")
    if kind in _PACKED and "gzip" in headers.get("accept-encoding", "") and "range" not in headers:
        packed = _packed(path, stat.st_mtime_ns)
        return Response(packed, headers={**about, "content-encoding": "gzip"}, media_type=media_type)
    return FileResponse(path, headers=about, media_type=media_type, stat_result=stat)


@lru_cache(maxsize=_PACKED_MOST)
def _packed(path: Path, changed_at: int) -> bytes:  # noqa: ARG001 - a file that has changed is packed anew
    return gzip.compress(path.read_bytes(), 6)


def _token_in(headers: Headers, slug: str) -> str:
    try:
        kept = SimpleCookie(headers.get("cookie", "")).get(_cookie_of(slug))
    except CookieError:
        kept = None
    return _bearer(headers) or (kept.value if kept is not None else "")


def _bearer(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _cookie_of(slug: str) -> str:
    return f"record-{slug}"

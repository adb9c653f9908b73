"""Serves packages: playlists that are looked at again, segments that never change; nothing beside them.

GET /live/{slug}/hls/main.m3u8, and whatever that names. A path is taken apart and has to look like a package's file:
there is nothing in it that could lead anywhere else. The file is sent by the kernel where the server can do that.
"""

import re
from collections.abc import Callable
from pathlib import Path

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from intercommunity.media.playlist import delta_of

_PATH = re.compile(
    r"/live/(?P<slug>[a-z0-9-]{1,64})/hls/(?P<file>(?:\w[\w-]*/){0,4}\w[\w-]*\.(?P<kind>m3u8|m4s|mp4|vtt))"
)
_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "vtt": "text/vtt; charset=utf-8",
}
_CACHED = {
    "m3u8": "public, max-age=1",
    "m4s": "public, max-age=31536000, immutable",
    "mp4": "public, max-age=31536000, immutable",
    "vtt": "public, max-age=2",
}
_HEADERS = {"access-control-allow-origin": "*", "x-content-type-options": "nosniff"}


def is_for_files(path: str) -> bool:
    return path.startswith("/live/") and path.split("/")[3:4] == ["hls"]


class HlsFiles:
    """An ASGI application. `folder`: of all packages, by slug; `may_enter`: whether a request may see the meeting of a
    slug. That is asked for main.m3u8; the folders it names cannot be guessed.
    """

    def __init__(self, folder: Path, may_enter: Callable[[Scope, str], bool]) -> None:
        self._folder = folder.resolve()
        self._may_enter = may_enter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._response(scope, scope["path"], scope["method"])
        await response(scope, receive, send)

    def _response(self, scope: Scope, path: str, method: str) -> Response:
        found = _PATH.fullmatch(path)
        if method not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"allow": "GET, HEAD"})
        file = self._folder / found["slug"] / found["file"] if found is not None else None
        if (
            file is not None
            and b"_HLS_skip=" in scope["query_string"]
            and (delta := Path(delta_of(str(file)))).is_file()
        ):
            file = delta
        if found is not None and "/" not in found["file"] and not self._may_enter(scope, found["slug"]):
            return Response(status_code=403, headers={**_HEADERS, "cache-control": "no-store"})
        if found is None or file is None or not file.is_file() or not file.resolve().is_relative_to(self._folder):
            return Response(status_code=404, headers={**_HEADERS, "cache-control": "public, max-age=1"})
        kind = found["kind"]
        return FileResponse(
            file, headers={**_HEADERS, "cache-control": _CACHED[kind]}, media_type=_TYPES[kind], stat_result=file.stat()
        )

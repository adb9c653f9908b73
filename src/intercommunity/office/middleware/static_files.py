"""The built scripts and styles, compressed beforehand and cached for good by their hashed names."""

import re

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

_HASHED = re.compile(r"-[0-9a-f]{12}\.\w+$")


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, answering with the whole file at once: they are small, and Django would stream them by a thread."""

    def immutable_file_test(self, path: str, url: str) -> bool:  # noqa: ARG002 - WhiteNoise gives both
        return bool(_HASHED.search(url))

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            with found.file:
                body = found.file.read()
        return HttpResponse(body, status=int(found.status), headers=dict(found.headers))

"""The headers that keep a page to itself, on every answer; knows no page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from intercommunity.wire.headers import INSIST_ON_HTTPS, SECURITY_HEADERS

Answer = Callable[[HttpRequest], HttpResponse]


def security_headers(answer: Answer) -> Answer:
    """Outermost of all, so that error pages and static files have them too."""
    headers = SECURITY_HEADERS | (INSIST_ON_HTTPS if settings.HTTPS_ONLY else {})

    def answer_with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return answer_with_headers

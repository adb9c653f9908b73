"""The language in which a person reads the pages: asked for (?ui=es), remembered, or their browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponse]

QUERY = "ui"


def interface_language(answer: Answer) -> Answer:
    """`?ui=` is obeyed at once and remembered in a cookie; a language that we have not is passed over."""
    ours = {code for code, _name in settings.LANGUAGES}

    def answer_in_language(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(QUERY, "")
        language = asked if asked in ours else translation.get_language_from_request(request)
        with translation.override(language):
            response = answer(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if asked in ours:
            _remember(response, asked)
        return response

    return answer_in_language


def _remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )

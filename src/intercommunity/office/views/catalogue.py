"""The catalogue of another language, for a page that changes its language without loading anew."""

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from intercommunity.office.assets import NotBuilt
from intercommunity.office.web_catalogue import web_catalogue
from intercommunity.wire.catalogue import LANGUAGES


@require_safe
def catalogue(request: HttpRequest, language: str) -> JsonResponse:
    """What `?page=` says in `language`, or what all pages say; in the shape of office.web_catalogue.WebCatalogue."""
    if language not in LANGUAGES:
        raise Http404(language)
    try:
        answer = JsonResponse(web_catalogue(language, request.GET.get("page")))
    except NotBuilt as error:
        raise Http404(str(error)) from error
    answer.headers["Content-Language"] = language
    patch_cache_control(answer, public=True, max_age=300)
    return answer

"""What stands where a meeting's record would: that it is not there yet, or for whom it is; knows no file of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from intercommunity.office import ports
from intercommunity.office.assets import assets


@require_safe
def record(request: HttpRequest, slug: str, file: str = "") -> HttpResponse:
    """Its script shows the secret that this browser has of the meeting, once, and loads the page anew when the record
    is there: so what is not there says 404.
    """
    card = ports.meetings().find(slug)
    if card is None:
        raise Http404(slug)
    title, title_language = card.title(get_language() or "en")
    context = {
        "card": card,
        "title": title,
        "title_language": title_language,
        "assets": assets("record"),
        "config": {"slug": slug, "recorded": card.recorded, "coming": card.state == "over"},
    }
    status = 403 if card.recorded and not file else 404
    response = render(request, "record.html", context, status=status)
    patch_cache_control(response, no_store=True)
    return response

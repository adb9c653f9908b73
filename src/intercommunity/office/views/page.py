"""A page of a running meeting: the frame, and what its script is told; the rest comes from the live plane.

Who may do what is not decided here. A role's link carries its token behind the # of the address, which browsers
keep to themselves: no server, proxy or log ever sees it. The script reads it there and sends it with each command.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from intercommunity.office import ports
from intercommunity.office.assets import assets
from intercommunity.office.pages import PAGES, WATCH
from intercommunity.office.web_catalogue import web_catalogue


@require_safe
def page(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    card = ports.meetings().find(slug)
    if card is None:
        raise Http404(slug)
    language = get_language() or "en"
    title, title_language = card.title(language)
    context = {
        "card": card,
        "title": title,
        "title_language": title_language,
        "page_name": gettext(PAGES[name].name),
        "frame": PAGES[name].frame,
        "assets": assets(name),
        "catalogue": web_catalogue(language, name),
        "config": {"page": name, "slug": slug, "titles": card.titles, "languages": card.languages, **_player(name)},
        "read_in": language if language in card.languages else card.languages[0],
    }
    response = render(request, "page.html", context)
    patch_cache_control(response, no_cache=True)
    return response


def _player(name: str) -> dict[str, str]:
    """Where the watch page finds the player, which it takes in when somebody presses play."""
    if name != WATCH:
        return {}
    player = assets("player")
    return {"player": player.script, "playerStyle": player.style, "hls": assets("hls").script}

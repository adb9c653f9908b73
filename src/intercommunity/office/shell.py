"""What the frame of every page says: the site's name, the language and its direction, the other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from intercommunity.office.assets import assets
from intercommunity.wire.catalogue import direction


def shell(_request: HttpRequest) -> dict[str, Any]:
    """The template context that all pages share; a page that is more than read names its own `assets`."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "site_name": settings.SITE_NAME,
        "language": language,
        "direction": direction(language),
        "languages": [(code, name) for code, name in settings.LANGUAGES if code != language],
        "assets": assets("site"),
    }

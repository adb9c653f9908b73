"""The office as an ASGI application, for whoever serves it beside the live plane."""

import os

from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIHandler


def asgi_application() -> ASGIHandler:
    """Ready to serve; options are read from the environment now, so set it (INTERCOMMUNITY_DATA, …) before.

    The meetings are asked from what `office.ports.install` was given.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intercommunity.settings")
    return get_asgi_application()

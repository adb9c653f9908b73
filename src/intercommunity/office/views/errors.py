"""The pages for when there is no page: what is the matter, and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it so
    return _error(request, 400, gettext("This address cannot be read"), gettext("Check that it is whole."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it so
    title = gettext("There is nothing at this address")
    return _error(request, 404, title, gettext("Check the address, or choose a meeting from the list."))


def broken(request: HttpRequest) -> HttpResponse:
    title = gettext("Something broke on our side")
    return _error(request, 500, title, gettext("It has been noted. Try again in a minute."))


def _error(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "advice": advice}, status=status)

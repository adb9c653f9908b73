"""The addresses of the office; those under /live/ are the gateway's and never come here."""

from django.urls import path

from intercommunity.office.pages import PAGES, WATCH
from intercommunity.office.views.catalogue import catalogue
from intercommunity.office.views.meetings import meetings
from intercommunity.office.views.page import page
from intercommunity.office.views.record import record

urlpatterns = [
    path("", meetings, name="meetings"),
    path("catalogue/<slug:language>.json", catalogue, name="catalogue"),
    path("<slug:slug>/record/", record, name="record"),
    path("<slug:slug>/record/<path:file>", record),
    path("<slug:slug>/", page, {"name": WATCH}, name=WATCH),
    *[path(f"<slug:slug>/{name}/", page, {"name": name}, name=name) for name in PAGES if name != WATCH],
]

handler400 = "intercommunity.office.views.errors.malformed"
handler404 = "intercommunity.office.views.errors.not_found"
handler500 = "intercommunity.office.views.errors.broken"

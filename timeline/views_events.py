"""Pages of events: the list, one event's accounts, two parties compared, events by parties."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Dossier
from timeline import events_page, pages
from timeline.models import Event
from timeline.views import answered, dossier_context, visible_dossier


def _context(request: HttpRequest, slug: str, tab: str) -> tuple[Dossier, dict[str, Any]]:
    dossier = visible_dossier(request, slug)
    colours = pages.colours_of(dossier.pk)
    return dossier, {
        **dossier_context(request, dossier),
        "tab": tab,
        "colours": colours,
        "shows": events_page.SHOWN_WORDS,
    }


@require_safe
def events(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the acts that several claims tell of."""
    dossier, context = _context(request, slug, "events")
    asked = request.GET
    context["list"] = events_page.event_list(dossier, request.user, asked.get("show"), asked.get("page"))
    return answered(request, "timeline/events.html", context, dossier.published)


@require_safe
def event(request: HttpRequest, public_id: int) -> HttpResponse:
    """Show the accounts of one act side by side, party by party."""
    seen = Event.objects.visible_to(request.user).select_related("dossier")
    found = get_object_or_404(seen, public_id=public_id)
    dossier, context = _context(request, found.dossier.slug, "events")
    view = events_page.event_view(found, dossier, request.user, context["facts"].lanes)
    if view is None:
        raise Http404
    return answered(request, "timeline/event.html", {**context, "view": view}, dossier.published)


@require_safe
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Show events by parties: each cell a stance that opens its sentence."""
    dossier, context = _context(request, slug, "matrix")
    asked, lanes = request.GET, context["facts"].lanes
    shown = events_page.matrix_page(dossier, request.user, lanes, asked.get("show"), asked.get("page"))
    context["list"], context["parties"], context["rows"] = shown
    return answered(request, "timeline/matrix.html", context, dossier.published)


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show two parties' accounts in parallel."""
    dossier, context = _context(request, slug, "compare")
    asked = request.GET
    pair = (asked.get("a", ""), asked.get("b", ""))
    lanes = context["facts"].lanes
    context["view"] = events_page.comparison(dossier, request.user, lanes, pair, asked.get("page"))
    return answered(request, "timeline/compare.html", context, dossier.published)

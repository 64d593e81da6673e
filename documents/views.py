"""Pages that belong to no dossier: what a browser or a robot asks of any site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask robots to stay out of what only people need: curation, and every combination of filters."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /ingest/", "Disallow: /login/", "Disallow: /*?"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for the old address to the picture."""
    return HttpResponse(status=301, headers={"Location": static("img/favicon.svg")})

"""Every mark on one page, for those who work on them; development only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SHEETS = ("css/tokens.css", "css/base.css", "css/timeline-canvas.css", "css/gallery.css")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show each mark of the timeline at three sizes."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "timeline/gallery.html", {"sheets": [s for s in SHEETS if finders.find(s)]})

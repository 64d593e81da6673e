"""Pages of dossiers, letters and claims."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.models import Dossier


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that the user may see."""
    dossiers = Dossier.objects.visible_to(request.user)
    return render(request, "timeline/home.html", {"dossiers": dossiers, "section": "dossiers"})

"""What the pages of a dossier's desk share: whose dossier it is, and the way between the pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from documents.models import Dossier

# The pages in the order in which they are offered: the address's name and what the page is called.
PAGES = (
    ("assignments", "Who reviews what"),
    ("correspondents", "Correspondents"),
    ("missing", "Missing letters"),
    ("merging", "Merge parties"),
    ("reliability", "Reliability"),
    ("second", "Second readings"),
    ("issues", "Issues and notes"),
    ("log", "Log"),
)
NAMED_PAGES = tuple((f"admin:desk-{name}", label) for name, label in PAGES)


def dossier_of(request: HttpRequest, slug: str) -> Dossier:
    """Return a dossier in which the user decides; forbidden looks like missing."""
    return get_object_or_404(Dossier.objects.curatable_by(request.user), slug=slug)


def desk_context(request: HttpRequest, dossier: Dossier, page: str, title: str) -> dict[str, Any]:
    """Return what every page of the desk needs."""
    pages = [(f"admin:desk-{name}", label, name == page) for name, label in PAGES]
    return {
        **admin.site.each_context(request),
        "title": title,
        "dossier": dossier,
        "desk_pages": pages,
    }

"""Whose work each letter of a dossier is, in the admin."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents.models import Dossier
from timeline import curation
from timeline.admin.desk import desk_context, dossier_of
from timeline.desk import curators_of, letters_to_assign

LETTERS_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits in each letter and whose work it is; give letters to a curator."""
    dossier = dossier_of(request, slug)
    if request.method == "POST":
        _assign(request, dossier)
        return redirect("admin:desk-assignments", slug)
    pages = Paginator(letters_to_assign(request.user, dossier), LETTERS_A_PAGE)
    context = {
        **desk_context(request, dossier, "assignments", "Who reviews what"),
        "page": pages.get_page(request.GET.get("page")),
        "people": curators_of(dossier),
    }
    return render(request, "admin/desk/assignments.html", context)


def _assign(request: HttpRequest, dossier: Dossier) -> None:
    """Give the letters chosen to a curator of the dossier, or to nobody."""
    name = request.POST.get("person", "")
    person = next((user for user in curators_of(dossier) if user.get_username() == name), None)
    chosen = [int(key) for key in request.POST.getlist("letter") if key.isdecimal() and len(key) < 19]
    letters = list(letters_to_assign(request.user, dossier).filter(public_id__in=chosen))
    if (name and person is None) or not letters:
        messages.error(request, "Choose letters, and a curator of this dossier.")
        return
    with transaction.atomic():
        for letter in letters:
            curation.assign_letter(request.user, letter, person)
    count = f"{len(letters)} letter{'' if len(letters) == 1 else 's'}"
    messages.success(request, f"{count} given to {name}." if name else f"{count} given to nobody.")

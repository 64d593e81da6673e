"""Whose work each letter of a dossier is, in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents.models import Dossier, Letter
from timeline import curation
from timeline.admin.desk import desk_context, dossier_of
from timeline.desk import curators_of, letters_to_assign

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LETTERS_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits in each letter and whose work it is; give letters to a curator."""
    dossier = dossier_of(request, slug)
    lost: list[str] = []
    if request.method == "POST":
        lost = _assign(request, dossier)
        if not lost:
            return redirect("admin:desk-assignments", slug)
    pages = Paginator(letters_to_assign(request.user, dossier), LETTERS_A_PAGE)
    context = {
        **desk_context(request, dossier, "assignments", "Who reviews what"),
        "page": pages.get_page(request.GET.get("page")),
        "people": curators_of(dossier),
        "lost": lost,
        "wanted": request.POST.get("person", ""),
    }
    return render(request, "admin/desk/assignments.html", context, status=409 if lost else 200)


def _assign(request: HttpRequest, dossier: Dossier) -> list[str]:
    """Give the letters chosen to a curator of the dossier, or to nobody, all of them or none.

    Returns the public numbers of those that somebody else gave away meanwhile.
    """
    name = request.POST.get("person", "")
    person = next((user for user in curators_of(dossier) if user.get_username() == name), None)
    chosen = [int(key) for key in request.POST.getlist("letter") if key.isdecimal() and len(key) < 19]
    letters = list(letters_to_assign(request.user, dossier).filter(public_id__in=chosen))
    if (name and person is None) or not letters:
        messages.error(request, "Choose letters, and a curator of this dossier.")
        return []
    lost = _give(request, letters, person)
    if lost:
        return lost
    count = f"{len(letters)} letter{'' if len(letters) == 1 else 's'}"
    messages.success(request, f"{count} given to {name}." if name else f"{count} given to nobody.")
    return []


def _give(request: HttpRequest, letters: list[Letter], person: User | None) -> list[str]:
    lost = []
    with transaction.atomic():
        for letter in letters:
            seen = request.POST.get(f"was_{letter.public_id}")
            if seen is None:  # Whoever does not say whose it was has not seen it.
                lost.append(str(letter.public_id))
                continue
            try:
                curation.assign_letter(request.user, letter, person, seen=seen)
            except curation.Conflict:
                lost.append(str(letter.public_id))
        if lost:
            transaction.set_rollback(True)
    return lost

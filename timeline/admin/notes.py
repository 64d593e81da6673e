"""Curators' private notes on claims and letters, and the dossier's issues, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from documents.models import Letter
from timeline import curation
from timeline.admin.desk import desk_context, dossier_of
from timeline.desk import issues_of, keys_noted, notes_in, notes_on
from timeline.models import Claim

PATHS = {"claims": Claim, "letters": Letter}


class Noted(admin.SimpleListFilter):
    """Claims or letters with a curator's note on them."""

    title = "notes"
    parameter_name = "noted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "With a note"), ("no", "Without")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("yes", "no"):
            return queryset
        noted = Q(pk__in=keys_noted(queryset.model))
        return queryset.filter(noted if self.value() == "yes" else ~noted)


@require_POST
def claim_notes(request: HttpRequest, public_id: int) -> HttpResponse:
    """Add a note on a claim, or remove one."""
    return _write(request, get_object_or_404(Claim.objects.curatable_by(request.user), public_id=public_id))


@require_POST
def letter_notes(request: HttpRequest, public_id: int) -> HttpResponse:
    """Add a note on a letter, or remove one."""
    return _write(request, get_object_or_404(Letter.objects.curatable_by(request.user), public_id=public_id))


def _write(request: HttpRequest, on: Claim | Letter) -> HttpResponse:
    by_module = request.headers.get("X-Requested-With") == "fetch"
    try:
        _decide(request, on)
    except curation.Refused as error:
        if by_module:
            return JsonResponse({"message": str(error)}, status=422)
        messages.error(request, str(error))
    if by_module:
        where = "review" if request.POST.get("from") == "review" else "form"
        return render(request, "admin/_notes.html", notes_context(on, where))
    return HttpResponseRedirect(_back(request, on))


def _decide(request: HttpRequest, on: Claim | Letter) -> None:
    number = request.POST.get("remove", "")
    if not number:
        curation.add_note(request.user, on, request.POST.get("note", ""))
        return
    note = next((note for note in notes_on(on) if str(note.pk) == number), None)
    if note is None:
        raise curation.Refused("This note was removed meanwhile.")
    curation.remove_note(request.user, note)


def _back(request: HttpRequest, on: Claim | Letter) -> str:
    """Return where the note was written: the queue, or the form of the claim or letter."""
    if isinstance(on, Letter):
        return reverse("admin:documents_letter_change", args=[on.pk]) + "#notes"
    if request.POST.get("from") == "review":
        return reverse("admin:review-claim", args=[on.dossier.slug, on.public_id]) + "#notes"
    return reverse("admin:timeline_claim_change", args=[on.pk]) + "#notes"


def notes_context(on: Claim | Letter, where: str = "form") -> dict[str, Any]:
    """Return what the list of notes on a claim or letter needs; ``where`` is the page to go back to."""
    name = "admin:claim-notes" if isinstance(on, Claim) else "admin:letter-notes"
    return {"notes": notes_on(on), "notes_at": reverse(name, args=[on.public_id]), "notes_from": where}


@require_safe
def issues(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a dossier's issues with what bears them, and the notes of its curators, newest first."""
    dossier = dossier_of(request, slug)
    context = {
        **desk_context(request, dossier, "issues", "Issues and notes"),
        "issues": issues_of(dossier),
        "notes": notes_in(dossier),
    }
    return render(request, "admin/desk/issues.html", context)

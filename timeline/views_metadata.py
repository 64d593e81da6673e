"""The form of a letter's metadata, for those who may decide on it; to others it is not there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from documents.models import Letter
from documents.resuming import keep_form
from timeline.curation import Conflict, LetterOutcome
from timeline.metadata import is_confirmed, names_offered, places_of, text_pieces
from timeline.metadata_changes import FollowingChanges, count_followed, save_form, unseen_changes
from timeline.metadata_form import MetadataForm


@keep_form
@require_http_methods(["GET", "HEAD", "POST"])
def letter_metadata(request: HttpRequest, public_id: int) -> HttpResponse:
    """Show a letter's metadata with where each value was read; save what a curator says."""
    letters = Letter.objects.curatable_by(request.user).select_related("dossier")
    letter = get_object_or_404(letters, public_id=public_id)
    form = MetadataForm(letter, request.POST if request.method == "POST" else None)
    lost: list[tuple[str, str]] = []
    changes: FollowingChanges | None = None
    if request.method == "POST" and form.is_valid():
        try:
            changes = unseen_changes(request.user, letter, form, request.POST)
            if changes is None:
                messages.success(request, _said(save_form(request.user, letter, form, request.POST)))
                return redirect("letter-metadata", public_id)
        except Conflict:
            lost = form.typed()
            form = MetadataForm(letter)
    context = _context(letter, form, lost) | {"changes": changes, "confirms": "confirm" in request.POST}
    answer = render(request, "letters/metadata.html", context, status=409 if lost else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _said(outcome: LetterOutcome) -> str:
    if outcome.decision is None:
        return "Nothing was changed."
    followed = count_followed(outcome)
    if not followed:
        return "Saved. No claim changed."
    return f"Saved. {followed} {'claim follows' if followed == 1 else 'claims follow'}."


def _context(letter: Letter, form: MetadataForm, lost: list[tuple[str, str]]) -> dict[str, Any]:
    places = places_of(letter)
    return {
        "letter": letter,
        "form": form,
        "pieces": text_pieces(letter.text, places),
        "read_at": {place.key for place in places},
        "names": names_offered(letter.dossier),
        "is_confirmed": is_confirmed(letter),
        "lost": lost,
        "section": "dossiers",
    }

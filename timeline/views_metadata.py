"""The form of a letter's metadata, for those who may decide on it; to others it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from documents.models import Letter
from documents.resuming import keep_form
from timeline.admin.comparing import merged
from timeline.curation import Conflict, LetterOutcome
from timeline.metadata import is_confirmed, names_offered, places_of, text_pieces
from timeline.metadata_changes import FollowingChanges, count_followed, save_form
from timeline.metadata_conflict import both_versions
from timeline.metadata_form import MetadataForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@keep_form
@require_http_methods(["GET", "HEAD", "POST"])
def letter_metadata(request: HttpRequest, public_id: int) -> HttpResponse:
    """Show a letter's metadata with where each value was read; save what a curator says."""
    letters = Letter.objects.curatable_by(request.user).select_related("dossier")
    letter = get_object_or_404(letters, public_id=public_id)
    sent = merged(request.POST) if "resolve" in request.POST else request.POST
    form = MetadataForm(letter, sent if request.method == "POST" else None)
    more: dict[str, Any] = {"confirms": "confirm" in sent}
    if request.method == "POST" and (form.is_valid() or _is_stale(letter, sent)):
        try:
            saved = _saved(request.user, letter, form, sent)
            if not isinstance(saved, FollowingChanges):
                messages.success(request, _said(saved))
                return redirect("letter-metadata", public_id)
            more["changes"] = saved
        except Conflict:
            letter.refresh_from_db()
            form = MetadataForm(letter)
            more["conflict"] = both_versions(form, sent)
    answer = render(request, "letters/metadata.html", _context(letter, form) | more)
    is_late = "conflict" in more or ("changes" in more and more["changes"].stale)
    answer.status_code = 409 if is_late else 200
    answer["Cache-Control"] = "private, no-store"
    return answer


def _is_stale(letter: Letter, sent: QueryDict) -> bool:
    """Return whether a form was filled in on an older version: its faults wait until both are one."""
    version = sent.get("version", "")
    return version.isdecimal() and version != str(letter.version)


def _saved(
    user: User, letter: Letter, form: MetadataForm, sent: QueryDict
) -> LetterOutcome | FollowingChanges:
    if _is_stale(letter, sent):
        raise Conflict(letter, {})
    return save_form(user, letter, form, sent)


def _said(outcome: LetterOutcome) -> str:
    if outcome.decision is None:
        return "Nothing was changed."
    followed = count_followed(outcome)
    if not followed:
        return "Saved. No claim changed."
    return f"Saved. {followed} {'claim follows' if followed == 1 else 'claims follow'}."


def _context(letter: Letter, form: MetadataForm) -> dict[str, Any]:
    places = places_of(letter)
    return {
        "letter": letter,
        "form": form,
        "pieces": text_pieces(letter.text, places),
        "read_at": {place.key for place in places},
        "names": names_offered(letter.dossier),
        "is_confirmed": is_confirmed(letter),
        "section": "dossiers",
    }

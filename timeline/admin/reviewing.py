"""The review queue: one claim after another, its words on the left, what is said of it on the right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.models import Dossier
from timeline import curation
from timeline.admin.base import seen_values
from timeline.admin.comparing import compared, merged
from timeline.admin.desk import NAMED_PAGES
from timeline.admin.following import agreed_in, chosen_of, offer_again, offer_of
from timeline.admin.forms import ClaimForm, said
from timeline.admin.notes import notes_context
from timeline.admin.taking_back import both_versions, picked_in
from timeline.context import colour_of, pages_of, paragraphs_of
from timeline.desk import issues_of
from timeline.models import Claim, Decision
from timeline.review import (
    ORDERS,
    last_to_undo,
    left_in,
    mark_to_undo,
    neighbours_of,
    next_of,
    progress_of,
    shown_after,
    wish_of,
)

NOT_THE_LAST = "Your last decision is another than this page showed. Nothing was undone: look at it first."
DECIDED_SINCE = "Somebody decided on this claim since. Nothing was undone: look at it first."
# Without the version that was seen, nobody could say whether somebody else was quicker.
UNSEEN = "The page did not say which version of the claim you saw; nothing was changed. Open the claim again."


@require_safe
def review_index(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that have something to review."""
    dossiers = Dossier.objects.curatable_by(request.user).with_counts().order_by("title")
    context = {**_site(request), "title": "Review", "dossiers": dossiers, "desk_pages": NAMED_PAGES}
    return render(request, "admin/review/index.html", context)


@require_safe
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the first claim of the queue."""
    dossier = _dossier(request, slug)
    wish = wish_of(request.GET)
    waiting = next_of(request.user, dossier, wish)
    first = _claim(request, dossier, waiting[0].public_id) if waiting else None
    return _page(request, dossier, first, waiting=waiting)


@require_http_methods(["GET", "HEAD", "POST"])
def review_claim(request: HttpRequest, slug: str, public_id: int) -> HttpResponse:
    """Show one claim of the queue, or decide on it."""
    dossier = _dossier(request, slug)
    claim = _claim(request, dossier, public_id)
    if request.method == "POST":
        return _decide(request, dossier, claim)
    if _by_module(request):
        return render(request, "admin/review/_claim.html", _pane(claim, ClaimForm(instance=claim)))
    return _page(request, dossier, claim)


@require_POST
def review_undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back one's newest decision that is in force, as it was seen, and go back to its claim.

    ``seen`` says which decision the page offered to undo, and how its claim stood then: where either is
    another by now nothing is undone, and both are shown.
    """
    dossier = _dossier(request, slug)
    entry = last_to_undo(request.user, dossier)
    if entry is None:
        raise Http404
    number, _, version = request.POST.get("seen", "").partition("-")
    if not (number.isdecimal() and version.isdecimal() and int(number) == entry.number):
        return _not_undone(request, dossier, entry, NOT_THE_LAST)
    picked = picked_in(request.POST) if "resolve" in request.POST else None
    try:
        curation.undo(request.user, entry, version=int(version), picked=picked)
    except (curation.Conflict, curation.Refused):
        return _not_undone(request, dossier, entry, DECIDED_SINCE)
    shown = shown_after(entry)
    if _by_module(request):
        dates = Claim.objects.filter(public_id=shown).values_list("edtf", "modifier")
        told = {
            "claim": shown,
            "date": said(*dates.get()),
            "left": left_in(dossier),
            "action": entry.action,
            "seen": mark_to_undo(last_to_undo(request.user, dossier)),
        }
        return JsonResponse(told)
    return redirect("admin:review-claim", slug, shown)


def _not_undone(request: HttpRequest, dossier: Dossier, entry: Decision, message: str) -> HttpResponse:
    """Answer 409: what was decided on its claim since, and both versions to choose from."""
    claim = _claim(request, dossier, entry.subject)
    seen = mark_to_undo(entry)
    way = curation.Way(entry, "undo", claim.version)
    context = {
        **_site(request),
        "title": "Not undone",
        "dossier": dossier,
        **_pane(claim, ClaimForm(instance=claim)),
        **both_versions(claim, way, QueryDict()),
        "sent": [("seen", seen)],
        "message": message,
    }
    if _by_module(request):
        html = render_to_string("admin/review/_not_undone.html", context, request)
        told = {"message": message, "claim": entry.subject, "seen": seen, "pane": html}
        return JsonResponse(told, status=409)
    return render(request, "admin/review/not_undone.html", context, status=409)


def _decide(request: HttpRequest, dossier: Dossier, claim: Claim) -> HttpResponse:
    """Take one decision; where somebody was quicker, show both versions instead."""
    post = merged(request.POST) if "resolve" in request.POST else request.POST
    try:
        form, outcome, offer = _outcome(request, claim, post)
    except curation.Conflict as conflict:
        now = ClaimForm(instance=conflict.thing)
        # The key that was pressed decides, not a field: it is no choice between two versions.
        post = post.copy()
        post["review_state"] = now.initial["review_state"]
        context = {**_pane(conflict.thing, now), **compared(now, post)}
        template = "admin/review/_conflict.html" if _by_module(request) else "admin/review/conflict.html"
        return render(request, template, {**_site(request), **context, "dossier": dossier}, status=409)
    except curation.Refused as error:
        if _by_module(request):
            return JsonResponse({"message": str(error)}, status=422)
        messages.error(request, str(error))
        claim.refresh_from_db()
        return _page(request, dossier, claim, status=422)
    if offer is not None:
        context = {**_site(request), "title": "What follows", **_pane(claim, form), **offer}
        template = "admin/review/_following.html" if _by_module(request) else "admin/review/following.html"
        status = 409 if offer["stale"] else 422
        return render(request, template, {**context, "do": post.get("do", "")}, status=status)
    if outcome is None:
        if _by_module(request):
            return render(request, "admin/review/_claim.html", _pane(claim, form), status=422)
        return _page(request, dossier, claim, form, status=422)
    if _by_module(request):
        return JsonResponse(
            {
                "number": outcome.decision.number if outcome.decision else None,
                "left": left_in(dossier),
                "claim": outcome.claim.public_id,
                "date": said(outcome.claim.edtf, outcome.claim.modifier),
                "seen": mark_to_undo(last_to_undo(request.user, dossier)),
                "several": outcome.decision is not None and outcome.decision.batch is not None,
            }
        )
    return redirect(f"{reverse('admin:review', args=[dossier.slug])}?{wish_of(request.GET).query}")


def _outcome(
    request: HttpRequest, claim: Claim, post: QueryDict
) -> tuple[ClaimForm | None, curation.Outcome | None, dict[str, Any] | None]:
    """Do what ``do`` says: accept and correct take the fields with them, the others do not.

    The third: dates that hang on a corrected one, to be chosen from first.
    """
    do, user = post.get("do", ""), request.user
    version = int(post["version"]) if post.get("version", "").isdecimal() else None
    if version is None and do in ("dismiss", "split", "merge"):
        raise curation.Refused(UNSEEN)
    if do == "dismiss":
        return None, curation.dismiss_claim(user, claim, version, post.get("reason", "")), None
    if do == "split":
        return None, curation.split_claim(user, claim, post.get("reason", ""), version), None
    if do == "merge":
        same = post.get("same", "")
        other = Claim.objects.curatable_by(user).filter(public_id=same if same.isdecimal() else 0).first()
        if other is None:
            raise Http404
        return None, curation.merge_claims(user, other, claim, version, post.get("reason", "")), None
    return _corrected(request, claim, post, version)


def _corrected(
    request: HttpRequest, claim: Claim, post: QueryDict, version: int | None
) -> tuple[ClaimForm, curation.Outcome | None, dict[str, Any] | None]:
    """Correct the claim by its fields, and accept it where that is asked."""
    data = post.copy()
    data["review_state"] = "accepted" if post.get("do") == "accept" else claim.review_state
    form = ClaimForm(data, instance=claim)
    if not form.is_valid():
        return form, None, None
    offer = offer_of(claim, form, post)
    if offer is not None:
        return form, None, offer
    choices = {"follow": chosen_of(post), "agreed": agreed_in(post)}
    try:
        with transaction.atomic():  # An event made for a correction that does not come about goes with it.
            event = curation.event_named(request.user, claim.dossier, form.cleaned_data["event"])
            correction, reason = form.correction(event), form.cleaned_data["reason"]
            outcome = curation.correct_claim(
                request.user, claim, correction, version, reason=reason, **choices
            )
    except curation.Unseen:
        hanging = curation.claims_dated_by(claim, form.cleaned_data["edtf"])
        return form, None, offer_again(hanging, form, post)
    return form, outcome, None


def _page(
    request: HttpRequest,
    dossier: Dossier,
    claim: Claim | None,
    form: ClaimForm | None = None,
    status: int = 200,
    waiting: list[Claim] | None = None,
) -> HttpResponse:
    wish = wish_of(request.GET)
    waiting = next_of(request.user, dossier, wish) if waiting is None else waiting
    context = {
        **_site(request),
        "title": "Review",
        "dossier": dossier,
        "wish": wish,
        "orders": ORDERS.items(),
        "issues": issues_of(dossier),
        "progress": progress_of(dossier),
        "queue": [(c, said(c.edtf, c.modifier)) for c in waiting],
        "undo_seen": mark_to_undo(last_to_undo(request.user, dossier)),
    }
    if claim is not None:
        context |= _pane(claim, form or ClaimForm(instance=claim))
        context["earlier"], context["later"] = _beside(claim, waiting)
    return render(request, "admin/review/review.html", context, status=status)


def _beside(claim: Claim, waiting: list[Claim]) -> tuple[int | None, int | None]:
    """Return the public numbers of the claims before and after one in the queue; past its end, the first."""
    numbers = [one.public_id for one in waiting]
    if claim.public_id not in numbers:
        return None, numbers[0] if numbers else None
    place = numbers.index(claim.public_id)
    return (numbers[place - 1] if place else None), (numbers[place + 1] if place + 1 < len(numbers) else None)


def _pane(claim: Claim, form: ClaimForm) -> dict[str, Any]:
    if not form.is_bound:
        form.initial["seen"] = seen_values(form)
    return {
        "claim": claim,
        "form": form,
        "paragraphs": paragraphs_of(claim),
        "colour": colour_of(claim),
        "date_said": said(claim.edtf, claim.modifier),
        "neighbours": [(c, said(c.edtf, c.modifier)) for c in neighbours_of(claim)],
        "pages": pages_of(claim),
        **notes_context(claim, "review"),
        "letter_progress": progress_of(claim.dossier, claim.letter),
    }


def _site(request: HttpRequest) -> dict[str, Any]:
    from django.contrib import admin

    return admin.site.each_context(request)


def _by_module(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _dossier(request: HttpRequest, slug: str) -> Dossier:
    """Return a dossier in which the user decides; forbidden looks like missing."""
    return get_object_or_404(Dossier.objects.curatable_by(request.user), slug=slug)


def _claim(request: HttpRequest, dossier: Dossier, public_id: int) -> Claim:
    claims = Claim.objects.curatable_by(request.user).in_dossier(dossier)
    return get_object_or_404(claims.select_related("letter", "dossier", "event"), public_id=public_id)

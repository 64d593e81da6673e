"""What the canvas asks for: the marks as columns, and the few words of single marks."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Dossier
from timeline.mark_texts import texts_of
from timeline.marks import marks_of
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet

TEXTS_AT_ONCE = 200


def _dossier(request: HttpRequest, slug: str) -> Dossier:
    """Return the dossier of this address if the user may see it; forbidden looks like missing."""
    return get_object_or_404(Dossier.objects.visible_to(request.user), slug=slug)


def claims_asked_for(request: HttpRequest, dossier: Dossier) -> ClaimQuerySet:
    """Return the claims that the query string asks for, without its window: the canvas moves by itself."""
    return Claim.objects.visible_to(request.user).in_dossier(dossier).not_set_aside()


def _cached(request: HttpRequest, dossier: Dossier, body: dict[str, Any]) -> HttpResponse:
    """Answer with the body, or with "not modified"; nothing unpublished is kept on the way."""
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(text, content_type="application/json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache" if dossier.published else "private, no-store"
    answer["Vary"] = "Cookie"
    return answer


@require_safe
def marks(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with every mark that the query string asks for, as columns."""
    dossier = _dossier(request, slug)
    return _cached(request, dossier, marks_of(claims_asked_for(request, dossier), dossier))


@require_safe
def mark_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the words of the marks named in ``ids``, at most 200 of them."""
    dossier = _dossier(request, slug)
    ids = [int(part) for part in request.GET.get("ids", "").split(",") if part.isdecimal() and len(part) < 19]
    claims = Claim.objects.visible_to(request.user).in_dossier(dossier)
    answer = JsonResponse({"texts": texts_of(claims, ids[:TEXTS_AT_ONCE])})
    answer["Cache-Control"] = "private, no-store"
    return answer

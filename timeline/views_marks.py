"""What the canvas asks for: the marks as columns, and the few words of single marks."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Dossier
from timeline.density import Facets, reviews_shown
from timeline.mark_texts import texts_of
from timeline.marks_answer import AFTER_ALL, LANE_FIELDS, Question, Window, answer
from timeline.models import Claim

TEXTS_AT_ONCE = 200


def _dossier(request: HttpRequest, slug: str) -> Dossier:
    """Return the dossier of this address if the user may see it; forbidden looks like missing."""
    return get_object_or_404(Dossier.objects.visible_to(request.user), slug=slug)


def question_of(request: HttpRequest, dossier: Dossier) -> Question:
    """Return what the query string asks for, without its window: the canvas moves by itself."""
    seen = Claim.objects.visible_to(request.user).in_dossier(dossier).not_set_aside()
    facets = Facets(dossier.pk, reviews_shown(dossier, request.user))
    by = request.GET.get("by", "words")
    return Question(dossier, seen, facets, seen, by if by in LANE_FIELDS else "words")


def window_of(request: HttpRequest) -> Window | None:
    """Return the window that the query string names, None without one or where it is none."""
    try:
        first, last, width = (int(request.GET[name][:12]) for name in ("first", "last", "px"))
    except (KeyError, ValueError):
        return None
    claim = request.GET.get("claim", "")
    if last < first or not 1 <= width <= 20_000 or max(abs(first), abs(last)) > AFTER_ALL:
        return None
    return Window(first, last, width, int(claim) if claim.isdecimal() and len(claim) < 19 else None)


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
    """Answer with the marks that the query string asks for as columns, or with counts of them."""
    dossier = _dossier(request, slug)
    return _cached(request, dossier, answer(question_of(request, dossier), window_of(request)))


@require_safe
def mark_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the words of the marks named in ``ids``, at most 200 of them."""
    dossier = _dossier(request, slug)
    ids = [int(part) for part in request.GET.get("ids", "").split(",") if part.isdecimal() and len(part) < 19]
    claims = Claim.objects.visible_to(request.user).in_dossier(dossier)
    answer = JsonResponse({"texts": texts_of(claims, ids[:TEXTS_AT_ONCE])})
    answer["Cache-Control"] = "private, no-store"
    return answer

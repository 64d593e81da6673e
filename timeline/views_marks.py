"""What the canvas asks for: the marks as columns, and the few words of single marks."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseNotModified,
    JsonResponse,
)
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Dossier, Letter
from timeline.density_triggers import LANE_FIELDS
from timeline.extraction.edtf import EdtfError
from timeline.kept_counts import Facets
from timeline.mark_texts import source_words, texts_in, texts_of
from timeline.marks_answer import (
    AFTER_ALL,
    Question,
    Window,
    answer,
    behind,
    question_for,
    total_of,
)
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet
from timeline.said_cells import said_cells
from timeline.timeline_request import TimelineRequest, days_typed

TEXTS_AT_ONCE = 200
SOURCES = 500


def _dossier(request: HttpRequest, slug: str) -> Dossier:
    """Return the dossier of this address if the user may see it; forbidden looks like missing."""
    return get_object_or_404(Dossier.objects.visible_to(request.user), slug=slug)


def question_of(request: HttpRequest, dossier: Dossier) -> Question:
    """Return what the query string asks for, as known on the day that it names."""
    by = request.GET.get("by", "words")
    filters = TimelineRequest.read(request.GET).filters
    question = question_for(dossier, request.user, filters, by if by in LANE_FIELDS else "words")
    claims, facets = known_by(request, question.claims, question.facets)
    return replace(question, claims=claims, facets=facets)


def known_by(
    request: HttpRequest, claims: ClaimQuerySet, facets: Facets | None
) -> tuple[ClaimQuerySet, Facets | None]:
    """Keep what had been asserted by the day ``known``, where the canvas asks for counts as known then."""
    known = day_of(request, "known")
    if known is None:
        return claims, facets
    claims.kept_for = None  # letters decide
    return claims.filter(Q(letter__own_day__lte=known) | Q(letter__own_day=None)), None


def day_of(request: HttpRequest, name: str) -> int | None:
    """Return the whole number that a parameter gives, None where it gives none within reason."""
    text = request.GET.get(name, "")
    if not re.fullmatch(r"-?\d{1,8}", text) or abs(int(text)) > AFTER_ALL:
        return None
    return int(text)


def window_of(request: HttpRequest) -> Window | None:
    """Return the window that the query string names, None without one or where it is none."""
    first, last, width = (day_of(request, name) for name in ("first", "last", "px"))
    if first is None or last is None or width is None or last < first or not 1 <= width <= 20_000:
        return None
    claim = request.GET.get("claim", "")
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
def marks_said(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the claims of a window counted by when they were said, in rows of ``down`` days."""
    dossier = _dossier(request, slug)
    window, down = window_of(request), day_of(request, "down")
    if window is None or down is None or down < 1:
        return HttpResponseBadRequest()
    question = question_of(request, dossier)
    return _cached(request, dossier, said_cells(question, total_of(question), window, down))


@require_safe
def mark_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the words of the marks named in ``ids``, at most 200 of them."""
    dossier = _dossier(request, slug)
    ids = [int(part) for part in request.GET.get("ids", "").split(",") if part.isdecimal() and len(part) < 19]
    claims = Claim.objects.visible_in(dossier, request.user)
    answer = JsonResponse({"texts": texts_of(claims, ids[:TEXTS_AT_ONCE])})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def mark_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the first claims behind a column or block that the canvas knows by its number only."""
    question = question_of(request, _dossier(request, slug))
    names = ("from", "to", "shortest", "longest", "quoted", "open", "lane")
    claims = behind(question, {name: day_or_id(request, name) for name in names})
    answer = JsonResponse({"claims": [{"id": int(key), **text} for key, text in texts_in(claims).items()]})
    answer["Cache-Control"] = "private, no-store"
    return answer


def day_or_id(request: HttpRequest, name: str) -> int | None:
    """Return a parameter's number: lanes' public numbers are longer than days."""
    text = request.GET.get(name, "")
    return int(text) if re.fullmatch(r"-?\d{1,17}", text) else None


@require_safe
def mark_sources(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the letters that the claims asked for stand in, each in words, for a picture's list."""
    dossier = _dossier(request, slug)
    used = question_of(request, dossier).claims.order_by().values("letter_id")
    letters = Letter.objects.visible_to(request.user).in_dossier(dossier).filter(pk__in=used)
    answer = JsonResponse(
        {"sources": [source_words(letter) for letter in letters.light().by_own_date()[:SOURCES]]}
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def day_of_words(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the first and last day of a date typed in words, or with what is wrong with it."""
    _dossier(request, slug)
    try:
        first, last = days_typed(request.GET.get("words", ""))
        answer = JsonResponse({"first": first, "last": last})
    except EdtfError as error:
        answer = JsonResponse({"error": str(error)})
    answer["Cache-Control"] = "private, no-store"
    return answer

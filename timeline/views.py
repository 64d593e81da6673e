"""Pages of dossiers, letters and claims."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from documents.models import Dossier, Letter
from timeline import embedding, pages
from timeline.claim_page import claim_view
from timeline.filters import chips_of, filters_of, loosened
from timeline.first_view import first_view
from timeline.head_first import answered_head_first
from timeline.home_page import cards_of
from timeline.letter_page import letter_view
from timeline.letters_page import letters_page
from timeline.models import Claim, Voice
from timeline.search_page import search_page
from timeline.timeline_request import TimelineRequest


def answered(request: HttpRequest, template: str, context: dict[str, Any], published: bool) -> HttpResponse:
    """Render a page; what is not published is kept nowhere on the way."""
    answer = render(request, template, {"section": "dossiers", **context})
    say_who_keeps(answer, published)
    return answer


def say_who_keeps(answer: HttpResponseBase, published: bool) -> None:
    """Note on an answer where it may be kept on the way."""
    answer["Cache-Control"] = "private, no-cache" if published else "private, no-store"
    patch_vary_headers(answer, ["Cookie"])


def visible_dossier(request: HttpRequest, slug: str) -> Dossier:
    """Return the dossier of this address if the user may see it; forbidden looks like missing."""
    return get_object_or_404(Dossier.objects.visible_to(request.user), slug=slug)


def dossier_context(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """Return what every page of a dossier shows above its own."""
    curates = request.user.is_authenticated and Dossier.objects.curatable_by(request.user).contains(dossier)
    return {"dossier": dossier, "facts": pages.facts_of(dossier, request.user), "can_curate": curates}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that the user may see."""
    return answered(request, "timeline/home.html", {"cards": cards_of(request.user)}, published=False)


def _listing(request: HttpRequest, dossier: Dossier, asked: TimelineRequest, size: int) -> dict[str, Any]:
    """Return what timeline and chronology both show: filters, chips, a page of the list."""
    context = dossier_context(request, dossier)
    facts = context["facts"]
    traits = pages.traits_of(dossier, request.user, asked, facts)
    near = pages.window_traits_of(dossier, request.user, asked, facts)
    total = pages.total_of(asked, facts, dossier, request.user, traits, near)
    known = {"left": total, "traits": traits, "near": near}
    filters = filters_of(dossier, request.user, asked, facts, context["can_curate"], **known)
    rows = pages.page_of(dossier, request.user, asked, size, total=total, traits=traits, near=near)
    chips = chips_of(asked, filters)
    empty = bool(chips) and not rows.object_list
    return context | {
        "asked": asked,
        "traits": traits,
        "filters": filters,
        "chips": chips,
        "loosened": loosened(dossier, request.user, asked, chips) if empty else [],
        "rows": rows,
        "links": pages.links_of(asked, rows),
        "colours": pages.colours_of(dossier.pk),
    }


@require_safe
def timeline(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a dossier's claims along an axis, and the same claims as a list."""
    if embed := embedding.wanted(request):
        embedding.as_nobody(request)
    dossier = visible_dossier(request, slug)
    asked = TimelineRequest.read(request.GET)
    marks_url = reverse("timeline-marks", args=[slug])
    if query := asked.filters.query(kept=() if asked.by == "words" else (("by", asked.by),)):
        marks_url += f"?{query}"
    context = {"section": "dossiers", "tab": "timeline", "dossier": dossier, "embed": embed}
    context |= {"marks_url": marks_url, "may_frame": embedding.may_frame(dossier)}

    days: list[list[int] | None] = []  # the dossier's first and last, once the page has asked for them

    def rest() -> dict[str, Any]:
        shown = _listing(request, dossier, asked, pages.ROWS_BESIDE)
        facts = shown["facts"]
        days.append(facts.days)
        lanes = pages.lanes_asked(dossier, request.user, asked, facts.lanes, shown["traits"])
        ways = [(way, label, asked.lanes_by(way)) for way, label in pages.WAYS_WORDS]
        return {**shown, "shown_lanes": lanes, "ways": ways}

    def last() -> str:
        return first_view(dossier, request.user, asked, days[0] if days else None)

    answer = answered_head_first(request, "timeline/timeline.html", context, rest, last)
    say_who_keeps(answer, dossier.published)
    if embed:
        embedding.let_frame(answer, dossier)
    return answer


@require_safe
def chronology(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a dossier's claims as a list: the same query as the timeline's, page by page."""
    dossier = visible_dossier(request, slug)
    context = _listing(request, dossier, TimelineRequest.read(request.GET), pages.ROWS)
    context["tab"] = "chronology"
    return answered(request, "timeline/chronology.html", context, dossier.published)


@require_safe
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a dossier's letters in order of their own dates, or by correspondence."""
    dossier = visible_dossier(request, slug)
    context = dossier_context(request, dossier)
    asked = request.GET
    shown = letters_page(dossier, request.user, context["facts"].letters, asked.get("by"), asked.get("page"))
    context |= {"shown": shown, "tab": "letters", "colours": pages.colours_by_name(dossier.pk)}
    return answered(request, "documents/letters.html", context, dossier.published)


@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the claims and letters of a dossier that hold the words sought."""
    dossier = visible_dossier(request, slug)
    sought = TimelineRequest.read(request.GET).q
    context = dossier_context(request, dossier)
    found = search_page(dossier, request.user, sought, request.GET.get("page"))
    context |= {"found": found, "sought": sought, "tab": "search", "colours": pages.colours_of(dossier.pk)}
    return answered(request, "timeline/search.html", context, dossier.published)


@require_safe
def letter(request: HttpRequest, public_id: int) -> HttpResponse:
    """Show a whole letter as it reads, its claims highlighted."""
    seen = Letter.objects.visible_to(request.user).select_related("dossier")
    found = get_object_or_404(seen, public_id=public_id)
    sought = TimelineRequest.read(request.GET).q
    context = {"view": letter_view(found, request.user, sought), "dossier": found.dossier}
    return answered(request, "documents/letter.html", context, found.dossier.published)


def visible_claim(request: HttpRequest, reference: str) -> Claim:
    """Return the claim with this public number or uuid if the user may see it."""
    seen = Claim.objects.visible_to(request.user)
    rows = seen.select_related("letter", "dossier", "asserting_party", "lane_party", "event")
    # In one question, and not sorted by their claims' dates: it is one claim's voices.
    voices = Voice.objects.select_related("party").order_by("depth", "pk")
    rows = rows.prefetch_related(Prefetch("voices", voices))
    if reference.isascii() and reference.isdecimal() and len(reference) < 19:
        return get_object_or_404(rows, public_id=int(reference))
    try:
        return get_object_or_404(rows, uuid=UUID(reference))
    except ValueError:
        raise Http404 from None


@require_safe
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one claim: its sentence in its paragraph, its date and why, who says it, how to cite it."""
    return _claim(request, reference, partial=bool(request.htmx) and not request.htmx.history_restore_request)


@require_safe
def claim_panel(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer with the panel of a claim, for the place beside the lanes."""
    return _claim(request, reference, partial=True)


def _claim(request: HttpRequest, reference: str, *, partial: bool) -> HttpResponse:
    found = visible_claim(request, reference)
    root = request.build_absolute_uri("/").rstrip("/")
    context = {"view": claim_view(found, request.user, root), "dossier": found.dossier}
    template = "timeline/_claim_panel.html" if partial else "timeline/claim.html"
    answer = answered(request, template, context, found.dossier.published)
    patch_vary_headers(answer, ["HX-Request"])
    return answer

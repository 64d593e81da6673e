"""Pages on which letters are brought: files, pasted text, and a look at a letterhead before it is stored."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.bringing import Brought, bring, look_at, store_waiting
from documents.forms import BringForm, LookForm
from documents.ingest import Given, IngestResult, date_typed, open_dossier
from documents.models import Dossier, DossierParty, WaitingFile
from documents.registry import registry_of
from documents.resuming import keep_form


@keep_form
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ingest(request: HttpRequest) -> HttpResponse:
    """Show the form, or take in what was brought and say of each file what became of it."""
    dossiers = Dossier.objects.curatable_by(request.user)
    if request.method != "POST":
        chosen = request.GET.get("dossier") or dossiers.values_list("slug", flat=True).first()
        form = BringForm(dossiers=dossiers, initial={"dossier": chosen})
        return render(request, "ingest/ingest.html", context_of(request, form))
    form = BringForm(request.POST, request.FILES, dossiers=dossiers)
    if not form.is_valid():
        return render(request, "ingest/ingest.html", context_of(request, form), status=422)
    try:
        dossier = form.cleaned_data["dossier"] or open_dossier(request.user, form.cleaned_data["title"])
    except ValueError as error:
        form.add_error("title", str(error))
        return render(request, "ingest/ingest.html", context_of(request, form), status=422)
    brought = brought_by(request, dossier, form.cleaned_data)
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "ingest/_results.html", {"brought": brought, "dossier": dossier})
    again = BringForm(dossiers=dossiers, initial={"dossier": dossier.slug})
    context = {**context_of(request, again), "brought": brought, "dossier": dossier}
    return render(request, "ingest/ingest.html", context)


@login_required
@never_cache
@require_safe
def understand_date(request: HttpRequest) -> HttpResponse:
    """Answer what a typed date is understood as, or what is wrong with it."""
    typed = request.GET.get("date", "")[:200]
    found = date_typed(typed, request.GET.get("language", "en")[:12])
    context = {"typed": typed, "edtf": found.edtf, "words": found.words, "wrong": found.wrong}
    return render(request, "admin/_understood.html", context)


def context_of(request: HttpRequest, form: BringForm) -> dict[str, Any]:
    """Return what the page shows: the form, and the user's files that wait."""
    waiting = WaitingFile.objects.curatable_by(request.user).filter(user=request.user)
    return {
        "form": form,
        "section": "ingest",
        "waiting": waiting.select_related("dossier").defer("data"),
    }


def brought_by(request: HttpRequest, dossier: Dossier, data: dict[str, Any]) -> list[Brought]:
    """Take in files and text, each on its own: one that cannot be read stops no other."""
    brought = [bring(dossier, request.user, file.read(), file.name) for file in data["files"]]
    if data["text"].strip():
        name = data["name"].strip() or "Pasted text"
        brought.append(bring(dossier, request.user, data["text"].encode(), name, pasted=True))
    return brought


@keep_form
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, public_id: int) -> HttpResponse:
    """Show the letterhead of a letter that waits; store it with what the person says of it, or drop it."""
    waiting = get_object_or_404(
        WaitingFile.objects.curatable_by(request.user).filter(user=request.user), public_id=public_id
    )
    glance = look_at(waiting)
    if isinstance(glance, IngestResult):
        waiting.delete()
        return _results(request, waiting.dossier, Brought(glance))
    if request.method != "POST":
        shown = {"date": date_typed(glance.date or "").words, "sender": glance.sender or ""}
        return _look_page(request, waiting, glance, LookForm(initial=shown))
    if "drop" in request.POST:
        waiting.delete()
        return redirect("ingest")
    form = LookForm(request.POST)
    given = given_by(form, waiting, glance)
    if given is None:
        return _look_page(request, waiting, glance, form, status=422)
    return _results(request, waiting.dossier, Brought(store_waiting(waiting, given)))


def given_by(form: LookForm, waiting: WaitingFile, glance: Any) -> Given | None:
    """Return what the person says otherwise than the letter was read; None where a field is amiss."""
    if not form.is_valid():
        return None
    typed = date_typed(form.cleaned_data["date"], glance.language)
    if typed.wrong:
        form.add_error("date", typed.wrong)
        return None
    date = typed.edtf
    name = form.cleaned_data["sender"].strip()
    sender = (registry_of(waiting.dossier).resolve(name) or name) if name else None
    return Given(date if date != glance.date else None, sender if sender != glance.sender else None)


def _look_page(
    request: HttpRequest, waiting: WaitingFile, glance: Any, form: LookForm, status: int = 200
) -> HttpResponse:
    places = DossierParty.objects.filter(dossier=waiting.dossier)
    known = {*places.values_list("party__name", flat=True)}
    own = {*waiting.dossier.own_parties.values_list("name", flat=True)}
    context = {
        "waiting": waiting,
        "glance": glance,
        "form": form,
        "opening": glance.text[:2500],
        "senders": sorted(known | own),
        "section": "ingest",
    }
    return render(request, "ingest/look.html", context, status=status)


def _results(request: HttpRequest, dossier: Dossier, brought: Brought) -> HttpResponse:
    dossiers = Dossier.objects.curatable_by(request.user)
    form = BringForm(dossiers=dossiers, initial={"dossier": dossier.slug})
    context = {**context_of(request, form), "brought": [brought], "dossier": dossier}
    return render(request, "ingest/ingest.html", context)

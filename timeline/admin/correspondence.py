"""A dossier's correspondents in the admin: who nobody knows, which letters are missing, who is one party."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from documents.merging import preview_merge
from documents.models import Dossier, Party
from timeline import curation
from timeline.admin.desk import desk_context, dossier_of
from timeline.curation.parties import known_party
from timeline.desk import is_unnamed, merges_of, missing_of, parties_in, proposals_of
from timeline.models import Decision
from timeline.naming import confirm_as, confirm_as_new


@require_http_methods(["GET", "HEAD", "POST"])
def correspondents(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the correspondents that nobody knows; say who one of them is."""
    dossier = dossier_of(request, slug)
    if request.method == "POST":
        _name(request, dossier)
        return redirect("admin:desk-correspondents", slug)
    context = {
        **desk_context(request, dossier, "correspondents", "Correspondents nobody knows"),
        "proposals": proposals_of(dossier, request.user),
        "parties": parties_in(dossier),
        "kinds": Party.Kind.choices,
    }
    return render(request, "admin/desk/correspondents.html", context)


def _name(request: HttpRequest, dossier: Dossier) -> None:
    """Do what the form says: the words are a new party, or one that is known."""
    post, user = request.POST, request.user
    words, name = post.get("words", ""), post.get("name", "").strip()
    try:
        # Under the dossier's lock, so that of two who name the same words the second is told.
        with curation.deciding(user, dossier.pk):
            if not is_unnamed(dossier, user, words):
                raise curation.Refused(f"“{words}” waits no longer: somebody said meanwhile who it is.")
            if post.get("do") == "new":
                party = confirm_as_new(user, dossier, words, name or words, post.get("kind", ""))
            else:
                party = known_party(dossier, name)
                confirm_as(user, dossier, words, party)
        messages.success(request, f"“{words}” is {party}. Its letters were read again with it.")
    except curation.Refused as error:
        messages.error(request, str(error))


@require_safe
def missing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the letters that others name and that are not here."""
    dossier = dossier_of(request, slug)
    context = {
        **desk_context(request, dossier, "missing", "Missing letters"),
        "rows": missing_of(dossier, request.user),
    }
    return render(request, "admin/desk/missing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a merge of parties would touch; merge them, or undo a merge."""
    dossier = dossier_of(request, slug)
    parties = parties_in(dossier)
    if request.method == "POST":
        return _merge_or_undo(request, dossier, parties)
    chosen = _chosen(request.GET.getlist("party"), parties)
    into = next(iter(_chosen(request.GET.getlist("into"), parties)), None)
    context = {
        **desk_context(request, dossier, "merging", "Merge parties"),
        "parties": parties,
        "chosen": chosen,
        "into": into,
        "previews": [preview_merge(dossier, p, into) for p in chosen if p != into] if into else [],
        "merges": merges_of(dossier),
    }
    return render(request, "admin/desk/merging.html", context)


def _chosen(values: list[str], parties: list[Party]) -> list[Party]:
    return [party for party in parties if str(party.pk) in values]


def _merge_or_undo(request: HttpRequest, dossier: Dossier, parties: list[Party]) -> HttpResponse:
    try:
        if request.POST.get("do") == "undo":
            curation.undo(request.user, _entry(request, dossier), request.POST.get("reason", ""))
            messages.success(request, "They are two parties again. The log can take this back too.")
        else:
            _merge(request, dossier, parties)
    except (curation.Refused, curation.Conflict) as error:
        messages.error(request, str(error))
    return redirect("admin:desk-merging", dossier.slug)


def _merge(request: HttpRequest, dossier: Dossier, parties: list[Party]) -> None:
    into = next(iter(_chosen(request.POST.getlist("into"), parties)), None)
    chosen = [party for party in _chosen(request.POST.getlist("party"), parties) if party != into]
    if into is None or not chosen:
        raise curation.Refused("Choose two different parties of this dossier.")
    with transaction.atomic():
        for party in chosen:
            curation.merge_parties(request.user, dossier, party, into, request.POST.get("reason", ""))
    messages.success(request, f"Merged into {into}. Below it can be undone.")


def _entry(request: HttpRequest, dossier: Dossier) -> Decision:
    number = request.POST.get("number", "")
    entries = {str(one.entry.number): one.entry for one in merges_of(dossier) if one.entry is not None}
    if number not in entries:
        raise Http404
    return entries[number]


def merging_address(dossier: Dossier, parties: list[Party]) -> str:
    """Return the address of the page that shows what merging these parties would touch."""
    chosen: Any = "&".join(f"party={party.pk}" for party in parties)
    return f"{reverse('admin:desk-merging', args=[dossier.slug])}?{chosen}"

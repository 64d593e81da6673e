"""A claim that the machine missed: words chosen in the letter, values proposed, a person's word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from documents.models import Letter, Party
from timeline import curation
from timeline.admin.forms import (
    DateField,
    offer_parties,
    part_typed,
    parties_of,
    said,
)
from timeline.claim_words import BASIS_LABELS, MODALITY_LABELS, MODIFIER_LABELS, STANCE_LABELS
from timeline.proposing import Place, place_at, places_of, propose, uncovered


class NewClaimForm(forms.Form):
    """A claim of the words ``start`` to ``end``; without them it is a person's knowledge."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    # Where the time words begin that the date was read from, where the words hold several.
    at = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    edtf = DateField()
    modifier = forms.ChoiceField(label="Part of it", choices=list(MODIFIER_LABELS.items()), required=False)
    basis = forms.ChoiceField(label="How the date was got", choices=list(BASIS_LABELS.items()))
    asserted_by = forms.ModelChoiceField(
        Party.objects.none(), label="Asserted by", required=False, empty_label="Nobody named"
    )
    quoted = forms.ModelChoiceField(
        Party.objects.none(), label="Whose words", required=False, empty_label="Its own"
    )
    stance = forms.ChoiceField(label="Stance", choices=list(STANCE_LABELS.items()))
    modality = forms.ChoiceField(label="What is said of it", choices=list(MODALITY_LABELS.items()))
    reason = forms.CharField(label="Why", required=False, help_text="Stands in the history.")

    def __init__(self, letter: Letter, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_parties(self, letter.dossier, "asserted_by", "quoted")
        self.fields["edtf"].language = letter.language

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["modifier"] = part_typed(self) or data.get("modifier", "")
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def letter_claims(request: HttpRequest, public_id: int) -> HttpResponse:
    """Show what the reader says of chosen words, and which dates gave no claim; add a claim."""
    letters = Letter.objects.curatable_by(request.user).select_related("dossier")
    letter = get_object_or_404(letters, public_id=public_id)
    form: NewClaimForm | None = None
    if request.method == "POST":
        form = NewClaimForm(letter, request.POST)
        if form.is_valid() and _add(request, letter, form):
            return redirect("admin:letter-claims", public_id)
    places = _places(request, letter)
    if form is None and len(places) == 1:
        form = NewClaimForm(letter, initial=_initial(letter, places[0], request.GET.get("at", "")))
    elif form is None and "words" not in request.GET:
        form = NewClaimForm(letter) if request.GET.get("without") == "text" else None
    context = {
        **admin.site.each_context(request),
        "title": "Claims of this letter",
        "letter": letter,
        "dossier": letter.dossier,
        "form": form,
        "places": places,
        "words": request.GET.get("words", ""),
        "uncovered": uncovered(letter),
    }
    return render(request, "admin/letters/claims.html", context, status=422 if form and form.errors else 200)


def _places(request: HttpRequest, letter: Letter) -> list[Place]:
    """Return the place that the address or the form names, else where the words typed stand."""
    sent = request.POST if request.method == "POST" else request.GET
    start, end = sent.get("start", ""), sent.get("end", "")
    if start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(letter.text):
        return [place_at(letter, int(start), int(end))]
    return places_of(letter, request.GET.get("words", ""))


def _initial(letter: Letter, place: Place, at: str) -> dict[str, Any]:
    begins = int(at) if at.isascii() and at.isdecimal() else None
    proposal = propose(letter, place.start, place.end, begins)
    named = {party.name: party.pk for party in parties_of(letter.dossier)}
    names = ("start", "end", "modifier", "basis", "stance", "modality")
    return {name: getattr(proposal, name) for name in names} | {
        "at": begins,
        "edtf": proposal.edtf or "",
        "asserted_by": named.get(proposal.asserted_by or ""),
        "quoted": named.get(proposal.quoted or ""),
    }


def _add(request: HttpRequest, letter: Letter, form: NewClaimForm) -> bool:
    """Add the claim that a valid form asks for; say on the form why where it cannot be."""
    data = form.cleaned_data
    values = {
        name: data[name] for name in ("start", "end", "edtf", "modifier", "basis", "stance", "modality")
    }
    if data["start"] is not None and data["end"] is not None and data["end"] <= len(letter.text):
        proposal = propose(letter, data["start"], data["end"], data["at"])
        values["timex_start"], values["timex_end"] = proposal.timex or (None, None)
        if proposal.edtf == data["edtf"]:
            values["reasoning"] = [*proposal.reasoning, f"Added by {request.user.get_username()}."]
    people = {"asserted_by": data["asserted_by"], "quoted": data["quoted"]}
    try:
        outcome = curation.add_claim(request.user, letter, values, reason=data["reason"], **people)
    except curation.Refused as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, f"Added: {said(outcome.claim.edtf, outcome.claim.modifier)}.")
    return True

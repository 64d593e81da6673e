"""Second readings in the admin: asked for, given without seeing the first, and how far the two agree."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents.models import Dossier, Party
from timeline import curation
from timeline.admin.desk import desk_context, dossier_of
from timeline.admin.forms import DateField, parties_of
from timeline.agreement import FIELDS, agreement_in, next_second
from timeline.claim_words import STANCE_LABELS
from timeline.context import paragraphs_of
from timeline.curation.second import stored_already
from timeline.desk import curators_of
from timeline.models import Claim, SecondReading


class SecondForm(forms.Form):
    """One's own reading of a claim; it begins with the machine's, as the first reader's did."""

    edtf = DateField()
    asserted_by = forms.ModelChoiceField(
        Party.objects.none(), label="Asserted by", required=False, empty_label="Nobody named"
    )
    stance = forms.ChoiceField(label="Stance", choices=list(STANCE_LABELS.items()))

    def __init__(self, claim: Claim, *args: object, **options: object) -> None:
        parties = parties_of(claim.dossier)
        voices = claim.machine.get("voices", [])
        name = next((v["party"] for v in voices if v["role"] == "asserts"), None)
        options["initial"] = {
            "edtf": claim.machine.get("edtf") or "",
            "stance": claim.machine.get("stance"),
            "asserted_by": parties.filter(name=name).first() if name else None,
        }
        super().__init__(*args, **options)
        self.fields["asserted_by"].queryset = parties
        self.fields["edtf"].language = claim.letter.language


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far first and second readers agree and what waits for one's reading; ask, answer."""
    dossier = dossier_of(request, slug)
    waiting = next_second(dossier, request.user)
    form = SecondForm(waiting.claim) if waiting else None
    if request.method == "POST":
        if request.POST.get("do") == "ask":
            _ask(request, dossier)
            return redirect("admin:desk-second", slug)
        form = _answered(request, dossier, waiting)
        if form is None:
            return redirect("admin:desk-second", slug)
    context = {
        **desk_context(request, dossier, "second", "Second readings"),
        "rows": [(FIELDS[name], found) for name, found in agreement_in(dossier).items()],
        "people": curators_of(dossier),
        "waiting": waiting,
        "paragraphs": paragraphs_of(waiting.claim) if waiting else [],
        "form": form,
    }
    return render(request, "admin/desk/second.html", context)


def _ask(request: HttpRequest, dossier: Dossier) -> None:
    name, count = request.POST.get("person", ""), request.POST.get("count", "")
    person = next((user for user in curators_of(dossier) if user.get_username() == name), None)
    try:
        if person is None or not count.isdecimal():
            raise curation.Refused("Choose a curator of this dossier, and how many claims.")
        asked = curation.ask_second(request.user, dossier, person, int(count[:6]))
        messages.success(
            request, f"A second reading of {asked} claim{'' if asked == 1 else 's'} is asked of {name}."
        )
    except curation.Refused as error:
        messages.error(request, str(error))


def _answered(request: HttpRequest, dossier: Dossier, waiting: SecondReading | None) -> SecondForm | None:
    """Write the answer; return the form where it is not valid."""
    if waiting is None or request.POST.get("claim") != str(waiting.claim.public_id):
        _say_why_not(request, dossier)
        return None
    form = SecondForm(waiting.claim, request.POST)
    if not form.is_valid():
        return form
    party = form.cleaned_data["asserted_by"]
    values = {**form.cleaned_data, "asserted_by": party.name if party else None}
    try:
        curation.answer_second(request.user, waiting.claim, request.POST.get("do", ""), values)
    except curation.Refused as error:
        messages.error(request, str(error))
    return None


def _say_why_not(request: HttpRequest, dossier: Dossier) -> None:
    """Say what was stored of a claim whose reading waits no longer; raise Http404 where it never did."""
    number = request.POST.get("claim", "")
    key = int(number) if number.isdecimal() and len(number) < 19 else 0
    claim = Claim.objects.curatable_by(request.user).in_dossier(dossier).filter(public_id=key).first()
    why = stored_already(request.user, claim) if claim else ""
    if not why:
        raise Http404
    messages.error(request, why)

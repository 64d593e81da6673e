"""How often the machine was right in a dossier, in the admin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.admin.desk import desk_context, dossier_of
from timeline.claim_words import BASIS_LABELS, LANGUAGE_LABELS
from timeline.reliability import FIELDS, Rate, reliability_of


@require_safe
def reliability(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how often the machine was right, per field, per way of getting a date, per language."""
    dossier = dossier_of(request, slug)
    measured = reliability_of(dossier)
    named = {BASIS_LABELS.get(name, "Not told"): rates for name, rates in measured.by_basis.items()}
    spoken = {LANGUAGE_LABELS.get(name, name): rates for name, rates in measured.by_language.items()}
    tables = [
        ("All of it", {"The dossier": measured.fields}),
        ("By how the date was got", named),
        ("By language of the letter", spoken),
    ]
    context = {
        **desk_context(request, dossier, "reliability", "How often the machine was right"),
        "columns": list(FIELDS.values()),
        "tables": [(title, _rows(groups)) for title, groups in tables],
    }
    return render(request, "admin/desk/reliability.html", context)


def _rows(groups: dict[str, dict[str, Rate]]) -> list[tuple[str, list[str]]]:
    return [(name, [rates[field].said() for field in FIELDS]) for name, rates in groups.items()]

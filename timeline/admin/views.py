"""Small answers of the admin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.extraction.edtf import EdtfError, in_words, understand_with_part

# A date field takes no more; what is longer is no date.
LONGEST = 200


@require_safe
def understand_date(request: HttpRequest) -> HttpResponse:
    """Answer what a typed date is understood as, or what is wrong with it, in one sentence."""
    typed = request.GET.get("date", "")[:LONGEST]
    context: dict[str, str] = {"typed": typed}
    if typed.strip():
        try:
            edtf, part = understand_with_part(typed, request.GET.get("language", "en")[:12])
            modifier = part or request.GET.get("modifier") or None
            context |= {"edtf": edtf, "words": in_words(edtf, "en", modifier)}
        except (EdtfError, KeyError) as error:
            context["wrong"] = str(error)
    return render(request, "admin/_understood.html", context)

"""A dossier's whole log in the admin: filters, pages, export."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.admin.desk import desk_context, dossier_of
from timeline.log import ACTIONS, KINDS, as_csv, as_json_lines, entries_of, log_page, people_in, wish_of

FORMATS = {"csv": ("text/csv", as_csv), "jsonl": ("application/x-ndjson", as_json_lines)}


@require_safe
def log(request: HttpRequest, slug: str) -> HttpResponse | StreamingHttpResponse:
    """Show a dossier's log, newest entry first, or give it out whole as it is narrowed."""
    dossier = dossier_of(request, slug)
    wish = wish_of(request.GET)
    if request.GET.get("export") in FORMATS:
        return _exported(request.GET["export"], slug, entries_of(request.user, dossier, wish))
    page = log_page(request.user, dossier, wish)
    kept = {name: value for name, value in request.GET.items() if name not in ("before", "export")}
    context = {
        **desk_context(request, dossier, "log", "Log"),
        "page": page,
        "wish": wish,
        "kinds": KINDS.items(),
        "actions": ACTIONS,
        "people": people_in(dossier),
        "kept": urlencode(kept),
        "older": urlencode({**kept, "before": page.older}) if page.older else "",
    }
    return render(request, "admin/desk/log.html", context)


def _exported(name: str, slug: str, entries: object) -> StreamingHttpResponse:
    kind, write = FORMATS[name]
    answer = StreamingHttpResponse(write(entries), content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="log-{slug}.{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer

"""Decisions on many claims from the list: what the person saw of them, and what changed since."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from timeline import curation
from timeline.admin.forms import said
from timeline.claim_words import STANCE_LABELS
from timeline.models import Claim, Decision

# What a list sends along: the version of each row, when it was drawn, and what both versions were shown of.
ROW, AT, SHOWN = "seen_", "seen_at", "shown"
# When a list was drawn that does not say when: what is not named with its version was not seen.
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def seen_in(post: QueryDict) -> curation.Seen:
    """Return what a list was sent with: the version of each row, and when the list was drawn."""
    rows = {name.removeprefix(ROW): value for name, value in post.items() if name.startswith(ROW)}
    versions = {int(k): int(v) for k, v in rows.items() if _is_number(k) and _is_number(v)}
    try:
        at = dt.datetime.fromisoformat(post.get(AT, ""))
    except ValueError:
        at = None
    return curation.Seen(versions, at if at is not None and at.tzinfo else NEVER)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def not_left_out(request: HttpRequest, claims: Any) -> Any:
    """Return the claims without those that were shown in both versions and not ticked."""
    shown, ticked = request.POST.getlist(SHOWN), request.POST.getlist(ACTION_CHECKBOX_NAME)
    left = {int(key) for key in set(shown) - set(ticked) if _is_number(key)}
    return claims.exclude(pk__in=left) if left else claims


def overtaken_page(admin: Any, request: HttpRequest, things: list[Claim], done: str) -> HttpResponse:
    """Answer 409: of each claim how it stands now beside what was asked, to leave it or to decide anyway.

    What nobody touched goes along as it was chosen; nothing has been decided on yet.
    """
    post, shown = request.POST, {str(claim.pk) for claim in things}
    versions = {f"{ROW}{key}" for key in shown}
    kept = [(n, v) for n, v in post.items() if n in (AT, "action", "select_across") or n.startswith(ROW)]
    context = {
        **admin.admin_site.each_context(request),
        "title": "Somebody else changed some of these meanwhile",
        "opts": admin.opts,
        "rows": [(claim, _now(claim), _last(claim)) for claim in things],
        "done": done,
        "chosen": [key for key in post.getlist(ACTION_CHECKBOX_NAME) if key not in shown],
        "left_out": [key for key in post.getlist(SHOWN) if key not in post.getlist(ACTION_CHECKBOX_NAME)],
        "kept": [(name, value) for name, value in kept if name not in versions],
    }
    return TemplateResponse(request, "admin/timeline/claim/overtaken.html", context, status=409)


def _now(claim: Claim) -> str:
    """Return in a line how a claim stands."""
    voice = str(claim.asserting_party or "Nobody named")
    words = (
        claim.review_state.capitalize(),
        said(claim.edtf, claim.modifier),
        voice,
        STANCE_LABELS[claim.stance],
    )
    return " · ".join(words)


def _last(claim: Claim) -> Decision | None:
    log = Decision.objects.filter(dossier_id=claim.dossier_id, kind="claim", subject=claim.public_id)
    return log.order_by("-number").first()

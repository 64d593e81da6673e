"""Before a date is corrected: the dates that were worked out from it, listed, each to be left out.

In: a claim, and the valid form that corrects it. Out: what the list needs, or None where nothing is to be
asked. Nothing here changes anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from timeline import curation
from timeline.admin.forms import ClaimForm, said
from timeline.models import Claim

ASKED = "follow_asked"
# What the page that asks sends anew by itself.
OWN = ("csrfmiddlewaretoken", "do", "follow", ASKED, "resolve")
CHOICES = ("pick_", "stored_", "mine_")


@dataclass(frozen=True, slots=True)
class Following:
    """A claim whose date hangs on another's; ``after`` None: it does not follow by rule."""

    claim: Claim
    before: str
    after: str | None


def offer_of(claim: Claim, form: ClaimForm, post: QueryDict) -> dict[str, Any] | None:
    """Return the dates that would follow a correction, and what was sent; None to go ahead without asking.

    Without asking goes a form of an older version too: it is told of the conflict first.
    """
    new = form.cleaned_data["edtf"]
    stale = form.cleaned_data["version"] != claim.version
    if ASKED in post or stale or not new or new == claim.edtf:
        return None
    hanging = curation.claims_dated_by(claim, new)
    return offer_again(hanging, form, post) if any(date for _, date in hanging) else None


def offer_again(hanging: curation.Hanging, form: ClaimForm, post: QueryDict) -> dict[str, Any]:
    """Return what the list of dates that would follow needs; ``left``: those that a person left out."""
    new = form.cleaned_data["edtf"]
    rows = [
        Following(one, said(one.edtf, one.modifier), said(date, one.modifier) if date else None)
        for one, date in hanging
    ]
    kept = [(name, values) for name, values in post.lists() if name not in OWN]
    sent = [(n, v) for n, values in kept if not n.startswith(CHOICES) for v in values]
    asked = post.get(ASKED) is not None
    return {
        "following": rows,
        "sent": [*sent, (ASKED, mark_of(hanging))],
        "new_date": said(new, form.cleaned_data["modifier"]),
        "stale": asked,
        "left": {row.claim.pk for row in rows} - set(chosen_of(post)) if asked else set(),
    }


def mark_of(hanging: curation.Hanging) -> str:
    """Return a short mark of the dates that would follow: another where any of them is another."""
    told = [(claim.pk, claim.edtf, claim.modifier, date) for claim, date in hanging]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def agreed_in(post: QueryDict) -> Callable[[curation.Hanging], bool] | None:
    """Return whether dates that hang on another are those a person was shown; None where none were."""
    seen = post.get(ASKED)
    return None if seen is None else lambda hanging: mark_of(hanging) == seen


def chosen_of(post: QueryDict) -> list[int]:
    """Return the keys of the claims that are to follow."""
    return [int(key) for key in post.getlist("follow") if key.isascii() and key.isdecimal() and len(key) < 19]

"""One decision on many claims in one go: all of them or none, and undone in one go."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from timeline.curation.base import Conflict, Overtaken
from timeline.curation.claims import Outcome, accept_claim, dismiss_claim, restore_claim
from timeline.models import Claim

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DECIDE = {"accept": accept_claim, "dismiss": dismiss_claim, "restore": restore_claim}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person had before the eyes: versions by key, and for all other claims, when that was."""

    versions: Mapping[int, int] = field(default_factory=dict)
    at: dt.datetime | None = None

    def is_still(self, found: Claim, outcome: Outcome) -> bool:
        """Return whether a claim was what the person saw; its lock is held since the decision on it."""
        version = outcome.claim.version - (outcome.decision is not None)
        if found.pk in self.versions:
            return version == self.versions[found.pk]
        return self.at is None or (version == found.version and found.changed <= self.at)


def decide_many(
    user: User, claims: Iterable[Claim], action: str, reason: str = "", *, seen: Seen | None = None
) -> int:
    """Accept, dismiss or restore many claims in one go; return how many it changed.

    Raises Overtaken, and decides on none, where somebody decided on one of them since the person saw it.
    """
    batch, seen = uuid.uuid4(), seen or Seen()
    changed, overtaken = 0, []
    with transaction.atomic():
        for claim in claims:
            try:
                with transaction.atomic():
                    outcome = DECIDE[action](user, claim, None, reason, batch=batch)
                    if not seen.is_still(claim, outcome):
                        raise Conflict(claim, {})
            except Conflict:
                overtaken.append(claim.pk)
            else:
                changed += outcome.decision is not None
        if overtaken:
            raise Overtaken(list(Claim.objects.for_list().filter(pk__in=overtaken).order_by("pk")))
    return changed

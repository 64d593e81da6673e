"""How many claims touch a window: what surely does from counts that are kept, what may from the claims.

What a search found is kept with its dates (``timeline/found.py``), which tell it by themselves.

A claim whose middle lies in the window touches it. One whose middle lies outside does so only if its date is
long enough, and then begins less than its own length before the window, or half of it before the end: few,
and found along an index (``timeline/reach_index.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from timeline import kept_counts, live_counts
from timeline.calendar_buckets import bucket_of, bucket_start
from timeline.density import facets_for, kept_for
from timeline.density_triggers import LONGER, OPEN_END, OPEN_START, QUARTER, REACH_LIMITS
from timeline.kept_counts import Facets
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet
from timeline.reach_index import number_met

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from documents.models import Dossier
    from timeline.timeline_request import TimelineRequest


@dataclass(frozen=True, slots=True)
class Inside:
    """Days whose claims need no look: those whose middle is ``first`` to ``end`` (left out); None is open.

    So is what is open and begins before the end, or ends after the first day. ``low`` and ``high`` (left
    out) are their quarters, where they are whole ones.
    """

    first: int | None
    end: int | None
    low: int | None = None
    high: int | None = None


def quarters_inside(first: int | None, last: int | None) -> Inside:
    """Return the whole quarters of the days first to last."""
    low = None if first is None else bucket_of(QUARTER, first - 1) + 1
    high = None if last is None else bucket_of(QUARTER, last + 1)
    start, end = (None if each is None else bucket_start(QUARTER, each) for each in (low, high))
    return Inside(start, end, low, high)


def number_in_window(dossier: Dossier, user: User | AnonymousUser, asked: TimelineRequest) -> int:
    """Return how many claims the address asks for, its window included."""
    claims = kept_for(dossier, user, asked, Claim.objects.visible_in(dossier, user).asked(asked))
    return touching(claims, facets_for(dossier, user, asked), asked.first, asked.last)


def touching(claims: ClaimQuerySet, kept: Facets | None, first: int | None, last: int | None) -> int:
    """Return how many of some claims touch the days ``first`` to ``last``, both included; None is open.

    ``kept``: the same claims as a question for kept counts, where those can answer it.
    """
    if kept is None and claims.kept_for is not None:
        return live_counts.found_touching(claims, first, last)
    if kept is None:
        return claims.between(first, last).counted_in_window()
    inside = quarters_inside(first, last)
    number = kept_counts.kept_inside(kept, inside.low, inside.high)
    return number + number_met(claims, edges(inside, first, last))


def edges(inside: Inside, first: int | None, last: int | None) -> Iterator[Q]:
    """Yield conditions that claims touch the window and are not counted inside; one at most holds of each."""
    if first is not None and inside.first is not None:
        # A window within a quarter holds none: what lies about it is looked for from its quarter's start.
        start = inside.first if inside.end is None else min(inside.first, inside.end)
        yield Q(reach=OPEN_START, earliest_day=None, latest_day__gte=first, latest_day__lt=inside.first)
        for reach in range(LONGER + 1):
            near = Q() if reach == LONGER else Q(earliest_day__gt=first - REACH_LIMITS[reach])
            yield near & Q(reach=reach, earliest_day__lt=start, latest_day__gte=first, middle__lt=start)
    if last is not None and inside.end is not None:
        ends = Q() if first is None else Q(latest_day__gte=first)
        yield Q(reach=OPEN_END, earliest_day__gte=inside.end, earliest_day__lte=last)
        for reach in range(LONGER + 1):
            near = Q() if reach == LONGER else Q(earliest_day__gte=inside.end - REACH_LIMITS[reach] // 2)
            yield near & ends & Q(reach=reach, earliest_day__lte=last, middle__gte=inside.end)

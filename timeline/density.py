"""How many claims fall where: what the canvas draws where marks would lie denser than pixels.

``counts`` answers for a window at a scale: claims short enough for a column of the calendar unit in force
are counted in columns, longer ones in blocks of their own length, open ones by the year of their known end.
The counts kept by the database answer wherever the question is one of lane, review state, stance, basis,
precision and language (``timeline/kept_counts.py``); any other is counted live from the claims, by the same
SQL (``timeline/live_counts.py``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import F, Q

from documents.models import Dossier, Party
from timeline.density_triggers import (
    FINEST,
    REACH_LIMITS,
    WEEK,
)
from timeline.found_traits import Wanted
from timeline.kept_counts import COUNTED_REVIEWS, LAST_UNIT, SOURCE, Count, Facets, kept
from timeline.live_counts import live
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet
from timeline.seeing import is_inside, reviews_shown
from timeline.timeline_request import REVIEWS, TimelineRequest
from timeline.traits import ASKED
from timeline.vocabulary import BASES, PRECISIONS, STANCES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


NO_TRAITS: dict[str, tuple] = dict.fromkeys(ASKED, ())
SHORT_BAR = 90  # pixels: longer ones stand beside columns, as in layout-lane.js
RARE = 5_000  # filters by traits that leave at most so many claims find them by an index


def kept_for(
    dossier: Dossier,
    user: User | AnonymousUser,
    asked: TimelineRequest,
    claims: ClaimQuerySet,
    by: str = "words",
) -> ClaimQuerySet:
    """Return the claims of a question that no kept counts answer, so that what is found is kept.

    ``by`` says what a lane is: under filters by traits or party, counts are kept for whose words alone. Only
    where the claims' own rows and their letters' languages decide it, and what stands beside the dossier's
    key: how much the user sees. Letters that bear a symbol are named by their keys.
    """
    counted = not (asked.q or asked.letters) and set(asked.reviews) <= COUNTED_REVIEWS
    filtered = any(getattr(asked, name) for name in ASKED)
    if counted and (by == "words" or not filtered):
        return claims
    inside = is_inside(dossier, user)
    shown = reviews_shown(dossier, user)
    scope = (dossier.pk, inside, shown)
    if not asked.q or by != "words":
        return claims.to_keep(*scope)
    # Found once, whatever the filters: they are told from the traits of what is found.
    loose = replace(asked, **NO_TRAITS, reviews=REVIEWS if inside else ())
    sought = Claim.objects.shown_in(dossier, None if inside else shown).asked(loose)
    return claims.to_keep(*scope, sought=sought, wanted=Wanted.of(asked))


def facets_for(dossier: Dossier, user: User | AnonymousUser, asked: TimelineRequest) -> Facets | None:
    """Return a page's filters as a question for kept counts, None where they cannot answer it."""
    if asked.letters or asked.q:
        return None
    if not set(asked.reviews) <= COUNTED_REVIEWS:
        return None
    lanes = None
    if asked.parties:
        known = Party.objects.filter(public_id__in=asked.parties).values_list("pk", flat=True)
        lanes = (*known, *([0] if 0 in asked.parties else []))
    shown = reviews_shown(dossier, user)
    reviews = tuple(review for review in shown if not asked.reviews or review in asked.reviews)
    traits = (asked.stances, asked.bases, asked.precisions, asked.languages)
    return Facets(dossier.pk, reviews, lanes, *(values or None for values in traits))


def found_by_traits(claims: ClaimQuerySet, facets: Facets) -> ClaimQuerySet:
    """Return the same claims, found along the index of their traits: where filters leave few of many.

    What is not asked for is named with all its values, since the index has one trait after the other.
    """
    keys = Claim.objects.filter(
        dossier=facets.dossier,
        precision__in=facets.precisions or PRECISIONS,
        stance__in=facets.stances or STANCES,
        basis__in=facets.bases or BASES,
        review_state__in=facets.reviews,
    )
    if facets.lanes is not None:
        named = Q(lane_party__in=[key for key in facets.lanes if key])
        keys = keys.filter(named | Q(lane_party=None) if 0 in facets.lanes else named)
    return claims.filter(pk__in=keys.order_by().values("pk"))


def widest_reach(unit: int, pixels_a_day: float) -> int:
    """Return the longest reach that columns of a unit take: what fits one, and bars short on screen."""
    return max(
        reach
        for reach in range(LAST_UNIT + 1)
        if reach <= unit
        or (REACH_LIMITS[reach] * pixels_a_day <= SHORT_BAR and FINEST[reach] <= SOURCE[unit])
    )


def counts(
    claims: ClaimQuerySet,
    facets: Facets | None,
    unit: int,
    fit: int,
    first: int,
    last: int,
    by: str = "words",
) -> list[Count]:
    """Return the counts of a window: kept ones where the facets say all that is asked, else counted live."""
    if facets is None or not facets.countable:
        return live(claims, unit, fit, first, last, by)
    if unit > WEEK or not facets.coarse:
        return kept(facets, unit, fit, first, last)
    # By day or week, what is short is counted live where traits are asked for: the window holds
    # little. Of the longer ones the database keeps counts.
    short = max(fit, 1)
    longer = [c for c in kept(facets, WEEK, short, first, last) if c.reach > short]
    most = REACH_LIMITS[short]
    near = claims.filter(earliest_day__gte=first - most - 7, earliest_day__lte=last + 7)
    near = near.filter(latest_day__lt=F("earliest_day") + most)
    return [*[c for c in live(near, unit, fit, first, last) if c.reach <= short], *longer]

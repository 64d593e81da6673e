"""How many claims each value of a filter would leave, and which one filter to loosen where none is left.

In: a dossier, who asks, the question. Out: counts by filter and value, under all other filters in force. What
the database keeps counts of is answered from them; the rest is counted where the dossier is small enough to
be counted while somebody waits, and left away where not. No count is ever a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from documents.models import Dossier
from timeline.density import Facets, facets_for, per, total
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet
from timeline.timeline_request import REVIEWS, TimelineRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

# A dossier of more claims than this is not counted value by value, but where counts are kept.
COUNTED_LIVE = 20_000
# Fields of the question by the filter's name in the address.
FIELDS = {
    "party": "parties",
    "stance": "stances",
    "basis": "bases",
    "precision": "precisions",
    "letter": "letters",
    "language": "languages",
    "review": "reviews",
}
NO_FILTER: dict[str, tuple] = dict.fromkeys(FIELDS.values(), ())
# Filters that kept counts know, by the name of the count's key.
KEPT = {"party": ("lanes", "lane_key"), "stance": ("stances", "stance"), "basis": ("bases", "basis")}

Counts = dict[str, Mapping[Any, int | None] | None]


def counts_of(
    dossier: Dossier, user: Asker, asked: TimelineRequest, lanes: Mapping[int, int], claims: int
) -> Counts:
    """Return {filter: {value: claims left}} under the other filters; None where it is not counted.

    ``lanes``: {party's public number: its key}; ``claims``: how many the dossier has. Parties are told by
    their keys, 0 for nobody named. A value that is not in a table has no claim.
    """
    if claims <= COUNTED_LIVE:
        return _live(dossier, user, asked, lanes)
    return {name: _kept(dossier, user, asked, name) for name in FIELDS}


def _live(dossier: Dossier, user: Asker, asked: TimelineRequest, lanes: Mapping[int, int]) -> Counts:
    """Count from one question: a claim that one filter alone keeps out counts for that filter's values."""
    wanted = {name: set(getattr(asked, field)) for name, field in FIELDS.items()}
    wanted["party"] = {0 if number == 0 else lanes.get(number, -1) for number in wanted["party"]}
    wanted["review"] = wanted["review"] or {"suggested", "accepted"}
    counts: dict[str, Counter[Any]] = {name: Counter() for name in FIELDS}
    everything = windowed(dossier, user, replace(asked, **{**NO_FILTER, "reviews": REVIEWS}))
    for *plain, state, by_person in everything.facet_values():
        values = [[plain[0] or 0], *([value] for value in plain[1:]), [state]]
        if by_person and state in ("suggested", "accepted"):
            values[-1].append("curated")
        out = [
            name
            for name, own in zip(FIELDS, values, strict=True)
            if wanted[name] and not wanted[name].intersection(own)
        ]
        if len(out) < 2:
            for name, own in zip(FIELDS, values, strict=True):
                if not out or out == [name]:
                    counts[name].update(own)
    return dict(counts)


def _kept(
    dossier: Dossier, user: Asker, asked: TimelineRequest, name: str
) -> Mapping[Any, int | None] | None:
    facets = None if asked.first is not None or asked.last is not None else facets_for(dossier, user, asked)
    if facets is None or not facets.countable:
        return None
    if name == "review":
        whole = facets_for(dossier, user, replace(asked, reviews=()))
        states = whole.reviews if whole else ()
        # Of the other states no counts are kept.
        return {
            state: total(replace(facets, reviews=(state,))) if state in states else None for state in REVIEWS
        }
    if name not in KEPT:
        return None
    own, key = KEPT[name]
    return per(replace(facets, **{own: None}), key)


def windowed(dossier: Dossier, user: Asker, asked: TimelineRequest) -> ClaimQuerySet:
    """Return the claims that a question asks for, its window included."""
    claims = Claim.objects.visible_to(user).in_dossier(dossier).asked(asked)
    if asked.first is None and asked.last is None:
        return claims
    return claims.between(asked.first, asked.last)


def left_without(dossier: Dossier, user: Asker, questions: Iterable[TimelineRequest], most: int) -> list[int]:
    """Return how many claims each question leaves, ``most`` + 1 standing for more than that."""
    return [_left(dossier, user, asked, most) for asked in questions]


def _left(dossier: Dossier, user: Asker, asked: TimelineRequest, most: int) -> int:
    facets: Facets | None = None
    if asked.first is None and asked.last is None:
        facets = facets_for(dossier, user, asked)
    if facets is not None and facets.countable:
        return total(facets)
    return windowed(dossier, user, asked).order_by()[: most + 1].count()

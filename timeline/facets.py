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

from documents.models import Dossier, Letter
from timeline.density import COUNTED_REVIEWS, Facets, facets_for, per, total
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet
from timeline.timeline_request import REVIEWS, TimelineRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

# A dossier of more claims than this is not counted value by value, but where counts are kept.
COUNTED_LIVE = 20_000
# Up to so many, one question and a loop are faster than a question a filter.
COUNTED_BY_ROW = 2_000
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
        if claims > COUNTED_BY_ROW and not asked.is_filtered and asked.first is None and asked.last is None:
            return _of_all(dossier, user, asked)
        return _live(dossier, user, asked, lanes)
    return {name: _kept(dossier, user, asked, name) for name in FIELDS}


def _of_all(dossier: Dossier, user: Asker, asked: TimelineRequest) -> Counts:
    """Count where nothing is filtered: from kept counts what they know, the rest by the database."""
    counts: Counts = {name: _kept(dossier, user, asked, name) for name in KEPT}
    everything = Claim.objects.visible_to(user).in_dossier(dossier)
    shown = everything.not_set_aside()
    letters = shown.counted_by("letter_id")
    named = Letter.objects.in_dossier(dossier).values_list("pk", "public_id", "language")
    languages: Counter[Any] = Counter()
    counts["letter"] = {number: letters[pk] for pk, number, _ in named if pk in letters}
    for pk, _, language in named:
        languages[language] += letters.get(pk, 0)
    counts["language"] = +languages
    counts["precision"] = shown.counted_by("precision")
    counts["review"] = everything.counted_by("review_state") | {"curated": shown.set_by_person().count()}
    return counts


def _live(dossier: Dossier, user: Asker, asked: TimelineRequest, lanes: Mapping[int, int]) -> Counts:
    """Count from one question: a claim that one filter alone keeps out counts for that filter's values."""
    wanted = {name: set(getattr(asked, field)) for name, field in FIELDS.items()}
    wanted["party"] = {lanes.get(number, -1) if number else None for number in wanted["party"]}
    wanted["review"] = wanted["review"] or {"suggested", "accepted"}
    everything = windowed(dossier, user, replace(asked, **{**NO_FILTER, "reviews": REVIEWS}))
    left, out_by_one = _told_apart(everything.facet_values(), wanted)
    counts: dict[str, Counter[Any]] = {}
    for place, name in enumerate(FIELDS):
        rows = left + out_by_one[name]
        counts[name] = Counter(row[place] for row in rows)
        if name == "review":
            by_person = (row[place] for row in rows if row[-1])
            counts[name]["curated"] = sum(state in COUNTED_REVIEWS for state in by_person)
    counts["party"][0] += counts["party"].pop(None, 0)
    return dict(counts)


def _told_apart(
    rows: Iterable[tuple], wanted: dict[str, set[Any]]
) -> tuple[list[tuple], dict[str, list[tuple]]]:
    """Return the rows that all filters leave, and by filter those that it alone keeps out."""
    asked = [(place, name, wanted[name]) for place, name in enumerate(FIELDS) if wanted[name]]
    curated = "curated" in wanted["review"]
    left: list[tuple] = []
    out_by_one: dict[str, list[tuple]] = {name: [] for name in FIELDS}
    for row in rows:
        out = [name for place, name, values in asked if row[place] not in values]
        if curated and row[-1] and "review" in out and row[6] in COUNTED_REVIEWS:
            out.remove("review")
        if not out:
            left.append(row)
        elif len(out) == 1:
            out_by_one[out[0]].append(row)
    return left, out_by_one


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

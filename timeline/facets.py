"""How many claims each value of a filter would leave, and which one filter to loosen where none is left.

In: a dossier, who asks, the question. Out: counts by filter and value, under all other filters in force. What
the database keeps counts of is answered from them; the rest is counted where what is to be counted is little
enough while somebody waits, and left away where not. No count is ever a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from documents.models import Dossier
from timeline.kept_counts import COUNTED_REVIEWS
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet
from timeline.reach_index import longer_touching, met
from timeline.seeing import is_inside, states_shown
from timeline.timeline_request import REVIEWS, TimelineRequest
from timeline.traits import Traits, answered
from timeline.window_counts import number_in_window
from timeline.window_traits import traits_in_window

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

# A dossier of more claims than this is not counted value by value, but where counts are kept,
COUNTED_LIVE = 20_000
# or where words, a window or letters leave at most so many.
COUNTED_OF_MANY = 5_000
# Up to so many, one question and a loop are faster than a question a filter.
COUNTED_BY_ROW = 2_000
# So many claims are looked up and sorted before anybody waits.
FEW = 50_000
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
Counts = dict[str, Mapping[Any, int | None] | None]


def counts_of(
    dossier: Dossier,
    user: Asker,
    asked: TimelineRequest,
    lanes: Mapping[int, int],
    claims: int,
    letters: Mapping[int, int],
    *,
    left: int | None = None,
    traits: Traits | None = None,
    near: Traits | None = None,
) -> Counts:
    """Return {filter: {value: claims left}} under the other filters; None where it is not counted.

    ``lanes``: {party's public number: its key}; ``claims``: how many the dossier has; ``letters``: {key:
    public number} of those that are offered; ``left``, ``traits``, ``near``: how many claims the question
    leaves, the traits of its filters, and those of filters and window, where they are known already. Parties
    are told by their keys, 0 for nobody named. A value that is not in a table has no claim.
    """
    if claims <= COUNTED_BY_ROW or (claims <= COUNTED_LIVE and not answered(asked)):
        return _live(dossier, user, asked, lanes)
    if not answered(asked):
        if left is not None and left > COUNTED_OF_MANY:  # without some filters it is no less
            return _many(near or traits_in_window(dossier, user, asked))
        return _few_of_many(dossier, user, asked, lanes, near)
    counts: Counts = dict((traits or Traits(dossier, user, asked)).by_value())
    counts["letter"] = _by_letter(dossier, user, asked, letters)
    return counts


def _few_of_many(
    dossier: Dossier, user: Asker, asked: TimelineRequest, lanes: Mapping[int, int], near: Traits | None
) -> Counts:
    """Count what words, a window or letters leave of a large dossier, where it is little."""
    in_window = asked.first is not None or asked.last is not None
    narrowed = bool(asked.q) or in_window
    letters = () if narrowed else asked.letters
    reviews = REVIEWS if is_inside(dossier, user) else ()
    loose = replace(asked, **{**NO_FILTER, "letters": letters, "reviews": reviews})
    traits, number = near, 0
    if asked.q:
        traits = near or traits_in_window(dossier, user, asked)
    if traits is not None:
        number = traits.everything()
    elif in_window:
        number = number_in_window(dossier, user, loose)
    if number > COUNTED_OF_MANY:
        return _many(traits or traits_in_window(dossier, user, asked))
    left = windowed(dossier, user, loose, number if in_window else None)
    rows = list(left.facet_values(COUNTED_OF_MANY + 1))
    if len(rows) > COUNTED_OF_MANY:
        return _many(traits)
    counts = _by_row(rows, asked, lanes)
    return counts if narrowed else {**counts, "letter": None}


def _many(traits: Traits | None) -> Counts:
    """Return the counts of a window or search of a large dossier by its traits; None where it is unknown."""
    if traits is None:
        return dict.fromkeys(FIELDS)
    counts = traits.by_value()
    told = dict.fromkeys(traits.reviews, 0) | counts.pop("review")
    return {**counts, "letter": None, "review": dict.fromkeys(REVIEWS) | told}


def _by_letter(
    dossier: Dossier, user: Asker, asked: TimelineRequest, letters: Mapping[int, int]
) -> dict[int, int]:
    """Return {letter's public number: claims left} of the letters given, which the user may see.

    By the review states that ``visible_to`` lets through: those stand in the index of a letter's claims.
    """
    claims = Claim.objects.in_review(states_shown(dossier, user)).asked(replace(asked, letters=()))
    counts = claims.filter(letter__in=list(letters)).counted_by("letter_id")
    return {number: counts[key] for key, number in letters.items() if key in counts}


def _live(dossier: Dossier, user: Asker, asked: TimelineRequest, lanes: Mapping[int, int]) -> Counts:
    """Count from one question."""
    everything = windowed(dossier, user, replace(asked, **{**NO_FILTER, "reviews": REVIEWS}))
    return _by_row(everything.facet_values(), asked, lanes)


def _by_row(values: Iterable[tuple], asked: TimelineRequest, lanes: Mapping[int, int]) -> Counts:
    """Count rows: a claim that one filter alone keeps out counts for that filter's values."""
    wanted = {name: set(getattr(asked, field)) for name, field in FIELDS.items()}
    wanted["party"] = {lanes.get(number, -1) if number else None for number in wanted["party"]}
    wanted["review"] = wanted["review"] or {"suggested", "accepted"}
    left, out_by_one = _told_apart(values, wanted)
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


def windowed(
    dossier: Dossier, user: Asker, asked: TimelineRequest, number: int | None = None
) -> ClaimQuerySet:
    """Return the claims that a question asks for, its window included.

    ``number``: how many they are, where it is known: few are found along an index, without a look at the
    others.
    """
    claims = Claim.objects.visible_in(dossier, user).asked(asked)
    if asked.first is None and asked.last is None:
        return claims
    if number is not None and number <= FEW:
        return met(claims, longer_touching(asked.first, asked.last, -1))
    return claims.between(asked.first, asked.last)


def left_without(dossier: Dossier, user: Asker, questions: Iterable[TimelineRequest], most: int) -> list[int]:
    """Return how many claims each question leaves, ``most`` + 1 standing for more than that."""
    return [_left(dossier, user, asked, most) for asked in questions]


def _left(dossier: Dossier, user: Asker, asked: TimelineRequest, most: int) -> int:
    if answered(asked):
        return Traits(dossier, user, asked).total()
    if asked.q:
        return min(number_in_window(dossier, user, asked), most + 1)
    return windowed(dossier, user, asked).order_by()[: most + 1].count()

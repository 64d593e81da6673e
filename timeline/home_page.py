"""What the first page shows: the dossiers one may see, each with its lanes drawn small.

In: who asks. Out: a card a dossier; the number of questions does not grow with dossiers, letters or claims.
What is drawn is an impression: at most a few claims of each dossier, chosen by their random numbers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, Q

from documents.models import Dossier, DossierParty, Letter
from timeline.mark_svg import HEIGHTS
from timeline.models import Claim
from timeline.pages import COLOURS, span_words
from timeline.timeline_request import iso_day

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

LANES_DRAWN = 4
MARKS_DRAWN = 160
# A dossier with more claims than this is drawn from a part of them.
SMALL = 500
WIDTH, PITCH, HEAD, H = 560, 20, 7, 6
FIELDS = (
    "dossier_id",
    "lane_party_id",
    "earliest_day",
    "latest_day",
    "is_quoted",
    "review_state",
    "precision",
)


@dataclass(frozen=True, slots=True)
class SmallMark:
    """A mark 6 px high: left end and width in pixels (no width: a disc), colour, voice, review."""

    x: float
    y: float
    width: float
    height: float
    colour: int
    reported: bool
    suggested: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One dossier: its figures in words and its lanes as a picture."""

    dossier: Dossier
    parties: str
    facts: str
    marks: list[SmallMark]
    lines: list[float]
    height: int
    first_year: str
    last_year: str


def cards_of(user: Asker) -> list[Card]:
    """Return the cards of all dossiers that the user may see."""
    dossiers = list(Dossier.objects.visible_to(user))
    figures = figures_of(user)
    letters = dict(
        Letter.objects.visible_to(user)
        .counted_once()
        .order_by()
        .values_list("dossier")
        .annotate(n=Count("pk"))
        .values_list("dossier", "n")
    )
    parties: dict[int, list[DossierParty]] = defaultdict(list)
    for place in (
        DossierParty.objects.filter(dossier__in=dossiers).select_related("party").order_by("colour_index")
    ):
        parties[place.dossier_id].append(place)
    drawn = claims_drawn(user, figures)
    return [
        card_of(d, figures.get(d.pk, {}), letters.get(d.pk, 0), parties[d.pk], drawn.get(d.pk, []))
        for d in dossiers
    ]


def figures_of(user: Asker) -> dict[int, dict]:
    """Return {dossier: how many claims, those of repeated letters once, how many to review, both ends}."""
    claims = Claim.objects.visible_to(user).not_set_aside().order_by()
    rows = claims.values("dossier").annotate(
        n=Count("pk"),
        to_review=Count("pk", filter=Q(review_state="suggested")),
        first=Min("earliest_day"),
        last=Max("latest_day"),
    )
    # Asked for apart: few letters repeat another, and leaving them out would look at every claim's letter.
    repeated = claims.repeated().values("dossier").annotate(n=Count("pk")).values_list("dossier", "n")
    once = dict(repeated)
    return {row["dossier"]: {**row, "once": row["n"] - once.get(row["dossier"], 0)} for row in rows}


def claims_drawn(user: Asker, figures: dict[int, dict]) -> dict[int, list[tuple]]:
    """Return some claims of each dossier: those with the lowest random numbers, the same at every visit."""
    seen = Claim.objects.visible_to(user).not_set_aside().dated().order_by("public_id")
    small = [dossier for dossier, row in figures.items() if row["n"] <= SMALL]
    large = [dossier for dossier in figures if dossier not in set(small)]
    found: dict[int, list[tuple]] = defaultdict(list)
    for dossiers, most in ((small, SMALL * len(small)), (large, MARKS_DRAWN * 4 * len(large))):
        for row in seen.filter(dossier__in=dossiers).values_list(*FIELDS)[:most]:
            if len(found[row[0]]) < MARKS_DRAWN:
                found[row[0]].append(row)
    return found


def card_of(
    dossier: Dossier, figures: dict, letters: int, places: list[DossierParty], rows: list[tuple]
) -> Card:
    """Return one card; its lanes are those of the parties with most of the marks, in the dossier's order."""
    counts: dict[int | None, int] = defaultdict(int)
    for row in rows:
        counts[row[1]] += 1
    largest = sorted(
        (p for p in places if counts[p.party_id]), key=lambda p: (-counts[p.party_id], p.colour_index)
    )
    lanes = sorted(largest[:LANES_DRAWN], key=lambda p: p.colour_index)
    first, last = figures.get("first"), figures.get("last")
    if first is None or last is None or last <= first:
        first, last = (first or last or 0) - 183, (last or first or 0) + 183
    marks = [
        small_mark(row, lane.colour_index, place, first, last)
        for place, lane in enumerate(lanes)
        for row in rows
        if row[1] == lane.party_id
    ]
    known = figures.get("first") is not None
    return Card(
        dossier=dossier,
        parties=names_of([p.party.name for p in places]),
        facts=facts_words(figures, letters),
        marks=marks,
        lines=[HEAD + 4.5 + PITCH * place for place in range(len(lanes))],
        height=HEAD + PITCH * max(1, len(lanes)),
        first_year=iso_day(first).rsplit("-", 2)[0].lstrip("0") if known else "",
        last_year=iso_day(last).rsplit("-", 2)[0].lstrip("0") if known else "",
    )


def small_mark(row: tuple, colour: int, place: int, first: int, last: int) -> SmallMark:
    """Return the mark of a claim on a scale of ``WIDTH`` pixels."""
    _, _, start, end, quoted, review, precision = row
    scale = WIDTH / (last - first + 1)
    left = 0 if start is None else (start - first) * scale
    right = WIDTH if end is None else (end + 1 - first) * scale
    is_disc = right - left < H
    return SmallMark(
        x=round((left + right) / 2 if is_disc else left, 1),
        y=HEAD + PITCH * place + (9 if quoted else 0),
        width=0 if is_disc else round(right - left, 1),
        height=max(2, round(HEIGHTS.get(precision, 0.5) * H)),
        colour=(colour - 1) % COLOURS + 1,
        reported=quoted,
        suggested=review == "suggested",
    )


def names_of(names: list[str]) -> str:
    """Return "Averland, Norvania, Costaluz and three others"."""
    numbers = ("", "one other", "two others", "three others", "four others", "five others", "six others")
    if len(names) <= 4:
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    left = len(names) - 3
    return f"{', '.join(names[:3])} and {numbers[left] if left < len(numbers) else f'{left} others'}"


def facts_words(figures: dict, letters: int) -> str:
    """Return "8 August 1961 – 14 March 2024 · 41 letters · 1,284 claims · 212 to review"."""
    n, review = figures.get("once", figures.get("n", 0)), figures.get("to_review", 0)
    parts = [
        span_words(figures.get("first"), figures.get("last")) if n else "",
        f"{letters:,} letter{'' if letters == 1 else 's'}",
        f"{n:,} claim{'' if n == 1 else 's'}",
        "" if not n else f"{review:,} to review" if review else "all reviewed",
    ]
    return " · ".join(part for part in parts if part)

"""The marks of a timeline as columns of integers: what the canvas draws, without any text.

Rows are sorted by lane and first day. First days are differences from the row before, lengths count days
after the first; a claim's traits are bits of one number (``static/js/timeline/marks-data.js`` reads them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from documents.models import Dossier, DossierParty
from timeline.density_triggers import LANE_FIELDS
from timeline.querysets import ClaimQuerySet
from timeline.vocabulary import STANCES

PRECISIONS = (
    "day",
    "month",
    "season",
    "year",
    "decade",
    "century",
    "interval",
    "open",
    "oneof",
    "unknown",
)
ONE_OF = PRECISIONS.index("oneof")
REVIEWS = ("suggested", "accepted", "dismissed", "curated")
QUOTED = 1 << 4
STANCE_SHIFT, REVIEW_SHIFT = 5, 8
INFERRED, APPROXIMATE, UNCERTAIN = 1 << 10, 1 << 11, 1 << 12
OPEN_START, OPEN_END = 1 << 13, 1 << 14

# What is asked of each claim; the lane's key stands second, whatever a lane is.
REST = (
    "earliest_day",
    "latest_day",
    "precision",
    "is_quoted",
    "stance",
    "review_state",
    "curated",
    "basis",
    "edtf",
    "letter_id",
)
DAY = re.compile(r"-?\d{4,6}-\d\d-\d\d")
NOBODY = 0


def flags_of(
    *,
    first: int | None,
    last: int | None,
    precision: str,
    quoted: bool,
    stance: str,
    review: str,
    curated: bool,
    basis: str,
    edtf: str | None,
) -> int:
    """Return the traits of a claim as bits of one number."""
    edtf = edtf or ""
    bits = QUOTED if quoted else 0
    if (first is None) != (last is None):
        kind = "open"
        bits |= OPEN_START if first is None else OPEN_END
    elif precision == "set" or edtf[:1] in ("[", "{"):
        kind = "oneof" if first != last else "day"
    else:
        kind = precision if precision in PRECISIONS else "unknown"
    bits |= PRECISIONS.index(kind)
    bits |= STANCES.index(stance) << STANCE_SHIFT
    seen = "curated" if curated and review != "dismissed" else review
    bits |= REVIEWS.index(seen if seen in REVIEWS else "suggested") << REVIEW_SHIFT
    bits |= INFERRED if basis != "explicit" else 0
    bits |= APPROXIMATE if "~" in edtf or "%" in edtf else 0
    bits |= UNCERTAIN if "?" in edtf or "%" in edtf else 0
    return bits


def alternatives_of(edtf: str, first: int, last: int) -> list[int]:
    """Return the days that a set names, or its two bounds where it names no days."""
    from datetime import date

    days = sorted({date.fromisoformat(text).toordinal() for text in DAY.findall(edtf) if text[0] != "-"})
    return days if len(days) > 1 else [first, last]


def lanes_of(dossier: Dossier, used: Iterable[int | None]) -> list[dict[str, Any]]:
    """Return a lane for each party in ``used`` (None: nobody named), in order of first appearance."""
    wanted = set(used)
    places = DossierParty.objects.filter(dossier=dossier, party_id__in=wanted - {None})
    lanes = [
        {
            "key": place.party_id,
            "id": place.party.public_id,
            "name": place.party.name,
            "kind": place.party.kind,
            "colour": (place.colour_index - 1) % 12 + 1,
            "code": place.party.name[:2] if place.colour_index > 12 else "",
        }
        for place in places.select_related("party").order_by("colour_index")
    ]
    missing = wanted - {lane["key"] for lane in lanes}
    if missing:
        lanes.append(
            {"key": None, "id": NOBODY, "name": "Nobody named", "kind": "", "colour": NOBODY, "code": ""}
        )
    return lanes


def rows_of(claims: ClaimQuerySet, by: str, *more: str, most: int | None = None) -> list[tuple]:
    """Return a row for each claim: public number, lane's key, REST, ``more``; the first ``most`` by key."""
    # As text, since reading JSON costs more than all the rest; "[]" means that no person set anything.
    claims = claims.annotate(curated=Cast("curated_fields", TextField()))
    # Sorting is left to columns_of: the database would sort all that the rows hold.
    ordered = claims.order_by() if most is None else claims.order_by("pk")
    return list(ordered.values_list("public_id", LANE_FIELDS[by], *REST, *more)[:most])


def columns_of(rows: Iterable[tuple], places: dict[int | None, int], lanes: int) -> dict[str, Any]:
    """Return the columns of dated rows, sorted by lane and first day; ``rest``: what stands after REST."""
    by_lane: list[list[tuple]] = [[] for _ in range(lanes)]
    for row in rows:
        by_lane[places[row[1]]].append(row)
    ids: list[int] = []
    start: list[int] = []
    length: list[int] = []
    flags: list[int] = []
    rest: list[tuple] = []
    alternatives: dict[int, list[int]] = {}
    before = 0
    for lane in by_lane:
        lane.sort(key=_by_date)
        for row in lane:
            first, last, _ = _by_date(row)
            bits = row_flags(row)
            if bits & 15 == ONE_OF:
                alternatives[len(ids)] = alternatives_of(row[10] or "", first, last)
            ids.append(row[0])
            start.append(first - before)
            before = first
            length.append(last - first)
            flags.append(bits)
            rest.append(row[11:])
    return {
        "lane_counts": [len(lane) for lane in by_lane],
        "ids": ids,
        "start": start,
        "length": length,
        "flags": flags,
        "alternatives": alternatives,
        "rest": rest,
    }


def _by_date(row: tuple) -> tuple[int, int, int]:
    """Return first and last known day of a row, and its number so that none changes its place."""
    first, last = row[2], row[3]
    return (last if first is None else first, first if last is None else last, row[0])


def row_flags(row: tuple) -> int:
    """Return the flags of a row, worked out once for each combination of traits."""
    edtf = row[10] or ""
    doubt = ("~" in edtf or "%" in edtf, "?" in edtf or "%" in edtf, edtf[:1] in ("[", "{"))
    opening = (row[2] is None, row[3] is None, row[2] == row[3])
    return _flags(opening, row[4], row[5], row[6], row[7], row[8] != "[]", row[9], doubt)


@lru_cache(4096)
def _flags(
    opening: tuple[bool, bool, bool],
    precision: str,
    quoted: bool,
    stance: str,
    review: str,
    curated: bool,
    basis: str,
    doubt: tuple[bool, bool, bool],
) -> int:
    approximate, uncertain, one_of = doubt
    return flags_of(
        first=None if opening[0] else 1,
        last=None if opening[1] else 1 if opening[2] else 2,
        precision=precision,
        quoted=quoted,
        stance=stance,
        review=review,
        curated=curated,
        basis=basis,
        edtf=("[" if one_of else "") + ("~" if approximate else "") + ("?" if uncertain else ""),
    )

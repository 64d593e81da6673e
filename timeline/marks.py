"""The marks of a timeline as columns of integers: what the canvas draws, without any text.

Rows are sorted by lane and first day. First days are differences from the row before, lengths count days
after the first; a claim's traits are bits of one number (``static/js/timeline/marks-data.js`` reads them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from documents.models import Dossier, DossierParty, Letter
from timeline.querysets import ClaimQuerySet

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
STANCES = ("asserts", "reports", "denies", "rejects-wording", "demands", "announces")
REVIEWS = ("suggested", "accepted", "dismissed", "curated")
QUOTED = 1 << 4
STANCE_SHIFT, REVIEW_SHIFT = 5, 8
INFERRED, APPROXIMATE, UNCERTAIN = 1 << 10, 1 << 11, 1 << 12
OPEN_START, OPEN_END = 1 << 13, 1 << 14

UNDATED_SHOWN = 60
FIELDS = (
    "public_id",
    "lane_party_id",
    "earliest_day",
    "latest_day",
    "precision",
    "is_quoted",
    "stance",
    "review_state",
    "curated_fields",
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


def marks_of(claims: ClaimQuerySet, dossier: Dossier) -> dict[str, Any]:
    """Return the columns of the claims given, their lanes, the letters they stand in and what has no date.

    Four queries, whatever the number of claims.
    """
    dated_first = claims.order_by(F("earliest_day").asc(nulls_last=True), "latest_day", "pk")
    rows = list(dated_first.values_list(*FIELDS))
    lanes = lanes_of(dossier, {row[1] for row in rows})
    place = {lane["key"]: i for i, lane in enumerate(lanes)}
    nobody = place.get(None, 0)
    letters = list(
        Letter.objects.filter(dossier=dossier, pk__in={row[11] for row in rows})
        .by_own_date()
        .values_list("pk", "public_id", "own_day")
    )
    letter_place = {pk: i for i, (pk, _, _) in enumerate(letters)}
    by_lane: list[list[tuple]] = [[] for _ in lanes]
    undated: list[dict[str, Any]] = []
    undated_total = 0
    for row in rows:
        lane = place.get(row[1], nobody)
        if row[2] is None and row[3] is None:
            undated_total += 1
            if len(undated) < UNDATED_SHOWN:
                undated.append({"id": row[0], "lane": lane, "flags": _flags(row)})
            continue
        by_lane[lane].append(row)
    for lane in by_lane:
        lane.sort(key=lambda row: row[3] if row[2] is None else row[2])
    columns = _columns(by_lane, letter_place)
    return {
        "lanes": [{key: value for key, value in lane.items() if key != "key"} for lane in lanes],
        "lane_counts": [len(lane) for lane in by_lane],
        "span": columns.pop("span"),
        **columns,
        "letters": [{"id": public_id, "day": day} for _, public_id, day in letters],
        "undated": undated,
        "undated_total": undated_total,
    }


def _flags(row: tuple) -> int:
    """Return the flags of a row of FIELDS."""
    return flags_of(
        first=row[2],
        last=row[3],
        precision=row[4],
        quoted=row[5],
        stance=row[6],
        review=row[7],
        curated=bool(row[8]),
        basis=row[9],
        edtf=row[10],
    )


def _columns(by_lane: list[list[tuple]], letter_place: dict[int, int]) -> dict[str, Any]:
    """Return the columns of rows sorted by lane and first day, and the span they cover."""
    ids: list[int] = []
    start: list[int] = []
    length: list[int] = []
    flags: list[int] = []
    letter: list[int] = []
    alternatives: dict[int, list[int]] = {}
    before, low, high = 0, None, None
    for lane in by_lane:
        for row in lane:
            first = row[3] if row[2] is None else row[2]
            last = row[2] if row[3] is None else row[3]
            bits = _flags(row)
            if PRECISIONS[bits & 15] == "oneof":
                alternatives[len(ids)] = alternatives_of(row[10] or "", first, last)
            ids.append(row[0])
            start.append(first - before)
            before = first
            length.append(last - first)
            flags.append(bits)
            letter.append(letter_place[row[11]])
            low = first if low is None or first < low else low
            high = last if high is None or last > high else high
    return {
        "ids": ids,
        "start": start,
        "length": length,
        "flags": flags,
        "letter": letter,
        "alternatives": alternatives,
        "span": [low, high] if low is not None else None,
    }

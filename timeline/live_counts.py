"""Counts of claims from the claims themselves, by the same columns and blocks as the counts that are kept.

What a search found is laid out once and counted from that as long as the claims are the same
(``timeline/found.py``).
"""

# ruff: noqa: S608  the pieces of SQL put together here are our own; what users send goes as parameters

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, Value

from timeline.calendar_buckets import UNIT_DAYS
from timeline.density_triggers import (
    LANE_FIELDS,
    UNDATED,
    bucket_sql,
    middle_sql,
    months_sql,
    reach_sql,
)
from timeline.found import DAYS, REACHES, Found, once
from timeline.kept_counts import LAST_UNIT, Count, own_unit
from timeline.querysets import ClaimQuerySet
from timeline.word_index import by_key

# A week may hold dates of two days, half a century those of 13 years: more than that no bucket exceeds.
BUCKET_MOST = 6


def live(claims: ClaimQuerySet, unit: int, fit: int, first: int, last: int, by: str = "words") -> list[Count]:
    """Return the same counts, counted from the claims given; ``by`` says what a lane is."""
    lane = LANE_FIELDS[by]
    if claims.kept_for is not None:
        return [Count(*row) for row in _found(claims, lane).sums(unit, fit, first, last, own_unit)]
    widest = int(UNIT_DAYS[LAST_UNIT] * 1.3)
    # A claim's middle is at most its length from its first day; where it is long, its block is.
    near = claims.dated().filter(
        Q(earliest_day=None)
        | Q(latest_day=None)
        | Q(earliest_day__lte=last + widest, latest_day__gte=first - widest)
    )
    # And no bucket is longer than its unit or than BUCKET_MOST times the dates in it.
    reached = (F("latest_day") - F("earliest_day") + math.ceil(UNIT_DAYS[unit])) * BUCKET_MOST
    near = near.filter(
        Q(earliest_day=None)
        | Q(latest_day=None)
        | Q(earliest_day__lte=reached + last, latest_day__gte=Value(first) - reached)
    )
    fields = (lane, "is_quoted", "earliest_day", "latest_day")
    if connection.vendor == "sqlite":
        # SQLite sorts to group: each row is one number, counted here.
        return [Count(*row) for row in Found(_rows(near, lane)).sums(unit, fit, first, last, own_unit)]
    try:
        inner, values = near.order_by().values_list(*fields).query.sql_with_params()
    except EmptyResultSet:
        return []
    found = _live_sql(inner, values, lane, unit, fit)
    return [c for c in found if c.first <= last and c.end > first]


def lanes(claims: ClaimQuerySet, by: str = "words") -> Counter[int]:
    """Return how many of the claims given stand in each lane; 0 is nobody's. ``by`` says what a lane is."""
    lane = LANE_FIELDS[by]
    if claims.kept_for is not None:
        return _found(claims, lane).lanes()
    if claims.unsaid is not None and connection.vendor == "sqlite":
        return Found(_rows(claims, lane)).lanes()
    counted = Counter(claims.counted_by(lane))
    counted[0] += counted.pop(None, 0)
    return +counted


def found_inside(claims: ClaimQuerySet, first: int | None, last: int | None) -> int:
    """Return how many claims of a search have their middle in the days first to last; None is open.

    What is open is counted as ``kept_inside`` counts it.
    """
    return _found(claims, LANE_FIELDS["words"]).inside(first, last)


def found_longer(claims: ClaimQuerySet, fit: int, by: str) -> bool:
    """Return whether any claim of a search has a longer reach than ``fit``, or is open."""
    return _found(claims, LANE_FIELDS[by]).is_longer(fit)


def found_undated(claims: ClaimQuerySet, by: str) -> int:
    """Return how many claims of a search have no date."""
    return _found(claims, LANE_FIELDS[by]).undated()


def _found(claims: ClaimQuerySet, lane: str) -> Found:
    """Return the claims of a search, looked up once as long as they are the same."""
    dossier, *scope = claims.kept_for
    try:
        statement, values = claims.order_by().values_list(lane).query.sql_with_params()
    except EmptyResultSet:
        return Found(Counter())
    # As text, since what PostgreSQL is given for JSON is never the same twice.
    return once(dossier, (*scope, statement, str(values)), lambda: _rows(claims, lane))


def _rows(claims: ClaimQuerySet, lane: str) -> Counter[int]:
    """Return claims as numbers of lane, voice, reach and middle, as ``found`` has them."""
    fields = (lane, "is_quoted", "earliest_day", "latest_day")
    try:
        inner, values = claims.order_by().values_list(*fields).query.sql_with_params()
    except EmptyResultSet:
        return Counter()
    together = "json_agg" if connection.vendor == "postgresql" else "json_group_array"
    if claims.unsaid is not None and connection.vendor == "sqlite":
        inner = by_key(inner)
    statement = (
        f"SELECT CAST({together}((COALESCE({lane}, 0) * 2 + CASE WHEN is_quoted THEN 1 ELSE 0 END) "
        f"* {REACHES * DAYS} + {reach_sql('earliest_day', 'latest_day')} * {DAYS} "
        f"+ {middle_sql('earliest_day', 'latest_day')} + {DAYS // 2}) AS text) FROM ({inner}) c"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, tuple(values))
        return Counter(json.loads(cursor.fetchone()[0] or "[]"))


def _live_sql(inner: str, values: Iterable[Any], lane: str, unit: int, fit: int) -> list[Count]:
    """Count the rows of a question where the database does it all."""
    buckets = " ".join(
        f"WHEN reach {'<=' if reach == fit else '='} {reach} THEN {bucket_sql(by, 'middle', 'months')}"
        for reach in range(fit, UNDATED)
        for by in [unit if reach <= fit else own_unit(reach)]
    )
    months = months_sql("middle").replace("%", "%%")
    statement = (
        f"SELECT lane_key, reach, place, SUM(CASE WHEN is_quoted THEN 0 ELSE 1 END), "
        f"SUM(CASE WHEN is_quoted THEN 1 ELSE 0 END) FROM (SELECT lane_key, is_quoted, "
        f"CASE WHEN reach <= {fit} THEN {fit} ELSE reach END AS reach, "
        f"CASE {buckets} END AS place FROM (SELECT s.*, {months} AS months FROM "
        f"(SELECT COALESCE({lane}, 0) AS lane_key, is_quoted, "
        f"{reach_sql('earliest_day', 'latest_day')} AS reach, "
        f"CAST({middle_sql('earliest_day', 'latest_day')} AS bigint) AS middle "
        f"FROM ({inner}) c) s) t) u GROUP BY lane_key, reach, place"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, tuple(values))
        return [
            Count(unit if reach <= fit else own_unit(reach), lane_key, reach, place, own, reported)
            for lane_key, reach, place, own, reported in cursor.fetchall()
        ]

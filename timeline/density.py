"""How many claims fall where: what the canvas draws where marks would lie denser than pixels.

``counts`` answers for a window at a scale: claims short enough for a column of the calendar unit in force
are counted in columns, longer ones in blocks of their own length, open ones by the year of their known end.
The counts kept by the database answer wherever the question is one of lane, review state, stance, basis,
precision and language; any other question is counted live from the claims, by the same SQL.
"""

# ruff: noqa: S608  the pieces of SQL put together here are our own; what users send goes as parameters

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, Value

from documents.models import Dossier, Party
from timeline.calendar_buckets import UNIT_DAYS, bucket_of, bucket_start
from timeline.density_triggers import (
    COUNTS,
    DAY,
    DECADE,
    FACET_NAMES,
    FACETED,
    FACETED_DECADE,
    FACETED_MONTH,
    FINEST,
    LONGER,
    MONTH,
    MONTHS_A_BUCKET,
    OPEN_END,
    OPEN_START,
    OWN_LEVEL,
    QUARTER,
    REACH_LIMITS,
    SHORTER,
    UNDATED,
    UNIT_OF,
    WEEK,
    YEAR,
    bucket_sql,
    middle_sql,
    months_sql,
    reach_sql,
)
from timeline.found import DAYS, REACHES, Found, once
from timeline.marks import LANE_FIELDS, about_party
from timeline.querysets import ClaimQuerySet
from timeline.seeing import is_inside, reviews_shown
from timeline.timeline_request import TimelineRequest
from timeline.word_index import by_key

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# The kept level that a unit is summed from.
SOURCE = (DAY, WEEK, MONTH, QUARTER, QUARTER, YEAR, YEAR, YEAR, DECADE, DECADE, DECADE)
VOICES = ("own", "reported")
COUNTED_REVIEWS = frozenset({"suggested", "accepted"})
SHORT_BAR = 90  # pixels: longer ones stand beside columns, as in layout-lane.js
LAST_UNIT = len(UNIT_DAYS) - 1
# A week may hold dates of two days, half a century those of 13 years: more than that no bucket exceeds.
BUCKET_MOST = 6


@dataclass(frozen=True, slots=True)
class Facets:
    """A question that kept counts can answer; None asks for everything. Lanes are parties' keys, 0 nobody."""

    dossier: int
    reviews: tuple[str, ...]
    lanes: tuple[int, ...] | None = None
    stances: tuple[str, ...] | None = None
    bases: tuple[str, ...] | None = None
    precisions: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None

    @property
    def countable(self) -> bool:
        """Whether only review states are asked for that are counted."""
        return bool(self.reviews) and set(self.reviews) <= COUNTED_REVIEWS

    @property
    def coarse(self) -> bool:
        """Whether what is kept from a month up only is asked for."""
        return any(values is not None for values in self.traits)

    @property
    def traits(self) -> tuple[tuple[str, ...] | None, ...]:
        """What is asked for of each of FACET_NAMES, in their order."""
        return (self.stances, self.bases, self.precisions, self.languages)


class Count(NamedTuple):
    """Claims of one lane in one bucket, own and reported; all that columns take has one reach, the widest."""

    unit: int
    lane: int
    reach: int
    bucket: int
    own: int
    reported: int

    @property
    def n(self) -> int:
        """Both together."""
        return self.own + self.reported

    @property
    def first(self) -> int:
        """The bucket's first day."""
        return bucket_start(self.unit, self.bucket)

    @property
    def end(self) -> int:
        """The first day after the bucket."""
        return bucket_start(self.unit, self.bucket + 1)


def own_unit(reach: int) -> int:
    """Return the unit by which dates of a reach are counted where they fit no column."""
    if reach in (OPEN_END, OPEN_START):
        return YEAR
    return min(reach, LAST_UNIT)


def kept_for(
    dossier: Dossier,
    user: User | AnonymousUser,
    asked: TimelineRequest,
    claims: ClaimQuerySet,
    by: str = "words",
) -> ClaimQuerySet:
    """Return the claims of a question that no kept counts answer, so that what is found is kept.

    ``by`` says what a lane is: counts are kept for one way alone. Only where the claims' own rows decide it,
    and what stands beside the dossier's key: how much the user sees. A letter's language is not its claims'
    own; letters that bear a symbol are named by their keys.
    """
    counted = by == "words" and not (asked.q or asked.letters) and set(asked.reviews) <= COUNTED_REVIEWS
    if counted or asked.languages:
        return claims
    return claims.to_keep(dossier.pk, is_inside(dossier, user), reviews_shown(dossier, user))


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


def _where(facets: Facets, faceted: bool) -> tuple[str, list[Any]]:
    """Return the conditions of a question but for level, reach and bucket."""
    parts: list[str] = ["true"]
    values: list[Any] = []
    if facets.lanes is not None:
        parts.append(f"lane_key IN ({_marks(facets.lanes)})")
        values += facets.lanes
    for name, asked in zip(FACET_NAMES, facets.traits, strict=True):
        if faceted and asked is not None:
            parts.append(f"{name} IN ({_marks(asked)})")
            values += asked
    return " AND ".join(parts), values


def _number(facets: Facets, *voices: str) -> str:
    """Return the SQL of the number of claims of these voices, in the review states asked for."""
    names = [f"{voice}_{review}" for voice in voices for review in facets.reviews]
    return f"CAST(SUM({' + '.join(names) or '0'}) AS bigint)"


def _numbers(facets: Facets, voice: str) -> str:
    """Return the SQL of a row's claims of a voice, in the review states asked for."""
    return " + ".join(f"{voice}_{review}" for review in facets.reviews) or "0"


def _marks(values: Iterable[Any]) -> str:
    """Return placeholders; an empty list matches nothing."""
    return ", ".join("%s" for _ in values) or "NULL"


def widest_reach(unit: int, pixels_a_day: float) -> int:
    """Return the longest reach that columns of a unit take: what fits one, and bars short on screen."""
    return max(
        reach
        for reach in range(LAST_UNIT + 1)
        if reach <= unit
        or (REACH_LIMITS[reach] * pixels_a_day <= SHORT_BAR and FINEST[reach] <= SOURCE[unit])
    )


def _groups(unit: int, fit: int) -> dict[tuple[int, int], list[int]]:
    """Return {(unit to count by, kept level): reaches} for a scale of this unit."""
    groups: dict[tuple[int, int], list[int]] = {}
    for reach in range(UNDATED):
        by = unit if reach <= fit else own_unit(reach)
        groups.setdefault((by, SOURCE[by]), []).append(reach)
    return groups


def kept(facets: Facets, unit: int, fit: int, first: int, last: int) -> list[Count]:
    """Return the counts whose buckets touch the days first to last; by traits from months up."""
    statements, values, groups = [], [], []
    for (by, level), reaches in _groups(unit, fit).items():
        if facets.coarse and level <= WEEK:
            continue
        source = level if not facets.coarse else FACETED_MONTH if level == MONTH else FACETED
        each = MONTHS_A_BUCKET[by] // MONTHS_A_BUCKET[source] if source > WEEK else 1
        low, high = bucket_of(by, first), bucket_of(by, last)
        condition, more = _where(facets, facets.coarse)
        stored = sorted({SHORTER if OWN_LEVEL[r] < UNIT_OF[source] else r for r in reaches})
        own, reported = _numbers(facets, "own"), _numbers(facets, "reported")
        group = ""
        if facets.coarse:  # many rows a bucket, which stand together in the index
            own, reported, group = f"SUM({own})", f"SUM({reported})", " GROUP BY reach, bucket, lane_key"
        statements.append(
            f"SELECT {len(groups)}, lane_key, reach, bucket, {own}, {reported} FROM {COUNTS} "
            f"WHERE dossier_key = %s AND level = %s AND reach IN ({_marks(stored)}) "
            f"AND bucket BETWEEN %s AND %s AND {condition}{group}"
        )
        values += [facets.dossier, source, *stored, low * each, (high + 1) * each - 1, *more]
        groups.append((by, each))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return _summed(cursor.fetchall(), groups, fit)


def _summed(rows: list[tuple], groups: list[tuple[int, int]], fit: int) -> list[Count]:
    """Add up rows of what is kept: group's place, lane, reach, bucket, own, reported.

    Here, since to group them by units the database would sort them; ``groups``: unit, kept buckets in one.
    """
    found: dict[tuple[int, int, int, int], list[int]] = {}
    for group, lane, reach, bucket, own, reported in rows:
        unit, each = groups[group]
        key = (unit, lane, fit if reach <= fit else reach, bucket // each)
        there = found.get(key)
        if there is None:
            found[key] = [own, reported]
        else:
            there[0] += own
            there[1] += reported
    return [Count(*key, *both) for key, both in found.items() if both[0] or both[1]]


def live(claims: ClaimQuerySet, unit: int, fit: int, first: int, last: int, by: str = "words") -> list[Count]:
    """Return the same counts, counted from the claims given; ``by`` says what a lane is."""
    lane = LANE_FIELDS[by]
    if by == "about":
        claims = claims.annotate(about_party=about_party())
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


def lanes(claims: ClaimQuerySet) -> Counter[int]:
    """Return how many of the claims given stand in each lane; 0 is nobody's."""
    if claims.kept_for is not None:
        return _found(claims, "lane_party_id").lanes()
    if claims.unsaid is not None and connection.vendor == "sqlite":
        return Found(_rows(claims, "lane_party_id")).lanes()
    counted = Counter(claims.counted_by("lane_party_id"))
    counted[0] += counted.pop(None, 0)
    return +counted


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
    if facets is None or not facets.countable or by != "words":
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


def total(facets: Facets) -> int:
    """Return how many claims there are, undated ones included."""
    return sum(per(facets, "lane_key").values())


def per(facets: Facets, name: str) -> Counter[Any]:
    """Return the claims by a key: ``lane_key`` or one of FACET_NAMES."""
    faceted = facets.coarse or name in FACET_NAMES
    condition, values = _where(facets, faceted)
    level = FACETED_DECADE if faceted else DECADE
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name}, {_number(facets, *VOICES)} FROM {COUNTS} "
            f"WHERE dossier_key = %s AND level = %s AND {condition} GROUP BY {name}",
            [facets.dossier, level, *values],
        )
        return Counter({key: int(n) for key, n in cursor.fetchall() if n})


def kept_inside(facets: Facets, low: int | None, high: int | None) -> int:
    """Return how many claims have their middle in the quarters ``low`` to ``high`` (left out); None is open.

    What is open is counted if it begins before the end, or ends after the start.
    """
    parts, values = [], []
    for reaches, bounds in (
        ((*range(SHORTER, LONGER + 1),), (low, high)),
        ((OPEN_END,), (None, high)),
        ((OPEN_START,), (low, None)),
    ):
        part = f"reach IN ({_marks(reaches)})"
        values += reaches
        for sign, bound in zip((">=", "<"), bounds, strict=True):
            if bound is not None:
                part += f" AND bucket {sign} %s"
                values.append(bound)
        parts.append(f"({part})")
    condition, more = _where(facets, faceted=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_number(facets, *VOICES)} FROM {COUNTS} "
            f"WHERE dossier_key = %s AND level = %s AND ({' OR '.join(parts)}) AND {condition}",
            [facets.dossier, FACETED, *values, *more],
        )
        return int(cursor.fetchone()[0] or 0)


def found_inside(claims: ClaimQuerySet, first: int | None, last: int | None) -> int:
    """Return how many claims of a search have their middle in the days first to last; None is open.

    What is open is counted as ``kept_inside`` counts it.
    """
    return _found(claims, LANE_FIELDS["words"]).inside(first, last)


def found_longer(claims: ClaimQuerySet, fit: int) -> bool:
    """Return whether any claim of a search has a longer reach than ``fit``, or is open."""
    return _found(claims, LANE_FIELDS["words"]).is_longer(fit)


def found_undated(claims: ClaimQuerySet) -> int:
    """Return how many claims of a search have no date."""
    return _found(claims, LANE_FIELDS["words"]).undated()


def none_longer(facets: Facets, fit: int) -> bool:
    """Return whether kept counts say that no claim asked for has a longer reach than ``fit``, at any time."""
    if fit < MONTH or not facets.countable:
        return False  # what is shorter than a quarter is not told apart where all traits are kept
    longer = range(fit + 1, UNDATED)
    condition, values = _where(facets, faceted=True)
    some = " + ".join(_numbers(facets, voice) for voice in VOICES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {COUNTS} WHERE dossier_key = %s AND level = %s AND reach IN ({_marks(longer)}) "
            f"AND {condition} AND {some} > 0 LIMIT 1",
            [facets.dossier, FACETED, *longer, *values],
        )
        return cursor.fetchone() is None


def undated(facets: Facets) -> Counter[int]:
    """Return the claims without a date, by lane."""
    condition, values = _where(facets, facets.coarse)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT lane_key, {_number(facets, *VOICES)} FROM {COUNTS} "
            f"WHERE dossier_key = %s AND level = %s AND reach = %s AND {condition} GROUP BY lane_key",
            [facets.dossier, FACETED_DECADE if facets.coarse else DECADE, UNDATED, *values],
        )
        return Counter({lane: int(n) for lane, n in cursor.fetchall() if n})


def without(facets: Facets, **names: Any) -> Facets:
    """Return the question with some of its filters loosened or set otherwise."""
    return replace(facets, **names)


__all__ = ["LONGER", "REACH_LIMITS", "Count", "Facets", "counts", "kept", "live", "per", "total", "undated"]

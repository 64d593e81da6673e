"""Counts of claims that the database keeps, read: by lane, time, length of date, review state and traits.

A question is a ``Facets``: what is asked of lane, review state, stance, basis, precision and language. Which
rows hold the answer is told by ``timeline/density_triggers.py``, which keeps them.
"""

# ruff: noqa: S608  the pieces of SQL put together here are our own; what users send goes as parameters

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db import connection

from timeline.calendar_buckets import UNIT_DAYS, bucket_of, bucket_start
from timeline.density_triggers import (
    COUNTS,
    DAY,
    DECADE,
    FACET_NAMES,
    FACETED,
    FACETED_DECADE,
    FACETED_MONTH,
    LEVELS_ON,
    LONGER,
    MONTH,
    MONTHS_A_BUCKET,
    OPEN_END,
    OPEN_START,
    OWN_LEVEL,
    QUARTER,
    SHORTER,
    UNDATED,
    UNIT_OF,
    WEEK,
    YEAR,
)

# The kept level that a unit is summed from.
SOURCE = (DAY, WEEK, MONTH, QUARTER, QUARTER, YEAR, YEAR, YEAR, DECADE, DECADE, DECADE)
VOICES = ("own", "reported")
COUNTED_REVIEWS = frozenset({"suggested", "accepted"})
LAST_UNIT = len(UNIT_DAYS) - 1


@dataclass(frozen=True, slots=True)
class Facets:
    """A question that kept counts can answer; None asks for everything. Lanes are parties' keys, 0 nobody.

    ``by`` says what a lane is that is counted; but by whose words, no lanes and no traits may be asked for.
    """

    dossier: int
    reviews: tuple[str, ...]
    lanes: tuple[int, ...] | None = None
    stances: tuple[str, ...] | None = None
    bases: tuple[str, ...] | None = None
    precisions: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    by: str = "words"

    @property
    def countable(self) -> bool:
        """Whether only review states are asked for that are counted."""
        return bool(self.reviews) and set(self.reviews) <= COUNTED_REVIEWS

    @property
    def coarse(self) -> bool:
        """Whether what is kept from a month up only is asked for."""
        return any(values is not None for values in self.traits)

    @property
    def by_traits(self) -> bool:
        """Whether a trait of the claims' own is asked for: a language is its letter's."""
        return any(values is not None for values in self.traits[:-1])

    @property
    def traits(self) -> tuple[tuple[str, ...] | None, ...]:
        """What is asked for of each of FACET_NAMES, in their order."""
        return (self.stances, self.bases, self.precisions, self.languages)

    def laned(self, by: str) -> Facets | None:
        """Return the same with lanes by another way; None where no counts are kept for that."""
        if by == self.by:
            return self
        return replace(self, by=by) if self.countable and not self.coarse and self.lanes is None else None


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


def total(facets: Facets) -> int:
    """Return how many claims there are, undated ones included."""
    return sum(per(facets, "lane_key").values())


def per(facets: Facets, name: str) -> Counter[Any]:
    """Return the claims by a key: ``lane_key`` or one of FACET_NAMES."""
    faceted = facets.coarse or name in FACET_NAMES
    condition, values = _where(facets, faceted)
    level = FACETED_DECADE if faceted else DECADE + LEVELS_ON[facets.by]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name}, {_number(facets, *VOICES)} FROM {COUNTS} "
            f"WHERE dossier_key = %s AND level = %s AND {condition} GROUP BY {name}",
            [facets.dossier, level, *values],
        )
        return Counter({key: int(n) for key, n in cursor.fetchall() if n})


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
        kept_at = source + LEVELS_ON[facets.by]
        values += [facets.dossier, kept_at, *stored, low * each, (high + 1) * each - 1, *more]
        groups.append((by, each))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return _summed(cursor.fetchall(), groups, fit)


def kept_inside(facets: Facets, low: int | None, high: int | None) -> int:
    """Return how many claims have their middle in the quarters ``low`` to ``high`` (left out); None is open.

    What is open is counted if it begins before the end, or ends after the start.
    """
    inside, values = _inside(low, high)
    condition, more = _where(facets, faceted=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_number(facets, *VOICES)} FROM {COUNTS} "
            f"WHERE dossier_key = %s AND level = %s AND ({inside}) AND {condition}",
            [facets.dossier, FACETED, *values, *more],
        )
        return int(cursor.fetchone()[0] or 0)


def traits_inside(facets: Facets, low: int | None, high: int | None) -> list[tuple]:
    """Return the same by traits: lane, FACET_NAMES, a number for each review state asked for."""
    inside, values = _inside(low, high)
    condition, more = _where(facets, faceted=True)
    names = ", ".join(("lane_key", *FACET_NAMES))
    numbers = ", ".join(_number(replace(facets, reviews=(review,)), *VOICES) for review in facets.reviews)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names}, {numbers} FROM {COUNTS} "
            f"WHERE dossier_key = %s AND level = %s AND ({inside}) AND {condition} GROUP BY {names}",
            [facets.dossier, FACETED, *values, *more],
        )
        return cursor.fetchall()


def _inside(low: int | None, high: int | None) -> tuple[str, list[int]]:
    """Return the condition that a row's claims are counted in these quarters."""
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
    return " OR ".join(parts), values


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


def _groups(unit: int, fit: int) -> dict[tuple[int, int], list[int]]:
    """Return {(unit to count by, kept level): reaches} for a scale of this unit."""
    groups: dict[tuple[int, int], list[int]] = {}
    for reach in range(UNDATED):
        by = unit if reach <= fit else own_unit(reach)
        groups.setdefault((by, SOURCE[by]), []).append(reach)
    return groups


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

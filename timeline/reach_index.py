"""Claims by the length of their dates and their first day: an index of the database's own.

What touches a window begins at most its own length before it. Where claims of like length stand together,
those that touch a window are a short stretch for each length; by first day alone they are all that began
before its end. ``install`` is idempotent and runs after every ``migrate``: a migration that rebuilds the
claims' table on SQLite takes the index away with it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import F, Func, IntegerField, Q

from timeline.density_triggers import (
    CLAIMS,
    LONGER,
    OPEN_END,
    OPEN_START,
    REACH_LIMITS,
    middle_sql,
    reach_sql,
)

if TYPE_CHECKING:
    from timeline.querysets import ClaimQuerySet

NAME = "claims_by_reach"
INDEX = (
    f"CREATE INDEX {NAME} ON {CLAIMS} "
    f"(dossier_id, ({reach_sql('earliest_day', 'latest_day')}), earliest_day, latest_day, id, review_state)"
)


class OfBounds(Func):
    """What follows from a date's bounds, without values, so that the database knows it by an index."""

    sql: Callable[[str, str], str]

    def __init__(self) -> None:
        super().__init__(F("earliest_day"), F("latest_day"), output_field=IntegerField())

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the expression."""
        first, last = (compiler.compile(each)[0] for each in self.source_expressions)
        return type(self).sql(first, last), []


class Reach(OfBounds):
    """How long a claim's date is."""

    sql = staticmethod(reach_sql)


class Middle(OfBounds):
    """The day in the middle of a claim's date: its known bound where it is open."""

    sql = staticmethod(middle_sql)


def reach_of(first: int, last: int) -> int:
    """Return the reach of a date with these bounds."""
    return bisect_right(REACH_LIMITS, last - first)


def longer_touching(first: int | None, last: int | None, fit: int) -> Iterator[Q]:
    """Yield the conditions that dates of a reach beyond ``fit``, or open, touch the days first to last.

    None is open. Beyond -1 are all that have a date.
    """
    begun = Q() if last is None else Q(earliest_day__lte=last)
    ended = Q() if first is None else Q(latest_day__gte=first)
    yield Q(reach=OPEN_START, earliest_day=None) & ended
    yield Q(reach=OPEN_END) & begun
    for reach in range(fit + 1, LONGER + 1):
        far = first is None or reach == LONGER
        near = Q() if far else Q(earliest_day__gt=first - REACH_LIMITS[reach])
        yield Q(reach=reach) & begun & ended & near


def met(claims: ClaimQuerySet, conditions: Iterable[Q]) -> ClaimQuerySet:
    """Keep the claims for which one of some conditions on ``reach`` and ``middle`` holds, of which no two do.

    Each condition is asked by itself, and words are looked up once, not for each: else SQLite would go
    through all claims of the dossier, or of the words. The keys come first, since of two lists SQLite goes
    through the first.
    """
    unsaid = claims if claims.unsaid is None else claims.unsaid
    return claims.model._default_manager.filter(pk__in=values_met(unsaid, conditions, "pk")) & claims


def number_met(claims: ClaimQuerySet, conditions: Iterable[Q]) -> int:
    """Return how many claims ``met`` keeps, of claims that no words find: the index tells it by itself."""
    return values_met(claims, conditions, "pk").count()


def values_met(claims: ClaimQuerySet, conditions: Iterable[Q], *columns: str) -> ClaimQuerySet:
    """Return columns of the claims for which one of the conditions holds; of claims that no words find."""
    rows = claims.alias(reach=Reach(), middle=Middle()).order_by().values_list(*columns)
    return rows.none().union(*map(rows.filter, conditions), all=True)


def install(using: str = "default") -> bool:
    """Make the index where it is missing or another; return whether it was."""
    connection = connections[using]
    if CLAIMS not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which keeps a statement in words of its own
            cursor.execute("SELECT obj_description(to_regclass(%s))", [NAME])
        else:
            cursor.execute("SELECT max(sql) FROM sqlite_master WHERE name = %s", [NAME])
        if cursor.fetchone() == (INDEX,):
            return False
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}")
        cursor.execute(INDEX)
        if connection.vendor == "postgresql":
            cursor.execute(f"COMMENT ON INDEX {NAME} IS '{INDEX}'")
    return True

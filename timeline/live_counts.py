"""Counts of claims from the claims themselves, by the same columns and blocks as the counts that are kept.

What a search found is laid out once and counted from that as long as the claims are the same
(``timeline/found.py``).
"""

# ruff: noqa: S608  the pieces of SQL put together here are our own; what users send goes as parameters

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, Sum, Value

from timeline.calendar_buckets import UNIT_DAYS
from timeline.density_triggers import (
    LANE_FIELDS,
    UNDATED,
    bucket_sql,
    middle_sql,
    months_sql,
    reach_sql,
)
from timeline.found import Found, once
from timeline.found_dates import Dates, Keys, Numbered, date_sql, parts_of
from timeline.kept_counts import LAST_UNIT, Count, own_unit
from timeline.models import ClaimFacet
from timeline.querysets import ClaimQuerySet
from timeline.trait_numbers import OwnTraits, Trait, read, trait_sql
from timeline.word_index import by_key

# A week may hold dates of two days, half a century those of 13 years: more than that no bucket exceeds.
BUCKET_MOST = 6
# How many rows of a search are read at once.
ROWS_AT_ONCE = 500


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
        # SQLite sorts to group: the rows are counted here.
        return [Count(*row) for row in _looked_up(near, lane).sums(unit, fit, first, last, own_unit)]
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
        return _found(claims, lane).lanes
    if claims.unsaid is not None and connection.vendor == "sqlite":
        return _looked_up(claims, lane).lanes
    counted = Counter(claims.counted_by(lane))
    counted[0] += counted.pop(None, 0)
    return +counted


def found_touching(claims: ClaimQuerySet, first: int | None, last: int | None) -> int:
    """Return how many claims of a search touch the days first to last, both included; None is open."""
    return _found(claims, LANE_FIELDS["words"]).number_in(first, last)


def found_traits(claims: ClaimQuerySet, first: int | None, last: int | None) -> Counter[Trait]:
    """Return how many claims of a search have which traits, of those that touch the days first to last.

    Whatever the filters: they ask for traits.
    """
    return _found(claims, LANE_FIELDS["words"], narrowed=False).traits_in(first, last)


def found_longer(claims: ClaimQuerySet, fit: int, by: str = "words") -> bool:
    """Return whether any claim of a search has a longer reach than ``fit``, or is open."""
    return _found(claims, LANE_FIELDS[by]).is_longer(fit)


def found_undated(claims: ClaimQuerySet, by: str = "words") -> int:
    """Return how many claims of a search have no date."""
    return _found(claims, LANE_FIELDS[by]).undated()


def found_keys(
    claims: ClaimQuerySet, first: int | None, last: int | None, start: int, stop: int
) -> list[int]:
    """Return the keys of the claims of words from ``start`` to ``stop`` by date, of those in the window."""
    return _found(claims, LANE_FIELDS["words"]).keys_by_date(first, last, start, stop)


def found_undated_keys(claims: ClaimQuerySet, most: int) -> list[int]:
    """Return the first keys of the claims of words that have no date."""
    return _found(claims, LANE_FIELDS["words"]).undated_keys(most)


def _found(claims: ClaimQuerySet, lane: str, *, narrowed: bool = True) -> Found:
    """Return the claims of a search, looked up once as long as they are the same.

    Where words are sought, that is without the filters, which are told from what is found.
    """
    dossier, *scope = claims.kept_for
    wanted = claims.wanted if narrowed else None
    worded = claims.sought is not None
    sought = claims.sought if worded else claims
    try:
        statement, values = sought.order_by().values_list(lane).query.sql_with_params()
    except EmptyResultSet:
        return _looked_up(claims.none(), lane)
    # As text, since what PostgreSQL is given for JSON is never the same twice.
    name = (*scope, worded, statement, str(values))
    return once(dossier, name, lambda: _looked_up(sought, lane, dossier if worded else None), wanted)


def _looked_up(claims: ClaimQuerySet, lane: str, dossier: int | None = None) -> Found:
    """Return where claims stand in time and lanes, of those of one dossier's key with all their traits."""
    fields, own, languages = (lane, "earliest_day", "latest_day"), "own", ("",)
    if dossier is None:
        own = "CASE WHEN is_quoted THEN 1 ELSE 0 END"
        fields = (*fields, "is_quoted")
    else:
        claims, fields = claims.annotate(own=OwnTraits()), (*fields, "letter_id", "own", "id")
        languages = _languages(dossier)
    try:
        inner, values = claims.order_by().values_list(*fields).query.sql_with_params()
    except EmptyResultSet:
        return Found(Dates(()), array("I"), (), array("I"))
    if claims.unsaid is not None and connection.vendor == "sqlite":
        inner = by_key(inner)
    language, asked = _language_sql(dossier, languages)
    columns = (date_sql("earliest_day", "latest_day"), trait_sql(lane, language, len(languages), own), "id")
    dates, traits, keys = Numbered(), Numbered(), Keys()
    number = 2 if dossier is None else 3
    _read((dates, traits, keys)[:number], columns[:number], inner, (*asked, *values))
    told = [read(number, languages) for number in traits.numbering]
    return Found(
        Dates(dates.numbering), dates.places, told, traits.places, None if dossier is None else keys.keys
    )


def _read(readers: Sequence[Numbered | Keys], columns: Sequence[str], inner: str, values: tuple) -> None:
    """Have each reader read a column of whole numbers, part by part, so that little of it is held at once."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT {', '.join(columns)} FROM ({inner}) c", values)
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                for reader, numbers in zip(readers, zip(*rows, strict=True), strict=True):
                    reader.add(numbers)
            return
        # As text, since PostgreSQL takes longer to bring rows than to find them.
        texts = ", ".join(f"STRING_AGG(({column})::text, ',')" for column in columns)
        cursor.execute(f"SELECT {texts} FROM ({inner}) c", values)
        listed = list(cursor.fetchone())
    for reader in reversed(readers):  # each text is let go once it is read
        for numbers in parts_of(listed.pop() or ""):
            reader.add(numbers)


def _languages(dossier: int) -> tuple[str, ...]:
    """Return the languages of the letters that a dossier's claims stand in, the commonest first."""
    rows = ClaimFacet.objects.filter(dossier_key=dossier).values_list("language")
    n = Sum(F("suggested") + F("accepted") + F("dismissed") + F("withdrawn"))
    return tuple(rows.annotate(n=n).order_by("-n", "language").values_list("language", flat=True)) or ("",)


def _language_sql(dossier: int | None, languages: tuple[str, ...]) -> tuple[str, list[Any]]:
    """Return the SQL of the place of the language of a claim's letter: the first, where it is no other's."""
    others = list(enumerate(languages))[1:]
    if not others:
        return "0", []
    # Each language's letters once, since SQLite reads past a letter's text to its language.
    letters = "SELECT id FROM documents_letter WHERE dossier_id = %s AND language = %s"
    cases = " ".join(f"WHEN letter_id IN ({letters}) THEN {place}" for place, _ in others)
    return f"CASE {cases} ELSE 0 END", [part for _, name in others for part in (dossier, name)]


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

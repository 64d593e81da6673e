"""How many claims touch a window is the same however it is got: from kept counts, a search, or the claims."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Q
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.models import Dossier
from timeline import reach_index
from timeline.demo import store
from timeline.density import facets_for, kept_for
from timeline.density_triggers import LONGER, REACH_LIMITS, reach_sql
from timeline.facets import windowed
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet
from timeline.reach_index import Reach, longer_touching, met, reach_of
from timeline.timeline_request import TimelineRequest
from timeline.window_counts import number_in_window

START = 733_000  # in 2007, among the made-up claims
QUERIES = (
    "",
    "stance=denies",
    "precision=day&precision=year",
    "review=accepted",
    "q=causeway",
    "q=was",
    "letter=1",
)

day = st.integers(START - 800, START + 800)
lengths = st.one_of(
    st.integers(0, 130), st.sampled_from([max(0, n + d) for n in REACH_LIMITS for d in (-2, -1, 0)])
)
bounds = st.one_of(
    st.tuples(day, lengths).map(lambda pair: (pair[0], pair[0] + pair[1])),
    st.tuples(day, st.none()),
    st.tuples(st.none(), day),
    st.just((None, None)),
)
windows = st.one_of(
    st.tuples(day, st.integers(0, 700)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    st.tuples(day, st.none()),
    st.tuples(st.none(), day),
)
random_dates = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a dossier of 40 made-up claims."""
    return store("demo", "Demonstration", 40, 7)


def date(given: list[tuple[int | None, int | None]]) -> None:
    """Give the claims these bounds by turns."""
    for place, key in enumerate(Claim.objects.order_by("pk").values_list("pk", flat=True)):
        first, last = given[place % len(given)]
        Claim.objects.filter(pk=key).update(earliest_day=first, latest_day=last)


@random_dates
@given(st.lists(bounds, min_size=1, max_size=40), windows, st.sampled_from(QUERIES))
def test_a_window_holds_as_many_as_its_claims(
    demo: Dossier, given: list, window: tuple[int | None, int | None], query: str
) -> None:
    with transaction.atomic():
        date(given)
        user = AnonymousUser()
        first, last = window
        asked = replace(TimelineRequest.read(QueryDict(query)), first=first, last=last)
        assert number_in_window(demo, user, asked) == windowed(demo, user, asked).count()
        transaction.set_rollback(True)


@random_dates
@given(st.lists(bounds, min_size=1, max_size=40), windows, st.integers(-1, LONGER - 1))
def test_long_dates_that_touch_a_window_are_found_by_their_reach(
    demo: Dossier, given: list, window: tuple[int | None, int | None], fit: int
) -> None:
    with transaction.atomic():
        date(given)
        conditions = longer_touching(*window, fit)
        found = list(met(Claim.objects.all(), conditions).values_list("pk", flat=True))
        touching = Claim.objects.dated().between(*window).values_list("pk", "earliest_day", "latest_day")
        most = REACH_LIMITS[fit] if fit >= 0 else 0
        assert sorted(found) == sorted(
            key for key, low, high in touching if low is None or high is None or high - low >= most
        )
        transaction.set_rollback(True)


def test_kept_counts_and_searches_answer_without_reading_the_window(demo: Dossier) -> None:
    """The test above compares different ways only where these are taken."""
    user = AnonymousUser()
    plain, search = (TimelineRequest.read(QueryDict(q)) for q in ("stance=denies", "q=causeway"))
    assert facets_for(demo, user, plain) is not None
    assert kept_for(demo, user, search, windowed(demo, user, search)).kept_for is not None


def test_what_is_asked_of_claims_after_their_words_still_holds(demo: Dossier) -> None:
    other = store("other", "Another", 40, 7)
    claims = Claim.objects.saying("was").in_dossier(demo)
    everything = [Q(reach__gte=0)]
    assert set(met(claims, everything)) == set(claims)
    assert Claim.objects.saying("was").in_dossier(other).exists()


def test_the_index_comes_back_where_it_is_missing_or_another(db: None) -> None:
    assert not reach_index.install()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {reach_index.NAME}")
        cursor.execute(f"CREATE INDEX {reach_index.NAME} ON timeline_claim (dossier_id)")
    assert reach_index.install()
    assert not reach_index.install()


def test_the_database_finds_long_dates_by_the_index(db: None) -> None:
    many = store("many", "Enough that a database has reason to choose", 600, 7)
    found = Claim.objects.in_dossier(many).alias(reach=Reach()).filter(reach=3, earliest_day__gt=START)
    assert reach_index.NAME in plan_of(found)


def test_the_database_finds_what_a_person_set_by_an_index(db: None) -> None:
    many = store("many", "Enough that a database has reason to choose", 600, 7)
    Claim.objects.filter(pk__in=Claim.objects.order_by("pk")[:9].values("pk")).update(curated_fields=["edtf"])
    found = Claim.objects.in_dossier(many).reviewed_as(["curated"])
    assert found.count() == 9
    assert "claims_set_by_person" in plan_of(found)


def plan_of(claims: ClaimQuerySet) -> str:
    """Return how the database would find some claims."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE timeline_claim")  # else it plans for the empty table of the tests before
    return claims.order_by().values_list("letter_id").explain()


@given(st.integers(-400_000, 900_000), st.one_of(st.integers(0, 60_000), st.sampled_from(REACH_LIMITS)))
def test_a_reach_worked_out_here_is_the_databases(first: int, length: int) -> None:
    cases = reach_sql(str(first), str(first + length))
    with sqlite3.connect(":memory:") as database:
        assert database.execute(f"SELECT {cases}").fetchone() == (reach_of(first, first + length),)

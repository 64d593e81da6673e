"""The counts that the database keeps never disagree with the claims, whatever is done to them."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.models import Dossier, Letter
from timeline import density, kept_counts, live_counts
from timeline.calendar_buckets import bucket_of, bucket_start, first_day, months_of
from timeline.demo import store
from timeline.density_triggers import (
    ALL_LEVELS,
    CLAIMS,
    COUNTS,
    FINEST,
    KEY,
    LANE_FIELDS,
    NUMBERS,
    OWN_LEVEL,
    REACH_LIMITS,
    UNIT_OF,
    install,
    rebuild,
)
from timeline.models import Claim, ClaimCount

SEEN = ("suggested", "accepted")
EVER = (-400_000, 1_100_000)


def table() -> Counter:
    """Return what is kept, without the noughts: {(*key, voice and review state): number}."""
    found: Counter = Counter()
    for row in ClaimCount.objects.values(*KEY.split(", "), *NUMBERS):
        key = tuple(row[name] for name in KEY.split(", "))
        found.update({(*key, name): row[name] for name in NUMBERS if row[name]})
    return found


def reach_of(first: int | None, last: int | None) -> int:
    """Return a date's reach, worked out without SQL."""
    if first is None or last is None:
        return 14 if first == last else 12 if last is None else 13
    return next((r for r, limit in enumerate(REACH_LIMITS) if last - first + 1 <= limit), 11)


def counted() -> Counter:
    """Return what should be kept, counted from the claims without SQL."""
    found: Counter = Counter()
    languages = dict(Letter.objects.values_list("pk", "language"))
    for claim in Claim.objects.filter(review_state__in=SEEN):
        first, last = claim.earliest_day, claim.latest_day
        reach = reach_of(first, last)
        known = first if last is None else last if first is None else first + (last - first) // 2
        for level in ALL_LEVELS:
            unit = UNIT_OF[level % 100]
            if level != 20 and unit < FINEST[reach]:
                continue
            bucket = 0 if known is None else bucket_of(unit, known)
            traits = (claim.stance, claim.basis, claim.precision, languages[claim.letter_id])
            facets = traits if 20 <= level < 100 else ("", "", "", "")
            lane = (claim.lane_party_id, claim.asserting_party_id, claim.about_party_id)[level // 100] or 0
            reach_kept = -1 if OWN_LEVEL[reach] < unit else reach
            name = f"{'reported' if claim.is_quoted else 'own'}_{claim.review_state}"
            found[claim.dossier_id, level, reach_kept, bucket, lane, *facets, name] += 1
    return found


def keys(counts: list[kept_counts.Count]) -> list[tuple]:
    return sorted(c for c in counts if c.n)


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a dossier of 60 made-up claims, some letters of which are French."""
    dossier = store("demo", "Demonstration", 60, 7)
    letters = list(Letter.objects.order_by("pk").values_list("pk", flat=True))
    Letter.objects.filter(pk__in=letters[::2]).update(language="fr")
    return dossier


days = st.one_of(st.none(), st.integers(-300_000, 900_000))
edits = st.lists(
    st.one_of(
        st.tuples(st.just("date"), st.integers(0, 59), days, st.integers(0, 60_000)),
        st.tuples(st.just("open"), st.integers(0, 59), days, st.none()),
        st.tuples(
            st.just("review"), st.integers(0, 59), st.sampled_from(["accepted", "dismissed"]), st.none()
        ),
        st.tuples(st.just("stance"), st.integers(0, 59), st.sampled_from(["denies", "demands"]), st.none()),
        st.tuples(st.just("lane"), st.integers(0, 59), st.booleans(), st.none()),
        st.tuples(st.just("says"), st.integers(0, 59), st.booleans(), st.none()),
        st.tuples(st.just("about"), st.integers(0, 59), st.booleans(), st.none()),
        st.tuples(st.just("many"), st.integers(0, 59), st.sampled_from(["inferred", "relative"]), st.none()),
        st.tuples(st.just("exact"), st.integers(0, 59), st.sampled_from(["month", "interval"]), st.none()),
        st.tuples(st.just("language"), st.integers(0, 59), st.sampled_from(["fr", "es", ""]), st.none()),
        st.tuples(st.just("moved"), st.integers(0, 59), st.none(), st.none()),
        st.tuples(st.just("all"), st.integers(0, 59), st.sampled_from(["fr", "en"]), st.none()),
        st.tuples(st.just("delete"), st.integers(0, 59), st.none(), st.none()),
        st.tuples(st.just("undone"), st.integers(0, 59), st.none(), st.none()),
    ),
    max_size=12,
)


def edit(claims: list[Claim], what: str, at: int, value: object, more: int | None) -> None:
    """Do one thing to the claims, the way pages, recording and bulk commands do it."""
    chosen = Claim.objects.filter(pk=claims[at].pk)
    if what == "date":
        last = None if value is None else value + more  # type: ignore[operator]
        chosen.update(earliest_day=value, latest_day=last)
    elif what == "open":
        chosen.update(earliest_day=None, latest_day=value)
    elif what == "review":
        chosen.update(review_state=value)
    elif what == "stance":
        for claim in chosen:
            claim.stance = value
            claim.save()
    elif what == "lane":
        chosen.update(lane_party=None if value else claims[0].lane_party_id, is_quoted=value)
    elif what == "says":
        chosen.update(asserting_party=None if value else claims[1].asserting_party_id)
    elif what == "about":
        chosen.update(about_party=None if value else claims[2].lane_party_id)
    elif what == "many":
        Claim.objects.filter(pk__gte=claims[at].pk).update(basis=value)
    elif what == "exact":
        chosen.update(precision=value)
    elif what == "language":
        Letter.objects.filter(pk=claims[at].letter_id).update(language=value)
    elif what == "all":
        Letter.objects.filter(pk__gte=claims[at].letter_id).update(language=value)
    elif what == "moved":
        chosen.update(letter=claims[0].letter_id)
    elif what == "delete":
        chosen.delete()
    else:
        with transaction.atomic():
            chosen.delete()
            transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_counts_agree_with_the_claims_after_any_edits(demo: Dossier, todo: list) -> None:
    with transaction.atomic():
        claims = list(Claim.objects.order_by("pk"))
        for what, at, value, more in todo:
            edit(claims, what, at, value, more)
        assert table() == counted()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_counted_in_an_emptied_database() -> None:
    store("emptied", "Emptied", 50, 7)
    assert table() != Counter()
    call_command("flush", interactive=False, verbosity=0)
    assert table() == Counter()


def test_counts_go_with_the_dossier(demo: Dossier) -> None:
    demo.letters.all().delete()
    assert table() == Counter()


def test_triggers_taken_away_come_back_and_count_anew(demo: Dossier) -> None:
    on = f" ON {CLAIMS}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER claims_counted_update{on}")
    Claim.objects.update(review_state="dismissed")
    assert table() != counted()
    assert install()
    assert table() == counted()
    assert not install()


def test_counting_anew_changes_nothing(demo: Dossier) -> None:
    before = table()
    rebuild()
    assert table() == before == counted()
    assert connection.introspection.table_names().count(COUNTS) == 1


SCALES = [(unit, fit) for unit in range(11) for fit in range(unit, 11)]


@pytest.mark.parametrize("by", LANE_FIELDS)
@pytest.mark.parametrize(("unit", "fit"), [s for s in SCALES if FINEST[s[1]] <= kept_counts.SOURCE[s[0]]])
def test_kept_and_live_counts_are_the_same(demo: Dossier, unit: int, fit: int, by: str) -> None:
    facets = kept_counts.Facets(demo.pk, SEEN).laned(by)
    claims = Claim.objects.in_dossier(demo).not_set_aside()
    kept = kept_counts.kept(facets, unit, fit, *EVER)
    live = live_counts.live(claims, unit, fit, *EVER, by)
    assert keys(kept) == keys(live)
    assert sum(c.n for c in live) > 10


def test_lanes_by_other_ways_are_others(demo: Dossier) -> None:
    lanes = {}
    for by, field in LANE_FIELDS.items():
        lanes[by] = kept_counts.per(kept_counts.Facets(demo.pk, SEEN).laned(by), "lane_key")
        claims = Claim.objects.filter(review_state__in=SEEN).values_list(field, flat=True)
        assert lanes[by] == Counter(key or 0 for key in claims)
    assert len({tuple(sorted(each.items())) for each in lanes.values()}) == 3


@pytest.mark.parametrize("given", [{"stances": ("denies",)}, {"lanes": (1,)}, {"reviews": ("dismissed",)}])
def test_no_counts_are_kept_of_filtered_lanes_by_other_ways(given: dict) -> None:
    facets = kept_counts.Facets(1, **{"reviews": SEEN, **given})
    assert facets.laned("words") == facets
    assert facets.laned("says") is None


@pytest.mark.parametrize(
    "given",
    [
        {"stances": ("denies",)},
        {"bases": ("inferred",)},
        {"reviews": ("accepted",)},
        {"stances": ()},
        {"precisions": ("day", "year")},
        {"languages": ("fr",)},
        {"languages": ("fr", "en"), "precisions": ("day",), "stances": ("asserts",), "bases": ("explicit",)},
    ],
)
@pytest.mark.parametrize(("unit", "fit"), [(0, 0), (0, 1), (1, 1), (1, 2), (2, 4), (3, 3), (4, 6), (5, 6)])
def test_facets_narrow_kept_counts_as_they_narrow_claims(
    demo: Dossier, given: dict, unit: int, fit: int
) -> None:
    facets = kept_counts.Facets(demo.pk, **{"reviews": SEEN, **given})
    claims = Claim.objects.in_dossier(demo).in_review(facets.reviews)
    if facets.stances is not None:
        claims = claims.with_stance(facets.stances)
    if facets.bases is not None:
        claims = claims.with_basis(facets.bases)
    if facets.precisions is not None:
        claims = claims.filter(precision__in=facets.precisions)
    if facets.languages is not None:
        claims = claims.filter(letter__language__in=facets.languages)
    assert claims.exists() == (given != {"stances": ()})
    kept = density.counts(claims, facets, unit, fit, *EVER)
    assert keys(kept) == keys(live_counts.live(claims, unit, fit, *EVER))
    assert kept_counts.total(facets) == claims.count()
    assert sum(kept_counts.undated(facets).values()) == claims.undated().count()


@pytest.mark.parametrize("given", [{}, {"stances": ("denies",)}, {"precisions": ("day",)}, {"lanes": (-1,)}])
def test_kept_counts_know_where_no_date_is_longer(demo: Dossier, given: dict) -> None:
    facets = kept_counts.Facets(demo.pk, SEEN, **given)
    claims = Claim.objects.in_dossier(demo).not_set_aside()
    claims = claims.with_stance(facets.stances) if facets.stances else claims
    claims = claims.filter(precision__in=facets.precisions) if facets.precisions else claims
    claims = claims.none() if facets.lanes else claims
    for fit in range(11):
        reaches = [reach_of(*days) for days in claims.values_list("earliest_day", "latest_day")]
        longer = [reach for reach in reaches if fit < reach < 14]
        assert kept_counts.none_longer(facets, fit) == (fit >= 2 and not longer)
    if "stances" not in given:
        assert kept_counts.none_longer(facets, 2) == (given != {})


def test_a_window_has_the_buckets_that_touch_it(demo: Dossier) -> None:
    first, last = 728_000, 729_000
    claims = Claim.objects.in_dossier(demo).not_set_aside()
    found = density.counts(claims, kept_counts.Facets(demo.pk, SEEN), 4, 6, first, last)
    assert keys(found) == keys(live_counts.live(claims, 4, 6, first, last))
    assert found
    assert all(c.first <= last and c.end > first for c in found)


@given(st.integers(-3_000_000, 3_000_000), st.integers(0, 10))
def test_a_day_lies_in_its_bucket(day: int, unit: int) -> None:
    bucket = bucket_of(unit, day)
    assert bucket_start(unit, bucket) <= day < bucket_start(unit, bucket + 1)


@pytest.mark.parametrize(
    ("day", "months"), [(1, 12), (366, 24), (719_163, 1970 * 12), (0, 11), (-365, 0), (-366, -1)]
)
def test_months_count_from_the_year_nought(day: int, months: int) -> None:
    assert months_of(day) == months
    assert first_day(months) <= day < first_day(months + 1)

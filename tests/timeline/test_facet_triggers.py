"""The counts by traits that the database keeps never disagree with the claims, whatever is done to them."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from documents.models import Dossier, Letter
from timeline.demo import store
from timeline.density_triggers import CLAIMS
from timeline.facet_triggers import KEY, NUMBERS, install, rebuild
from timeline.models import Claim, ClaimFacet, ClaimsMark


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a dossier of 60 made-up claims."""
    return store("demo", "Demonstration", 60, 7)


def table() -> Counter:
    """Return what is kept, without the noughts: {(*key, name of the number): number}."""
    found: Counter = Counter()
    for row in ClaimFacet.objects.values(*KEY.split(", "), *NUMBERS):
        key = tuple(row[name] for name in KEY.split(", "))
        found.update({(*key, name): row[name] for name in NUMBERS if row[name]})
    return found


def counted() -> Counter:
    """Return what should be kept, counted from the claims without SQL."""
    found: Counter = Counter()
    languages = dict(Letter.objects.values_list("pk", "language"))
    for claim in Claim.objects.all():
        language = languages.get(claim.letter_id, "")  # a letter may go before its claims
        key = (claim.dossier_id, claim.lane_party_id or 0, claim.stance, claim.basis, claim.precision)
        found[*key, language, claim.review_state] += 1
        if claim.curated_fields and claim.review_state in ("suggested", "accepted"):
            found[*key, language, f"set_{claim.review_state}"] += 1
    return found


edits = st.lists(
    st.tuples(
        st.sampled_from(
            ["review", "stance", "lane", "many", "set", "language", "languages", "move", "delete", "letter"]
        ),
        st.integers(0, 59),
        st.integers(0, 3),
    ),
    max_size=12,
)


def edit(claims: list[Claim], what: str, at: int, which: int) -> None:
    """Do one thing to the claims or their letters, the way pages, recording and bulk commands do it."""
    chosen = Claim.objects.filter(pk=claims[at].pk)
    letters = Letter.objects.filter(pk=claims[at].letter_id)
    language = ("en", "fr", "", "es")[which]
    if what == "review":
        chosen.update(review_state=("suggested", "accepted", "dismissed", "withdrawn")[which])
    elif what == "stance":
        for claim in chosen:
            claim.stance, claim.precision = ("denies", "demands", "reports", "asserts")[which], "year"
            claim.save()
    elif what == "lane":
        chosen.update(lane_party=None if which else claims[0].lane_party_id)
    elif what == "many":
        Claim.objects.filter(pk__gte=claims[at].pk).update(basis=("inferred", "relative")[which % 2])
    elif what == "set":
        chosen.update(curated_fields=["stance"] if which else [])
    elif what == "language":
        letters.update(language=language, subject="Changed")
    elif what == "languages":
        Letter.objects.filter(pk__gte=claims[at].letter_id).update(language=language)
    elif what == "move":
        chosen.update(letter=claims[59 - at].letter_id, part=claims[59 - at].part_id)
    elif what == "delete":
        chosen.delete()
    else:
        with transaction.atomic():
            letters.delete()
            transaction.set_rollback(which > 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
@example([("letter", 39, 0), ("move", 10, 0)])  # to a letter that is gone, until its keys are looked at
def test_counts_agree_with_the_claims_after_any_edits(demo: Dossier, todo: list) -> None:
    with transaction.atomic():
        claims = list(Claim.objects.order_by("pk"))
        assert table() == counted() != Counter()
        for what, at, which in todo:
            edit(claims, what, at, which)
        assert table() == counted()
        transaction.set_rollback(True)


def test_a_letter_may_come_after_its_claims_and_go_before_them(demo: Dossier) -> None:
    letter = Letter.objects.order_by("pk")[0]
    with transaction.atomic(), connection.cursor() as cursor:
        # Past Django, which would take the claims with it; the keys are looked at when all is done.
        cursor.execute("DELETE FROM documents_letter WHERE id = %s", [letter.pk])
        assert sum(n for (*_, language, _), n in table().items() if not language) == letter.claims.count()
        letter.language = "fr"
        letter.save(force_insert=True)
        assert table() == counted()
        transaction.set_rollback(True)


def mark() -> int:
    return ClaimsMark.objects.get().mark


@pytest.mark.parametrize("what", ["quote", "edtf", "delete", "language", "subject", "undone"])
def test_the_mark_changes_with_the_claims(demo: Dossier, what: str) -> None:
    before, chosen = mark(), Claim.objects.filter(pk=Claim.objects.order_by("pk")[3].pk)
    if what == "delete":
        chosen.delete()
    elif what in ("language", "subject"):
        Letter.objects.filter(claims__in=chosen).update(**{what: "fr"})
    elif what == "undone":
        with transaction.atomic():
            chosen.update(quote="Other words.")
            assert mark() != before
            transaction.set_rollback(True)
    else:
        chosen.update(**{what: "1999"})
    assert (mark() == before) == (what in ("subject", "undone"))


def test_triggers_taken_away_come_back_and_count_anew(demo: Dossier) -> None:
    before = mark()
    on = f" ON {CLAIMS}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER claims_faceted_update{on}")
    Claim.objects.update(review_state="dismissed")
    assert table() != counted()
    assert install()
    assert table() == counted()
    assert mark() != before
    assert not install()


def test_counting_anew_changes_nothing(demo: Dossier) -> None:
    before = table()
    rebuild()
    assert table() == before == counted()

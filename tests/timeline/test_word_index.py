"""The index of claims' words: what a search finds, on both databases, whatever was done to the claims."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.models import Dossier, Letter
from timeline import live_counts
from timeline.demo import store
from timeline.density_triggers import CLAIMS
from timeline.models import Claim
from timeline.querysets import letters_saying
from timeline.searching import WORD, Term, fold, pattern_of, terms_of
from timeline.word_index import LETTER_INDEXED, WORDS, install

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "searching.jsonl").read_text("utf-8").splitlines()
]
LETTERS = 'abàÉeßøжΣσς1 -’.,"\n'


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a published dossier of 30 made-up claims."""
    return store("demo", "Demonstration", 30, 7)


def holds(said: str, term: Term) -> bool:
    """Return whether a sentence holds a term, worked out without a database."""
    words = WORD.findall(fold(said))
    for at in range(len(words) - len(term.words) + 1):
        *others, last = words[at : at + len(term.words)]
        if (*others,) == term.words[:-1] and (
            last == term.words[-1] or (not term.whole and last.startswith(term.words[-1]))
        ):
            return True
    return False


def expected(sought: str) -> set[int]:
    """Return the keys of the claims that hold all that is sought."""
    terms = terms_of(sought)
    rows = Claim.objects.values_list("pk", "quote")
    return {key for key, quote in rows if all(holds(quote, term) for term in terms)}


def keys(sought: str) -> set[int]:
    return set(Claim.objects.saying(sought).values_list("pk", flat=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['sought']} in {case['said'][:20]}")
def test_what_a_search_finds(demo: Dossier, case: dict) -> None:
    claim = Claim.objects.order_by("pk")[3]
    Claim.objects.filter(pk=claim.pk).update(quote=case["said"])
    assert (claim.pk in keys(case["sought"])) == case["found"]
    hits = pattern_of(case["sought"])
    assert hits is not None
    assert not case["found"] or hits.search(case["said"])


edits = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["say", "save", "many"]), st.integers(0, 29), st.text(LETTERS, max_size=30)
        ),
        st.tuples(st.sampled_from(["delete", "undone", "date"]), st.integers(0, 29), st.just("")),
    ),
    max_size=10,
)


def edit(claims: list[Claim], what: str, at: int, text: str) -> None:
    """Do one thing to the claims, the way pages, recording and bulk commands do it."""
    chosen = Claim.objects.filter(pk=claims[at].pk)
    if what == "say":
        chosen.update(quote=text)
    elif what == "save":
        for claim in chosen:
            claim.quote = f"{claim.quote} {text}"
            claim.save()
    elif what == "many":
        Claim.objects.filter(pk__gte=claims[at].pk).update(quote=text)
    elif what == "date":
        chosen.update(earliest_day=None, latest_day=None)
    elif what == "delete":
        chosen.delete()
    else:
        with transaction.atomic():
            chosen.update(quote="undone")
            chosen.delete()
            transaction.set_rollback(True)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits,
    st.lists(
        st.one_of(st.text("abaeßøжσ1", min_size=1, max_size=2), st.sampled_from(['"a b"', "rec", "l’É"]))
    ),
)
def test_a_search_agrees_with_the_claims_after_any_edits(
    demo: Dossier, todo: list, sought: list[str]
) -> None:
    with transaction.atomic():
        claims = list(Claim.objects.order_by("pk"))
        for what, at, text in todo:
            edit(claims, what, at, text)
        for words in [*sought, " ".join(sought[:3]) or "the"]:
            assert keys(words) == expected(words), words
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:  # fails where the index and the claims differ
                cursor.execute(f"INSERT INTO {WORDS} ({WORDS}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        transaction.set_rollback(True)


@given(st.text(LETTERS + "ÇñŚōΩйё", max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_folds_words_as_the_search_does(demo: Dossier, text: str) -> None:
    claim = Claim.objects.order_by("pk")[0]
    Claim.objects.filter(pk=claim.pk).update(quote=text)
    for word in WORD.findall(text):
        assert claim.pk in keys(word), word


def test_a_letters_symbol_finds_its_claims(demo: Dossier) -> None:
    letter = Letter.objects.order_by("pk")[2]
    Letter.objects.filter(pk=letter.pk).update(symbols=["Z/2019/412"])
    assert keys("Z/2019/412") == set(letter.claims.values_list("pk", flat=True)) != set()
    assert keys("Z/2019/413") == set()


def test_nothing_hidden_is_found(demo: Dossier) -> None:
    visitor = AnonymousUser()
    claim = Claim.objects.order_by("pk")[0]
    Claim.objects.filter(pk=claim.pk).update(quote="The submarine left.", review_state="dismissed")
    assert keys("submarine") == {claim.pk}
    assert not Claim.objects.visible_to(visitor).saying("submarine").exists()
    Dossier.objects.update(published=False)
    assert not Claim.objects.visible_to(visitor).saying("recall").exists()
    assert keys("recall")


def test_an_index_taken_away_comes_back_with_all_words(demo: Dossier) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table waits for them
            cursor.execute(f"ALTER TABLE {CLAIMS} DROP COLUMN words")
        else:
            cursor.execute("DROP TRIGGER timeline_claim_words_update")
    Claim.objects.filter(pk=Claim.objects.order_by("pk")[0].pk).update(quote="A submarine")
    assert install()
    assert len(keys("submarine")) == 1
    assert keys("submarine rec") == expected("submarine rec") == set()
    assert keys("rec") == expected("rec") != set()
    assert not install()


@pytest.mark.parametrize("unit", [0, 1, 2, 3, 5, 8])
@pytest.mark.parametrize("window", [(-10_000_000, 10_000_000), (728_000, 728_400), (730_000, 736_000)])
def test_claims_of_some_words_are_counted_where_they_are(
    demo: Dossier, unit: int, window: tuple[int, int]
) -> None:
    words = Claim.objects.in_dossier(demo).saying("rec")
    assert words.unsaid is not None
    same = Claim.objects.in_dossier(demo).filter(quote__contains="recall")
    found = sorted(live_counts.live(words, unit, unit, *window))
    assert found == sorted(live_counts.live(same, unit, unit, *window))
    whole = live_counts.live(same, unit, unit, -10_000_000, 10_000_000)
    assert found == sorted(c for c in whole if c.first <= window[1] and c.end > window[0])


def test_no_claim_is_found_in_an_empty_database(db: None) -> None:
    assert keys("vessel") == set()


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("causew", True),
        ("CAUSEWAYS lamp", True),
        ('"causeways opened"', True),
        ('"opened causeways"', False),
        ("weir", False),
        ("useway", False),
        ("—", False),
        ("X/2020/77", True),
        ("X/2020/78", False),
    ],
)
def test_letters_are_found_by_their_words_or_symbol(demo: Dossier, sought: str, found: bool) -> None:
    letter = Letter.objects.order_by("pk")[1]
    Letter.objects.update(text="Nothing of it.")
    Letter.objects.filter(pk=letter.pk).update(text="A lamp. The causeways opened.", symbols=["X/2020/77"])
    held = letters_saying(sought)
    assert held is not None
    assert [row.pk for row in Letter.objects.filter(held)] == ([letter.pk] if found else [])


def test_the_end_of_a_very_long_letter_is_found(demo: Dossier) -> None:
    letter = Letter.objects.order_by("pk")[1]
    text = "water " * (LETTER_INDEXED // 6 + 9) + "The causeways opened."
    Letter.objects.filter(pk=letter.pk).update(text=text)
    for sought, found in (("causeways water", True), ("weir water", False)):
        held = letters_saying(sought)
        assert [row.pk for row in Letter.objects.filter(held)] == ([letter.pk] if found else [])


def test_nothing_sought_finds_no_letter() -> None:
    assert letters_saying("  ") is None

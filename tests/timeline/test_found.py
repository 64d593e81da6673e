"""What a search found is kept while the claims are the same, and never longer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.models import Dossier, Membership
from timeline import density, found, live_counts
from timeline.demo import store
from timeline.models import Claim
from timeline.timeline_request import TimelineRequest

EVER = (-400_000, 1_100_000)
SCALES = [(0, 0), (0, 1), (1, 2), (2, 4), (3, 5), (5, 6), (8, 8)]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with nothing kept."""
    monkeypatch.setattr(found, "KEPT", found.Kept())


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a published dossier of 60 made-up claims."""
    return store("demo", "Demonstration", 60, 7)


def asked_by(user: User | AnonymousUser, dossier: Dossier, query: str) -> tuple:
    """Return the claims of a search as pages ask for them, and the same without anything kept."""
    asked = TimelineRequest.read(QueryDict(query))
    claims = Claim.objects.visible_to(user).in_dossier(dossier).asked(asked)
    return density.kept_for(dossier, user, asked, claims), claims


def same(
    dossier: Dossier,
    query: str,
    user: User | AnonymousUser | None = None,
    scales: Sequence[tuple[int, int]] = ((0, 1), (3, 5)),
) -> int:
    """Look whether what is kept and what is counted now are the same; return how many claims these are."""
    kept, now = asked_by(user or AnonymousUser(), dossier, query)
    for unit, fit in scales:
        for window in (EVER, (728_000, 729_500)):
            assert sorted(live_counts.live(kept, unit, fit, *window)) == sorted(
                live_counts.live(now, unit, fit, *window)
            )
    assert +live_counts.lanes(kept) == +live_counts.lanes(now)
    assert sum(live_counts.lanes(kept).values()) == now.count()
    return now.count()


QUESTIONS = (
    "q=the",
    "q=causeway",
    "q=recall&stance=asserts",
    "q=the&language=en",
    "q=the&review=accepted&precision=day&precision=year",
    "precision=day",
    "precision=month&precision=year&basis=explicit",
    "review=curated&review=suggested",
    "q=the%25",
)


@pytest.mark.parametrize("query", QUESTIONS)
def test_what_is_kept_is_what_would_be_counted(demo: Dossier, query: str) -> None:
    assert (same(demo, query, scales=SCALES) > 0) == ("%" not in query)


edits = st.lists(
    st.tuples(
        st.sampled_from(["say", "date", "review", "lane", "quoted", "exact", "set", "delete", "undone"]),
        st.integers(0, 59),
    ),
    max_size=6,
)


def edit(claims: list[Claim], what: str, at: int) -> None:
    """Do one thing to a claim."""
    chosen = Claim.objects.filter(pk=claims[at].pk)
    if what == "say":
        chosen.update(quote="Nothing of it." if at % 2 else "The causeway, the causeway.")
    elif what == "date":
        chosen.update(earliest_day=728_400 + at, latest_day=728_400 + at * (at % 3 + 1))
    elif what == "review":
        chosen.update(review_state="dismissed" if at % 2 else "accepted")
    elif what == "lane":
        chosen.update(lane_party=None if at % 2 else claims[0].lane_party_id)
    elif what == "quoted":
        chosen.update(is_quoted=bool(at % 2))
    elif what == "exact":
        chosen.update(precision="year" if at % 2 else "day")
    elif what == "set":
        chosen.update(curated_fields=["stance"] if at % 2 else [])
    elif what == "delete":
        chosen.delete()
    else:
        with transaction.atomic():
            chosen.update(quote="The causeway is undone.")
            kept, now = asked_by(AnonymousUser(), claims[0].dossier, "q=causeway")
            assert +live_counts.lanes(kept) == +live_counts.lanes(now)
            transaction.set_rollback(True)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_what_is_kept_changes_with_the_claims(demo: Dossier, todo: list) -> None:
    with transaction.atomic():
        claims = list(Claim.objects.order_by("pk"))
        same(demo, "q=causeway")
        for what, at in todo:
            edit(claims, what, at)
            for query in ("q=causeway", "precision=day", "review=curated"):
                same(demo, query)
        transaction.set_rollback(True)


def test_the_words_are_looked_up_once(demo: Dossier) -> None:
    def questions() -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            live_counts.live(asked_by(AnonymousUser(), demo, "q=causeway")[0], 3, 5, *EVER)
        return [question["sql"] for question in asked.captured_queries]

    first, second = questions(), questions()
    assert (len(first), len(second)) == (3, 1)
    assert "timeline_claimsmark" in second[0]


def test_what_one_user_sees_is_not_kept_for_another(demo: Dossier) -> None:
    member = User.objects.create_user("reader")
    membership = Membership.objects.create(dossier=demo, user=member, role="reader")
    Claim.objects.filter(pk=Claim.objects.order_by("pk")[0].pk).update(review_state="dismissed")
    query = "q=the&review=dismissed"
    assert same(demo, query, member) == 1
    assert same(demo, query) == 0
    membership.delete()
    assert same(demo, query, member) == 0
    everything = same(demo, "q=the")
    Dossier.objects.update(show_suggestions=False)
    demo.refresh_from_db()
    assert 0 < same(demo, "q=the") < everything


def test_what_is_too_much_is_let_go_the_oldest_first(demo: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "MOST_KEPT", 1)
    for query in ("q=the", "q=recall", "q=causeway"):
        same(demo, query)
    assert len(found.KEPT.found) == 1

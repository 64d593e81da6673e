"""The marks as columns: what the canvas gets is what the user may see, and says what the claims say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Max, Min
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from documents.models import Dossier, Letter, Membership
from timeline import density, marks_answer
from timeline import marks as m
from timeline.demo import plan, store
from timeline.extraction.edtf import bounds
from timeline.mark_texts import LABEL_LENGTH, shortened
from timeline.models import Claim

SHARES = {"day": 0.55, "month": 0.20, "year": 0.15, "decade": 0.03, "interval": 0.07}


def flags(**given: object) -> int:
    """Return the flags of a claim that is plain but for what is given."""
    plain = {
        "first": 1,
        "last": 1,
        "precision": "day",
        "quoted": False,
        "stance": "asserts",
        "review": "accepted",
        "curated": False,
        "basis": "explicit",
        "edtf": "2021-03-03",
    }
    return m.flags_of(**{**plain, **given})  # type: ignore[arg-type]


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a published dossier of 120 made-up claims."""
    return store("demo", "Demonstration", 120, 7)


def marks(client: Client, slug: str = "demo") -> dict:
    answer = client.get(f"/dossiers/{slug}/marks.json")
    assert answer.status_code == 200
    return answer.json()


def unpacked(body: dict) -> list[tuple[int, int, int, int]]:
    """Return (id, lane, first day, last day) of each mark, as the script reads the columns."""
    rows, day, lanes = [], 0, []
    for lane, count in enumerate(body["lane_counts"]):
        lanes += [lane] * count
    for i, public_id in enumerate(body["ids"]):
        day += body["start"][i]
        rows.append((public_id, lanes[i], day, day + body["length"][i]))
    return rows


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({}, "day"),
        ({"precision": "month", "last": 30}, "month"),
        ({"precision": "interval", "last": None}, "open"),
        ({"precision": "interval", "first": None}, "open"),
        ({"precision": "set", "last": 30, "edtf": "[2021-03-03,2021-04-01]"}, "oneof"),
        ({"precision": "set"}, "day"),
        ({"precision": "unheard of"}, "unknown"),
    ],
)
def test_the_kind_of_a_mark_follows_precision_and_bounds(given: dict, kind: str) -> None:
    assert m.PRECISIONS[flags(**given) & 15] == kind


def test_each_trait_has_bits_of_its_own() -> None:
    assert flags(quoted=True) ^ flags() == m.QUOTED
    assert flags(edtf="2021~") & m.APPROXIMATE
    assert not flags(edtf="2021~") & m.UNCERTAIN
    assert flags(edtf="2021%") & m.APPROXIMATE
    assert flags(edtf="2021%") & m.UNCERTAIN
    assert flags(basis="anaphoric") & m.INFERRED
    assert flags(first=None) & m.OPEN_START
    assert flags(last=None) & m.OPEN_END
    assert (flags(curated=True) >> m.REVIEW_SHIFT) & 3 == m.REVIEWS.index("curated")
    assert (flags(curated=True, review="dismissed") >> m.REVIEW_SHIFT) & 3 == m.REVIEWS.index("dismissed")
    assert (flags(stance="demands") >> m.STANCE_SHIFT) & 7 == m.STANCES.index("demands")


def test_columns_say_what_the_claims_say(demo: Dossier, client: Client) -> None:
    body = marks(client)
    dated = Claim.objects.exclude(edtf=None)
    assert len(body["ids"]) == dated.count()
    assert body["undated_total"] == Claim.objects.filter(edtf=None).count()
    lanes = [lane["id"] for lane in body["lanes"]]
    by_id = {claim.public_id: claim for claim in dated.select_related("lane_party")}
    for public_id, lane, first, last in unpacked(body):
        claim = by_id[public_id]
        assert lanes[lane] == claim.lane_party.public_id
        assert first == claim.earliest_day
        assert last == (claim.earliest_day if claim.latest_day is None else claim.latest_day)


def test_marks_are_sorted_by_lane_and_first_day(demo: Dossier, client: Client) -> None:
    rows = unpacked(marks(client))
    assert rows == sorted(rows, key=lambda row: (row[1], row[2], rows.index(row)))


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("14 June 2005", ("2005-06-14", "2005-06-14")),
        ("autumn 2021", ("2021-09-01", "2021-11-30")),
        ("juin 2021", ("2021-06-01", "2021-06-30")),
        ("2 de mayo de 1999", ("1999-05-02", "1999-05-02")),
        ("the 1990s", ("1990-01-01", "1999-12-31")),
        ("since 2010", ("2010-01-01", "2010-01-01")),
        ("14 June", "has no year"),
        ("2021-13", "there is no month 13"),
        ("soon", "is not a date"),
        ("", "no date here"),
    ],
)
def test_a_date_in_words_gives_its_days_or_says_what_is_wrong(
    demo: Dossier, client: Client, words: str, days: tuple[str, str] | str
) -> None:
    said = client.get("/dossiers/demo/marks-day.json", {"words": words}).json()
    if isinstance(days, str):
        assert days in said["error"]
    else:
        assert said == dict(zip(("first", "last"), (bounds(day)[0] for day in days), strict=True))


def test_nobody_sees_what_is_not_published(demo: Dossier, client: Client) -> None:
    Dossier.objects.update(published=False)
    for name in ("marks", "marks-texts", "marks-day"):
        hidden = client.get(f"/dossiers/demo/{name}.json")
        missing = client.get(f"/dossiers/none/{name}.json")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content


def test_visitors_see_no_suggestions_where_the_dossier_hides_them(demo: Dossier, client: Client) -> None:
    Dossier.objects.update(show_suggestions=False)
    accepted = set(
        Claim.objects.filter(review_state="accepted").exclude(edtf=None).values_list("public_id", flat=True)
    )
    assert set(marks(client)["ids"]) == accepted


def test_what_was_set_aside_is_not_drawn(demo: Dossier, client: Client) -> None:
    gone = Claim.objects.exclude(edtf=None).first()
    Claim.objects.filter(pk=gone.pk).update(review_state="dismissed")
    assert gone.public_id not in marks(client)["ids"]


def test_the_answer_is_kept_until_something_changes(demo: Dossier, client: Client) -> None:
    first = client.get("/dossiers/demo/marks.json")
    again = client.get("/dossiers/demo/marks.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Claim.objects.exclude(edtf=None).order_by("pk")[:1].get().delete()
    assert (
        client.get("/dossiers/demo/marks.json", headers={"If-None-Match": first["ETag"]}).status_code == 200
    )


def test_an_unpublished_answer_is_stored_nowhere(demo: Dossier, client: Client) -> None:
    Dossier.objects.update(published=False)
    reader = get_user_model().objects.create_user("reader")
    Membership.objects.create(dossier=demo, user=reader, role="reader")
    client.force_login(reader)
    assert client.get("/dossiers/demo/marks.json")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("most", [0, 10_000])
def test_questions_do_not_grow_with_the_claims(client: Client, db: None, monkeypatch: Any, most: int) -> None:
    monkeypatch.setattr(marks_answer, "WHOLE", most)
    store("small", "Small", 30, 3)
    store("large", "Large", 300, 3)
    for dossier in Dossier.objects.all():  # what no claim needs is not asked for
        Claim.objects.filter(pk=dossier.claims.earliest("pk").pk).update(earliest_day=None, latest_day=None)
    asked = []
    for slug in ("small", "large"):
        with CaptureQueriesContext(connection) as queries:
            marks(client, slug)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15


@pytest.fixture
def dense(demo: Dossier, monkeypatch: Any) -> Dossier:
    """Return the dossier, answered as if it were too large for marks."""
    for name in ("WHOLE", "SHORT_MOST", "LONG_MOST", "LONG_OF_FEW"):
        monkeypatch.setattr(marks_answer, name, 0)
    return demo


def numbers(tile: dict) -> tuple[int, int]:
    """Return the claims in a tile's columns and in its blocks."""
    return (
        sum(sum(line[3::2]) for line in tile["columns"] or []),
        sum(block[4] for block in tile["blocks"]),
    )


def test_a_large_dossier_opens_with_counts_of_all_its_claims(dense: Dossier, client: Client) -> None:
    body = marks(client)
    dated = Claim.objects.exclude(edtf=None).count()
    assert body["mode"] == "counts"
    assert sum(body["totals"]) == sum(numbers(body["tile"])) == dated
    assert sum(body["overview"]["bins"][1::2]) == dated
    assert body["undated_total"] == Claim.objects.filter(edtf=None).count()
    assert [lane["id"] for lane in body["lanes"]] == body["tile"]["lane_ids"]
    ends = Claim.objects.aggregate(first=Min("earliest_day"), last=Max("latest_day"))
    assert body["span"] == [ends["first"], ends["last"]]


def test_a_window_says_by_columns_what_its_marks_say(demo: Dossier, client: Client, monkeypatch: Any) -> None:
    window = {"first": 727_000, "last": 731_000, "px": 700}
    drawn = client.get("/dossiers/demo/marks.json", window).json()
    for name in ("SHORT_MOST", "LONG_MOST", "LONG_OF_FEW"):
        monkeypatch.setattr(marks_answer, name, 0)
    counted = client.get("/dossiers/demo/marks.json", window).json()
    assert drawn["columns"] is None
    assert counted["marks"]["ids"] == []
    assert len(counted["columns"]) > 3
    inside = [
        claim
        for claim in Claim.objects.filter(public_id__in=drawn["marks"]["ids"], latest_day__isnull=False)
        if claim.latest_day - claim.earliest_day < counted["widest"]
        and 727_000 <= (claim.latest_day + claim.earliest_day) // 2 <= 731_000
    ]
    assert 10 < len(inside) <= numbers(counted)[0] <= len(inside) + 5  # buckets reach over the edges


def test_a_window_brings_the_claim_that_is_asked_for(dense: Dossier, client: Client) -> None:
    claim = Claim.objects.filter(precision="day").last()
    window = {"first": claim.earliest_day - 400, "last": claim.earliest_day + 400, "px": 700}
    assert client.get("/dossiers/demo/marks.json", window).json()["marks"]["ids"] == []
    tile = client.get("/dossiers/demo/marks.json", {**window, "claim": claim.public_id}).json()
    assert tile["marks"]["ids"] == [claim.public_id]
    assert tile["marks"]["made"] == [claim.letter.own_day]


@pytest.mark.parametrize(
    "query",
    [
        {"stance": "denies"},
        {"basis": "inferred", "stance": "asserts,reports"},
        {"review": "suggested"},
        {"review": "curated"},
        {"q": "harbour"},
        {"party": "0"},
    ],
)
def test_filters_narrow_counts_as_they_narrow_marks(
    demo: Dossier, client: Client, monkeypatch: Any, query: dict
) -> None:
    drawn = client.get("/dossiers/demo/marks.json", query).json()
    for name in ("WHOLE", "SHORT_MOST", "LONG_MOST", "LONG_OF_FEW"):
        monkeypatch.setattr(marks_answer, name, -1)
    counted = client.get("/dossiers/demo/marks.json", query).json()
    assert counted["mode"] == "counts"
    assert sum(counted["totals"]) == len(drawn["ids"]) < Claim.objects.exclude(edtf=None).count()
    assert counted["undated_total"] == drawn["undated_total"]


def test_a_lane_may_be_asked_for_alone(demo: Dossier, client: Client) -> None:
    lane = marks(client)["lanes"][1]
    body = client.get("/dossiers/demo/marks.json", {"party": lane["id"]}).json()
    assert [found["id"] for found in body["lanes"]] == [lane["id"]]
    assert len(body["ids"]) == Claim.objects.filter(lane_party__public_id=lane["id"]).dated().count()


@pytest.mark.parametrize("whole", [0, 5_000])
@pytest.mark.parametrize("window", [{}, {"first": 728_000, "last": 731_000, "px": 1200}])
@pytest.mark.parametrize(
    "filters",
    [
        {"stance": "denies"},
        {"precision": ["day", "year"], "basis": "inferred"},
        {"party": 0, "stance": "asserts"},
        {"language": "en", "stance": "asserts"},
        {"basis": "relative"},
        {"party": 0},
    ],
)
def test_few_claims_are_the_same_whichever_index_finds_them(
    demo: Dossier, client: Client, monkeypatch: pytest.MonkeyPatch, filters: dict, window: dict, whole: int
) -> None:
    Letter.objects.filter(pk__in=Letter.objects.order_by("pk")[:3].values("pk")).update(language="fr")
    nameless = list(Claim.objects.order_by("pk").values_list("pk", flat=True))[::7]
    Claim.objects.filter(pk__in=nameless).update(lane_party=None)
    monkeypatch.setattr(marks_answer, "WHOLE", whole)
    answers = []
    for rare in (0, 5_000):
        monkeypatch.setattr(density, "RARE", rare)
        answers.append(client.get("/dossiers/demo/marks.json", {**filters, **window}).json())
    assert answers[0] == answers[1]
    assert "basis" in filters or answers[0]["lanes" if not window else "lane_ids"]


@pytest.mark.parametrize("window", [{"first": "x"}, {"first": 5, "last": 1}, {"px": 0}, {"last": 10**11}])
def test_a_window_that_is_none_is_the_whole_span(demo: Dossier, client: Client, window: dict) -> None:
    asked = {"first": 1, "last": 9, "px": 100, **window}
    assert client.get("/dossiers/demo/marks.json", asked).json()["mode"] == "all"


@pytest.mark.parametrize("by", ["says", "about"])
def test_lanes_may_be_those_who_say_it_or_whom_it_is_about(demo: Dossier, client: Client, by: str) -> None:
    body = client.get("/dossiers/demo/marks.json", {"by": by}).json()
    assert sum(body["lane_counts"]) == Claim.objects.exclude(edtf=None).count()
    if by == "says":
        by_party = Counter(c.asserting_party.public_id for c in Claim.objects.exclude(edtf=None))
        assert {lane["id"]: n for lane, n in zip(body["lanes"], body["lane_counts"], strict=True)} == by_party


def test_texts_are_those_asked_for_and_visible(demo: Dossier, client: Client) -> None:
    first, other = Claim.objects.exclude(edtf=None)[:2]
    Claim.objects.filter(pk=other.pk).update(review_state="dismissed")
    asked = f"{first.public_id},{other.public_id},5,no,{'9' * 30}"
    texts = client.get("/dossiers/demo/marks-texts.json", {"ids": asked}).json()["texts"]
    assert list(texts) == [str(first.public_id)]
    words = texts[str(first.public_id)]
    assert words["clause"] in first.quote
    assert words["spoken"].startswith(words["date"])
    assert words["spoken"].endswith(".")


@given(st.text(max_size=300), st.integers(min_value=2, max_value=80))
def test_a_shortened_text_fits_and_begins_as_the_text_does(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert " ".join(text.split()).strip(" ,;:").startswith(short.removesuffix("…"))


def test_a_text_that_fits_is_left_alone() -> None:
    assert shortened("the harbour was inspected", LABEL_LENGTH) == "the harbour was inspected"


def test_the_demonstration_keeps_its_proportions() -> None:
    claims = list(plan(20_000, 1))
    for precision, share in SHARES.items():
        found = sum(claim.precision == precision for claim in claims) / len(claims)
        assert found == pytest.approx(share, abs=0.02)
    assert list(plan(50, 3)) == list(plan(50, 3))
    assert list(plan(50, 3)) != list(plan(50, 4))


def test_the_demonstrations_quotes_stand_in_its_letters(demo: Dossier) -> None:
    for claim in Claim.objects.select_related("letter"):
        assert claim.letter.text[claim.start : claim.end] == claim.quote
    assert Claim.objects.count() == 120


@pytest.mark.parametrize(
    "query", ["precision=day", "precision=day&stance=denies", "precision=year", "language=en"]
)
def test_long_marks_are_left_unsought_only_where_there_are_none(
    dense: Dossier, client: Client, monkeypatch: Any, query: str
) -> None:
    span = marks(client)["span"]
    windows = [
        (span[0], span[1], 900),
        (span[0] + 3000, span[0] + 5000, 700),
        (span[0] + 4000, span[0] + 4090, 900),
    ]
    asked = [f"/dossiers/demo/marks.json?{query}&first={a}&last={b}&px={px}" for a, b, px in windows]
    asked.append(f"/dossiers/demo/marks.json?{query}")
    answers = [client.get(address).json() for address in asked]
    monkeypatch.setattr(marks_answer.kept_counts, "none_longer", lambda facets, fit: False)
    assert answers == [client.get(address).json() for address in asked]

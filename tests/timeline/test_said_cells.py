"""The second axis of a large dossier: each claim that the user may see is counted once, in its lane."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Dossier, Letter
from timeline import said_cells
from timeline.demo import store
from timeline.models import Claim

ALL = {"first": 700_000, "last": 760_000, "px": 900, "down": 400}


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a published dossier of 400 made-up claims."""
    return store("demo", "Demonstration", 400, 7)


def cells(client: Client, **asked: Any) -> dict:
    answer = client.get("/dossiers/demo/marks-said.json", {**ALL, **asked})
    assert answer.status_code == 200
    return answer.json()


def number(body: dict) -> int:
    return sum(sum(line[4::3]) for line in body["cells"])


def test_each_dated_claim_stands_in_one_cell_of_its_lane_voice_date_and_letter(
    demo: Dossier, client: Client
) -> None:
    body = cells(client)
    wanted: Counter[tuple] = Counter()
    for claim in Claim.objects.dated().select_related("letter", "lane_party"):
        first, last = claim.earliest_day, claim.latest_day
        middle = ((last if first is None else first) + (first if last is None else last)) // 2
        column = (middle - body["first"]) // body["across"]
        row = claim.letter.own_day // body["down"]
        wanted[claim.lane_party.public_id, int(claim.is_quoted), column, row] += 1
    found = {
        (body["lane_ids"][lane], quoted, *rest[at : at + 2]): rest[at + 2]
        for lane, quoted, *rest in body["cells"]
        for at in range(0, len(rest), 3)
    }
    assert found == wanted


def test_a_window_holds_what_lies_in_it_and_a_letter_without_a_date_has_no_cell(
    demo: Dossier, client: Client
) -> None:
    every = number(cells(client))
    halves = [cells(client, last=728_000), cells(client, first=728_001)]
    assert sum(map(number, halves)) == every
    assert all(map(number, halves))
    letter = Letter.objects.filter(claims__earliest_day__isnull=False).first()
    assert letter
    lost = letter.claims.dated().count()
    Letter.objects.filter(pk=letter.pk).update(own_day=None)
    assert number(cells(client)) == every - lost


@pytest.mark.parametrize("query", [{"stance": "denies"}, {"q": "harbour"}, {"by": "says"}, {"by": "about"}])
def test_filters_and_ways_of_lanes_hold_for_cells_as_for_marks(
    demo: Dossier, client: Client, query: dict
) -> None:
    drawn = client.get("/dossiers/demo/marks.json", query).json()
    body = cells(client, **query)
    totals: Counter[int] = Counter()
    for lane, _, *rest in body["cells"]:
        totals[body["lane_ids"][lane]] += sum(rest[2::3])
    lanes = {lane["id"]: n for lane, n in zip(drawn["lanes"], drawn["lane_counts"], strict=True) if n}
    assert totals == lanes


def test_as_known_on_a_day_later_letters_have_no_cells(demo: Dossier, client: Client) -> None:
    known = 728_000
    expected = Claim.objects.dated().filter(letter__own_day__lte=known).count()
    assert 0 < expected == number(cells(client, known=known)) < number(cells(client))


def test_nobody_sees_cells_of_what_is_hidden(demo: Dossier, client: Client) -> None:
    Dossier.objects.update(show_suggestions=False)
    assert number(cells(client)) == Claim.objects.dated().filter(review_state="accepted").count()
    Dossier.objects.update(published=False)
    assert client.get("/dossiers/demo/marks-said.json", ALL).status_code == 404


@pytest.mark.parametrize("name", ["first", "px", "down"])
def test_without_a_window_or_a_height_there_is_no_answer(demo: Dossier, client: Client, name: str) -> None:
    for value in ("", "0" if name != "first" else "x"):
        answer = client.get("/dossiers/demo/marks-said.json", {**ALL, name: value})
        assert answer.status_code == 400


def test_too_many_claims_are_not_counted(demo: Dossier, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(said_cells, "MOST", 399)
    assert cells(client)["cells"] is None


def test_questions_do_not_grow_with_the_claims(demo: Dossier, client: Client) -> None:
    asked = []
    for last in (760_000, 728_000):
        with CaptureQueriesContext(connection) as queries:
            cells(client, last=last)
        asked.append([query["sql"][:30] for query in queries])
    assert asked[0] == asked[1]
    assert len(asked[0]) <= 6

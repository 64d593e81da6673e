"""A year is corrected, and the dates worked out from it follow: listed first, each to be left out."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.timeline.desk import Desk, build_desk
from timeline import curation
from timeline.models import Claim, Decision, Event
from timeline.recording import record_letter

pytestmark = pytest.mark.django_db
MODULE = {"X-Requested-With": "fetch"}
# What accepting a claim and drawing the next one may ask; saving points are not counted.
MOST_QUESTIONS = 36


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.curator)
    return client


def queue(claim: Claim) -> str:
    return f"/admin/review/{claim.dossier.slug}/{claim.public_id}/"


def typed(client: Client, claim: Claim, **changed: str) -> dict[str, str]:
    form = client.get(queue(claim)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {n: "" if v is None else str(v) for n, v in values.items()} | changed


def date_of(claim: Claim) -> str | None:
    claim.refresh_from_db()
    return claim.edtf


@pytest.mark.parametrize("headers", [{}, MODULE])
def test_the_queue_lists_them_before_anything_is_stored(
    client: Client, desk: Desk, headers: dict[str, str]
) -> None:
    first, second = desk.claim("14 June"), desk.claim("the same day")
    page = client.post(queue(first), typed(client, first, edtf="2017-06-14", do="accept"), headers=headers)
    assert page.status_code == 422
    rows = [(row.claim.pk, row.before, row.after) for row in page.context["following"]]
    assert rows == [(second.pk, "14 June 2018", "14 June 2017")]
    assert (date_of(first), first.review_state) == ("2018-06-14", "suggested")


@pytest.mark.parametrize(("ticked", "then"), [(True, "2017-06-14"), (False, "2018-06-14")])
def test_those_left_ticked_follow_in_one_decision(
    client: Client, desk: Desk, ticked: bool, then: str
) -> None:
    first, second = desk.claim("14 June"), desk.claim("the same day")
    page = client.post(queue(first), typed(client, first, edtf="2017-06-14", do="accept"), headers=MODULE)
    sent = {**dict(page.context["sent"]), "do": page.context["do"]}
    answer = client.post(queue(first), sent | ({"follow": second.pk} if ticked else {}), headers=MODULE)
    assert answer.json()["several"] is ticked
    assert (date_of(first), first.review_state) == ("2017-06-14", "accepted")
    assert (date_of(second), second.review_state) == (then, "suggested")
    record_letter(desk.letter)
    assert date_of(second) == then
    client.post(f"/admin/review/{desk.dossier.slug}/undo/", {"seen": answer.json()["seen"]})
    assert (date_of(first), date_of(second)) == ("2018-06-14", "2018-06-14")


@pytest.mark.parametrize("edtf", ["2018-06-14", "", "2018-06", "early June 2018"])
def test_nothing_is_asked_where_nothing_follows_by_rule(client: Client, desk: Desk, edtf: str) -> None:
    first, second = desk.claim("14 June"), desk.claim("the same day")
    Claim.objects.filter(pk=second.pk).update(edtf="2018-06-20")
    answer = client.post(queue(first), typed(client, first, edtf=edtf, do="accept"), headers=MODULE)
    assert answer.status_code == 200
    assert date_of(second) == "2018-06-20"


def test_a_date_that_a_person_set_is_not_offered(client: Client, desk: Desk) -> None:
    first, second = desk.claim("14 June"), desk.claim("the same day")
    curation.correct_date(desk.curator, second, "2018-06-15", None)
    answer = client.post(queue(first), typed(client, first, edtf="2017-06-14", do="accept"), headers=MODULE)
    assert answer.status_code == 200
    assert date_of(second) == "2018-06-15"


def test_only_what_hangs_on_the_date_follows(client: Client, desk: Desk) -> None:
    first, other = desk.claim("14 June"), desk.claim("16 June 2018")
    page = client.post(queue(first), typed(client, first, edtf="2017-06-14", do="correct"), headers=MODULE)
    sent = {**dict(page.context["sent"]), "do": "correct"}
    client.post(queue(first), {**sent, "follow": [other.pk, "x", "9" * 30]}, headers=MODULE)
    assert (date_of(first), date_of(other)) == ("2017-06-14", "2018-06-16")


def test_a_date_set_in_the_same_moment_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = desk.claim("14 June"), desk.claim("the same day")
    looked_up = [(second, "2017-06-14")]
    curation.correct_date(desk.owner, second, "2018-06-15", None)
    monkeypatch.setattr("timeline.curation.claims.claims_dated_by", lambda claim, new: looked_up)
    curation.correct_date(desk.curator, first, "2017-06-14", None, follow=[second.pk])
    assert date_of(first) == "2017-06-14"
    assert date_of(second) == "2018-06-15"


def test_an_event_named_in_a_lost_correction_is_not_made(client: Client, desk: Desk) -> None:
    first = desk.claim("14 June")
    sent = typed(client, first, event="Boarding", do="accept")
    curation.correct_stance(desk.owner, first, "denies", None)
    assert client.post(queue(first), sent, headers=MODULE).status_code == 409
    assert not Event.objects.exists()


def test_who_comes_second_is_told_of_it_before_the_list(client: Client, desk: Desk) -> None:
    first = desk.claim("14 June")
    sent = typed(client, first, edtf="2017-06-14", do="accept")
    curation.correct_stance(desk.owner, first, "denies", None)
    page = client.post(queue(first), sent, headers=MODULE)
    assert page.status_code == 409
    assert not Decision.objects.filter(user=desk.curator).exists()
    assert [row["name"] for row in page.context["rows"]] == ["edtf"]
    chosen = dict(page.context["carried"]) | {"resolve": "1", "version": page.context["version"]}
    for row in page.context["rows"]:
        chosen |= {f"stored_{row['name']}": row["stored_value"], f"mine_{row['name']}": row["mine_value"]}
        chosen |= {f"pick_{row['name']}": "mine"}
    page = client.post(queue(first), {**chosen, "do": "accept"}, headers=MODULE)
    assert page.status_code == 422
    assert [row.after for row in page.context["following"]] == ["14 June 2017"]
    sent = {**dict(page.context["sent"]), "do": "accept"}
    assert client.post(queue(first), sent, headers=MODULE).status_code == 200
    assert (date_of(first), first.stance) == ("2017-06-14", "denies")


def test_a_step_of_the_queue_asks_the_database_little(client: Client, desk: Desk) -> None:
    """Accepting what was read, and the next claim: each question costs time a thousand times a day."""
    first, second = desk.claim("14 June"), desk.claim("3 March")
    sent = typed(client, first, do="accept")
    with CaptureQueriesContext(connection) as asked:
        assert client.post(queue(first), sent, headers=MODULE).status_code == 200
        assert client.get(queue(second), headers=MODULE).status_code == 200
    own = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert len(own) <= MOST_QUESTIONS, "\n".join(own)

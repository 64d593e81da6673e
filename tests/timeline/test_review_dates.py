"""Dates as curators type them, in the queue and for a new claim; and what the log calls an acceptance."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.timeline.desk import Desk, build_desk
from timeline.models import Claim, Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.curator)
    return client


def decide(client: Client, desk: Desk, claim: Claim, do: str, **typed: str) -> Claim:
    """Send the form of a claim in the queue, with what was typed into it; return the claim as it stands."""
    address = f"/admin/review/{desk.dossier.slug}/{claim.public_id}/"
    form: Any = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    post = {name: "" if value is None else str(value) for name, value in shown.items()}
    answer = client.post(address, {**post, **typed, "do": do}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200, answer.content
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize(
    ("typed", "edtf", "modifier"),
    [
        ({"edtf": "late March 2019"}, "2019-03", "end"),
        ({"edtf": "early 1990s", "modifier": "mid"}, "199X", "start"),
        ({"edtf": "March 2019", "modifier": "mid"}, "2019-03", "mid"),
        ({"edtf": "March 2019?"}, "2019-03?", ""),
        ({"edtf": "4 March 2019"}, "2019-03-04", ""),
    ],
)
def test_what_is_typed_as_a_date_is_kept_whole(
    client: Client, desk: Desk, typed: dict[str, str], edtf: str, modifier: str
) -> None:
    claim = decide(client, desk, desk.claim("3 March"), "correct", **typed)
    assert (claim.edtf, claim.modifier) == (edtf, modifier)


def test_a_new_claim_keeps_the_part_too(client: Client, desk: Desk) -> None:
    post = {"edtf": "mid-2017", "basis": "explicit", "stance": "asserts", "modality": "happened"}
    address = f"/admin/letters/{desk.letter.public_id}/claims/"
    assert client.post(address, post).status_code == 302
    added = Claim.objects.get(dossier=desk.dossier, added_by_person=True)
    assert (added.edtf, added.modifier) == ("2017", "mid")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("early 1990s", "early 1990s"), ("June 2021?", "June 2021"), ("late June 2021?", "late")],
)
def test_the_line_below_says_the_part(client: Client, typed: str, words: str) -> None:
    page = client.get("/admin/understand/", {"date": typed}).content.decode()
    assert words in page.partition("<b>")[2].partition("</b>")[0]


@pytest.mark.parametrize(
    ("do", "typed", "action"),
    [
        ("accept", {}, "accept"),
        ("accept", {"stance": "demands"}, "correct"),
        ("correct", {"stance": "demands"}, "correct"),
        ("dismiss", {}, "dismiss"),
    ],
)
def test_the_log_calls_a_decision_what_it_was(
    client: Client, desk: Desk, do: str, typed: dict[str, str], action: str
) -> None:
    decide(client, desk, desk.claim("3 March"), do, **typed)
    assert Decision.objects.latest("number").action == action


def test_the_history_says_the_part_in_words(client: Client, desk: Desk) -> None:
    claim = decide(client, desk, desk.claim("3 March"), "correct", edtf="late March 2019")
    page = client.get(f"/admin/timeline/claim/{claim.pk}/history/").content.decode()
    assert "<b>Date</b> 3 March 2018 → late March 2019" in page


def test_a_split_is_undone_in_one_go_and_shows_the_one_claim_again(desk: Desk, client: Client) -> None:
    claim = desk.claim("3 March")
    before = dict(Claim.objects.values_list("pk", "review_state"))
    sent, headers = {"do": "split", "version": "1"}, {"X-Requested-With": "fetch"}
    made = client.post(f"/admin/review/sella/{claim.public_id}/", sent, headers=headers).json()["claim"]
    assert made != claim.public_id
    seen = client.get("/admin/review/sella/").context["undo_seen"]
    told = client.post("/admin/review/sella/undo/", {"seen": seen}, headers=headers).json()
    assert (told["claim"], told["seen"]) == (claim.public_id, "")
    after = dict(Claim.objects.exclude(public_id=made).values_list("pk", "review_state"))
    assert after == before
    assert Claim.objects.get(public_id=made).review_state == "dismissed"

"""Two curators at once on claims: in the queue, in the list, and where their party is merged."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.timeline.desk import Desk, build_desk
from tests.timeline.sending import browser, chosen, typed
from timeline import curation
from timeline.models import Claim, Decision

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/timeline/claim/"


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


def test_of_two_who_split_a_claim_one_is_told(desk: Desk) -> None:
    claim = desk.claim("3 March")
    address = f"/admin/review/sella/{claim.public_id}/"
    sent = {"do": "split", "version": str(claim.version)}
    headers = {"X-Requested-With": "fetch"}
    assert browser(desk.curator).post(address, sent, headers=headers).status_code == 200
    assert browser(desk.owner).post(address, sent, headers=headers).status_code == 409
    assert Claim.objects.filter(added_by_person=True).count() == 1


def test_a_merge_with_nothing_to_carry_over_is_logged_as_a_merge(desk: Desk) -> None:
    claim, other = desk.claim("14 June 2018"), desk.claim("3 March")
    curation.merge_claims(desk.curator, claim, other, 1)
    entry = Decision.objects.latest("number")
    assert (entry.action, entry.subject) == ("merge", other.public_id)


def listed(client: Client, *claims: Claim, **more: str) -> dict[str, Any]:
    """Return what the list of claims sends for these rows, as the page has them."""
    page = client.get(f"{CLAIMS}?all=").content.decode()
    seen = dict(re.findall(r'name="(seen_\w+)" value="([^"]+)"', page))
    return {**seen, "_selected_action": [claim.pk for claim in claims], "action": "accept", **more}


def test_of_many_claims_none_is_decided_that_somebody_changed_meanwhile(desk: Desk) -> None:
    one, two = desk.claim("3 March"), desk.claim("14 June 2018")
    client = browser(desk.curator)
    sent = listed(client, one, two)
    curation.correct_date(desk.owner, two, "2017-06-14", None)
    page = client.post(CLAIMS, sent)
    assert page.status_code == 409
    assert "14 June 2017" in page.content.decode()
    assert {claim.review_state for claim in Claim.objects.all()} == {"suggested"}
    (shown,) = page.context["rows"]
    again = {**dict(page.context["kept"]), f"seen_{two.pk}": shown[0].version, "shown": [two.pk]}
    assert client.post(CLAIMS, {**again, "_selected_action": [one.pk, two.pk]}).status_code == 302
    for claim in (one, two):
        claim.refresh_from_db()
    assert (one.review_state, two.review_state, two.edtf) == ("accepted", "accepted", "2017-06-14")


def test_what_is_not_ticked_again_stays_as_somebody_else_set_it(desk: Desk) -> None:
    one, two = desk.claim("3 March"), desk.claim("14 June 2018")
    client = browser(desk.curator)
    # A list that goes on over pages tells when it was drawn: what is not on this one has no version here.
    sent = listed(client, one, two, select_across="1", seen_at=timezone.now().isoformat())
    added = curation.add_claim(desk.owner, desk.letter, {"edtf": "2011"}, asserted_by=None).claim
    curation.dismiss_claim(desk.owner, two, None)
    page = client.post(CLAIMS, sent)
    assert page.status_code == 409
    assert {row[0].pk for row in page.context["rows"]} == {two.pk, added.pk}
    again = {**dict(page.context["kept"]), "shown": [two.pk, added.pk], "_selected_action": [one.pk]}
    assert client.post(CLAIMS, again).status_code == 302
    for claim in (one, two):
        claim.refresh_from_db()
    assert (one.review_state, two.review_state) == ("accepted", "dismissed")


def test_who_has_a_claim_of_a_merged_party_open_does_not_give_it_back(desk: Desk) -> None:
    claim = desk.claim("3 March")
    curation.correct_voice(desk.owner, claim, desk.party("Averland"), None, None)
    claim.refresh_from_db()
    client, address = browser(desk.curator), f"{CLAIMS}{claim.pk}/change/"
    sent = {**typed(client.get(address)), "edtf": "2017"}
    assert sent["asserted_by"] == str(desk.party("Averland").pk)
    curation.merge_parties(desk.owner, desk.dossier, desk.party("Averland"), desk.party("Norvania"))
    page = client.post(address, sent)
    assert page.status_code == 409
    assert [row["name"] for row in page.context["rows"]] == ["edtf"]
    assert client.post(address, chosen(page, edtf="mine")).status_code == 302
    claim.refresh_from_db()
    assert (claim.edtf, claim.asserting_party) == ("2017", desk.party("Norvania"))

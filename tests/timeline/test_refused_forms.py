"""What cannot be stored stays on its form, with why; nothing is stored unseen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.timeline.desk import Desk, build_desk, event_of
from tests.timeline.sending import browser, typed
from timeline.models import Claim, Decision

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/timeline/claim/"
PARTY, EVENT, DOSSIER = "/admin/documents/party", "/admin/timeline/event", "/admin/documents/dossier"


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.mark.parametrize(("edtf", "title"), [("2018-13", "Seizure"), ("", "")])
def test_what_is_no_event_stays_on_the_form(desk: Desk, edtf: str, title: str) -> None:
    event = event_of(desk)
    client, address = browser(desk.curator), f"{EVENT}/{event.pk}/change/"
    page = client.post(address, {**typed(client.get(address)), "edtf": edtf, "title": title})
    assert page.status_code == 200
    event.refresh_from_db()
    assert event.version == 1


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"invite": "nobody-here", "role": "curator"}, "Nobody here is called “nobody-here”"),
        ({"invite": "owner-sella", "role": "none"}, "A dossier keeps at least one owner"),
    ],
)
def test_what_a_dossier_cannot_be_stays_on_the_form(desk: Desk, sent: dict[str, str], why: str) -> None:
    client, address = browser(desk.owner), f"{DOSSIER}/{desk.dossier.pk}/change/"
    page = client.post(address, {**typed(client.get(address)), "title": "Another title", **sent})
    assert page.status_code == 200
    shown = page.content.decode()
    assert why in shown
    assert 'value="Another title"' in shown
    assert "was changed successfully" not in client.get(address).content.decode()
    desk.dossier.refresh_from_db()
    assert desk.dossier.title == "The Sella Strait"


def test_a_name_that_is_taken_stays_on_the_form(desk: Desk) -> None:
    client, address = browser(desk.curator), f"{PARTY}/{desk.party('Averland').pk}/change/"
    page = client.post(address, {**typed(client.get(address)), "name": "Norvania"})
    assert page.status_code == 200
    assert "That name is taken" in page.content.decode()
    assert desk.party("Averland").version == 1


def test_an_address_taken_at_the_same_instant_makes_no_dossier(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        "timeline.admin.dossiers.DossierForm.clean", lambda form: form.cleaned_data | {"slug": "sella"}
    )
    page = browser(desk.owner).post("/admin/documents/dossier/add/", {"title": "A second one"}, follow=True)
    shown = page.content.decode()
    assert "The address “sella” is not free" in shown
    assert "was added successfully" not in shown


def test_no_form_is_stored_that_does_not_say_what_it_was_filled_in_on(desk: Desk) -> None:
    event = event_of(desk)
    things = (
        (desk.claim("3 March"), f"{CLAIMS}{desk.claim('3 March').pk}/change/"),
        (desk.letter, f"/admin/documents/letter/{desk.letter.pk}/change/"),
        (desk.party("Averland"), f"{PARTY}/{desk.party('Averland').pk}/change/"),
        (event, f"{EVENT}/{event.pk}/change/"),
        (desk.dossier, f"{DOSSIER}/{desk.dossier.pk}/change/"),
    )
    client, before = browser(desk.owner), Decision.objects.count()
    for thing, address in things:
        sent = {**typed(client.get(address)), "stance": "denies", "subject": "X", "name": "X", "title": "X"}
        del sent["version"]
        assert client.post(address, sent).status_code in (200, 409), address
        version = thing.version
        thing.refresh_from_db()
        assert thing.version == version
    assert Decision.objects.count() == before


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "none"}])
@pytest.mark.parametrize("do", ["dismiss", "split", "merge"])
def test_the_queue_refuses_a_decision_that_names_no_version(
    desk: Desk, do: str, version: dict[str, str]
) -> None:
    claim, same = desk.claim("3 March"), desk.claim("14 June 2018").public_id
    before = list(Claim.objects.order_by("pk").values_list("pk", "review_state", "version"))
    address = f"/admin/review/sella/{claim.public_id}/"
    headers = {"X-Requested-With": "fetch"}
    answer = browser(desk.curator).post(address, {"do": do, "same": same, **version}, headers=headers)
    assert answer.status_code == 422
    assert "which version of the claim you saw" in answer.json()["message"]
    assert list(Claim.objects.order_by("pk").values_list("pk", "review_state", "version")) == before


def test_without_a_script_a_refusal_stands_over_the_claim_in_its_page(desk: Desk) -> None:
    claim = desk.claim("3 March")
    answer = browser(desk.curator).post(f"/admin/review/sella/{claim.public_id}/", {"do": "dismiss"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert "which version of the claim you saw" in page
    assert f'name="version" value="{claim.version}"' in page

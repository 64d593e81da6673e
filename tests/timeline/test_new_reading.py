"""What a newer reading would change: shown before it is applied, by command and claim by claim."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.timeline.desk import Desk, build_desk
from timeline import curation
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


def address(desk: Desk) -> str:
    return f"/admin/documents/letter/{desk.letter.pk}/read-again/"


def extract(*options: str) -> list[dict]:
    out = StringIO()
    call_command("extract", *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def aged(desk: Desk) -> tuple[Claim, Claim, Claim]:
    """Make the stored claims those of an older reader: two read otherwise, one not found at all."""
    first, second, third = desk.claim("3 March"), desk.claim("16 June 2018"), desk.claim("1 September")
    Claim.objects.filter(pk=first.pk).update(edtf="1999-03-03", machine={"edtf": "1999-03-03"})
    Claim.objects.filter(pk=second.pk).update(edtf="1999-06-16", machine={"edtf": "1999-06-16"})
    Claim.objects.filter(pk=third.pk).delete()
    return first, second, third


def rows() -> list[tuple]:
    kept = ("edtf", "review_state", "version", "curated_fields", "extractor_version")
    return list(Claim.objects.order_by("pk").values_list("pk", *kept))


def test_the_command_says_what_would_change_and_changes_nothing(desk: Desk) -> None:
    first, _, third = aged(desk)
    before, log = rows(), Decision.objects.count()
    (line,) = extract("--dossier", "sella", "--dry-run")
    assert (line["updated"], line["added"], line["withdrawn"]) == (2, 1, 0)
    changes = {change["quote"]: change for change in line["changes"]}
    assert changes[third.quote]["fields"]["edtf"] == [None, third.edtf]
    assert changes[first.quote]["kept"] is False
    assert (rows(), Decision.objects.count()) == (before, log)


def test_without_dry_run_it_does_what_was_said(desk: Desk) -> None:
    first, second, _ = aged(desk)
    said, done = extract("--dry-run"), extract()
    assert [{**line, "changes": len(line["changes"])} for line in said] == [
        {**line, "changes": len(line["changes"])} for line in done
    ]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.edtf, second.edtf) == ("2018-03-03", "2018-06-16")
    assert extract("--dry-run")[0]["changes"] == []


def test_what_a_person_decided_is_said_to_stay(desk: Desk) -> None:
    first, _, _ = aged(desk)
    curation.accept_claim(desk.curator, first, None)
    (line,) = extract("--dry-run")
    assert {change["kept"] for change in line["changes"] if "1999-03-03" in str(change)} == {True}
    extract()
    first.refresh_from_db()
    assert (first.edtf, first.review_state) == ("1999-03-03", "accepted")


def test_in_the_admin_each_claim_is_taken_or_declined_and_stays_so(client: Client, desk: Desk) -> None:
    first, second, third = aged(desk)
    page = client.get(address(desk))
    known = {row.key: row for row in page.context["rows"] if row.key}
    (new,) = [row for row in page.context["rows"] if row.key is None]
    assert set(known) == {first.pk, second.pk}
    assert new.quote == third.quote
    sent = {
        **dict(page.context["sent"]),
        "leave_out": [first.pk],
        "decline_new": [new.place, "x-y", "1", "1-2-3"],
    }
    assert client.post(address(desk), sent).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.edtf, second.edtf) == ("1999-03-03", "2018-06-16")
    again = Claim.objects.get(timex_start=third.timex_start, timex_end=third.timex_end)
    assert again.review_state == "dismissed"
    assert client.get(address(desk)).context["rows"] == []
    assert extract()[0]["changes"] == []
    again.refresh_from_db()
    assert again.review_state == "dismissed"
    assert Decision.objects.filter(action="dismiss").last().reason == "Declined when it was found."


def test_a_new_claim_not_declined_is_a_suggestion(client: Client, desk: Desk) -> None:
    *_, third = aged(desk)
    client.post(address(desk), dict(client.get(address(desk)).context["sent"]))
    found = Claim.objects.get(timex_start=third.timex_start, timex_end=third.timex_end)
    assert (found.review_state, found.edtf) == ("suggested", third.edtf)


def test_what_changed_meanwhile_is_shown_before_it_is_recorded(client: Client, desk: Desk) -> None:
    first, second, _ = aged(desk)
    page = client.get(address(desk))
    sent = {**dict(page.context["sent"]), "leave_out": [first.pk]}
    curation.accept_claim(desk.owner, second, None)
    before = rows()
    page = client.post(address(desk), sent)
    assert page.status_code == 409
    assert rows() == before
    text = page.content.decode()
    assert "Nothing was recorded yet" in text
    assert f'name="leave_out" value="{first.pk}" checked' in text
    assert client.post(address(desk), {**sent, **dict(page.context["sent"])}).status_code == 302
    second.refresh_from_db()
    assert second.edtf == "1999-06-16"

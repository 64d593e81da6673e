"""Two posts with one version, at the same instant: exactly one is stored, the other is shown both."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test import Client

from documents.models import Membership
from tests.timeline.desk import Desk, build_desk
from timeline import curation
from timeline.admin.readings import mark_of, rows_of
from timeline.history import verify
from timeline.metadata_form import MetadataForm
from timeline.models import Claim, Decision, Event
from timeline.recording import record_letter

TAKEN = ("correct", "split", "accept", "dismiss", "assign")
pytestmark = pytest.mark.django_db(transaction=True)


def review(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    base = {"version": "1", "basis": "inferred", "stance": "asserts", "modality": "happened", "do": "accept"}
    return f"/admin/review/{desk.dossier.slug}/{claim.public_id}/", {**base, "edtf": value}


def form(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    base = {"version": "1", "basis": "inferred", "stance": "asserts", "modality": "happened"}
    return f"/admin/timeline/claim/{claim.pk}/change/", {**base, "edtf": value, "review_state": "suggested"}


def letter(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    base = {"version": "1", "letter_kind": "letter", "language": "en", "confirmed": "1"}
    sender = {"sender": str(desk.party("Norvania").pk)}
    return f"/admin/documents/letter/{desk.letter.pk}/change/", {**base, **sender, "subject": value}


def split(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    sent = {"version": "1", "do": "split", "reason": value}
    return f"/admin/review/{desk.dossier.slug}/{claim.public_id}/", sent


def party(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    names = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    sent = {"version": "1", "name": value, "kind": "state", **names}
    return f"/admin/documents/party/{desk.party('Averland').pk}/change/", sent


def event(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    row = Event.objects.get_or_create(dossier=desk.dossier, title="Seizure")[0]
    return f"/admin/timeline/event/{row.pk}/change/", {"version": "1", "title": "Seizure", "edtf": value}


def dossier(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    sent = {"version": "1", "title": value, "slug": desk.dossier.slug}
    return f"/admin/documents/dossier/{desk.dossier.pk}/change/", sent


def many(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    action = "accept" if value < "2012" else "dismiss"
    return "/admin/timeline/claim/", {
        "action": action,
        "_selected_action": str(claim.pk),
        f"seen_{claim.pk}": "1",
    }


def again(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    Claim.objects.filter(pk=claim.pk).update(edtf="1999-03-03")
    seen = mark_of(rows_of(record_letter(desk.letter, dry_run=True)))
    return f"/admin/documents/letter/{desk.letter.pk}/read-again/", {"seen": seen}


def assign(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    person = desk.curator if value < "2012" else desk.owner
    number = str(desk.letter.public_id)
    sent = {"letter": number, f"was_{number}": "", "person": person.username}
    return f"/admin/desk/{desk.dossier.slug}/assignments/", sent


def metadata(desk: Desk, claim: Claim, value: str) -> tuple[str, dict[str, str]]:
    form = MetadataForm(desk.letter)
    sent = {name: str(form[name].value() or "") for name in form.fields}
    return f"/letters/{desk.letter.public_id}/metadata/", {**sent, "subject": value}


def at_once(desk: Desk, *posts: tuple[str, dict[str, str]]) -> list[int]:
    """Have curator and owner send a form each at the same instant; return the statuses of the answers."""
    gate = Barrier(2)
    answers: list[int] = []

    def post(user: object, address: str, sent: dict[str, str]) -> None:
        client = Client()
        client.force_login(user)
        gate.wait(20)
        answers.append(client.post(address, sent, headers={"X-Requested-With": "fetch"}).status_code)
        connections.close_all()

    people = (desk.curator, desk.owner)
    threads = [Thread(target=post, args=(who, *sent)) for who, sent in zip(people, posts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize(
    "view", [many, again, assign, metadata, review, form, letter, split, party, event, dossier]
)
def test_exactly_one_of_two_is_stored(view: Callable[..., tuple[str, dict[str, str]]]) -> None:
    desk = build_desk()
    Membership.objects.filter(dossier=desk.dossier, user=desk.curator).update(role="owner")
    claim = desk.claim("3 March")
    addresses = {value: view(desk, claim, value) for value in ("2011-03-03", "2012-03-03")}
    answers = at_once(desk, addresses["2011-03-03"], addresses["2012-03-03"])
    assert sorted(answers) in ([200, 409], [302, 409])
    log = Decision.objects.filter(dossier=desk.dossier)
    # What a new reading changed is logged claim by claim: here in one.
    assert len(log.filter(action__in=TAKEN) or log.filter(action="read again")) == 1
    assert list(verify(desk.dossier.pk)) == []
    connection.close()


def taken_back(desk: Desk, claim: Claim) -> tuple[str, list[dict[str, str]]]:
    entry = curation.correct_date(desk.owner, claim, "2011", None).decision
    sent = {"number": str(entry.number), "do": "undo"}  # type: ignore[union-attr]
    return f"/admin/timeline/claim/{claim.pk}/history/", [sent, sent]


def gone_back(desk: Desk, claim: Claim) -> tuple[str, list[dict[str, str]]]:
    entry = curation.correct_date(desk.owner, claim, "2011", None).decision
    curation.correct_date(desk.owner, claim, "2012", None)
    sent = {"number": str(entry.number), "do": "revert", "version": "3"}  # type: ignore[union-attr]
    return f"/admin/timeline/claim/{claim.pk}/history/", [sent, sent]


def merged(desk: Desk, claim: Claim) -> tuple[str, list[dict[str, str]]]:
    a, b = str(desk.party("Averland").pk), str(desk.party("Norvania").pk)
    crossing = [{"party": a, "into": b, "do": "merge"}, {"party": b, "into": a, "do": "merge"}]
    return f"/admin/desk/{desk.dossier.slug}/merging/", crossing


def put_right(desk: Desk, claim: Claim) -> tuple[str, list[dict[str, str]]]:
    entry = curation.merge_parties(desk.owner, desk.dossier, desk.party("Averland"), desk.party("Norvania"))
    sent = {"number": str(entry.number), "entry": str(entry.number), "do": "undo"}
    return f"/admin/desk/{desk.dossier.slug}/merging/", [sent, sent]


@pytest.mark.parametrize(
    ("view", "action"),
    [(taken_back, "undo"), (gone_back, "revert"), (merged, "merge"), (put_right, None)],
)
def test_what_can_be_done_once_is_done_once(view: Callable[..., tuple], action: str | None) -> None:
    desk = build_desk()
    Membership.objects.filter(dossier=desk.dossier, user=desk.curator).update(role="owner")
    address, (first, second) = view(desk, desk.claim("3 March"))
    before = Decision.objects.filter(dossier=desk.dossier).count()
    assert at_once(desk, (address, first), (address, second)) == [302, 302]
    log = Decision.objects.filter(dossier=desk.dossier).order_by("number")[before:]
    assert len(log) == 1
    assert action is None or log[0].action == action
    assert list(verify(desk.dossier.pk)) == []
    connection.close()

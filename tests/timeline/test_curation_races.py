"""Two posts with one version, at the same instant: exactly one is stored, the other is shown both."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test import Client

from tests.timeline.desk import Desk, build_desk
from timeline.history import verify
from timeline.models import Claim, Decision

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


@pytest.mark.parametrize("view", [review, form, letter])
def test_exactly_one_of_two_is_stored(view: Callable[..., tuple[str, dict[str, str]]]) -> None:
    desk = build_desk()
    claim = desk.claim("3 March")
    gate = Barrier(2)
    answers: list[int] = []

    def post(user: object, value: str) -> None:
        client = Client()
        client.force_login(user)
        address, sent = view(desk, claim, value)
        gate.wait(20)
        answers.append(client.post(address, sent, headers={"X-Requested-With": "fetch"}).status_code)
        connections.close_all()

    threads = [
        Thread(target=post, args=(user, value))
        for user, value in ((desk.curator, "2011-03-03"), (desk.owner, "2012-03-03"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) in ([200, 409], [302, 409])
    entries = Decision.objects.filter(dossier=desk.dossier, action__startswith="correct")
    assert entries.count() == 1
    assert list(verify(desk.dossier.pk)) == []
    connection.close()

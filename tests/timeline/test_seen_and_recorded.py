"""What a person was shown to follow is what is recorded, whenever in between somebody else decides.

The other one decides just before the first, the second or the third transaction of the answer begins. Where
all is done in one, the later ones never begin, and the other comes after the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from psycopg.pq import TransactionStatus

from documents.models import Correspondent
from tests.timeline.desk import Desk, build_desk
from tests.timeline.racing import queue_address
from timeline import curation
from timeline.history import verify
from timeline.metadata_form import MetadataForm
from timeline.models import Claim
from timeline.recording import record_letter

pytestmark = pytest.mark.django_db(transaction=True)
MOMENTS = pytest.mark.parametrize("moment", [1, 2, 3])
Sent = dict[str, Any]


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    return build_desk()


def curator(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.curator)
    return client


def answered(desk: Desk, address: str, sent: Sent, moment: int, decide: Callable[[], Any]) -> HttpResponse:
    """Send a form; ``decide`` is called when the server begins its ``moment``-th transaction, or after it."""
    client, begun = curator(desk), 0

    def elsewhere() -> None:
        def run() -> None:
            try:
                decide()
            finally:
                connections.close_all()

        thread = Thread(target=run)
        thread.start()
        thread.join()

    def hold(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal begun
        if begins(sql):
            begun += 1
            if begun == moment:
                elsewhere()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hold):
        answer = client.post(address, sent)
    assert begun, "the answer wrote nothing"
    if begun < moment:
        elsewhere()
    assert list(verify(desk.dossier.pk)) == []
    return answer


def begins(sql: str) -> bool:
    """Return whether a transaction begins with this statement."""
    if connection.vendor == "sqlite":
        return sql.startswith("BEGIN")
    idle = connection.connection.info.transaction_status == TransactionStatus.IDLE
    return connection.in_atomic_block and idle


def sender_of(desk: Desk) -> str:
    party = Correspondent.objects.get(part__letter=desk.letter, role="sender").party
    assert party is not None
    return party.name


def asserting(claim: Claim) -> str:
    claim.refresh_from_db()
    assert claim.asserting_party is not None
    return claim.asserting_party.name


def metadata_form(desk: Desk) -> tuple[str, Sent]:
    """Return the metadata's form with another sender, as it is sent once it was shown what follows."""
    form, address = MetadataForm(desk.letter), f"/letters/{desk.letter.public_id}/metadata/"
    row = next(n for n, c in enumerate(form.state["correspondents"]) if c["role"] == "sender")
    sent = {name: str(form[name].value() or "") for name in form.fields}
    sent |= {f"person_{row}_party": "Averland"}
    seen = re.search(r'name="seen" value="(\w+)"', curator(desk).post(address, sent).content.decode())
    assert seen is not None
    return address, sent | {"seen": seen[1]}


def letter_form(desk: Desk) -> tuple[str, Sent]:
    """Return the letter's form of the admin with another sender, as the page of what follows sends it."""
    address, client = f"/admin/documents/letter/{desk.letter.pk}/change/", curator(desk)
    form = client.get(address).context["adminform"].form
    sent = {name: str(form[name].value() or "") for name in form.fields}
    page = client.post(address, sent | {"sender": str(desk.party("Averland").pk)})
    return address, dict(page.context["sent"])


@MOMENTS
@pytest.mark.parametrize("form", [metadata_form, letter_form], ids=lambda form: form.__name__)
def test_claims_follow_a_sender_as_they_were_shown(
    desk: Desk, form: Callable[[Desk], tuple[str, Sent]], moment: int
) -> None:
    """A claim accepted meanwhile would not follow: either it was accepted later, or it is shown anew."""
    claim = desk.claim("16 June")
    assert asserting(claim) == "Norvania"
    address, sent = form(desk)
    answer = answered(desk, address, sent, moment, lambda: curation.accept_claim(desk.owner, claim, None))
    assert asserting(claim) == sender_of(desk)
    assert (answer.status_code, sender_of(desk)) in ((302, "Averland"), (409, "Norvania"))
    if answer.status_code == 409:
        page = answer.content.decode()
        assert "other changes would follow than those you saw" in page
        assert "Somebody decided on this claim" in page
        again = form(desk)[1]
        assert curator(desk).post(address, again).status_code == 302
        assert (sender_of(desk), asserting(claim)) == ("Averland", "Norvania")


def queue_form(desk: Desk) -> tuple[str, Sent]:
    return dated(desk, queue_address(desk.claim("14 June")), {"do": "accept"})


def claim_form(desk: Desk) -> tuple[str, Sent]:
    address = f"/admin/timeline/claim/{desk.claim('14 June').pk}/change/"
    return dated(desk, address, {"review_state": "suggested"})


def dated(desk: Desk, address: str, more: Sent) -> tuple[str, Sent]:
    """Return a form with another date, as the list of dates that follow it sends it, all of them ticked."""
    claim, client = desk.claim("14 June"), curator(desk)
    form = client.get(queue_address(claim)).context["form"]
    sent = {name: str(form[name].value() or "") for name in form.fields if name != "review_state"}
    page = client.post(address, {**sent, **more, "edtf": "2017-06-14"})
    rows = page.context["following"]
    assert [(row.before, row.after) for row in rows] == [("14 June 2018", "14 June 2017")]
    return address, {**dict(page.context["sent"]), **more, "follow": str(rows[0].claim.pk)}


def read_otherwise(desk: Desk, claim: Claim) -> None:
    """Have the date that hangs on the corrected one be another, as a new reading leaves it."""
    Claim.objects.filter(pk=claim.pk).update(edtf="2018-06-15")


@MOMENTS
@pytest.mark.parametrize("by", ["person", "reading"])
@pytest.mark.parametrize("form", [queue_form, claim_form], ids=lambda form: form.__name__)
def test_dates_follow_a_date_as_they_were_shown(
    desk: Desk, form: Callable[[Desk], tuple[str, Sent]], by: str, moment: int
) -> None:
    first, second = desk.claim("14 June"), desk.claim("the same day")
    address, sent = form(desk)
    decide: dict[str, Callable[[], Any]] = {
        "person": lambda: curation.correct_date(desk.owner, second, "2018-06-15", None),
        "reading": lambda: read_otherwise(desk, second),
    }
    answer = answered(desk, address, sent, moment, decide[by])
    first.refresh_from_db()
    second.refresh_from_db()
    told = answer.content.decode()
    if answer.status_code == 409:
        # Nothing is stored, and what follows now is shown: a date set by a person does not.
        assert (first.edtf, second.edtf) == ("2018-06-14", "2018-06-15")
        assert "other dates would follow than those you saw" in told
        assert ("15 June 2018" in told) == (by == "reading")
        sent = {**dict(answer.context["sent"]), "do": "accept", "review_state": "suggested"}
        assert curator(desk).post(address, sent).status_code == 302
        first.refresh_from_db()
        assert first.edtf == "2017-06-14"
    else:
        assert (answer.status_code, first.edtf) == (302, "2017-06-14")
        # It followed, as it was shown, before the other date was set.
        dates = [entry["edtf"] for entry in second.history.order_by("history_id").values("edtf")]
        assert "2017-06-14" in dates


def test_an_office_alone_has_a_letter_read_again_and_shows_first_what_follows(desk: Desk) -> None:
    """With it comes what a newer version reads otherwise."""
    claim = desk.claim("3 March")
    record_letter(desk.letter)
    Claim.objects.filter(pk=claim.pk).update(edtf="1999-03-03")
    address, client = f"/admin/documents/letter/{desk.letter.pk}/change/", curator(desk)
    form = client.get(address).context["adminform"].form
    sent = {name: str(form[name].value() or "") for name in form.fields}
    page = client.post(address, sent | {"office": "Deputy Permanent Representative"})
    assert "What would change with it" in page.content.decode()
    assert claim.pk in {row.key for row in page.context["rows"]}
    claim.refresh_from_db()
    assert claim.edtf == "1999-03-03"

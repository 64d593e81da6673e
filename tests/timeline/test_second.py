"""A second reader is asked, answers without changing anything, and the agreement is counted."""

from __future__ import annotations

import pytest

from tests.timeline.desk import Desk, build_desk
from tests.timeline.sending import browser
from timeline import curation
from timeline.agreement import agreement_in, agreement_of
from timeline.models import Claim, SecondReading

SECOND = "/admin/desk/sella/second/"


@pytest.fixture
def desk(db: None) -> Desk:
    desk = build_desk()
    curation.accept_claim(desk.curator, desk.claim("14 June 2018"), None)
    curation.dismiss_claim(desk.curator, desk.claim("3 March"), None)
    return desk


# The first is Cohen's own way of reckoning for 20 and 15 of 50 agreed on: 0.7 seen, 0.5 by chance.
@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
        ([("y", "y"), ("n", "n")], 1),
        ([("y", "n"), ("n", "y")], -1),
        ([("y", "y")] * 3, None),
        ([], None),
    ],
)
def test_kappa_is_cohens(pairs: list[tuple[str, str]], kappa: float | None) -> None:
    found = agreement_of(pairs).kappa
    assert found == (None if kappa is None else pytest.approx(kappa))


def test_a_second_reader_answers_and_nothing_changes(desk: Desk) -> None:
    asker, reader = browser(desk.curator), browser(desk.owner)
    asker.post(SECOND, {"do": "ask", "person": desk.owner.username, "count": "10"})
    assert SecondReading.objects.count() == 2
    before = list(Claim.objects.order_by("pk").values())
    for _ in range(2):
        page = reader.get(SECOND)
        form, claim = page.context["form"], page.context["waiting"].claim
        shown = page.content.decode().split("How far the readers agree")[0]
        assert "dismissed" not in shown.replace('value="dismissed"', "")
        sent = {name: form[name].value() or "" for name in ("edtf", "stance")}
        sent["asserted_by"] = form["asserted_by"].value()
        reader.post(SECOND, {**sent, "claim": claim.public_id, "do": "accepted"})
    assert reader.get(SECOND).context["waiting"] is None
    assert list(Claim.objects.order_by("pk").values()) == before
    found = agreement_in(desk.dossier)
    assert (found["verdict"].same, found["verdict"].all, found["verdict"].kappa) == (1, 2, 0)
    assert (found["edtf"].same, found["edtf"].all) == (1, 1)
    assert (found["asserted_by"].same, found["stance"].same) == (1, 1)
    actions = list(desk.dossier.decisions.filter(kind="second").values_list("action", flat=True))
    assert actions == ["ask", "answer", "answer"]


def test_nobody_reads_their_own_decision_again(desk: Desk) -> None:
    page = browser(desk.owner).post(
        SECOND, {"do": "ask", "person": desk.curator.username, "count": "10"}, follow=True
    )
    assert "No decided claim is left" in page.content.decode()
    assert not SecondReading.objects.exists()


@pytest.mark.parametrize("person", ["reader-sella", "stranger-sella", ""])
def test_only_curators_are_asked(desk: Desk, person: str) -> None:
    browser(desk.curator).post(SECOND, {"do": "ask", "person": person, "count": "10"})
    assert not SecondReading.objects.exists()


def test_who_was_not_asked_cannot_answer(desk: Desk) -> None:
    claim = desk.claim("14 June 2018")
    with pytest.raises(curation.Refused):
        curation.answer_second(desk.owner, claim, "accepted", {"stance": "asserts"})
    with pytest.raises(curation.NotAllowed):
        curation.answer_second(desk.reader, claim, "accepted", {"stance": "asserts"})
    answer = browser(desk.owner).post(SECOND, {"claim": claim.public_id, "do": "accepted"})
    assert answer.status_code == 404

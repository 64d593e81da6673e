"""How often the machine was right: counted from decisions, told to readers, used by the queue."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.desk import Desk, build_desk
from timeline import curation, reliability
from timeline.models import Claim
from timeline.reliability import Rate, reliability_of, weights_of
from timeline.review import Wish, next_of


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


def rates(desk: Desk) -> dict[str, tuple[int, int]]:
    return {name: (r.right, r.all) for name, r in reliability_of(desk.dossier).fields.items()}


# Worked out by hand from the formula.
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 0, 0, 1), (9, 10, 0.596, 0.982), (0, 10, 0, 0.278), (10, 10, 0.722, 1)],
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    rate = Rate(right, of)
    assert rate.low == pytest.approx(low, abs=0.001)
    assert rate.high == pytest.approx(high, abs=0.001)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_the_share_lies_in_its_interval(right: int, wrong: int) -> None:
    rate = Rate(right, right + wrong)
    assert 0 <= rate.low <= rate.high <= 1
    if rate.all:
        assert rate.low - 1e-9 <= rate.share <= rate.high + 1e-9


def test_what_was_corrected_was_wrong_and_what_was_accepted_right(desk: Desk) -> None:
    assert rates(desk) == {"claim": (0, 0), "date": (0, 0), "voice": (0, 0), "stance": (0, 0)}
    right, wrong, none = desk.claim("14 June 2018"), desk.claim("3 March"), desk.claim("1 September")
    curation.accept_claim(desk.curator, right, None)
    curation.correct_date(desk.curator, wrong, "2017-03-03", None)
    assert rates(desk)["date"] == (1, 1)
    curation.accept_claim(desk.curator, wrong, None)
    assert rates(desk) == {"claim": (2, 2), "date": (1, 2), "voice": (2, 2), "stance": (2, 2)}
    curation.dismiss_claim(desk.curator, none, None)
    assert rates(desk)["claim"] == (2, 3)
    assert rates(desk)["date"] == (1, 2)
    curation.correct_voice(desk.curator, right, desk.party("Averland"), None, None)
    curation.correct_stance(desk.curator, wrong, "announces", None)
    assert rates(desk) == {"claim": (2, 3), "date": (1, 2), "voice": (1, 2), "stance": (1, 2)}
    measured = reliability_of(desk.dossier)
    assert measured.by_language["en"]["date"].all == 2
    assert sum(group["date"].all for group in measured.by_basis.values()) == 2


def test_what_a_person_added_was_never_the_machines(desk: Desk) -> None:
    curation.add_claim(desk.curator, desk.letter, {"edtf": "2018-07"}, asserted_by=desk.party("Norvania"))
    assert rates(desk)["claim"] == (0, 0)


def test_another_dossiers_decisions_do_not_count(desk: Desk) -> None:
    other = build_desk("other")
    curation.accept_claim(other.curator, other.claim("3 March"), None)
    assert rates(desk)["claim"] == (0, 0)


def test_readers_are_told_in_one_line(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.reader)
    assert "confirmed without change" not in client.get("/dossiers/sella/").content.decode()
    wrong = desk.claim("3 March")
    curation.accept_claim(desk.curator, desk.claim("14 June 2018"), None)
    curation.correct_date(desk.curator, wrong, "2017-03-03", None)
    curation.accept_claim(desk.curator, wrong, None)
    page = client.get("/dossiers/sella/").content.decode()
    assert "Dates here: <b>1</b> of 2 confirmed without change" in page


def test_the_queue_brings_forward_what_was_often_wrong(desk: Desk) -> None:
    decided = list(Claim.objects.order_by("pk")[:4])
    waiting = list(Claim.objects.order_by("pk")[4:6])
    Claim.objects.filter(pk__in=[c.pk for c in decided]).update(basis="relative")
    for claim in decided:
        claim.refresh_from_db()
        claim.machine = {**claim.machine, "basis": "relative"}
        claim.save()
        curation.correct_date(desk.curator, claim, "1999", None)
        curation.accept_claim(desk.curator, claim, None)
    Claim.objects.filter(pk=waiting[0].pk).update(basis="explicit", score=0.5)
    Claim.objects.filter(pk=waiting[1].pk).update(basis="relative", score=0.52)
    weights = weights_of(desk.dossier)
    assert weights["relative"] < weights[""]
    queue = [c.pk for c in next_of(desk.curator, desk.dossier, Wish())]
    assert queue == [waiting[1].pk, waiting[0].pk]


def test_where_many_are_accepted_figures_are_counted_anew_with_some_decisions(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reliability, "LARGE", 2)
    monkeypatch.setattr(reliability, "SHARE", 0.5)
    seen = []
    for claim in Claim.objects.order_by("pk")[:6]:
        curation.accept_claim(desk.curator, claim, None)
        seen.append(reliability.measured(desk.dossier).fields["claim"].all)
    assert seen == [1, 2, 3, 3, 5, 5]


def test_curators_see_the_figures_and_others_do_not(desk: Desk) -> None:
    curation.accept_claim(desk.curator, desk.claim("14 June 2018"), None)
    client = Client()
    client.force_login(desk.curator)
    page = client.get("/admin/desk/sella/reliability/").content.decode()
    assert "100 % (21 to 100 %), 1 of 1" in page
    client.force_login(desk.reader)
    assert client.get("/admin/desk/sella/reliability/").status_code == 302

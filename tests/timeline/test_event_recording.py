"""Claims that tell of one act become accounts of one event; what a person decided of it stays."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from documents.ingest import ingest_pasted
from documents.models import Dossier, Membership, Party, PartyName
from timeline import curation
from timeline.curation.claims import Correction, correct_claim
from timeline.event_recording import record_events
from timeline.history import verify
from timeline.models import Claim, Decision, Event

HEAD = "Letter dated {} from the Permanent Representative of {} to the Government of {}\n\n"
OURS = HEAD.format("9 May 2023", "Averland", "Norvania") + (
    "On 14 June 2022 Norvanian officers boarded the survey vessel Meridian in the waters of Averland.\n\n"
    "On 2 August 2022 Norvania closed the northern lane to all traffic.\n"
)
THEIRS = HEAD.format("20 June 2023", "Norvania", "Averland") + (
    "Norvania denies that the survey vessel Meridian of Averland was boarded on 14 June 2022.\n\n"
    "On 3 January 2023 talks were held at the ferry house.\n"
)


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("curator")


@pytest.fixture
def dossier(curator: User) -> Dossier:
    """Return a dossier of two letters that tell of one boarding."""
    made = Dossier.objects.create(slug="strait", title="The strait", published=True, show_suggestions=True)
    Membership.objects.create(dossier=made, user=curator, role="curator")
    for name, adjective in (("Averland", "Averlandish"), ("Norvania", "Norvanian")):
        party = Party.objects.create(dossier=made, name=name, kind="state")
        PartyName.objects.create(party=party, text=name, kind="short")
        PartyName.objects.create(party=party, text=adjective, kind="adjective")
    for text in (OURS, THEIRS):
        assert ingest_pasted(made, text).status == "stored"
    return made


def of_day(edtf: str) -> list[Claim]:
    return list(Claim.objects.filter(edtf=edtf).select_related("event").order_by("pk"))


def written(dossier: Dossier) -> dict:
    """Return what stands in the database of events and of the claims in them."""
    events = list(Event.objects.filter(dossier=dossier).order_by("pk").values())
    claims = list(Claim.objects.filter(dossier=dossier).order_by("pk").values("pk", "event_id", "version"))
    return {"events": events, "claims": claims, "log": Decision.objects.count()}


def test_two_accounts_of_one_act_have_one_event(dossier: Dossier) -> None:
    record_events(dossier)
    ours, theirs = of_day("2022-06-14")
    assert ours.event is not None
    assert ours.event == theirs.event
    assert ours.event.edtf == "2022-06-14"
    assert ours.event.title in " ".join(ours.quote.split())


def test_an_act_that_one_claim_tells_of_makes_no_event(dossier: Dossier) -> None:
    record_events(dossier)
    assert [c.event for c in [*of_day("2022-08-02"), *of_day("2023-01-03")]] == [None, None]


def test_said_again_nothing_is_written(dossier: Dossier) -> None:
    first = record_events(dossier)
    before = written(dossier)
    again = record_events(dossier)
    assert (first.made, again.made, again.moved, again.removed) == (1, 0, 0, 0)
    assert written(dossier) == before
    assert list(verify(dossier.pk)) == []


def test_an_event_keeps_its_address_when_another_account_comes(dossier: Dossier) -> None:
    record_events(dossier)
    number = Event.objects.get().public_id
    text = THEIRS.replace("20 June", "30 June").replace("On 3 January 2023 talks", "On 4 January 2023 talks")
    assert ingest_pasted(dossier, text).status == "stored"
    record_events(dossier)
    assert number in Event.objects.values_list("public_id", flat=True)
    assert len({c.event_id for c in of_day("2022-06-14")}) == 1
    assert len(of_day("2022-06-14")) == 3


def test_what_a_person_took_out_stays_out(dossier: Dossier, curator: User) -> None:
    record_events(dossier)
    ours, theirs = of_day("2022-06-14")
    correct_claim(curator, theirs, Correction(event=None), theirs.version)
    record_events(dossier)
    ours, theirs = of_day("2022-06-14")
    assert theirs.event is None
    assert ours.event is None  # One account alone makes no event.


def test_what_a_person_named_draws_the_other_accounts_to_it(dossier: Dossier, curator: User) -> None:
    record_events(dossier)
    ours, _ = of_day("2022-06-14")
    named = curation.event_named(curator, dossier, "The Meridian")
    correct_claim(curator, ours, Correction(event=named), ours.version)
    record_events(dossier)
    assert [c.event for c in of_day("2022-06-14")] == [named, named]
    assert Event.objects.get(pk=named.pk).title == "The Meridian"


def test_what_a_person_confirmed_keeps_its_accounts_and_its_name(dossier: Dossier, curator: User) -> None:
    record_events(dossier)
    event = Event.objects.get()
    values = {"title": "The boarding", "edtf": event.edtf, "confirmed": True}
    curation.change_event(curator, event, event.version, values, "")
    # As the letters now read, the two accounts are months apart.
    Claim.objects.filter(letter__text__contains="Norvania denies").filter(edtf="2022-06-14").update(
        edtf="2022-11-30", earliest_day=738_489, latest_day=738_489
    )
    report = record_events(dossier)
    assert (report.moved, report.made, report.removed) == (0, 0, 0)
    event.refresh_from_db()
    assert (event.title, event.claims.count()) == ("The boarding", 2)


def test_an_event_that_a_decision_names_is_there_for_undoing_it(dossier: Dossier, curator: User) -> None:
    record_events(dossier)
    machines = Event.objects.get()
    for claim in of_day("2022-06-14"):
        correct_claim(curator, claim, Correction(event=None), claim.version)
    record_events(dossier)
    assert Event.objects.filter(pk=machines.pk).exists()


def test_an_event_nobody_tells_of_any_more_is_removed(dossier: Dossier) -> None:
    record_events(dossier)
    Claim.objects.filter(edtf="2022-06-14").update(edtf="1999-01-01", earliest_day=None, latest_day=None)
    Claim.objects.filter(edtf="1999-01-01").update(review_state="suggested", event=None)
    Event.objects.create(dossier=dossier, title="Named by a person")
    record_events(dossier)
    assert list(Event.objects.filter(claims=None).values_list("title", flat=True)) == ["Named by a person"]


def test_dismissed_claims_tell_of_nothing(dossier: Dossier) -> None:
    Claim.objects.filter(letter__text__contains="Norvania denies").update(review_state="dismissed")
    record_events(dossier)
    assert not Event.objects.exists()


def test_the_command_says_what_it_came_to(dossier: Dossier) -> None:
    out = StringIO()
    call_command("join_accounts", "--dossier", "strait", stdout=out)
    assert json.loads(out.getvalue())["events"] == 1
    with pytest.raises(CommandError, match="no dossier"):
        call_command("join_accounts", "--dossier", "none")


def test_samples_come_with_their_events(db: None) -> None:
    call_command("load_samples", stdout=StringIO())
    for dossier in Dossier.objects.all():
        assert dossier.events.count() >= 8
        assert not Claim.objects.filter(event__dossier=dossier).exclude(dossier=dossier).exists()

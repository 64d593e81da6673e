"""What a person decides holds: against the machine, against another person, and in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from documents.models import DossierParty, Letter, Membership, Party
from tests.timeline.desk import Desk, build_desk
from timeline import curation, history
from timeline.curation.claim_state import state_of
from timeline.curation.letter_state import state_of as letter_state_of
from timeline.extraction.edtf import EdtfError
from timeline.models import Claim, Decision, Note, Voice
from timeline.recording import about_party, place_in_lane, record_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


def log_of(desk: Desk) -> list[tuple[str, str]]:
    entries = Decision.objects.filter(dossier=desk.dossier).order_by("number")
    return [(e.user_name, e.action) for e in entries]


def test_a_corrected_date_survives_a_new_reading(desk: Desk) -> None:
    claim = desk.claim("3 March")
    done = curation.correct_date(
        desk.curator, claim, "2019-03-03", claim.version, reason="It is the year after."
    )
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert (claim.edtf, claim.earliest_day, claim.latest_day) == ("2019-03-03", 737121, 737121)
    assert "edtf" in claim.curated_fields
    assert claim.machine["edtf"] == "2018-03-03"
    assert done.decision is not None
    assert done.decision.changes["edtf"] == ["2018-03-03", "2019-03-03"]
    assert done.decision.reason == "It is the year after."


def test_what_nobody_set_follows_the_machine(desk: Desk) -> None:
    claim = desk.claim("3 March")
    Claim.objects.filter(pk=claim.pk).update(edtf="1999", stance="demands")
    claim = curation.correct_stance(desk.curator, claim, "announces", claim.version).claim
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert (claim.edtf, claim.stance) == ("2018-03-03", "announces")


def test_accepted_values_stay_and_are_reported(desk: Desk) -> None:
    claim = desk.claim("3 March")
    Claim.objects.filter(pk=claim.pk).update(edtf="2019-03-03", machine={"edtf": "2019-03-03"})
    claim = curation.accept_claim(desk.curator, claim, claim.version).claim
    report = record_letter(desk.letter)
    claim.refresh_from_db()
    assert claim.edtf == "2019-03-03"
    assert [(c.kept, c.fields["edtf"]) for c in report.changes] == [(True, ("2019-03-03", "2018-03-03"))]
    assert record_letter(desk.letter).changes == []


def test_a_dismissed_claim_does_not_come_back(desk: Desk) -> None:
    claim = desk.claim("2018")
    curation.dismiss_claim(desk.curator, claim, claim.version)
    count = Claim.objects.count()
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert claim.review_state == "dismissed"
    assert Claim.objects.count() == count


def test_voices_are_set_and_the_lane_follows(desk: Desk) -> None:
    claim = desk.claim("16 June 2018")
    assert (claim.lane_party, claim.is_quoted) == (desk.party("Averland"), True)
    claim = curation.correct_voice(desk.curator, claim, desk.party("Norvania"), None, claim.version).claim
    assert (claim.lane_party, claim.is_quoted) == (desk.party("Norvania"), False)
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert (claim.lane_party, claim.is_quoted) == (desk.party("Norvania"), False)
    claim = curation.give_back(desk.curator, claim, ["voices"], claim.version).claim
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert "voices" not in claim.curated_fields


def test_saving_what_stands_there_already_marks_nothing(desk: Desk) -> None:
    claim = desk.claim("3 March")
    same = curation.Correction(
        edtf=claim.edtf,
        modifier=claim.modifier,
        basis=claim.basis,
        stance=claim.stance,
        asserted_by=claim.asserting_party,
        quoted=None,
        tags=[],
    )
    outcome = curation.correct_claim(desk.curator, claim, same, claim.version)
    assert outcome.decision is None
    assert outcome.claim.curated_fields == []
    assert outcome.claim.version == claim.version


@pytest.mark.parametrize(
    ("correction", "error", "sentence"),
    [
        ({"edtf": "2021-13"}, EdtfError, "there is no month 13"),
        ({"edtf": "last Tuesday"}, EdtfError, "is not a date"),
        ({"stance": "admits"}, curation.Refused, "no stance"),
        ({"basis": "guessed"}, curation.Refused, "no basis"),
        ({"review_state": "withdrawn"}, curation.Refused, "A person does not"),
    ],
)
def test_what_is_none_is_refused_and_nothing_changes(
    desk: Desk, correction: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    claim = desk.claim("3 March")
    before = state_of(claim)
    with pytest.raises(error, match=sentence):
        curation.correct_claim(desk.curator, claim, curation.Correction(**correction), claim.version)
    assert state_of(Claim.objects.get(pk=claim.pk)) == before
    assert log_of(desk) == [("", "read")]


DECISIONS: dict[str, Callable[[Desk, Any], object]] = {
    "accept": lambda d, u: curation.accept_claim(u, d.claim("2018"), 1),
    "dismiss": lambda d, u: curation.dismiss_claim(u, d.claim("2018"), 1),
    "restore": lambda d, u: curation.restore_claim(u, d.claim("2018"), 1),
    "date": lambda d, u: curation.correct_date(u, d.claim("2018"), "2017", 1),
    "stance": lambda d, u: curation.correct_stance(u, d.claim("2018"), "reports", 1),
    "voice": lambda d, u: curation.correct_voice(u, d.claim("2018"), d.party("Averland"), None, 1),
    "give back": lambda d, u: curation.give_back(u, d.claim("2018"), ["edtf"], 1),
    "keep": lambda d, u: curation.keep_as_it_is(u, d.claim("2018"), 1),
    "split": lambda d, u: curation.split_claim(u, d.claim("2018")),
    "merge": lambda d, u: curation.merge_claims(u, d.claim("14 June"), d.claim("3 March"), 1),
    "add": lambda d, u: curation.add_claim(u, d.letter, {"edtf": "2017"}, asserted_by=d.party("Averland")),
    "letter date": lambda d, u: curation.correct_letter_date(u, d.letter, "2019-05-21", 1),
    "sender": lambda d, u: curation.correct_sender(u, d.letter, d.party("Averland"), 1),
    "add party": lambda d, u: curation.add_party(u, d.dossier, "Costaluz"),
    "change party": lambda d, u: curation.change_party(u, d.party("Averland"), 1, name="Overland"),
    "merge parties": lambda d, u: curation.merge_parties(
        u, d.dossier, d.party("Averland"), d.party("Norvania")
    ),
    "note": lambda d, u: curation.add_note(u, d.letter, "Look again."),
    "assign": lambda d, u: curation.assign_letter(u, d.letter, d.curator),
}
OWNERS: dict[str, Callable[[Desk, Any], object]] = {
    "publish": lambda d, u: curation.change_dossier(u, d.dossier, {"published": True}, 1),
    "invite": lambda d, u: curation.set_member(u, d.dossier, d.stranger.username, "reader"),
    "remove": lambda d, u: curation.remove_member(u, d.dossier, d.reader),
}


@pytest.mark.parametrize("name", [*DECISIONS, *OWNERS])
def test_nobody_decides_without_the_right(desk: Desk, name: str) -> None:
    outsiders = [desk.reader, desk.stranger] + ([desk.curator] if name in OWNERS else [])
    for user in outsiders:
        with pytest.raises(curation.NotAllowed):
            {**DECISIONS, **OWNERS}[name](desk, user)
    assert log_of(desk) == [("", "read")]


@pytest.mark.parametrize("name", [*DECISIONS, *OWNERS])
def test_every_decision_is_in_the_log_and_the_chain_holds(desk: Desk, name: str) -> None:
    {**DECISIONS, **OWNERS}[name](desk, desk.owner)
    told = [user for user, _ in log_of(desk)[1:]]
    # What is as it was already is no decision: a suggestion cannot be restored, nothing set be given back.
    assert set(told) == (set() if name in ("restore", "give back") else {desk.owner.username})
    assert list(history.verify(desk.dossier.pk)) == []


STALE = [
    "accept",
    "dismiss",
    "date",
    "stance",
    "voice",
    "keep",
    "merge",
    "letter date",
    "sender",
    "change party",
]


@pytest.mark.parametrize("name", STALE)
def test_a_version_that_is_not_the_one_seen_is_a_conflict(desk: Desk, name: str) -> None:
    Claim.objects.update(version=2)
    Letter.objects.update(version=2)
    Party.objects.update(version=2)
    with pytest.raises(curation.Conflict) as conflict:
        DECISIONS[name](desk, desk.curator)
    assert conflict.value.thing.version == 2
    assert conflict.value.wanted
    assert log_of(desk) == [("", "read")]


def test_correcting_the_letters_date_dates_anew_what_hangs_on_it(desk: Desk) -> None:
    text = "Note verbale from the Permanent Mission of Norvania\n\n" + (
        "1. On 14 September Averland closed the strait.\n\n2. Averland opened it on 2 April.\n"
    )
    from documents.ingest import ingest_pasted

    letter = ingest_pasted(desk.dossier, text).letter
    assert letter is not None
    claims = {letter.text[c.timex_start : c.timex_end]: c for c in letter.claims.exclude(start=None)}
    first = next(c for words, c in claims.items() if "14 September" in words)
    set_by_hand = next(c for words, c in claims.items() if "2 April" in words)
    curation.correct_date(desk.curator, set_by_hand, "2016-04-02", set_by_hand.version)
    assert first.edtf == "XXXX-09-14"

    preview = curation.correct_letter_date(desk.curator, letter, "2021-05-20", letter.version, preview=True)
    assert preview.report.changes[0].fields["edtf"] == ("XXXX-09-14", "2020-09-14")
    first.refresh_from_db()
    assert first.edtf == "XXXX-09-14"
    assert Letter.objects.get(pk=letter.pk).version == letter.version

    done = curation.correct_letter_date(desk.curator, letter, "2021-05-20", letter.version)
    first.refresh_from_db()
    set_by_hand.refresh_from_db()
    assert (first.edtf, set_by_hand.edtf) == ("2020-09-14", "2016-04-02")
    assert done.decision is not None
    curation.undo(desk.curator, done.decision)
    first.refresh_from_db()
    assert first.edtf == "XXXX-09-14"
    assert list(history.verify(desk.dossier.pk)) == []


def test_a_claim_left_out_keeps_its_date(desk: Desk) -> None:
    claim = desk.claim("3 March")
    Claim.objects.filter(pk=claim.pk).update(edtf="1999")
    record_letter(desk.letter, leave_out=[claim.pk])
    claim.refresh_from_db()
    assert claim.edtf == "1999"


def test_correcting_the_sender_gives_what_is_said_another_voice(desk: Desk) -> None:
    kept = desk.claim("1 September 2019")
    curation.correct_voice(desk.curator, kept, desk.party("Norvania"), None, kept.version)
    curation.accept_claim(desk.curator, kept, None)
    curation.correct_sender(desk.curator, desk.letter, desk.party("Averland"), desk.letter.version)
    assert desk.claim("14 June").asserting_party == desk.party("Averland")
    kept.refresh_from_db()
    assert kept.asserting_party == desk.party("Norvania")
    assert DossierParty.objects.filter(party=desk.party("Averland")).exists()


def test_dates_worked_out_from_a_date_follow_it_where_they_are_asked_to(desk: Desk) -> None:
    first, second, third = desk.claim("14 June"), desk.claim("the same day"), desk.claim("3 March")
    offered = dict(curation.claims_dated_by(first, "2017-06-14"))
    assert offered[second] == "2017-06-14"
    curation.correct_date(desk.curator, first, "2017-06-14", first.version, follow=[second.pk])
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.edtf, third.edtf) == ("2017-06-14", "2018-03-03")
    record_letter(desk.letter)
    second.refresh_from_db()
    assert second.edtf == "2017-06-14"
    entry = Decision.objects.filter(action="correct").get()
    curation.undo(desk.curator, entry)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.edtf, second.edtf) == ("2018-06-14", "2018-06-14")


@pytest.mark.parametrize("name", [n for n in DECISIONS if n not in ("restore", "give back")])
def test_every_decision_on_a_claim_can_be_undone_and_done_again(desk: Desk, name: str) -> None:
    before = {c.pk: state_of(c) for c in Claim.objects.all()}
    letter_before = letter_state_of(Letter.objects.get())
    DECISIONS[name](desk, desk.curator)
    entry = Decision.objects.filter(user=desk.curator).order_by("number").last()
    assert entry is not None
    if name in ("add party", "note", "assign"):
        with pytest.raises(curation.Refused):
            curation.undo(desk.curator, entry)
        return
    after = {c.pk: state_of(c) for c in Claim.objects.all()}
    undone = curation.undo(desk.curator, entry)
    assert letter_state_of(Letter.objects.get()) == letter_before
    if name not in ("add", "split"):
        assert {c.pk: state_of(c) for c in Claim.objects.all()} == before
        for one in undone[:1]:
            curation.undo(desk.curator, one)
        if name not in ("letter date", "sender", "merge parties", "merge"):
            assert {c.pk: state_of(c) for c in Claim.objects.all()} == after
    assert list(history.verify(desk.dossier.pk)) == []


def test_an_undo_does_not_undo_somebody_elses_decision(desk: Desk) -> None:
    claim = desk.claim("3 March")
    curation.correct_date(desk.curator, claim, "2019-03-03", None)
    entry = Decision.objects.get(action="correct")
    curation.correct_date(desk.owner, claim, "2020-03-03", None)
    with pytest.raises(curation.Conflict):
        curation.undo(desk.curator, entry)
    claim.refresh_from_db()
    assert claim.edtf == "2020-03-03"


def test_what_was_decided_is_undone_whatever_its_parties_are_called_by_then(desk: Desk) -> None:
    claim, averland = desk.claim("3 March"), desk.party("Averland")
    before = claim.asserting_party
    voice = curation.correct_voice(desk.curator, claim, averland, None, None).decision
    sender = curation.correct_sender(desk.curator, desk.letter, averland, None).decision
    assert voice is not None
    assert sender is not None
    curation.change_party(desk.owner, averland, None, name="Overland")
    curation.undo(desk.curator, sender)
    curation.undo(desk.curator, voice)
    claim.refresh_from_db()
    assert claim.asserting_party == before
    assert state_of(claim)["curated_fields"] == []
    assert list(history.verify(desk.dossier.pk)) == []


def test_a_letter_is_read_again_by_who_may_decide_alone(desk: Desk) -> None:
    Claim.objects.filter(pk=desk.claim("3 March").pk).update(edtf="1999-03-03")
    for user in (desk.reader, desk.stranger):
        with pytest.raises(curation.NotAllowed):
            curation.read_again(user, desk.letter)
    assert Claim.objects.filter(edtf="1999-03-03").exists()


def test_a_claim_goes_back_to_any_version(desk: Desk) -> None:
    claim = desk.claim("3 March")
    states = [state_of(claim)]
    curation.correct_date(desk.curator, claim, "2019-03-03", None)
    states.append(state_of(Claim.objects.get(pk=claim.pk)))
    curation.correct_claim(desk.curator, claim, curation.Correction(tags=["fishing"], stance="denies"), None)
    states.append(state_of(Claim.objects.get(pk=claim.pk)))
    curation.correct_voice(desk.curator, claim, desk.party("Averland"), desk.party("Norvania"), None)
    for number, state in enumerate(states, 1):
        curation.revert(desk.curator, claim, number, None)
        assert state_of(Claim.objects.get(pk=claim.pk)) == state


def test_merged_parties_are_one_for_later_readings_too(desk: Desk) -> None:
    entry = curation.merge_parties(
        desk.curator, desk.dossier, desk.party("Averland"), desk.party("Norvania"), "One state."
    )
    assert desk.claim("16 June 2018").lane_party == desk.party("Norvania")
    record_letter(desk.letter)
    assert not Claim.objects.filter(lane_party=desk.party("Averland")).exists()
    curation.undo(desk.curator, entry)
    assert desk.claim("16 June 2018").lane_party == desk.party("Averland")


def test_whom_a_claim_is_about_follows_its_voices(desk: Desk) -> None:
    averland, norvania = desk.party("Averland"), desk.party("Norvania")
    named = dict(Claim.objects.values_list("pk", "about_party"))
    assert set(named.values()) == {averland.pk, norvania.pk, None}
    assert dict(Claim.objects.annotate(told=about_party()).values_list("pk", "told")) == named
    entry = curation.merge_parties(desk.curator, desk.dossier, averland, norvania, "One state.")
    assert set(Claim.objects.values_list("about_party", flat=True)) == {norvania.pk, None}
    curation.undo(desk.curator, entry)
    assert dict(Claim.objects.values_list("pk", "about_party")) == named
    claim = Claim.objects.filter(about_party=averland)[0]
    claim.voices.filter(role__in=("agent", "patient")).delete()
    Voice.objects.create(claim=claim, party=norvania, words="Norvania", role="patient", set_by_person=True)
    Voice.objects.create(claim=claim, words="a crew", role="agent", set_by_person=True)
    place_in_lane(claim, list(claim.voices.order_by("pk")))
    assert claim.about_party == norvania  # the crew is no party
    assert Claim.objects.annotate(told=about_party()).get(pk=claim.pk).told == norvania.pk


def test_a_claim_without_text_is_marked_and_stays(desk: Desk) -> None:
    done = curation.add_claim(
        desk.curator,
        desk.letter,
        {"edtf": "2017-11", "stance": "asserts"},
        asserted_by=desk.party("Averland"),
    )
    record_letter(desk.letter)
    claim = Claim.objects.get(pk=done.claim.pk)
    assert (claim.added_by_person, claim.start, claim.review_state) == (True, None, "accepted")
    assert claim.edtf == "2017-11"


def test_many_are_decided_and_undone_in_one_go(desk: Desk) -> None:
    claims = list(Claim.objects.filter(letter=desk.letter))
    assert curation.decide_many(desk.curator, claims, "dismiss") == len(claims)
    entry = Decision.objects.filter(action="dismiss").first()
    assert entry is not None
    curation.undo(desk.curator, entry)
    assert not Claim.objects.filter(review_state="dismissed").exists()


def test_the_last_owner_stays(desk: Desk) -> None:
    with pytest.raises(curation.Refused, match="at least one owner"):
        curation.remove_member(desk.owner, desk.dossier, desk.owner)
    with pytest.raises(curation.Refused, match="at least one owner"):
        curation.set_member(desk.owner, desk.dossier, desk.owner.username, "reader")
    curation.set_member(desk.owner, desk.dossier, desk.curator.username, "owner")
    curation.remove_member(desk.owner, desk.dossier, desk.owner)
    assert not Membership.objects.filter(user=desk.owner).exists()


def test_notes_stay_with_a_dismissed_claim(desk: Desk) -> None:
    claim = desk.claim("2018")
    note = curation.add_note(desk.curator, claim, "Ask the ministry.")
    curation.dismiss_claim(desk.curator, claim, None)
    record_letter(desk.letter)
    assert Note.objects.filter(pk=note.pk, claim=claim).exists()


@pytest.mark.django_db(transaction=True)
def test_decisions_move_to_another_database(desk: Desk, tmp_path: Any) -> None:
    curation.correct_date(desk.curator, desk.claim("3 March"), "2019-03-03", None)
    curation.dismiss_claim(desk.curator, desk.claim("2018"), None)
    before = {c.pk: state_of(c) for c in Claim.objects.all()}
    file = tmp_path / "all.json"
    # The counts are the database's own and come back by themselves.
    kept = ["timeline.claimcount", "timeline.claimfacet", "timeline.claimsmark"]
    call_command("dumpdata", "auth.user", "documents", "timeline", exclude=kept, output=str(file))
    call_command("flush", interactive=False)
    assert not Decision.objects.exists()
    call_command("loaddata", str(file), verbosity=0)
    assert {c.pk: state_of(c) for c in Claim.objects.all()} == before
    call_command("verify_history")
    record_letter(Letter.objects.get())
    assert {c.pk: state_of(c) for c in Claim.objects.all()} == before

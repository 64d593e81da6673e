"""Taking a decision back: shown first, refused over what somebody decided since, itself undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Correspondent, Party
from tests.timeline.desk import Desk, build_desk
from tests.timeline.sending import browser, history_sent, taken_back
from timeline import curation
from timeline.extraction.edtf import bounds
from timeline.models import Decision

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/timeline/claim/"
PARTY, EVENT = "/admin/documents/party", "/admin/timeline/event"


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    return browser(desk.curator)


def test_the_history_of_a_claim_says_its_date_in_words(client: Client, desk: Desk) -> None:
    claim = desk.claim("3 March")
    page = client.get(f"{CLAIMS}{claim.pk}/history/")
    assert page.context["title"].startswith("History: 3 March 2018: ")
    assert "2018-03-03: " not in page.content.decode()


def undone(client: Client, desk: Desk) -> Any:
    """Press undo on the queue's page as it stands."""
    base = f"/admin/review/{desk.dossier.slug}/"
    seen = client.get(base).context["undo_seen"]
    return client.post(f"{base}undo/", {"seen": seen}, headers={"X-Requested-With": "fetch"})


def test_undoing_goes_one_decision_back_at_a_time(client: Client, desk: Desk) -> None:
    first, second = desk.claim("3 March"), desk.claim("14 June 2018")
    curation.correct_date(desk.curator, first, "2019-03-03", None)
    curation.accept_claim(desk.curator, second, None)
    curation.dismiss_claim(desk.owner, second, None)
    curation.restore_claim(desk.owner, second, None)
    curation.accept_claim(desk.curator, second, None)
    told = [undone(client, desk) for _ in range(1)]
    assert told[0].json()["action"] == "accept"
    second.refresh_from_db()
    assert second.review_state == "suggested"
    # What somebody else decided since is in the way of the one before it.
    assert undone(client, desk).status_code == 409
    first.refresh_from_db()
    assert first.edtf == "2019-03-03"


def test_undone_to_the_first_there_is_nothing_left(client: Client, desk: Desk) -> None:
    claim, other = desk.claim("3 March"), desk.claim("14 June 2018")
    curation.correct_date(desk.curator, claim, "2019-03-03", None)
    curation.accept_claim(desk.curator, claim, None)
    curation.decide_many(desk.curator, [claim, other], "dismiss")
    address, headers = f"/admin/review/{desk.dossier.slug}/undo/", {"X-Requested-With": "fetch"}
    told = [undone(client, desk).json() for _ in range(3)]
    assert [(one["action"], bool(one["seen"])) for one in told] == [
        ("dismiss", True),
        ("accept", True),
        ("correct", False),
    ]
    claim.refresh_from_db()
    other.refresh_from_db()
    assert (claim.edtf, claim.review_state, other.review_state) == ("2018-03-03", "suggested", "suggested")
    assert client.post(address, headers=headers).status_code == 404
    undoing = Decision.objects.filter(action="undo").latest("number")
    assert taken_back(client, f"{CLAIMS}{claim.pk}/history/", undoing.number, "undo").status_code == 302
    claim.refresh_from_db()
    assert claim.edtf == "2019-03-03"
    assert undone(client, desk).json()["action"] == "correct"


def test_a_way_back_is_offered_only_where_there_is_one(client: Client, desk: Desk) -> None:
    address = f"/admin/documents/letter/{desk.letter.pk}/history/"
    assert 'value="undo"' not in client.get(address).content.decode()
    curation.add_note(desk.curator, desk.letter, "Ask them.")
    assert 'value="undo"' not in client.get(address).content.decode()
    curation.correct_letter(desk.curator, desk.letter, curation.LetterCorrection(tags=["a"]), None)
    page = client.get(address).content.decode()
    assert page.count('value="undo"') == 1
    assert f'href="/admin/documents/letter/{desk.letter.pk}/change/"' in page


def test_a_party_known_to_all_has_the_history_of_its_merges(desk: Desk) -> None:
    staff = User.objects.create_superuser("staff")
    shared = Party.objects.create(name="Concordia", kind="organisation")
    entry = curation.merge_parties(staff, desk.dossier, shared, desk.party("Averland"))
    address = f"{PARTY}/{shared.pk}/history/"
    assert [e.entry.pk for e in browser(staff).get(address).context["entries"]] == [entry.pk]
    assert browser(desk.owner).get(address).status_code == 404
    assert taken_back(browser(staff), address, entry.number, "undo").status_code == 302
    assert not shared.merges.exists()


# Shown first ----------------------------------------------------------------------------------------------


@dataclass
class Kept:
    """Something with a history: where that stands, and two ways to change it, the first by a curator."""

    address: str
    change: Callable[[User, str], Decision | None]
    value: Callable[[], str | None]
    field: str


def kept_of(desk: Desk, kind: str) -> Kept:
    """Return one of a desk's things by its kind; it is changed to a year, or to a name that holds it."""
    claim, letter, party = desk.claim("3 March"), desk.letter, desk.party("Averland")
    event = curation.event_named(desk.curator, desk.dossier, "Seizure")
    assert event is not None

    def now(thing: Any, name: str) -> str:
        thing.refresh_from_db()
        return str(getattr(thing, name))

    def of_letter(user: User, value: str) -> Decision | None:
        correction = curation.LetterCorrection(fields={"subject": value})
        return curation.correct_letter(user, letter, correction, None).decision

    return {
        "claim": Kept(
            f"{CLAIMS}{claim.pk}/history/",
            lambda user, value: curation.correct_date(user, claim, value, None).decision,
            lambda: now(claim, "edtf"),
            "Date",
        ),
        "letter": Kept(
            f"/admin/documents/letter/{letter.pk}/history/",
            of_letter,
            lambda: now(letter, "subject"),
            "Subject",
        ),
        "party": Kept(
            f"{PARTY}/{party.pk}/history/",
            lambda user, value: curation.change_party(user, party, None, name=value),
            lambda: now(party, "name"),
            "Name",
        ),
        "event": Kept(
            f"{EVENT}/{event.pk}/history/",
            lambda user, value: curation.change_event(user, event, None, {"edtf": value}),
            lambda: now(event, "edtf"),
            "Date",
        ),
    }[kind]


KINDS = pytest.mark.parametrize("kind", ["claim", "letter", "party", "event"])


@KINDS
def test_back_to_this_shows_first_what_would_change(client: Client, desk: Desk, kind: str) -> None:
    kept = kept_of(desk, kind)
    first = kept.change(desk.curator, "2011")
    kept.change(desk.curator, "2012")
    assert first is not None
    before = Decision.objects.count()
    sent = {**history_sent(client, kept.address, first.number, "revert"), "reason": "As it was."}
    page = client.post(kept.address, sent)
    assert page.status_code == 200
    assert [(line.before, line.after) for line in page.context["rows"][0].lines] == [("2012", "2011")]
    shown, words = page.content.decode(), (kept.field, "Now", "Then", "Go ahead", "Change nothing")
    assert [word for word in words if word not in shown] == []
    assert (kept.value(), Decision.objects.count()) == ("2012", before)
    assert client.post(kept.address, dict(page.context["sent"])).status_code == 302
    assert kept.value() == "2011"
    entry = Decision.objects.latest("number")
    assert (entry.action, entry.reason) == ("revert", "As it was.")
    assert taken_back(client, kept.address, entry.number, "undo").status_code == 302
    assert kept.value() == "2012"


def test_what_follows_a_letter_is_shown_before_it_goes_back(client: Client, desk: Desk) -> None:
    """With its sender the claims of the letter go back: by undoing, and by going back to a version."""
    address, claim = f"/admin/documents/letter/{desk.letter.pk}/history/", desk.claim("3 March")
    curation.correct_sender(desk.curator, desk.letter, desk.party("Averland"), None)
    first = Decision.objects.get(action="correct sender")
    claim.refresh_from_db()
    assert claim.asserting_party == desk.party("Averland")
    page = client.post(address, history_sent(client, address, first.number, "undo"))
    assert page.status_code == 200
    assert {row.entry.kind for row in page.context["rows"]} == {"letter", "claim"}
    shown = page.content.decode()
    assert "Averland asserts it" in shown
    assert "Norvania asserts it" in shown
    # Somebody decides on one of the claims meanwhile: what follows is another, and is shown anew.
    curation.accept_claim(desk.owner, claim, None)
    again = client.post(address, dict(page.context["sent"]))
    assert again.status_code == 409
    assert "other changes would follow than those you saw" in again.content.decode()
    assert client.post(address, dict(again.context["sent"])).status_code == 302
    assert Correspondent.objects.get(role="sender").party == desk.party("Norvania")


def test_what_goes_back_in_one_go_is_shown_before(client: Client, desk: Desk) -> None:
    one, two = desk.claim("3 March"), desk.claim("14 June 2018")
    curation.decide_many(desk.curator, [one, two], "dismiss")
    entry = Decision.objects.get(action="dismiss", subject=one.public_id)
    address = f"{CLAIMS}{one.pk}/history/"
    page = client.post(address, history_sent(client, address, entry.number, "undo"))
    assert {row.entry.subject for row in page.context["rows"]} == {one.public_id, two.public_id}
    assert client.post(address, dict(page.context["sent"])).status_code == 302
    two.refresh_from_db()
    assert two.review_state == "suggested"


# Refused over what somebody decided since -----------------------------------------------------------------


@KINDS
@pytest.mark.parametrize("do", ["undo", "revert"])
def test_nothing_is_taken_back_over_what_was_decided_since(
    client: Client, desk: Desk, do: str, kind: str
) -> None:
    kept = kept_of(desk, kind)
    first = kept.change(desk.curator, "2011")
    assert first is not None
    if do == "revert":
        kept.change(desk.curator, "2012")
    sent = history_sent(client, kept.address, first.number, do)
    kept.change(desk.owner, "2013")
    before = Decision.objects.count()
    page = client.post(kept.address, sent)
    assert page.status_code == 409
    shown = page.content.decode()
    assert "Somebody decided on this since" in shown
    assert desk.owner.username in shown
    assert (kept.value(), Decision.objects.count()) == ("2013", before)
    (row,) = page.context["rows"]
    assert (row["stored"], row["prefer_mine"]) == ("2013", False)
    # Looked at, it stands unless one chooses otherwise.
    assert client.post(kept.address, picks(page)).status_code == 302
    assert kept.value() == "2013"
    page = client.post(kept.address, sent)
    answer = client.post(kept.address, picks(page, mine=[row["name"]]))
    if answer.status_code == 200:  # A letter is read again with it: what follows is shown.
        answer = client.post(kept.address, dict(answer.context["sent"]))
    assert answer.status_code == 302
    assert kept.value() != "2013"
    assert kept.value() == "2011" or do == "undo"


@KINDS
def test_nothing_is_taken_back_by_who_does_not_say_what_they_saw(
    client: Client, desk: Desk, kind: str
) -> None:
    kept = kept_of(desk, kind)
    entry = kept.change(desk.curator, "2011")
    assert entry is not None
    for do in ("undo", "revert"):
        client.post(kept.address, {"number": entry.number, "do": do})
    kept.change(desk.curator, "2012")
    assert client.post(kept.address, {"number": entry.number, "do": "undo"}).status_code == 409
    assert client.post(kept.address, {"number": entry.number, "do": "revert"}).status_code == 409
    assert kept.value() == "2012"


def test_of_an_undoing_one_chooses_field_by_field(client: Client, desk: Desk) -> None:
    """A date goes back with all that follows from it, and is the machine's again."""
    claim = desk.claim("3 March")
    correction = curation.Correction(edtf="2019-03", stance="denies")
    entry = curation.correct_claim(desk.curator, claim, correction, None).decision
    assert entry is not None
    curation.correct_stance(desk.owner, claim, "reports", None)
    address = f"{CLAIMS}{claim.pk}/history/"
    page = client.post(address, history_sent(client, address, entry.number, "undo"))
    assert page.status_code == 409
    rows = {row["label"]: row for row in page.context["rows"]}
    date, stance = rows["Date"], rows["Stance"]
    assert (date["stored"], date["mine"], date["prefer_mine"]) == ("March 2019", "3 March 2018", True)
    assert (stance["stored"], stance["mine"], stance["prefer_mine"]) == ("Reports", "Asserts", False)
    assert client.post(address, picks(page, mine=[date["name"]])).status_code == 302
    claim.refresh_from_db()
    assert (claim.edtf, claim.stance, claim.curated_fields) == ("2018-03-03", "reports", ["stance"])
    assert (claim.earliest_day, claim.latest_day) == bounds("2018-03-03")
    assert Decision.objects.latest("number").undoes == entry.number


def test_of_many_in_one_go_one_chooses_claim_by_claim(client: Client, desk: Desk) -> None:
    one, two = desk.claim("3 March"), desk.claim("14 June 2018")
    curation.decide_many(desk.curator, [one, two], "dismiss")
    entry = Decision.objects.get(action="dismiss", subject=one.public_id)
    curation.accept_claim(desk.owner, two, None)
    address = f"{CLAIMS}{one.pk}/history/"
    page = client.post(address, history_sent(client, address, entry.number, "undo"))
    assert page.status_code == 409
    rows = page.context["rows"]
    assert {row["prefer_mine"] for row in rows} == {True, False}
    assert all(row["label"].startswith(("3 March 2018", "14 June 2018")) for row in rows)
    assert (
        client.post(address, picks(page, mine=[r["name"] for r in rows if r["prefer_mine"]])).status_code
        == 302
    )
    for claim in (one, two):
        claim.refresh_from_db()
    assert (one.review_state, two.review_state) == ("suggested", "accepted")


def test_a_party_merged_since_is_not_renamed_back_unseen(client: Client, desk: Desk) -> None:
    party = desk.party("Averland")
    entry = curation.change_party(desk.curator, party, None, name="Overland")
    assert entry is not None
    address = f"{PARTY}/{party.pk}/history/"
    sent = history_sent(client, address, entry.number, "undo")
    curation.merge_parties(desk.owner, desk.dossier, party, desk.party("Norvania"))
    page = client.post(address, sent)
    assert page.status_code == 409
    assert "Merged into" in page.content.decode()
    party.refresh_from_db()
    assert party.name == "Overland"


def test_a_correction_of_a_party_is_undone_with_its_names(client: Client, desk: Desk) -> None:
    party = desk.party("Averland")
    entry = curation.change_party(desk.curator, party, 1, name="Overland", names=[])
    assert entry is not None
    assert taken_back(client, f"{PARTY}/{party.pk}/history/", entry.number, "undo").status_code == 302
    party.refresh_from_db()
    assert party.name == "Averland"
    assert set(party.names.values_list("text", flat=True)) == {"Averland", "Averlandish"}


def test_what_another_decided_since_is_not_undone_unseen_in_the_queue(client: Client, desk: Desk) -> None:
    claim, base = desk.claim("3 March"), f"/admin/review/{desk.dossier.slug}/"
    curation.correct_date(desk.curator, claim, "2019-03-03", None)
    seen = client.get(base).context["undo_seen"]
    curation.dismiss_claim(desk.owner, claim, None)
    page = client.post(f"{base}undo/", {"seen": seen})
    assert page.status_code == 409
    shown = page.content.decode()
    assert "Somebody decided on this claim since" in shown
    assert desk.owner.username in shown
    told = client.post(f"{base}undo/", {"seen": seen}, headers={"X-Requested-With": "fetch"})
    assert (told.status_code, told.json()["claim"]) == (409, claim.public_id)
    assert "Do what is chosen" in told.json()["pane"]
    assert client.post(f"{base}undo/").status_code == 409
    claim.refresh_from_db()
    assert (claim.edtf, claim.review_state) == ("2019-03-03", "dismissed")
    (row,) = page.context["rows"]
    assert (row["stored"], row["mine"], row["prefer_mine"]) == ("3 March 2019", "3 March 2018", True)
    assert client.post(f"{base}undo/", picks(page, mine=[row["name"]])).status_code == 302
    claim.refresh_from_db()
    assert (claim.edtf, claim.review_state) == ("2018-03-03", "dismissed")


def test_a_date_set_since_can_be_kept_in_the_queue(client: Client, desk: Desk) -> None:
    claim, base = desk.claim("3 March"), f"/admin/review/{desk.dossier.slug}/"
    correction = curation.Correction(edtf="2019-03", stance="denies")
    curation.correct_claim(desk.curator, claim, correction, None)
    seen = client.get(base).context["undo_seen"]
    curation.correct_date(desk.owner, claim, "2020-03", None)
    page = client.post(f"{base}undo/", {"seen": seen})
    names = {row["label"]: row["name"] for row in page.context["rows"]}
    assert client.post(f"{base}undo/", picks(page, mine=[names["Stance"]])).status_code == 302
    claim.refresh_from_db()
    assert (claim.edtf, claim.stance) == ("2020-03", "asserts")


def picks(page: Any, mine: Sequence[str] = ()) -> dict[str, str]:
    """Return a page of two versions as it is sent, where of the rows ``mine`` are taken back."""
    sent = {**dict(page.context["sent"]), "resolve": "1"}
    return sent | {
        f"pick_{row['name']}": "mine" if row["name"] in mine else "stored" for row in page.context["rows"]
    }

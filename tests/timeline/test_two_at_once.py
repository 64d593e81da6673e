"""Two curators at once, at every form: who comes second sees both versions and chooses field by field."""

from __future__ import annotations

import pytest

from documents.models import Correspondent, LetterDate, Membership, Party
from tests.timeline.desk import Desk, build_desk, event_of
from tests.timeline.sending import browser, chosen, taken_back, typed
from timeline import curation
from timeline.models import Assignment, Decision

pytestmark = pytest.mark.django_db
PARTY, EVENT, DOSSIER = "/admin/documents/party", "/admin/timeline/event", "/admin/documents/dossier"


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


def test_an_event_is_named_dated_and_confirmed(desk: Desk) -> None:
    claim, event = desk.claim("the same day"), event_of(desk)
    curation.correct_claim(desk.curator, claim, curation.Correction(event=event), None)
    client, address = browser(desk.curator), f"{EVENT}/{event.pk}/change/"
    page = client.get(address)
    assert [row.pk for row, _ in page.context["accounts"]] == [claim.pk]
    sent = {**typed(page), "edtf": "14 June 2018", "confirmed": "on", "reason": "Both say so."}
    assert client.post(address, sent).status_code == 302
    event.refresh_from_db()
    assert (event.edtf, event.confirmed, event.version) == ("2018-06-14", True, 2)
    entry = Decision.objects.get(kind="event", action="correct")
    assert entry.changes == {"edtf": ["", "2018-06-14"], "confirmed": [False, True]}
    assert taken_back(client, f"{EVENT}/{event.pk}/history/", entry.number, "undo").status_code == 302
    event.refresh_from_db()
    assert (event.edtf, event.confirmed) == ("", False)


def test_of_two_on_an_event_the_second_chooses(desk: Desk) -> None:
    event = event_of(desk)
    client, address = browser(desk.curator), f"{EVENT}/{event.pk}/change/"
    sent = {**typed(client.get(address)), "title": "Boarding", "edtf": "2018-06"}
    theirs = {"title": "Capture", "edtf": "", "confirmed": True}
    curation.change_event(desk.owner, event, 1, theirs)
    page = client.post(address, sent)
    assert page.status_code == 409
    assert {row["name"] for row in page.context["rows"]} == {"title", "edtf"}
    assert client.post(address, chosen(page, edtf="mine")).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.edtf, event.confirmed) == ("Capture", "2018-06", True)


@pytest.mark.parametrize(
    ("pick", "names"), [("stored", {"Averland", "Theirs"}), ("mine", {"Averland", "Averlandish", "Mine"})]
)
def test_of_two_on_a_party_the_second_chooses(desk: Desk, pick: str, names: set[str]) -> None:
    party = desk.party("Averland")
    client, address = browser(desk.curator), f"{PARTY}/{party.pk}/change/"
    sent = {**typed(client.get(address)), "kind": "group", "names-2-text": "Mine"}
    sent |= {"names-2-language": "en", "names-2-kind": "former"}
    row = {"language": "en", "kind": "short", "from_year": None, "to_year": None}
    theirs = [{**row, "text": "Averland"}, {**row, "text": "Theirs"}]
    curation.change_party(desk.owner, party, 1, names=theirs)
    page = client.post(address, sent)
    assert page.status_code == 409
    assert [row["name"] for row in page.context["rows"]] == ["kind", "names"]
    assert "Theirs" in page.content.decode()
    assert "Mine" in page.content.decode()
    assert client.post(address, chosen(page, kind="mine", names=pick)).status_code == 302
    party.refresh_from_db()
    assert (party.kind, set(party.names.values_list("text", flat=True))) == ("group", names)


def test_of_two_owners_the_second_chooses(desk: Desk) -> None:
    client, address = browser(desk.owner), f"{DOSSIER}/{desk.dossier.pk}/change/"
    sent = {**typed(client.get(address)), "title": "Mine", "published": "on"}
    curation.change_dossier(desk.owner, desk.dossier, {"title": "Theirs"}, 1)
    page = client.post(address, sent)
    assert page.status_code == 409
    assert [(r["name"], r["stored"], r["mine"]) for r in page.context["rows"]] == [
        ("title", "Theirs", "Mine"),
        ("published", "No", "Yes"),
    ]
    assert client.post(address, chosen(page, published="mine")).status_code == 302
    desk.dossier.refresh_from_db()
    assert (desk.dossier.title, desk.dossier.published) == ("Theirs", True)


def test_of_two_invitations_the_second_is_asked_again(desk: Desk) -> None:
    client, address = browser(desk.owner), f"{DOSSIER}/{desk.dossier.pk}/change/"
    sent = {**typed(client.get(address)), "invite": desk.stranger.username, "role": "reader"}
    curation.set_member(desk.owner, desk.dossier, desk.stranger.username, "curator")
    assert client.post(address, sent).status_code == 409
    assert Membership.objects.get(user=desk.stranger).role == "curator"


def test_a_letter_given_away_meanwhile_is_said(desk: Desk) -> None:
    client, address = browser(desk.curator), "/admin/desk/sella/assignments/"
    sent = {"letter": desk.letter.public_id, f"was_{desk.letter.public_id}": ""}
    curation.assign_letter(desk.owner, desk.letter, desk.owner)
    page = client.post(address, {**sent, "person": desk.curator.username})
    assert page.status_code == 409
    assert "Somebody else gave 1 of these letters away meanwhile" in page.content.decode()
    assert Assignment.objects.get().user == desk.owner
    sent[f"was_{desk.letter.public_id}"] = desk.owner.username
    assert client.post(address, {**sent, "person": desk.curator.username}).status_code == 302
    assert Assignment.objects.get().user == desk.curator


def test_who_has_a_letter_of_a_merged_party_open_does_not_give_it_back(desk: Desk) -> None:
    client, address = browser(desk.curator), f"/admin/documents/letter/{desk.letter.pk}/change/"
    sent = {**typed(client.get(address)), "subject": "The strait"}
    curation.merge_parties(desk.owner, desk.dossier, desk.party("Norvania"), desk.party("Averland"))
    page = client.post(address, sent)
    assert page.status_code == 409
    assert [row["name"] for row in page.context["rows"]] == ["subject"]
    assert client.post(address, chosen(page, subject="mine")).status_code == 302
    assert Correspondent.objects.get(role="sender").party == desk.party("Averland")


def test_a_party_merged_meanwhile_is_said(desk: Desk) -> None:
    one, two = desk.party("Averland"), desk.party("Norvania")
    three = curation.add_party(desk.owner, desk.dossier, "Istmara")
    curation.merge_parties(desk.owner, desk.dossier, one, three)
    client = browser(desk.curator)
    sent = {"do": "merge", "party": one.pk, "into": two.pk}
    page = client.post("/admin/desk/sella/merging/", sent, follow=True)
    assert "Averland is merged into Istmara already" in page.content.decode()
    assert Party.objects.get(pk=one.pk).merges.get().into == three


def test_a_correspondent_named_meanwhile_is_said(desk: Desk) -> None:
    Correspondent.objects.filter(role="sender").update(party=None, words="The Harbour Board")
    first = {"do": "new", "words": "The Harbour Board", "name": "Harbour Board", "kind": "organ"}
    address = "/admin/desk/sella/correspondents/"
    browser(desk.owner).post(address, first)
    named = Correspondent.objects.get(role="sender").party
    assert named is not None
    second = {"do": "known", "words": "The Harbour Board", "name": "Averland"}
    page = browser(desk.curator).post(address, second, follow=True)
    assert "waits no longer: somebody said meanwhile who it is" in page.content.decode()
    assert Correspondent.objects.get(role="sender").party == named
    assert "The Harbour Board" not in {name.text for name in desk.party("Averland").names.all()}


def test_what_follows_a_letters_date_is_shown_anew_where_it_is_another(desk: Desk) -> None:
    address, claim = f"/admin/documents/letter/{desk.letter.pk}/change/", desk.claim("3 March")
    client = browser(desk.curator)
    page = client.post(address, {**typed(client.get(address)), "sender": desk.party("Averland").pk})
    assert claim.pk in {row.key for row in page.context["rows"]}
    shown, ticked = dict(page.context["sent"]), {"leave_out": [claim.pk]}
    curation.accept_claim(desk.owner, desk.claim("14 June"), None)
    page = client.post(address, {**shown, **ticked})
    assert page.status_code == 409
    assert "other changes would follow than those you saw" in page.content.decode()
    assert page.context["ticked"] == {str(claim.pk)}
    assert Correspondent.objects.get(role="sender").party == desk.party("Norvania")
    assert client.post(address, {**dict(page.context["sent"]), **ticked}).status_code == 302
    assert Correspondent.objects.get(role="sender").party == desk.party("Averland")
    assert desk.claim("3 March").asserting_party == desk.party("Norvania")
    assert desk.claim("14 June").asserting_party == desk.party("Norvania")
    assert desk.claim("16 June").asserting_party == desk.party("Averland")


def test_of_two_on_a_letter_the_second_sees_again_what_follows(desk: Desk) -> None:
    address, client = f"/admin/documents/letter/{desk.letter.pk}/change/", browser(desk.curator)
    sent = {**typed(client.get(address)), "date": "21 May 2019"}
    sent = dict(client.post(address, sent).context["sent"])
    curation.correct_letter_date(desk.owner, desk.letter, "2019-05-22", None)
    page = client.post(address, sent)
    assert page.status_code == 409
    assert [row["name"] for row in page.context["rows"]] == ["date"]
    page = client.post(address, chosen(page, date="mine"))
    assert page.status_code == 200
    assert "What would change with it" in page.content.decode()
    assert client.post(address, dict(page.context["sent"])).status_code == 302
    anchor = LetterDate.objects.get(part__letter=desk.letter, is_anchor=True)
    assert anchor.edtf == "2019-05-21"

"""Two curators at once, at every form: who comes second sees both versions and chooses field by field."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Correspondent, LetterDate, Membership, Party
from tests.timeline.desk import Desk, build_desk
from timeline import curation
from timeline.models import Assignment, Claim, Decision, Event

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/timeline/claim/"
PARTY, EVENT, DOSSIER = "/admin/documents/party", "/admin/timeline/event", "/admin/documents/dossier"


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(page: Any) -> dict[str, str]:
    """Return what a form of the admin sends when nothing is touched, with its rows of names."""
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        counts = inline.formset.management_form
        values |= {counts.add_prefix(name): counts[name].value() for name in counts.fields}
        for row in inline.formset.forms:
            values |= {row.add_prefix(name): row[name].value() for name in row.fields if name != "DELETE"}
    return {name: "" if value is None else str(value) for name, value in values.items() if value is not False}


def chosen(page: Any, **picks: str) -> dict[str, str]:
    """Return the page of both versions as it is sent; ``picks``: "mine" or "stored" by field."""
    sent = {**dict(page.context["carried"]), "resolve": "1", "version": str(page.context["version"])}
    for row in page.context["rows"]:
        name = row["name"]
        sent |= {f"stored_{name}": row["stored_value"], f"mine_{name}": row["mine_value"]}
        sent[f"pick_{name}"] = picks.get(name, "stored")
    return sent


def event_of(desk: Desk) -> Event:
    event = curation.event_named(desk.curator, desk.dossier, "Seizure of the Morning Star")
    assert event is not None
    return event


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
    client.post(f"{EVENT}/{event.pk}/history/", {"number": entry.number, "do": "undo"})
    event.refresh_from_db()
    assert (event.edtf, event.confirmed) == ("", False)


@pytest.mark.parametrize(("edtf", "title"), [("2018-13", "Seizure"), ("", "")])
def test_what_is_no_event_stays_on_the_form(desk: Desk, edtf: str, title: str) -> None:
    event = event_of(desk)
    client, address = browser(desk.curator), f"{EVENT}/{event.pk}/change/"
    page = client.post(address, {**typed(client.get(address)), "edtf": edtf, "title": title})
    assert page.status_code == 200
    event.refresh_from_db()
    assert event.version == 1


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


def test_a_correction_of_a_party_is_undone(desk: Desk) -> None:
    party = desk.party("Averland")
    curation.change_party(desk.curator, party, 1, name="Overland", names=[])
    entry = Decision.objects.get(kind="party", action="correct")
    browser(desk.curator).post(f"{PARTY}/{party.pk}/history/", {"number": entry.number, "do": "undo"})
    party.refresh_from_db()
    assert party.name == "Averland"
    assert set(party.names.values_list("text", flat=True)) == {"Averland", "Averlandish"}


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


def test_no_form_is_stored_that_does_not_say_what_it_was_filled_in_on(desk: Desk) -> None:
    event = event_of(desk)
    things = (
        (desk.claim("3 March"), f"{CLAIMS}{desk.claim('3 March').pk}/change/"),
        (desk.letter, f"/admin/documents/letter/{desk.letter.pk}/change/"),
        (desk.party("Averland"), f"{PARTY}/{desk.party('Averland').pk}/change/"),
        (event, f"{EVENT}/{event.pk}/change/"),
        (desk.dossier, f"{DOSSIER}/{desk.dossier.pk}/change/"),
    )
    client, before = browser(desk.owner), Decision.objects.count()
    for thing, address in things:
        sent = {**typed(client.get(address)), "stance": "denies", "subject": "X", "name": "X", "title": "X"}
        del sent["version"]
        assert client.post(address, sent).status_code in (200, 409), address
        version = thing.version
        thing.refresh_from_db()
        assert thing.version == version
    assert Decision.objects.count() == before


def test_a_party_known_to_all_has_the_history_of_its_merges(desk: Desk) -> None:
    staff = User.objects.create_superuser("staff")
    shared = Party.objects.create(name="Concordia", kind="organisation")
    entry = curation.merge_parties(staff, desk.dossier, shared, desk.party("Averland"))
    address = f"{PARTY}/{shared.pk}/history/"
    assert [e.pk for e in browser(staff).get(address).context["entries"]] == [entry.pk]
    assert browser(desk.owner).get(address).status_code == 404
    browser(staff).post(address, {"number": entry.number, "do": "undo"})
    assert not shared.merges.exists()


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


def test_who_has_a_claim_of_a_merged_party_open_does_not_give_it_back(desk: Desk) -> None:
    claim = desk.claim("3 March")
    curation.correct_voice(desk.owner, claim, desk.party("Averland"), None, None)
    claim.refresh_from_db()
    client, address = browser(desk.curator), f"{CLAIMS}{claim.pk}/change/"
    sent = {**typed(client.get(address)), "edtf": "2017"}
    assert sent["asserted_by"] == str(desk.party("Averland").pk)
    curation.merge_parties(desk.owner, desk.dossier, desk.party("Averland"), desk.party("Norvania"))
    page = client.post(address, sent)
    assert page.status_code == 409
    assert [row["name"] for row in page.context["rows"]] == ["edtf"]
    assert client.post(address, chosen(page, edtf="mine")).status_code == 302
    claim.refresh_from_db()
    assert (claim.edtf, claim.asserting_party) == ("2017", desk.party("Norvania"))


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


def test_of_two_who_split_a_claim_one_is_told(desk: Desk) -> None:
    claim = desk.claim("3 March")
    address = f"/admin/review/sella/{claim.public_id}/"
    sent = {"do": "split", "version": str(claim.version)}
    headers = {"X-Requested-With": "fetch"}
    assert browser(desk.curator).post(address, sent, headers=headers).status_code == 200
    assert browser(desk.owner).post(address, sent, headers=headers).status_code == 409
    assert Claim.objects.filter(added_by_person=True).count() == 1


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "none"}])
@pytest.mark.parametrize("do", ["dismiss", "split", "merge"])
def test_the_queue_refuses_a_decision_that_names_no_version(
    desk: Desk, do: str, version: dict[str, str]
) -> None:
    claim, same = desk.claim("3 March"), desk.claim("14 June 2018").public_id
    before = list(Claim.objects.order_by("pk").values_list("pk", "review_state", "version"))
    address = f"/admin/review/sella/{claim.public_id}/"
    headers = {"X-Requested-With": "fetch"}
    answer = browser(desk.curator).post(address, {"do": do, "same": same, **version}, headers=headers)
    assert answer.status_code == 422
    assert "which version of the claim you saw" in answer.json()["message"]
    assert list(Claim.objects.order_by("pk").values_list("pk", "review_state", "version")) == before


def test_without_a_script_a_refusal_stands_over_the_claim_in_its_page(desk: Desk) -> None:
    claim = desk.claim("3 March")
    answer = browser(desk.curator).post(f"/admin/review/sella/{claim.public_id}/", {"do": "dismiss"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert "which version of the claim you saw" in page
    assert f'name="version" value="{claim.version}"' in page


def test_a_merge_with_nothing_to_carry_over_is_logged_as_a_merge(desk: Desk) -> None:
    claim, other = desk.claim("14 June 2018"), desk.claim("3 March")
    curation.merge_claims(desk.curator, claim, other, 1)
    entry = Decision.objects.latest("number")
    assert (entry.action, entry.subject) == ("merge", other.public_id)


def listed(client: Client, *claims: Claim, **more: str) -> dict[str, Any]:
    """Return what the list of claims sends for these rows, as the page has them."""
    page = client.get(f"{CLAIMS}?all=").content.decode()
    seen = dict(re.findall(r'name="(seen_\w+)" value="([^"]+)"', page))
    return {**seen, "_selected_action": [claim.pk for claim in claims], "action": "accept", **more}


def test_of_many_claims_none_is_decided_that_somebody_changed_meanwhile(desk: Desk) -> None:
    one, two = desk.claim("3 March"), desk.claim("14 June 2018")
    client = browser(desk.curator)
    sent = listed(client, one, two)
    curation.correct_date(desk.owner, two, "2017-06-14", None)
    page = client.post(CLAIMS, sent)
    assert page.status_code == 409
    assert "14 June 2017" in page.content.decode()
    assert {claim.review_state for claim in Claim.objects.all()} == {"suggested"}
    (shown,) = page.context["rows"]
    again = {**dict(page.context["kept"]), f"seen_{two.pk}": shown[0].version, "shown": [two.pk]}
    assert client.post(CLAIMS, {**again, "_selected_action": [one.pk, two.pk]}).status_code == 302
    for claim in (one, two):
        claim.refresh_from_db()
    assert (one.review_state, two.review_state, two.edtf) == ("accepted", "accepted", "2017-06-14")


def test_what_is_not_ticked_again_stays_as_somebody_else_set_it(desk: Desk) -> None:
    one, two = desk.claim("3 March"), desk.claim("14 June 2018")
    client = browser(desk.curator)
    # A list that goes on over pages tells when it was drawn: what is not on this one has no version here.
    sent = listed(client, one, two, select_across="1", seen_at=timezone.now().isoformat())
    added = curation.add_claim(desk.owner, desk.letter, {"edtf": "2011"}, asserted_by=None).claim
    curation.dismiss_claim(desk.owner, two, None)
    page = client.post(CLAIMS, sent)
    assert page.status_code == 409
    assert {row[0].pk for row in page.context["rows"]} == {two.pk, added.pk}
    again = {**dict(page.context["kept"]), "shown": [two.pk, added.pk], "_selected_action": [one.pk]}
    assert client.post(CLAIMS, again).status_code == 302
    for claim in (one, two):
        claim.refresh_from_db()
    assert (one.review_state, two.review_state) == ("accepted", "dismissed")


def test_a_claim_decided_on_meanwhile_is_not_brought_back_unseen(desk: Desk) -> None:
    claim = desk.claim("3 March")
    entry = curation.correct_date(desk.curator, claim, "2017-03-03", None).decision
    client, address = browser(desk.curator), f"/admin/timeline/claim/{claim.pk}/history/"
    version = client.get(address).context["object"].version
    curation.correct_stance(desk.owner, claim, "denies", None)
    page = client.post(address, {"number": entry.number, "do": "revert", "version": version}, follow=True)
    assert "Somebody decided on this since you opened its history" in page.content.decode()
    claim.refresh_from_db()
    assert claim.stance == "denies"


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


# A session that ran out -----------------------------------------------------------------------------------


def test_what_was_typed_is_stored_after_logging_in_on_the_spot(desk: Desk) -> None:
    claim = desk.claim("3 March")
    desk.curator.set_password("pw")
    desk.curator.save()
    client, address = browser(desk.curator), f"/admin/timeline/claim/{claim.pk}/change/"
    sent = {**typed(client.get(address)), "edtf": "2019-03", "reason": "Told <so> by the harbour."}
    client.logout()
    page = client.post(address, sent)
    assert page.status_code == 403
    kept = dict(page.context["kept"])
    assert kept == sent
    assert "Told &lt;so&gt; by the harbour." in page.content.decode()
    who = {"resume-username": desk.curator.username, "resume-password": "wrong"}
    page = client.post(address, {**kept, **who})
    assert page.status_code == 403
    assert dict(page.context["kept"]) == sent
    page = client.post(address, {**kept, **who, "resume-password": "pw"})
    assert page.status_code == 302
    claim.refresh_from_db()
    assert claim.edtf == "2019-03"
    assert Decision.objects.last().reason == "Told <so> by the harbour."


def test_what_was_typed_is_kept_where_one_logged_in_anew_in_another_tab(desk: Desk) -> None:
    """Logging in changes the token of all forms; that of the open one is an old one then."""
    claim = desk.claim("3 March")
    desk.curator.set_password("pw")
    desk.curator.save()
    client, address = Client(enforce_csrf_checks=True), f"/admin/timeline/claim/{claim.pk}/change/"
    who = {"username": desk.curator.username, "password": "pw"}
    own = {"Origin": "http://testserver"}

    def log_in() -> None:
        page = client.get("/login/").content.decode()
        assert client.post("/login/", {**who, "csrfmiddlewaretoken": token_in(page)}).status_code == 302

    log_in()
    page = client.get(address)
    sent = {**typed(page), "edtf": "2019-03", "reason": "Told <so> by the harbour."}
    sent["csrfmiddlewaretoken"] = token_in(page.content.decode())
    client.logout()
    log_in()
    page = client.post(address, sent, headers=own)
    assert page.status_code == 403
    told = page.content.decode()
    assert "what you typed is kept" in told
    assert "Told &lt;so&gt; by the harbour." in told
    claim.refresh_from_db()
    assert claim.edtf == "2018-03-03"
    again = {**dict(page.context["kept"]), "csrfmiddlewaretoken": token_in(told)}
    assert client.post(address, again, headers=own).status_code == 302
    claim.refresh_from_db()
    assert (claim.edtf, Decision.objects.last().reason) == ("2019-03", "Told <so> by the harbour.")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_form_from_elsewhere_is_not_carried_along(desk: Desk, origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.curator)
    address = f"/admin/timeline/claim/{desk.claim('3 March').pk}/change/"
    answer = client.post(address, {"edtf": "2019-03"}, headers={"Origin": origin} if origin else {})
    assert answer.status_code == 403
    assert "2019-03" not in answer.content.decode()
    assert "That was not done" in answer.content.decode()


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_logging_in_gives_no_more_than_one_has(desk: Desk) -> None:
    claim = desk.claim("3 March")
    desk.reader.set_password("pw")
    desk.reader.save()
    address = f"/admin/timeline/claim/{claim.pk}/change/"
    who = {"resume-username": desk.reader.username, "resume-password": "pw"}
    answer = Client().post(address, {"edtf": "2019-03", "version": "1", **who})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
    claim.refresh_from_db()
    assert claim.edtf == "2018-03-03"


def test_passwords_are_not_sent_back(desk: Desk) -> None:
    sent = {"old_password": "first", "new_password1": "second", "new_password2": "second"}
    page = Client().post("/admin/password_change/", sent)
    assert page.status_code == 403
    assert page.context["kept"] == []
    assert "second" not in page.content.decode()


# What is refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"invite": "nobody-here", "role": "curator"}, "Nobody here is called “nobody-here”"),
        ({"invite": "owner-sella", "role": "none"}, "A dossier keeps at least one owner"),
    ],
)
def test_what_a_dossier_cannot_be_stays_on_the_form(desk: Desk, sent: dict[str, str], why: str) -> None:
    client, address = browser(desk.owner), f"{DOSSIER}/{desk.dossier.pk}/change/"
    page = client.post(address, {**typed(client.get(address)), "title": "Another title", **sent})
    assert page.status_code == 200
    shown = page.content.decode()
    assert why in shown
    assert 'value="Another title"' in shown
    assert "was changed successfully" not in client.get(address).content.decode()
    desk.dossier.refresh_from_db()
    assert desk.dossier.title == "The Sella Strait"


def test_a_name_that_is_taken_stays_on_the_form(desk: Desk) -> None:
    client, address = browser(desk.curator), f"{PARTY}/{desk.party('Averland').pk}/change/"
    page = client.post(address, {**typed(client.get(address)), "name": "Norvania"})
    assert page.status_code == 200
    assert "That name is taken" in page.content.decode()
    assert desk.party("Averland").version == 1


def test_an_address_taken_at_the_same_instant_makes_no_dossier(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        "timeline.admin.dossiers.DossierForm.clean", lambda form: form.cleaned_data | {"slug": "sella"}
    )
    page = browser(desk.owner).post("/admin/documents/dossier/add/", {"title": "A second one"}, follow=True)
    shown = page.content.decode()
    assert "The address “sella” is not free" in shown
    assert "was added successfully" not in shown

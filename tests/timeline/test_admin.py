"""The admin as a curator uses it: their dossiers only, bulk decisions, forms that say what they
understood.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Dossier, Letter, LetterDate, Membership, Party
from tests.timeline.desk import Desk, build_desk
from tests.timeline.sending import browser, history_sent
from timeline import curation
from timeline.event_recording import record_events
from timeline.models import Claim, Decision, Event
from timeline.recording import record_letter

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/timeline/claim/"


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    return browser(desk.curator)


def form_of(page: Any) -> dict[str, str]:
    """Return what a form sends when nothing is touched."""
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def test_each_sees_their_own_dossiers_alone(desk: Desk) -> None:
    other = build_desk("other")
    staff = User.objects.create_user("staff", is_staff=True)
    king = User.objects.create_superuser("king")
    counts = {}
    for name, user in (("curator", desk.curator), ("other", other.curator), ("staff", staff), ("king", king)):
        page = browser(user).get(CLAIMS)
        counts[name] = page.context["cl"].result_count if page.status_code == 200 else page.status_code
    each = Claim.objects.filter(dossier=desk.dossier).count()
    assert counts == {"curator": each, "other": each, "staff": 403, "king": 2 * each}
    page = browser(desk.curator).get(CLAIMS).content.decode()
    assert f"dossier__id__exact={other.dossier.pk}" not in page


@pytest.mark.parametrize("role", ["reader", "stranger"])
def test_who_curates_nothing_does_not_get_in(desk: Desk, role: str) -> None:
    answer = browser(getattr(desk, role)).get("/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_another_dossiers_rows_look_as_if_there_were_none(client: Client) -> None:
    other = build_desk("other")
    for noun, row in (
        ("timeline/claim", other.claim("3 March")),
        ("documents/letter", other.letter),
        ("documents/party", other.party("Norvania")),
        ("documents/dossier", other.dossier),
    ):
        for page in ("change", "history"):
            hidden = client.get(f"/admin/{noun}/{row.pk}/{page}/")
            missing = client.get(f"/admin/{noun}/99999999/{page}/")
            assert hidden.status_code == missing.status_code
            assert hidden.status_code in (302, 404)
            assert "Sella" not in hidden.content.decode()


def test_search_and_filters_find_claims(client: Client, desk: Desk) -> None:
    assert client.get(CLAIMS, {"q": "trawler be returned"}).context["cl"].result_count == 1
    assert client.get(CLAIMS, {"stance": "denies"}).context["cl"].result_count == 1
    assert client.get(CLAIMS, {"set": "yes"}).context["cl"].result_count == 0
    curation.correct_stance(desk.curator, desk.claim("3 March"), "denies", None)
    assert client.get(CLAIMS, {"set": "yes"}).context["cl"].result_count == 1
    assert client.get(CLAIMS, {"stance": "denies", "set": "no"}).context["cl"].result_count == 1


@pytest.mark.parametrize(
    ("action", "state"), [("accept", "accepted"), ("dismiss", "dismissed"), ("restore", "suggested")]
)
def test_many_claims_are_decided_at_once(client: Client, desk: Desk, action: str, state: str) -> None:
    chosen = [desk.claim("3 March").pk, desk.claim("2018").pk]
    seen = dict(re.findall(r'name="(seen_\w+)" value="([^"]+)"', client.get(CLAIMS).content.decode()))
    page = client.post(CLAIMS, {**seen, "action": action, "_selected_action": chosen}, follow=True)
    assert set(Claim.objects.filter(pk__in=chosen).values_list("review_state", flat=True)) == {state}
    count = 0 if action == "restore" else 2
    assert f"{count} claims {action.rstrip('e')}ed" in page.content.decode().replace("dismissed", "dismissed")
    assert Claim.objects.exclude(pk__in=chosen).filter(review_state="suggested").count() == 4


def test_the_form_shows_the_sentence_and_marks_what_a_person_sets(client: Client, desk: Desk) -> None:
    claim = desk.claim("3 March")
    address = f"{CLAIMS}{claim.pk}/change/"
    page = client.get(address)
    text = page.content.decode()
    assert '<mark class="hl tx">3 March 2018</mark>' in text
    sent = {**form_of(page), "edtf": "early March 2019", "reason": "The year after."}
    assert client.post(address, sent).status_code == 302
    claim.refresh_from_db()
    assert claim.edtf == "2019-03"
    assert "edtf" in claim.curated_fields
    assert "stance" not in claim.curated_fields
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert claim.edtf == "2019-03"
    history = client.get(f"{CLAIMS}{claim.pk}/history/").content.decode()
    assert "3 March 2018 → early March 2019" in history
    assert "The year after." in history
    number = Decision.objects.order_by("-number")[0].number
    address = f"{CLAIMS}{claim.pk}/history/"
    client.post(
        address, {**history_sent(client, address, number, "undo"), "reason": "It was the year before."}
    )
    history = client.get(f"{CLAIMS}{claim.pk}/history/").content.decode()
    assert '<input type="text" name="reason"' in history
    assert "It was the year before." in history


def test_a_form_saved_untouched_changes_nothing(client: Client, desk: Desk) -> None:
    for claim in Claim.objects.filter(dossier=desk.dossier):
        address = f"{CLAIMS}{claim.pk}/change/"
        assert client.post(address, form_of(client.get(address))).status_code == 302
    assert Decision.objects.count() == 1
    assert not Claim.objects.exclude(curated_fields=[]).exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("edtf", "2021-13", "there is no month 13"),
        ("edtf", "2021-02-30", "that month has no day 30"),
        ("edtf", "2020/2019", "its end lies before its start"),
        ("edtf", "some day", "is not a date"),
        ("stance", "admits", "Select a valid choice"),
        ("asserted_by", "999999", "Select a valid choice"),
    ],
)
def test_what_is_none_is_said_and_nothing_changes(
    client: Client, desk: Desk, field: str, value: str, sentence: str
) -> None:
    address = f"{CLAIMS}{desk.claim('3 March').pk}/change/"
    page = client.post(address, {**form_of(client.get(address)), field: value, "reason": "My reason"})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "My reason" in page.content.decode()
    assert Decision.objects.count() == 1


def test_two_versions_stand_side_by_side_and_one_chooses(client: Client, desk: Desk) -> None:
    claim = desk.claim("3 March")
    address = f"{CLAIMS}{claim.pk}/change/"
    mine = {**form_of(client.get(address)), "edtf": "2019-03-03", "stance": "denies"}
    theirs = curation.Correction(edtf="2017-03-03", modality="planned")
    curation.correct_claim(desk.owner, claim, theirs, claim.version)
    page = client.post(address, mine)
    assert page.status_code == 409
    text = page.content.decode()
    assert "2017-03-03" in text
    assert "2019-03-03" in text
    assert [row["name"] for row in page.context["rows"]] == ["edtf", "stance"]
    choices = dict(page.context["carried"])
    for row in page.context["rows"]:
        choices[f"stored_{row['name']}"] = row["stored_value"]
        choices[f"mine_{row['name']}"] = row["mine_value"]
    choices |= {
        "pick_edtf": "stored",
        "pick_stance": "mine",
        "resolve": "1",
        "version": page.context["version"],
    }
    assert client.post(address, choices).status_code == 302
    claim.refresh_from_db()
    assert (claim.edtf, claim.stance, claim.modality) == ("2017-03-03", "denies", "planned")


def test_dates_that_hang_together_follow_where_chosen(client: Client, desk: Desk) -> None:
    claim, second, third = desk.claim("14 June"), desk.claim("the same day"), desk.claim("3 March")
    address = f"{CLAIMS}{claim.pk}/change/"
    page = client.post(address, {**form_of(client.get(address)), "edtf": "2017-06-14"})
    assert page.status_code == 200
    assert f'name="follow" value="{second.pk}" checked' in page.content.decode()
    claim.refresh_from_db()
    assert claim.edtf == "2018-06-14"
    client.post(address, {**dict(page.context["sent"]), "follow": [second.pk]})
    for row in (claim, second, third):
        row.refresh_from_db()
    assert (claim.edtf, second.edtf, third.edtf) == ("2017-06-14", "2017-06-14", "2018-03-03")


def test_a_letters_date_is_corrected_after_a_look_at_what_follows(client: Client, desk: Desk) -> None:
    letter = Letter.objects.get()
    claim = desk.claim("3 March")
    address = f"/admin/documents/letter/{letter.pk}/change/"
    sent = {**form_of(client.get(address)), "sender": str(desk.party("Averland").pk)}
    page = client.post(address, sent)
    assert page.status_code == 200
    assert "What would change with it" in page.content.decode()
    claim.refresh_from_db()
    assert claim.asserting_party == desk.party("Norvania")
    confirmed = {**dict(page.context["sent"]), "leave_out": [claim.pk]}
    assert client.post(address, confirmed).status_code == 302
    claim.refresh_from_db()
    assert claim.asserting_party == desk.party("Norvania")
    assert desk.claim("14 June").asserting_party == desk.party("Averland")

    page = client.get(address)
    sent = {**form_of(page), "date": "21 May 2019"}
    client.post(address, dict(client.post(address, sent).context["sent"]))
    assert LetterDate.objects.get(part__letter=letter, is_anchor=True).edtf == "2019-05-21"


def test_a_new_reading_is_taken_or_declined_claim_by_claim(client: Client, desk: Desk) -> None:
    first, second = desk.claim("3 March"), desk.claim("16 June 2018")
    Claim.objects.filter(pk__in=[first.pk, second.pk]).update(edtf="1999")
    address = f"/admin/documents/letter/{desk.letter.pk}/read-again/"
    page = client.get(address)
    assert {row.key for row in page.context["rows"]} == {first.pk, second.pk}
    client.post(address, {**dict(page.context["sent"]), "leave_out": [first.pk]})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.edtf, second.edtf) == ("1999", "2018-06-16")
    assert client.get(address).context["rows"] == []


def test_a_party_gets_names_and_is_merged(client: Client, desk: Desk) -> None:
    party = desk.party("Averland")
    address = f"/admin/documents/party/{party.pk}/change/"
    names = list(party.names.all())
    sent = {
        "name": "Averland",
        "kind": "state",
        "version": "1",
        "names-TOTAL_FORMS": 3,
        "names-INITIAL_FORMS": 2,
    }
    for place, row in enumerate([*names, None]):
        values = {
            "text": row.text if row else "Overland",
            "language": "en",
            "kind": row.kind if row else "former",
        }
        sent |= {f"names-{place}-{k}": v for k, v in values.items()}
        sent |= {f"names-{place}-party": party.pk} | ({f"names-{place}-id": row.pk} if row else {})
    assert client.post(address, sent).status_code == 302
    assert set(party.names.values_list("text", flat=True)) == {"Averland", "Averlandish", "Overland"}
    norvania = desk.party("Norvania")
    merge = {"action": "merge", "_selected_action": [party.pk]}
    page = client.post("/admin/documents/party/", merge, follow=True)
    assert page.context["chosen"] == [party]
    assert Claim.objects.filter(lane_party=party).exists()
    client.post("/admin/desk/sella/merging/", {"do": "merge", "party": party.pk, "into": norvania.pk})
    assert not Claim.objects.filter(lane_party=party).exists()


def test_owners_publish_and_invite_and_curators_do_not(desk: Desk) -> None:
    address = f"/admin/documents/dossier/{desk.dossier.pk}/change/"
    owner = browser(desk.owner)
    sent = form_of(owner.get(address))
    sent = {**sent, "published": "on", "invite": desk.stranger.username, "role": "curator"}
    sent.pop("show_suggestions")
    assert owner.post(address, sent).status_code == 302
    desk.dossier.refresh_from_db()
    assert desk.dossier.published
    assert Membership.objects.get(user=desk.stranger).role == "curator"
    assert browser(desk.stranger).get(CLAIMS).status_code == 200
    curator = browser(desk.curator)
    assert curator.post(address, {**sent, "published": ""}).status_code == 403
    assert Dossier.objects.get().published


def test_no_word_is_cut_where_a_claim_is_named(client: Client, desk: Desk) -> None:
    for claim in Claim.objects.all():
        said = str(claim).split(": ", 1)[1].removesuffix(" …")
        assert f"{' '.join(claim.quote.split())} ".startswith(f"{said} ")


def test_a_claim_taken_out_of_an_event_stays_out(client: Client, desk: Desk) -> None:
    claim, others = desk.claim("14 June"), Event(dossier=desk.dossier, title="Seizure")
    others.save()
    event = Event.objects.create(dossier=desk.dossier, title="Seizure")
    Claim.objects.filter(pk=claim.pk).update(event=event)
    address = f"{CLAIMS}{claim.pk}/change/"
    shown = form_of(client.get(address))
    # Of two events of one title, the one that was not touched stays.
    assert client.post(address, {**shown, "stance": "denies"}).status_code == 302
    claim.refresh_from_db()
    assert claim.event == event
    assert client.post(address, {**form_of(client.get(address)), "event": ""}).status_code == 302
    record_letter(desk.letter)
    record_events(desk.dossier)
    claim.refresh_from_db()
    assert claim.event is None
    assert Decision.objects.filter(kind="claim").latest("number").changes["event_id"] == [event.pk, None]


def test_nothing_is_deleted_here(client: Client, desk: Desk) -> None:
    for noun, row in (("timeline/claim", desk.claim("3 March")), ("documents/letter", desk.letter)):
        assert client.post(f"/admin/{noun}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(CLAIMS, {"action": "delete_selected", "_selected_action": [desk.claim("3 March").pk]})
    assert Claim.objects.count() == 6
    assert Party.objects.filter(dossier=desk.dossier).count() == 2


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("2021-03/2021-09", "March 2021 to September 2021"),
        ("early 1990s", "1990s"),
        ("2021-13", "there is no month 13"),
        ("<script>", "is not a date"),
        ("", "No date."),
    ],
)
def test_a_typed_date_is_said_in_words(client: Client, typed: str, answer: str) -> None:
    page = client.get("/admin/understand/", {"date": typed}).content.decode()
    assert answer in page
    assert "<script>" not in page

"""A dossier's own issues and its curators' notes: written, asked for, and on no page that is a reader's."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.models import Letter
from tests.test_access_matrix import addresses, row_of
from tests.timeline.desk import Desk, build_desk
from tests.world import build_world
from timeline import curation
from timeline.models import Claim, Decision, Note, Tag
from timeline.recording import record_letter

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review/sella/"
CLAIMS = "/admin/timeline/claim/"
LETTERS = "/admin/documents/letter/"
ISSUE, NOTE, OWN = "Zebrafrage", "Quaggazettel", "Okapivermerk"


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.curator)
    return client


def waiting(client: Client, query: dict[str, object]) -> set[int]:
    """Return the claims that the queue names under a filter."""
    return {claim.pk for claim, _ in client.get(QUEUE, query).context["queue"]}


def test_a_note_is_written_in_the_queue_and_removed_again(client: Client, desk: Desk) -> None:
    claim = desk.claim("3 March")
    address = f"/admin/notes/claims/{claim.public_id}/"
    sent = {"note": "Ask <b>Ms Teller</b> which year.", "from": "review"}
    page = client.post(address, sent, follow=True)
    assert page.redirect_chain[0][0] == f"{QUEUE}{claim.public_id}/#notes"
    assert "Ask &lt;b&gt;Ms Teller&lt;/b&gt; which year." in page.content.decode()
    part = client.post(address, {"remove": Note.objects.get().pk}, headers={"X-Requested-With": "fetch"})
    assert "Ms Teller" not in part.content.decode()
    assert not Note.objects.exists()
    log = Decision.objects.filter(action__in=("note", "remove note")).values_list("action", flat=True)
    assert list(log.order_by("number")) == ["note", "remove note"]


def test_a_note_stays_through_a_new_reading_and_leaves_the_claim_alone(client: Client, desk: Desk) -> None:
    claim = desk.claim("3 March")
    client.post(f"/admin/notes/claims/{claim.public_id}/", {"note": "Which year?"})
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert (claim.version, claim.review_state, claim.curated_fields) == (1, "suggested", [])
    assert Note.objects.get().claim == claim


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"note": "   "}, 422), ({}, 422), ({"remove": "999999"}, 422), ({"remove": "x"}, 422)],
)
def test_what_is_no_note_changes_nothing(
    client: Client, desk: Desk, sent: dict[str, str], status: int
) -> None:
    address = f"/admin/notes/letters/{desk.letter.public_id}/"
    assert client.post(address, sent, headers={"X-Requested-With": "fetch"}).status_code == status
    assert not Note.objects.exists()


def test_a_note_of_another_dossier_cannot_be_removed_from_here(client: Client, desk: Desk) -> None:
    other = build_desk("other")
    note = curation.add_note(other.curator, other.claim("3 March"), "Theirs.")
    address = f"/admin/notes/claims/{desk.claim('3 March').public_id}/"
    sent, by_module = {"remove": note.pk}, {"X-Requested-With": "fetch"}
    assert client.post(address, sent, headers=by_module).status_code == 422
    theirs = f"/admin/notes/claims/{other.claim('3 March').public_id}/"
    assert client.post(theirs, sent, headers=by_module).status_code == 404
    assert Note.objects.filter(pk=note.pk).exists()


def test_issues_and_notes_narrow_the_queue(client: Client, desk: Desk) -> None:
    one, two = desk.claim("3 March"), desk.claim("16 June 2018")
    curation.correct_claim(desk.curator, one, curation.Correction(tags=["Seizure"]), None)
    curation.add_note(desk.curator, two, "Check the log of the vessel.")
    issue = Tag.objects.get()
    assert waiting(client, {"issue": issue.pk}) == {one.pk}
    assert waiting(client, {"noted": "1"}) == {two.pk}
    assert waiting(client, {"issue": issue.pk, "noted": "1"}) == set()
    assert len(waiting(client, {"issue": "no number", "noted": "no"})) == 6


def test_what_stands_on_a_letter_holds_for_its_claims(client: Client, desk: Desk) -> None:
    issue = Tag.objects.create(dossier=desk.dossier, name="Seizure")
    desk.letter.tags.add(issue)
    assert len(waiting(client, {"issue": issue.pk})) == 6
    assert waiting(client, {"noted": "1"}) == set()
    client.post(f"/admin/notes/letters/{desk.letter.public_id}/", {"note": "The cover is missing."})
    assert len(waiting(client, {"noted": "1"})) == 6


def test_issues_and_notes_narrow_the_lists(client: Client, desk: Desk) -> None:
    claim = desk.claim("3 March")
    curation.correct_claim(desk.curator, claim, curation.Correction(tags=["Seizure"]), None)
    curation.add_note(desk.curator, claim, "Which year?")
    counts = {
        query: client.get(f"{CLAIMS}?{query}").context["cl"].result_count
        for query in ("noted=yes", "noted=no", "noted=perhaps", f"tags__id__exact={Tag.objects.get().pk}")
    }
    assert list(counts.values()) == [1, 5, 6, 1]
    desk.letter.tags.add(Tag.objects.get())
    curation.add_note(desk.curator, desk.letter, "Whole.")
    assert client.get(f"{LETTERS}?noted=yes").context["cl"].result_count == 1
    assert client.get(f"{LETTERS}?noted=no").context["cl"].result_count == 0
    assert client.get(f"{LETTERS}?tags__id__exact={Tag.objects.get().pk}").context["cl"].result_count == 1


def test_the_desk_lists_both_with_the_way_to_them(client: Client, desk: Desk) -> None:
    assert "Nobody has written a note yet" in client.get("/admin/desk/sella/issues/").content.decode()
    claim = desk.claim("3 March")
    curation.correct_claim(desk.curator, claim, curation.Correction(tags=["Seizure"]), None)
    curation.add_note(desk.curator, claim, "Which year?")
    page = client.get("/admin/desk/sella/issues/")
    assert [(i.name, i.on_claims, i.on_letters) for i in page.context["issues"]] == [("Seizure", 1, 0)]
    assert f"{QUEUE}{claim.public_id}/" in page.content.decode()


@pytest.mark.parametrize("role", ["anonymous", "reader", "curator"])
def test_no_page_of_readers_shows_them(role: str) -> None:
    """Every address outside the admin, pages, searches and exports alike, even to who writes the notes."""
    world = build_world()
    Tag.objects.update(name=ISSUE)
    for tag in Tag.objects.all():
        tag.letters.set(Letter.objects.filter(dossier=tag.dossier))
    Note.objects.update(text=NOTE)
    Letter.objects.update(note=OWN)
    client, told = world.client(role), []
    for route in addresses():
        row = row_of(route)
        if row is None or route.startswith("admin/") or row.get("logs_out"):
            continue
        for query in (row.get("query", ""), f"q={ISSUE}", f"q={NOTE}", "tags=1&issue=1&noted=1"):
            url = world.url(route, "published", query)
            body = world.masked(client.get(url), "/")[2].replace(query.removeprefix("q="), "")
            told += [url for word in (ISSUE, NOTE, OWN) if word in body]
    assert told == []


def test_readers_find_nothing_by_them(desk: Desk, client: Client) -> None:
    claim = desk.claim("3 March")
    curation.correct_claim(desk.curator, claim, curation.Correction(tags=[ISSUE]), None)
    curation.add_note(desk.curator, claim, NOTE)
    assert not Claim.objects.saying(ISSUE).exists()
    assert not Claim.objects.saying(NOTE).exists()
    assert Claim.objects.saying("vessel had left").exists()

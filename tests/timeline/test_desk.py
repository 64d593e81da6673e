"""The desk of a dossier: unknown correspondents named, missing letters listed, parties merged and parted."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.ingest import ingest_pasted
from documents.models import Correspondent, Letter, LetterRelation, Party
from tests.timeline.desk import Desk, build_desk
from timeline import curation
from timeline.models import Claim

pytestmark = pytest.mark.django_db
DESK = "/admin/desk/sella"

FIRM = """
Northgate <b>Shipping</b> Limited
12 Harbour Street
Kaldport

14 February 2019

Orrin Barges plc
1 Temple Lane
Kaldport

Dear Sirs,

The cargo was spoiled on 12 December 2018. We paid nothing after 3 January 2019.

Yours faithfully,

J. P. Harding
"""


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.curator)
    return client


def bring(desk: Desk, text: str) -> Letter:
    letter = ingest_pasted(desk.dossier, text).letter
    assert letter is not None
    return letter


def words_proposed(client: Client) -> list[str]:
    page = client.get(f"{DESK}/correspondents/")
    return [one.unknown.words for one in page.context["proposals"]]


def test_who_nobody_knows_is_named_as_new_or_as_known(desk: Desk, client: Client) -> None:
    letter = bring(desk, FIRM.replace("<b>Shipping</b>", "Shipping"))
    assert words_proposed(client) == ["Northgate Shipping Limited", "Orrin Barges plc"]
    sent = {"words": "Northgate Shipping Limited", "name": "Northgate", "kind": "organisation", "do": "new"}
    page = client.post(f"{DESK}/correspondents/", sent, follow=True)
    assert "is Northgate. Its letters were read again with it." in page.content.decode()
    assert words_proposed(client) == ["Orrin Barges plc"]
    sent = {"words": "Orrin Barges plc", "name": "Averland", "do": "known"}
    client.post(f"{DESK}/correspondents/", sent)
    assert words_proposed(client) == []
    people = Correspondent.objects.filter(part__letter=letter, role__in=("sender", "recipient"))
    assert {row.party.name for row in people if row.party} == {"Northgate", "Averland"}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"do": "known", "name": "Atlantis"}, "No party is known as “Atlantis”"),
        ({"do": "known", "name": ""}, "No party is known as “”"),
        ({"do": "new", "name": "Northgate", "kind": "pirate"}, "“pirate” is no kind of party"),
        ({"do": "new", "name": "Averland", "kind": "state"}, "has a party “Averland” already"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(
    desk: Desk, client: Client, sent: dict[str, str], sentence: str
) -> None:
    bring(desk, FIRM.replace("<b>Shipping</b>", "Shipping"))
    before = words_proposed(client), Party.objects.count()
    page = client.post(
        f"{DESK}/correspondents/", {"words": "Northgate Shipping Limited", **sent}, follow=True
    )
    assert sentence in page.content.decode()
    assert (words_proposed(client), Party.objects.count()) == before


def test_words_of_a_letter_are_escaped(desk: Desk, client: Client) -> None:
    letter = bring(desk, FIRM.replace("<b>Shipping</b>", "Shipping"))
    Correspondent.objects.filter(part__letter=letter, role="sender").update(words="<script>x</script> & Co.")
    page = client.get(f"{DESK}/correspondents/").content.decode()
    assert "<script>x</script>" not in page
    assert "&lt;script&gt;x&lt;/script&gt; &amp; Co." in page


def test_missing_letters_are_listed_until_they_come(desk: Desk, client: Client) -> None:
    LetterRelation.objects.create(
        letter=desk.letter, kind="cites", symbol="S/2018/77", words="the letter of Averland (S/2018/77)"
    )
    rows = client.get(f"{DESK}/missing/").context["rows"]
    assert [(row.missing.symbol, row.letters) for row in rows] == [("S/2018/77", (desk.letter,))]
    answer = bring(desk, "3 July 2018\n\nThe strait was closed on 1 July 2018.\n")
    sent = curation.LetterCorrection(fields={"symbols": ["S/2018/77"]})
    curation.correct_letter(desk.curator, answer, sent, None)
    assert client.get(f"{DESK}/missing/").context["rows"] == []
    entry = desk.dossier.decisions.filter(subject=answer.public_id).last()
    curation.undo(desk.curator, entry)
    assert len(client.get(f"{DESK}/missing/").context["rows"]) == 1


def test_a_merge_says_what_it_touches_and_is_undone(desk: Desk, client: Client) -> None:
    averland, norvania = desk.party("Averland"), desk.party("Norvania")
    lanes = dict(Claim.objects.values_list("pk", "lane_party"))
    page = client.get(f"{DESK}/merging/", {"party": averland.pk, "into": norvania.pk}).content.decode()
    count = sum(lane == averland.pk for lane in lanes.values())
    assert f"{count} claim" in page
    assert "from the lane of Averland to that of Norvania." in page
    assert dict(Claim.objects.values_list("pk", "lane_party")) == lanes
    sent = {"do": "merge", "party": averland.pk, "into": norvania.pk, "reason": "One delegation."}
    page = client.post(f"{DESK}/merging/", sent, follow=True)
    assert not Claim.objects.filter(lane_party=averland).exists()
    (merged,) = page.context["merges"]
    assert "One delegation." in page.content.decode()
    client.post(f"{DESK}/merging/", {"do": "undo", "number": merged.entry.number})
    assert dict(Claim.objects.values_list("pk", "lane_party")) == lanes
    assert client.get(f"{DESK}/merging/").context["merges"] == []


@pytest.mark.parametrize("into", ["", "999999", "itself"])
def test_a_party_is_merged_into_another_of_the_dossier_only(desk: Desk, client: Client, into: str) -> None:
    party = desk.party("Averland")
    target = str(party.pk) if into == "itself" else into
    page = client.post(f"{DESK}/merging/", {"do": "merge", "party": party.pk, "into": target}, follow=True)
    assert "Choose two different parties of this dossier." in page.content.decode()
    assert page.context["merges"] == []


def test_only_a_merge_in_force_is_undone_here(desk: Desk, client: Client) -> None:
    claim = desk.claim("3 March")
    entry = curation.dismiss_claim(desk.curator, claim, None).decision
    assert entry is not None
    assert client.post(f"{DESK}/merging/", {"do": "undo", "number": entry.number}).status_code == 404
    claim.refresh_from_db()
    assert claim.review_state == "dismissed"


@pytest.mark.parametrize("page", ["assignments", "correspondents", "missing", "merging"])
def test_the_desk_is_not_there_for_others(desk: Desk, page: str) -> None:
    other = build_desk("other")
    stranger = Client()
    stranger.force_login(other.curator)
    assert stranger.get(f"{DESK}/{page}/").status_code == 404
    assert stranger.post(f"{DESK}/{page}/", {"do": "merge"}).status_code in (404, 405)


@pytest.mark.parametrize(("role", "offered"), [("curator", True), ("reader", False), ("stranger", False)])
def test_who_curates_finds_the_way_from_every_page(desk: Desk, role: str, offered: bool) -> None:
    client = Client()
    client.force_login(getattr(desk, role))
    assert ('href="/admin/"' in client.get("/").content.decode()) is offered


def test_a_letter_that_repeats_another_counts_once_for_readers(desk: Desk, client: Client) -> None:
    claims = Claim.objects.count()
    assert f"<b>{claims} claims</b>" in client.get("/dossiers/sella/").content.decode()
    copy = bring(desk, desk.letter.text.replace("Maria Teller", "M. Teller"))
    assert copy.relations.exclude(target=None).exists()
    assert Claim.objects.count() == 2 * claims
    page = " ".join(client.get("/dossiers/sella/").content.decode().split())
    assert f"<b>{claims} claims</b>" in page
    assert "<b>1</b> letter and 1 that repeats one of them" in page
    home = client.get("/").content.decode()
    assert f"1 letter · {claims} claims" in home


def test_letters_are_given_to_a_curator_and_back(desk: Desk, client: Client) -> None:
    address = f"{DESK}/assignments/"
    (row,) = client.get(address).context["page"]
    assert (row.assigned_to, row.waiting) == (None, Claim.objects.filter(review_state="suggested").count())
    was = f"was_{row.public_id}"
    client.post(address, {"letter": row.public_id, was: "", "person": desk.owner.username})
    (row,) = client.get(address).context["page"]
    assert row.assigned_to == desk.owner.username
    queue = client.get("/admin/review/sella/", {"mine": "1"})
    assert queue.context["queue"] == []
    client.post(address, {"letter": row.public_id, was: desk.owner.username, "person": ""})
    (row,) = client.get(address).context["page"]
    assert row.assigned_to is None
    assert [e.action for e in desk.dossier.decisions.filter(kind="letter")] == ["read", "assign", "assign"]


@pytest.mark.parametrize("person", ["reader-sella", "stranger-sella", "nobody"])
def test_work_is_given_to_curators_of_the_dossier_only(desk: Desk, client: Client, person: str) -> None:
    address = f"{DESK}/assignments/"
    page = client.post(address, {"letter": desk.letter.public_id, "person": person}, follow=True)
    assert "Choose letters, and a curator of this dossier." in page.content.decode()
    assert not desk.letter.assignments.exists()

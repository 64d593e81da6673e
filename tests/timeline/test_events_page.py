"""One act told by many, on its pages: each account with its sentence, differences said, silence a word."""

from __future__ import annotations

import re
from html import unescape
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Dossier, Membership, Party
from timeline import accounts
from timeline.curation.claims import Correction, correct_claim
from timeline.demo import store
from timeline.events_page import EVENTS_A_PAGE
from timeline.models import Claim, Event

PAGES = ("events/", "compare/", "matrix/")


def text_of(page: bytes) -> str:
    """Return a page's words as they are read, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def told(dossier: Dossier, **given: list[dict]) -> dict[str, Event]:
    """Make events of a demonstration's claims: each account changes one claim's columns."""
    claims = iter(Claim.objects.filter(dossier=dossier).exclude(edtf=None).order_by("pk"))
    made = {}
    for name, rows in given.items():
        made[name] = Event.objects.create(dossier=dossier, title=name, edtf="2020-05-04")
        for values in rows:
            day = values.pop("day", 737_549)
            columns = {
                "is_quoted": False,
                "stance": "asserts",
                "modality": "happened",
                "review_state": "suggested",
                "lane_party": values.get("asserting_party"),
                "edtf": f"2020-05-0{4 + day - 737_549}",
                "earliest_day": day,
                "latest_day": day,
                **values,
            }
            Claim.objects.filter(pk=next(claims).pk).update(event=made[name], **columns)
    return made


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a published dossier of 120 made-up claims between twelve parties."""
    return store("demo", "Demonstration", 120, 7)


@pytest.fixture
def averland(demo: Dossier) -> Party:
    return Party.objects.get(dossier=demo, name="Averland")


@pytest.fixture
def norvania(demo: Dossier) -> Party:
    return Party.objects.get(dossier=demo, name="Norvania")


def test_the_list_names_who_speaks_and_where_they_differ(
    demo: Dossier, averland: Party, norvania: Party, client: Client
) -> None:
    told(demo, boarding=[{"asserting_party": averland}, {"asserting_party": norvania, "stance": "denies"}])
    words = text_of(client.get("/dossiers/demo/events/").content)
    assert "4 May 2020 boarding" in words
    assert "Averland Norvania 2 accounts Fact" in words


@pytest.mark.parametrize(
    ("show", "names"), [("several", "AB"), ("disputed", "B"), ("all", "ABC"), ("x", "AB")]
)
def test_what_is_shown_can_be_narrowed(
    demo: Dossier, averland: Party, norvania: Party, client: Client, show: str, names: str
) -> None:
    told(
        demo,
        A=[{"asserting_party": averland}, {"asserting_party": norvania}],
        B=[{"asserting_party": averland}, {"asserting_party": norvania, "day": 737_551}],
        C=[{"asserting_party": averland}, {"asserting_party": averland}],
    )
    page = client.get("/dossiers/demo/events/", {"show": show}).content.decode()
    assert re.findall(r"<q>([ABC])</q>", page) == list(names)


def test_an_account_stands_with_its_exact_sentence_its_date_and_the_way_to_its_letter(
    demo: Dossier, averland: Party, norvania: Party, client: Client
) -> None:
    event = told(demo, E=[{"asserting_party": averland}, {"asserting_party": norvania}])["E"]
    page = client.get(f"/events/{event.public_id}/").content.decode()
    for claim in event.claims.select_related("letter"):
        account = re.search(rf'id="account-{claim.public_id}">(.*?)</article>', page, re.S)
        assert account
        quote = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", account[1], re.S)
        assert quote
        assert unescape(re.sub(r"<[^>]+>", "", quote[1])) == claim.quote
        timex = re.search(r'<span class="tx">(.*?)</span>', quote[1])
        assert timex
        assert unescape(timex[1]) == claim.letter.text[claim.timex_start : claim.timex_end]
        assert f'href="/letters/{claim.letter.public_id}/#claim-{claim.public_id}"' in account[1]


def test_differences_are_said_in_sentences(
    demo: Dossier, averland: Party, norvania: Party, client: Client
) -> None:
    event = told(
        demo,
        E=[
            {"asserting_party": averland},
            {"asserting_party": norvania, "day": 737_551},
            {"asserting_party": norvania, "stance": "denies", "is_quoted": True, "lane_party": averland},
            {
                "asserting_party": averland,
                "stance": "rejects-wording",
                "is_quoted": True,
                "lane_party": norvania,
            },
        ],
    )["E"]
    words = text_of(client.get(f"/events/{event.public_id}/").content)
    assert "The dates have no day in common. Averland, Norvania: 4 May 2020; Norvania: 6 May 2020." in words
    assert "Norvania denies Averland’s words." in words
    assert "Averland rejects Norvania’s wording." in words


def test_accounts_without_a_difference_say_so_and_silence_is_a_word(
    demo: Dossier, averland: Party, norvania: Party, client: Client
) -> None:
    event = told(demo, E=[{"asserting_party": averland}, {"asserting_party": norvania}])["E"]
    words = text_of(client.get(f"/events/{event.public_id}/").content)
    assert "No difference of date, wording or fact was found between these accounts." in words
    assert re.search(r"Silent .*Costaluz.* “Silent” means no claim was found in the \d+ letters read.", words)


def test_the_matrix_has_a_stance_or_silent_in_each_cell(
    demo: Dossier, averland: Party, norvania: Party, client: Client
) -> None:
    costaluz = Party.objects.get(dossier=demo, name="Costaluz")
    told(
        demo,
        E=[
            {"asserting_party": averland, "is_quoted": True, "lane_party": costaluz, "stance": "reports"},
            {"asserting_party": norvania, "stance": "denies"},
        ],
        F=[{"asserting_party": averland}, {"asserting_party": norvania}],
    )
    page = client.get("/dossiers/demo/matrix/").content.decode()
    table = re.search(r"<tbody>(.*?)</tbody>", page, re.S)
    assert table
    rows = [re.findall(r"<td.*?</td>", row, re.S) for row in table[1].split("</tr>")[:-1]]
    said = [[text_of(cell.encode()).split(" ")[0] for cell in row] for row in rows]
    assert said == [["Reports", "Denies", "Quoted"], ["Asserts", "Asserts", "Silent"]]


def test_two_parties_are_set_side_by_side(
    demo: Dossier, averland: Party, norvania: Party, client: Client
) -> None:
    told(
        demo,
        A=[{"asserting_party": averland}, {"asserting_party": norvania}],
        B=[{"asserting_party": averland}, {"asserting_party": norvania, "stance": "denies"}],
        C=[{"asserting_party": averland}, {"asserting_party": averland}],
    )
    pair = {"a": norvania.public_id, "b": averland.public_id}
    words = text_of(client.get("/dossiers/demo/compare/", pair).content)
    assert "1 without a difference · 1 disputed · 1 told by one only" in words
    assert "Disputed: fact" in words
    assert words.index("Norvania Silent in the letters read") > words.index("Disputed: fact")


@pytest.mark.parametrize("query", ["", "?a=0&b=x", "?a=99999999999999999999"])
def test_compare_answers_whatever_is_asked(demo: Dossier, client: Client, query: str) -> None:
    assert client.get(f"/dossiers/demo/compare/{query}").status_code == 200


def test_an_event_is_seen_with_the_claims_that_are_seen(
    demo: Dossier, averland: Party, norvania: Party, client: Client
) -> None:
    hidden = [{"asserting_party": averland}, {"asserting_party": norvania}]
    mixed = [{"asserting_party": averland, "review_state": "accepted"}, {"asserting_party": norvania}]
    events = told(demo, Unseen=hidden, Partly=mixed)
    Dossier.objects.update(show_suggestions=False)
    assert client.get(f"/events/{events['Unseen'].public_id}/").status_code == 404
    assert "1 account in 1 letter" in text_of(client.get(f"/events/{events['Partly'].public_id}/").content)
    page = client.get("/dossiers/demo/events/?show=all").content.decode()
    assert re.findall(r"<q>(Unseen|Partly)</q>", page) == ["Partly"]
    reader = User.objects.create_user("reader")
    Membership.objects.create(dossier=demo, user=reader, role="reader")
    client.force_login(reader)
    assert client.get(f"/events/{events['Unseen'].public_id}/").status_code == 200


@pytest.mark.parametrize("place", [*PAGES, "event"])
def test_questions_do_not_grow_with_the_events(
    demo: Dossier, averland: Party, norvania: Party, client: Client, place: str
) -> None:
    counts = []
    for name, many in (("one", 1), ("more", 14)):
        pair = [{"asserting_party": averland}, {"asserting_party": norvania, "stance": "denies"}]
        made = told(demo, **{f"{name}{i}": [dict(row) for row in pair] for i in range(many)})
        first = next(iter(made.values()))
        address = f"/events/{first.public_id}/" if place == "event" else f"/dossiers/demo/{place}"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 18


def test_events_come_page_by_page(demo: Dossier, averland: Party, client: Client) -> None:
    rows = {f"e{i}": [{"asserting_party": averland}] for i in range(EVENTS_A_PAGE + 3)}
    told(demo, **rows)
    found: list[str] = []
    for number in (1, 2):
        page = client.get("/dossiers/demo/events/", {"show": "all", "page": number}).content.decode()
        found += re.findall(r"<q>(e\d+)</q>", page)
    assert sorted(found) == sorted(rows)


@pytest.mark.parametrize(
    ("values", "given"),
    [
        ({"stance": "asserts"}, True),
        ({"stance": "announces"}, True),
        ({"stance": "denies"}, False),
        ({"stance": "denies", "is_quoted": True, "lane_party_id": 2}, True),
        ({"stance": "reports", "is_quoted": True, "lane_party_id": 2}, True),
        ({"stance": "reports", "is_quoted": True, "lane_party_id": 2, "modality": "did not"}, False),
        ({"stance": "denies", "is_quoted": True, "lane_party_id": 1}, False),
    ],
)
def test_who_denies_a_date_does_not_give_it(values: dict, given: bool) -> None:
    claim = Claim(asserting_party_id=1, **{"lane_party_id": 1, **values})
    assert accounts.gives_its_date(claim) is given


def test_each_account_says_why_it_stands_with_the_others(db: None, client: Client) -> None:
    call_command("load_samples", stdout=StringIO())
    claim = Claim.objects.filter(quote__contains="did not open the gates", event__isnull=False).first()
    assert claim
    page = client.get(f"/events/{claim.event.public_id}/").content.decode()
    account = re.search(rf'id="account-{claim.public_id}">(.*?)</article>', page, re.S)
    assert account
    words = text_of(account[1].encode())
    assert "As Lethmark’s account: same date; kind of act: sluice; words in common:" in words
    assert f"#account-{claim.public_id}" in client.get(f"/claims/{claim.public_id}/").content.decode()


def test_an_account_that_a_person_put_there_says_so(demo: Dossier, averland: Party, client: Client) -> None:
    event = told(demo, E=[{"asserting_party": averland}, {"asserting_party": averland}])["E"]
    curator = User.objects.create_user("curator")
    Membership.objects.create(dossier=demo, user=curator, role="curator")
    other = Claim.objects.filter(dossier=demo, event=None).exclude(edtf=None).order_by("pk").first()
    correct_claim(curator, other, Correction(event=event), other.version)
    words = text_of(client.get(f"/events/{event.public_id}/").content)
    assert words.count("Put here by a person.") == 1


def test_the_samples_are_told_side_by_side(db: None, client: Client) -> None:
    call_command("load_samples", stdout=StringIO())
    seen = Claim.objects.visible_to(AnonymousUser())
    for slug in ("ostrel-dam", "cape-irvan"):
        dossier = Dossier.objects.get(slug=slug)
        for page in PAGES:
            assert client.get(f"/dossiers/{slug}/{page}").status_code == 200
        for event in dossier.events.all():
            page = client.get(f"/events/{event.public_id}/").content.decode()
            ids = {int(i) for i in re.findall(r'id="account-(\d+)"', page)}
            assert ids == set(seen.filter(event=event).values_list("public_id", flat=True))
            assert (
                f'href="/events/{event.public_id}/"'
                in client.get(f"/dossiers/{slug}/events/?show=all").content.decode()
            )

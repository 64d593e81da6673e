"""The pages of a dossier: what they show, to whom, how many questions they ask, what may keep them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Dossier, Letter, Membership
from timeline.demo import store
from timeline.models import Claim
from timeline.pages import ROWS_BESIDE

PAGES = (
    "/",
    "/dossiers/{slug}/",
    "/dossiers/{slug}/chronology/",
    "/dossiers/{slug}/letters/",
    "{letter}",
    "{claim}",
)


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a published dossier of 300 made-up claims."""
    return store("demo", "Demonstration", 300, 7)


def text_of(page: bytes) -> str:
    """Return a page's words as they are read, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page.decode())).split())


def addresses(dossier: Dossier) -> list[str]:
    letter, claim = Letter.objects.filter(dossier=dossier)[0], Claim.objects.filter(dossier=dossier)[0]
    filled = {"slug": dossier.slug, "letter": letter.get_absolute_url(), "claim": claim.get_absolute_url()}
    return [page.format(**filled) for page in PAGES]


def quoted_claim() -> Claim:
    return Claim.objects.filter(is_quoted=True).exclude(edtf=None).select_related("letter")[0]


def test_home_leads_to_the_dossiers(demo: Dossier, client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'href="/dossiers/demo/"' in page
    assert "300 claims" in page


def test_the_timeline_holds_the_list_for_those_without_a_script(demo: Dossier, client: Client) -> None:
    page = client.get("/dossiers/demo/").content.decode()
    links = set(re.findall(r'href="/claims/(\d+)/"', page))
    first = Claim.objects.by_date().values_list("public_id", flat=True)[:ROWS_BESIDE]
    assert links == {str(public_id) for public_id in first}


def test_pages_of_the_list_hold_every_claim_once(demo: Dossier, client: Client) -> None:
    found: list[str] = []
    for number in (1, 2, 3):
        page = client.get("/dossiers/demo/chronology/", {"page": number}).content.decode()
        found += re.findall(r'<tr data-claim="(\d+)"', page)
    assert len(found) == len(set(found)) == 300


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ({"stance": "denies"}, {"stance": "denies"}),
        ({"basis": "inferred"}, {"basis": "inferred"}),
        ({"review": "accepted"}, {"review_state": "accepted"}),
        ({"q": "harbour inspected"}, {"quote__icontains": "the harbour was inspected"}),
    ],
)
def test_a_filter_keeps_what_it_says(demo: Dossier, client: Client, query: dict, condition: dict) -> None:
    page = client.get("/dossiers/demo/chronology/", query).content.decode()
    kept = Claim.objects.filter(**condition).count()
    assert 0 < kept < 300
    assert f"<b>{kept}</b> of 300 claims" in page
    assert len(re.findall(r'<tr data-claim="', page)) == min(kept, 100)


def test_the_party_filter_keeps_its_lane(demo: Dossier, client: Client) -> None:
    lane = Claim.objects.filter(lane_party__name="Norvania").select_related("lane_party")
    page = client.get("/dossiers/demo/", {"party": lane[0].lane_party.public_id}).content.decode()
    assert f"<b>{lane.count()}</b> of 300 claims" in page
    assert re.findall(r'data-lane="(\d+)"', page) == [str(lane[0].lane_party.public_id)]


def test_the_window_keeps_what_touches_it(demo: Dossier, client: Client) -> None:
    page = client.get("/dossiers/demo/chronology/", {"from": "2005", "to": "2005"}).content.decode()
    kept = Claim.objects.between(731_947, 732_311).count()
    assert f"<b>{kept}</b> of 300 claims" in page


def test_nothing_found_says_which_filter_to_lift(demo: Dossier, client: Client) -> None:
    page = client.get("/dossiers/demo/", {"q": "submarine", "stance": "denies"}).content
    assert "No claim matches." in text_of(page)
    assert 'href="?stance=denies"' in page.decode()


def test_marks_are_asked_for_with_the_filters_and_without_the_window(demo: Dossier, client: Client) -> None:
    page = client.get("/dossiers/demo/", {"stance": "denies", "from": "2005", "claim": "5"}).content.decode()
    assert 'data-marks-url="/dossiers/demo/marks.json?stance=denies"' in page


def test_a_claim_stands_in_its_paragraph_with_its_exact_characters(demo: Dossier, client: Client) -> None:
    claim = quoted_claim()
    page = client.get(claim.get_absolute_url()).content.decode()
    marked = "".join(re.findall(r'<mark class="hl">(.*?)</mark>', page))
    assert unescape(re.sub(r"<[^>]+>", "", marked)) == claim.quote
    timex = re.search(r'<span class="tx">(.*?)</span>', page)
    assert timex
    assert unescape(timex[1]) == claim.letter.text[claim.timex_start : claim.timex_end]
    for step in claim.reasoning:
        assert step in text_of(page.encode())


def test_a_quoted_claim_says_whose_words_these_are_and_who_reports_them(
    demo: Dossier, client: Client
) -> None:
    claim = quoted_claim()
    Claim.objects.filter(pk=claim.pk).update(stance="rejects-wording")
    words = text_of(client.get(claim.get_absolute_url()).content)
    sender, lane = claim.asserting_party.name, claim.lane_party.name
    assert f"{sender} reports {lane}’s words, and rejects the wording" in words


def test_a_uuid_answers_as_the_short_number_does(demo: Dossier, client: Client) -> None:
    claim = quoted_claim()
    short, long = client.get(f"/claims/{claim.public_id}/"), client.get(f"/claims/{claim.uuid}/")
    assert short.content == long.content
    assert f"/claims/{claim.uuid}/" in short.content.decode()


@pytest.mark.parametrize("reference", ["0", "x", "12ab", "9" * 40, "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_claim_is_missing(demo: Dossier, client: Client, reference: str) -> None:
    assert client.get(f"/claims/{reference}/").status_code == 404


def test_htmx_gets_the_panel_and_history_the_whole_page(demo: Dossier, client: Client) -> None:
    address = quoted_claim().get_absolute_url()
    part = client.get(address, headers={"HX-Request": "true"})
    restored = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" not in part.content
    assert b"<html" in restored.content
    assert "HX-Request" in part["Vary"]
    assert part.content == client.get(f"{address}panel/").content


def test_letters_text_is_escaped(demo: Dossier, client: Client) -> None:
    claim = quoted_claim()
    evil = "<script>alert(1)</script> & <b>x</b>"
    text = claim.letter.text[: claim.start] + evil + claim.letter.text[claim.start :]
    from documents.models import sha256_of

    Letter.objects.filter(pk=claim.letter_id).update(
        text=text, text_sha256=sha256_of(text.encode()), subject=evil, symbols=[evil]
    )
    Dossier.objects.update(title=evil)
    for address in addresses(demo):
        assert b"<script>alert" not in client.get(address).content, address


def test_a_letter_is_shown_whole(demo: Dossier, client: Client) -> None:
    letter = Letter.objects.exclude(text="")[0]
    page = client.get(letter.get_absolute_url()).content.decode()
    sheet = re.search(r'<article class="sheet".*?</article>', page, re.S)
    assert sheet
    without_notes = re.sub(r'<div class="notes".*?</div>\s*</div>', "", sheet[0], flags=re.S)
    shown = "".join(unescape(re.sub(r"<[^>]+>", "", without_notes)).split())
    assert shown == "".join(letter.text.split())


def test_a_letters_claims_each_have_one_place_to_scroll_to(demo: Dossier, client: Client) -> None:
    letter = Letter.objects.all()[0]
    page = client.get(letter.get_absolute_url()).content.decode()
    anchors = re.findall(r'id="claim-(\d+)"', page)
    ids = [str(i) for i in letter.claims.not_set_aside().values_list("public_id", flat=True)]
    assert sorted(anchors) == sorted(ids)


def test_outsiders_find_no_suggestions_where_the_dossier_hides_them(demo: Dossier, client: Client) -> None:
    Dossier.objects.update(show_suggestions=False)
    hidden = Claim.objects.filter(review_state="suggested").select_related("letter")[0]
    assert client.get(hidden.get_absolute_url()).status_code == 404
    letter = client.get(hidden.letter.get_absolute_url()).content.decode()
    assert f"claim-{hidden.public_id}" not in letter
    accepted = Claim.objects.filter(review_state="accepted").count()
    assert f"{accepted} claims" in text_of(client.get("/dossiers/demo/").content)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_published_is_kept_nowhere(demo: Dossier, client: Client, page: str) -> None:
    Dossier.objects.update(published=False)
    reader = User.objects.create_user("reader")
    Membership.objects.create(dossier=demo, user=reader, role="reader")
    address = addresses(demo)[PAGES.index(page)]
    if page != "/":
        assert client.get(address).status_code == 404
    client.force_login(reader)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_readers_are_not_offered_to_correct(demo: Dossier, client: Client) -> None:
    claim = quoted_claim()
    for role, offered in (("reader", False), ("curator", True)):
        user = User.objects.create_user(role, is_staff=True)
        Membership.objects.create(dossier=demo, user=user, role=role)
        client.force_login(user)
        page = client.get(claim.get_absolute_url()).content.decode()
        assert (f"/admin/timeline/claim/{claim.pk}/change/" in page) is offered, role


@pytest.mark.parametrize("page", PAGES)
def test_questions_do_not_grow_with_the_claims(db: None, client: Client, page: str) -> None:
    counts = []
    for slug, claims in (("one", 1), ("many", 300)):
        Dossier.objects.all().update(published=False)
        address = addresses(store(slug, slug, claims, 3))[PAGES.index(page)]
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    # A page of a list that holds nothing asks for less, never for more with more.
    assert counts[1] <= counts[0] + 1
    # The timeline's own page asks for its marks as well.
    assert counts[1] <= (25 if page == "/dossiers/{slug}/" else 17)


@pytest.mark.parametrize("address", ["/", "/login/", "/nothing/", "/dossiers/none/"])
def test_no_page_has_scripts_or_styles_of_its_own(db: None, client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r'\son\w+="', page) == []


def test_no_page_of_a_dossier_has_scripts_or_styles_of_its_own(demo: Dossier, client: Client) -> None:
    for address in addresses(demo):
        page = client.get(address).content.decode()
        assert " style=" not in page, address
        assert re.findall(r'<script(?! type="application/json")(?![^>]*\bsrc=)', page) == [], address
        assert re.findall(r'\son\w+="', page) == [], address


@pytest.mark.parametrize("address", ["/robots.txt", "/favicon.ico"])
def test_robots_and_browsers_get_what_they_ask_of_any_site(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 301)


def test_a_panel_leads_to_no_neighbour_that_its_reader_may_not_see(demo: Dossier, client: Client) -> None:
    lane = Claim.objects.filter(dossier=demo).exclude(earliest_day=None).order_by("earliest_day", "pk")
    claim = lane.exclude(lane_party=None)[150]
    before, after = (
        [c for c in lane.filter(lane_party=claim.lane_party) if side((c.earliest_day, c.pk))]
        for side in (
            lambda place: place < (claim.earliest_day, claim.pk),
            lambda place: place > (claim.earliest_day, claim.pk),
        )
    )
    Claim.objects.filter(pk__in=[before[-1].pk, after[0].pk]).update(review_state="dismissed")
    Claim.objects.filter(pk__in=[before[-2].pk, after[1].pk]).update(review_state="accepted")
    with CaptureQueriesContext(connection) as asked:
        panel = client.get(f"/claims/{claim.public_id}/panel/").content.decode()
    assert f'href="/claims/{before[-2].public_id}/" data-claim-prev' in panel
    assert f'href="/claims/{after[1].public_id}/" data-claim-next' in panel
    assert str(before[-1].public_id) not in panel
    assert str(after[0].public_id) not in panel
    assert len(asked) <= 8
    Dossier.objects.filter(pk=demo.pk).update(show_suggestions=False)
    Claim.objects.filter(pk=claim.pk).update(review_state="accepted")
    Claim.objects.filter(pk=after[1].pk).update(review_state="suggested")
    Claim.objects.filter(pk=after[2].pk).update(review_state="accepted")
    panel = client.get(f"/claims/{claim.public_id}/panel/").content.decode()
    assert f'href="/claims/{after[2].public_id}/" data-claim-next' in panel
    assert str(after[1].public_id) not in panel


def test_one_walks_a_lane_from_its_first_claim_to_its_last_and_back(demo: Dossier) -> None:
    """Also to those of which only the end is known, which come last."""
    party = Claim.objects.exclude(lane_party=None)[0].lane_party
    keys = list(Claim.objects.filter(lane_party=party).dated().order_by("pk").values_list("pk", flat=True))
    Claim.objects.filter(pk__in=keys[2:5]).update(earliest_day=None)
    Claim.objects.filter(pk__in=keys[3:5]).update(latest_day=730_000)
    lane = Claim.objects.lane_of(Claim.objects.get(pk=keys[0]))
    wanted = list(lane.by_date().values_list("pk", flat=True))
    claim = lane.filter(earliest_day__isnull=False).order_by("earliest_day", "pk").first()
    there = [claim]
    while following := lane.after(there[-1]):
        there.append(following)
    assert {each.pk for each in there} == set(wanted)
    assert len(there) == len(wanted)
    assert [each.pk for each in there[-3:]] == [pk for pk in wanted if pk in keys[2:5]]
    back = [there[-1]]
    while preceding := lane.before(back[-1]):
        back.append(preceding)
    assert back == there[::-1]


@pytest.mark.parametrize("page", ["/dossiers/demo/", "/dossiers/demo/search/?q=the"])
def test_a_letter_without_a_symbol_is_called_by_its_date(demo: Dossier, client: Client, page: str) -> None:
    Letter.objects.update(symbols=[], own_day=738000)
    text = client.get(page).content.decode()
    assert ">29 July 2021 ¶" in text
    Letter.objects.update(own_day=None)
    text = client.get(page).content.decode()
    assert ">Letter ¶" in text

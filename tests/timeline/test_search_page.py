"""The search of a dossier: claims and letters that hold all words, and the way to each place."""

from __future__ import annotations

import itertools
import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from documents.ingest import ingest_pasted
from documents.models import Letter
from tests.timeline.desk import Desk, build_desk
from timeline.letter_page import hits_in
from timeline.searching import places_of

pytestmark = pytest.mark.django_db

LAMPS = """Port Aver, 25 May 2019

Sir,

The lamp was lit on 2 May 2019. It is <b>green</b>.

No keeper has seen the lamp since; the keeper of the harbour says so.

Of ships there is nothing to tell.
"""


@pytest.fixture
def desk() -> Desk:
    desk = build_desk()
    assert ingest_pasted(desk.dossier, LAMPS).status == "stored"
    return desk


def reader(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.reader)
    return client


def found(desk: Desk, q: str, client: Client | None = None) -> str:
    """Return the page of a search."""
    answer = (client or reader(desk)).get(f"/dossiers/{desk.dossier.slug}/search/", {"q": q})
    assert answer.status_code == 200
    return answer.content.decode()


def test_letters_and_claims_with_all_words_are_found(desk: Desk) -> None:
    page = found(desk, "LAMP lit")
    assert "1 claim<" in page
    assert "1 letter<" in page
    assert '<mark class="hit">lamp</mark> was <mark class="hit">lit</mark>' in page
    assert "claims-found" not in found(desk, "keeper harbour")
    assert "1 letter<" in found(desk, "keeper harbour")


def test_one_word_too_many_finds_nothing_and_says_so(desk: Desk) -> None:
    assert "Neither a claim nor a letter holds all of" in found(desk, "lamp submarine")


def test_text_of_letters_is_escaped(desk: Desk) -> None:
    page = found(desk, "green")
    assert "<b>green" not in page
    assert '&lt;b&gt;<mark class="hit">green</mark>&lt;/b&gt;' in page


def test_a_place_leads_to_the_first_of_its_words_in_the_letter(desk: Desk) -> None:
    page = found(desk, "keeper")
    (address, number) = re.search(r'href="(/letters/\d+/\?q=keeper)#hit-(\d+)"', page).groups()  # type: ignore[union-attr]
    letter = reader(desk).get(address).content.decode()
    assert letter.count('<mark class="hit"') == 2
    assert f'No <mark class="hit" id="hit-{number}">keeper</mark>' in letter
    assert "<b>2</b> places with <q>keeper</q>" in letter


def test_a_hit_across_a_highlight_has_one_address(desk: Desk) -> None:
    letter = Letter.objects.get(text__contains="lamp was lit")
    page = reader(desk).get(letter.get_absolute_url(), {"q": "2"}).content.decode()
    addresses = re.findall(r'id="(hit-\d+)"', page)
    assert len(addresses) == len(set(addresses)) == len(hits_in(letter.text, "2"))


def test_a_private_dossier_is_searched_by_its_members_alone(desk: Desk) -> None:
    assert Client().get(f"/dossiers/{desk.dossier.slug}/search/", {"q": "lamp"}).status_code == 404


def test_no_words_find_nothing(desk: Desk) -> None:
    assert "Finds claims and letters that hold all the words" in found(desk, "  ")


@given(
    text=st.text("ab c\n", max_size=60),
    cuts=st.lists(st.integers(0, 60), max_size=8),
    sought=st.text("abc ", max_size=4),
)
def test_every_place_begins_with_the_hit_it_names(text: str, cuts: list[int], sought: str) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    stretches = list(itertools.pairwise(edges))
    hits = hits_in(text, sought)
    places = places_of(text, hits, stretches)
    for place in places:
        assert place.start <= hits[place.first_hit - 1][0] < place.end
        assert place.first_hit == 1 or hits[place.first_hit - 2][0] < place.start
    begun = {stretch for stretch in stretches for hit in hits if stretch[0] <= hit[0] < stretch[1]}
    assert {(place.start, place.end) for place in places} == begun

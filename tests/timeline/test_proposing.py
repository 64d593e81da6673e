"""What the machine missed: the reader proposes for words a person chose; dates without a claim are told."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.ingest import ingest_pasted
from tests.timeline.desk import Desk, build_desk
from timeline import curation
from timeline.models import Claim
from timeline.proposing import places_of, propose, uncovered
from timeline.recording import record_letter


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.curator)
    return client


def address(desk: Desk) -> str:
    return f"/admin/letters/{desk.letter.public_id}/claims/"


def sent_by(page) -> dict[str, str]:
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("seized the trawler Morning Star", 1),
        ("SEIZED  the\ttrawler", 1),
        ("Norvania", 4),
        ("trawler*", 0),
        ("no such words", 0),
        ("   ", 0),
    ],
)
def test_words_are_found_whatever_lies_between_them(desk: Desk, words: str, count: int) -> None:
    places = places_of(desk.letter, words)
    assert len(places) == count
    for place in places:
        assert desk.letter.text[place.start : place.end] == place.words


def test_the_reader_proposes_date_voice_and_stance(desk: Desk) -> None:
    (place,) = places_of(desk.letter, "its vessel had left the area on 16 June 2018")
    proposal = propose(desk.letter, place.start, place.end)
    assert proposal.edtf == "2018-06-16"
    assert (proposal.asserted_by, proposal.quoted) == ("Norvania", "Averland")
    assert proposal.timex is not None
    assert desk.letter.text[slice(*proposal.timex)] == "16 June 2018"


def test_words_without_a_date_get_none(desk: Desk) -> None:
    (place,) = places_of(desk.letter, "Maria Teller")
    proposal = propose(desk.letter, place.start, place.end)
    assert (proposal.edtf, proposal.timex, proposal.asserted_by) == (None, None, "Norvania")


def test_typed_words_become_a_claim_that_stays(desk: Desk, client: Client) -> None:
    page = client.get(address(desk), {"words": "seized the trawler Morning Star"})
    sent = {**sent_by(page), "edtf": "about 14 June 2018", "reason": "Known from the log."}
    assert sent["asserted_by"] == str(desk.party("Norvania").pk)
    assert client.post(address(desk), sent).status_code == 302
    claim = Claim.objects.get(added_by_person=True)
    assert claim.quote.split() == ["seized", "the", "trawler", "Morning", "Star"]
    assert (claim.edtf, claim.review_state) == ("2018-06-14~", "accepted")
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert (claim.edtf, claim.review_state) == ("2018-06-14~", "accepted")


def test_of_several_places_one_is_chosen(desk: Desk, client: Client) -> None:
    page = client.get(address(desk), {"words": "Averland"})
    assert page.context["form"] is None
    assert f"They stand there {len(places_of(desk.letter, 'Averland'))} times" in page.content.decode()
    place = page.context["places"][1]
    page = client.get(address(desk), {"start": place.start, "end": place.end})
    assert sent_by(page)["start"] == str(place.start)


def test_a_claim_without_a_text_is_marked_so(desk: Desk, client: Client) -> None:
    page = client.get(address(desk), {"without": "text"})
    client.post(
        address(desk),
        {**sent_by(page), "edtf": "2018-07", "basis": "explicit", "stance": "asserts"}
        | {"modality": "happened"},
    )
    claim = Claim.objects.get(added_by_person=True)
    assert (claim.start, claim.quote, claim.edtf) == (None, "", "2018-07")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"edtf": "2018-13"}, "there is no month 13"),
        ({"end": "999999"}, "do not stand in this letter"),
        ({"stance": "admits"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_adds_nothing(
    desk: Desk, client: Client, changed: dict[str, str], sentence: str
) -> None:
    page = client.get(address(desk), {"words": "seized the trawler Morning Star"})
    page = client.post(address(desk), {**sent_by(page), **changed})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Claim.objects.filter(added_by_person=True).exists()


def test_dates_that_gave_no_claim_say_why(desk: Desk) -> None:
    assert {row.words: row.why for row in uncovered(desk.letter)} == {
        "20 May 2019": "It is a date that the letter itself bears."
    }
    curation.dismiss_claim(desk.curator, desk.claim("3 March"), None)
    assert {row.words: row.why for row in uncovered(desk.letter)} == {
        "20 May 2019": "It is a date that the letter itself bears.",
        "3 March 2018": "Somebody dismissed its claim.",
    }


PILOTS = """Letter dated 20 June 2019 from the Permanent Representative of Norvania to the United Nations
addressed to the Secretary-General

1. On 3 May 2018 cutters of Averland entered the lock. They come every Monday, and at noon they leave.

2. The lock was closed from 4 to 6 April 2018. The lock is now open.

(Signed) Maria Teller
Permanent Representative
"""


def test_the_reader_says_itself_why_a_date_is_no_claim(desk: Desk) -> None:
    letter = ingest_pasted(desk.dossier, PILOTS).letter
    assert {row.words: row.why for row in uncovered(letter)} == {
        "20 June 2019": "It is a date that the letter itself bears.",
        "every Monday": "It says how often, not when.",
        "noon": "It gives a time without a place on the calendar.",
        "now": "It gives a time without a place on the calendar.",
    }
    texts = [PILOTS[c.timex_start : c.timex_end] for c in Claim.objects.filter(letter=letter)]
    assert "3 May 2018" in texts
    assert not {"every Monday", "noon", "now"} & set(texts)


def test_a_letter_read_before_asks_to_be_read_again(desk: Desk, client: Client) -> None:
    claim = desk.claim("3 March")
    Claim.objects.filter(pk=claim.pk).delete()
    why = {row.words: row.why for row in uncovered(desk.letter)}
    assert why["3 March 2018"] == "A new reading makes a claim of it. Read the letter again."
    page = client.get(address(desk)).content.decode()
    assert f'href="/admin/documents/letter/{desk.letter.pk}/read-again/"' in page
    record_letter(desk.letter)
    assert "3 March" not in {row.words for row in uncovered(desk.letter)}


def test_a_date_that_gave_none_becomes_a_claim_from_its_row(desk: Desk, client: Client) -> None:
    letter = ingest_pasted(desk.dossier, PILOTS).letter
    address = f"/admin/letters/{letter.public_id}/claims/"
    row = next(row for row in client.get(address).context["uncovered"] if row.words == "now")
    page = client.get(address, {"start": row.span[0], "end": row.span[1]})
    sent = {**sent_by(page), "edtf": "2019-06-20", "reason": "Now is the day of the letter."}
    assert client.post(address, sent).status_code == 302
    assert Claim.objects.get(added_by_person=True).quote == "The lock is now open."


@pytest.mark.parametrize(("role", "status"), [("reader", 302), ("stranger", 302)])
def test_others_neither_see_nor_add(desk: Desk, role: str, status: int) -> None:
    client = Client()
    client.force_login(getattr(desk, role))
    assert client.get(address(desk)).status_code == status
    assert client.post(address(desk), {"edtf": "2018"}).status_code == status
    assert "data-new-claim" not in client.get(desk.letter.get_absolute_url()).content.decode()


def test_the_letter_leads_curators_there(desk: Desk, client: Client) -> None:
    assert (
        f'href="{address(desk)}" data-new-claim'
        in client.get(desk.letter.get_absolute_url()).content.decode()
    )

"""The page of a dossier's letters: by date, by correspondence, with what is uncertain."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from documents.ingest import ingest_pasted
from documents.models import Dossier, Letter, LetterRelation, Membership
from tests.timeline.desk import Desk, build_desk

pytestmark = pytest.mark.django_db

ANSWER = """Letter dated 30 May 2019 from the Permanent Representative of Averland to the United Nations
addressed to the Permanent Representative of Norvania

I reply to the letter dated 20 May 2019 from the Permanent Representative of Norvania.
The vessel left on 15 June.
"""
OTHER = "Port Aver, 25 May 2019\n\nSir,\n\nThe lamp was lit on 2 May 2019.\n"


@pytest.fixture
def desk() -> Desk:
    desk = build_desk()
    for text in (OTHER, ANSWER):
        assert ingest_pasted(desk.dossier, text).status == "stored"
    return desk


def rows(client: Client, dossier: Dossier, query: str = "") -> list[str]:
    """Return the rows of the list as words, headings of groups among them."""
    page = client.get(f"/dossiers/{dossier.slug}/letters/{query}").content.decode()
    found = re.findall(r"<tr\b.*?</tr>", page, re.DOTALL)[1:]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in found]


def reader(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.reader)
    return client


def test_letters_stand_by_date(desk: Desk) -> None:
    dates = [row[:11].strip() for row in rows(reader(desk), desk.dossier)]
    assert dates == ["20 May 2019", "25 May 2019", "30 May 2019"]


def test_a_letter_and_its_answer_stand_together(desk: Desk) -> None:
    found = rows(reader(desk), desk.dossier, "?by=correspondence")
    assert found[0] == "Norvania, Averland: 2 letters"
    assert [row[:11].strip() for row in found[1:3]] == ["20 May 2019", "30 May 2019"]
    assert found[4].startswith("25 May 2019")


def test_what_is_uncertain_is_marked(desk: Desk) -> None:
    (row,) = [row for row in rows(reader(desk), desk.dossier) if row.startswith("25 May")]
    assert "No recipient" in row
    assert all("No date" not in row for row in rows(reader(desk), desk.dossier))


def test_an_outsider_finds_no_list(desk: Desk) -> None:
    for query in ("", "?by=correspondence"):
        assert Client().get(f"/dossiers/{desk.dossier.slug}/letters/{query}").status_code == 404


def test_a_curator_is_led_to_the_form_and_a_reader_is_not(desk: Desk) -> None:
    letter = Letter.objects.filter(dossier=desk.dossier).first()
    assert letter is not None
    curator = Client()
    curator.force_login(desk.curator)
    address = f"/letters/{letter.public_id}/metadata/"
    assert address in curator.get(letter.get_absolute_url()).content.decode()
    assert address not in reader(desk).get(letter.get_absolute_url()).content.decode()
    assert curator.get(address)["Cache-Control"] == "private, no-store"
    Membership.objects.filter(user=desk.curator).delete()
    assert curator.get(address).status_code == 404


def test_a_letter_without_a_subject_is_called_by_its_date_and_sender(desk: Desk) -> None:
    found = rows(reader(desk), desk.dossier)
    assert "Letter of 20 May 2019 from Norvania" in found[0]
    assert "Pasted text" not in " ".join(found)


def test_each_other_letter_is_named_once(desk: Desk) -> None:
    answer = Letter.objects.get(text=ANSWER)
    first = LetterRelation.objects.get(letter=answer, kind="replies to")
    LetterRelation.objects.create(letter=answer, kind="replies to", target=first.target, words="that letter")
    LetterRelation.objects.create(letter=answer, kind="cites", target=first.target, words="the same")
    (row,) = [row for row in rows(reader(desk), desk.dossier) if row.startswith("30 May")]
    assert row.count("Letter of 20 May 2019 from Norvania") == 1
    assert "Replies to Letter of 20 May 2019 from Norvania" in row
    page = reader(desk).get(answer.get_absolute_url()).content.decode()
    assert page.count("Letter of 20 May 2019 from Norvania") == 1


CITING = """Letter dated 2 June 2019 from the Permanent Representative of Averland to the United Nations
addressed to the Secretary-General

As stated in document S/2019/777, the vessel left.
"""


def test_what_is_cited_and_not_here_is_listed_until_it_comes(desk: Desk) -> None:
    ingest_pasted(desk.dossier, CITING)
    (row,) = [row for row in rows(reader(desk), desk.dossier) if row.startswith("2 June")]
    assert "Cites 1 not in this dossier" in row
    (missing,) = rows(reader(desk), desk.dossier, "?by=missing")
    assert "S/2019/777" in missing
    assert "Letter of 2 June 2019 from Averland" in missing
    ingest_pasted(desk.dossier, "S/2019/777\n\n" + ANSWER.replace("30 May", "1 June"))
    assert rows(reader(desk), desk.dossier, "?by=missing") == []
    (row,) = [row for row in rows(reader(desk), desk.dossier) if row.startswith("2 June")]
    assert "Cites Letter of 1 June 2019 from Averland" in row


def test_an_outsider_is_told_of_nothing_missing(desk: Desk) -> None:
    assert Client().get(f"/dossiers/{desk.dossier.slug}/letters/?by=missing").status_code == 404

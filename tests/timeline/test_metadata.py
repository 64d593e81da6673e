"""The form of a letter's metadata: where values were read, corrections, confirmation, two at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from documents.ingest import Given, ingest_pasted
from documents.models import Correspondent, Letter, LetterDate, LetterRelation
from tests.timeline.desk import Desk, build_desk
from tests.timeline.sending import browser
from timeline.curation import undo
from timeline.metadata import ReadPlace, is_confirmed, places_of, text_pieces
from timeline.metadata_form import MetadataForm
from timeline.models import Claim, Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return build_desk()


def address(letter: Letter) -> str:
    return f"/letters/{letter.public_id}/metadata/"


def filled(letter: Letter, **changes: str) -> dict[str, str]:
    """Return what a browser sends for a letter's form as it stands, with changes."""
    form = MetadataForm(letter)
    values = {name: form[name].value() for name in form.fields}
    return {**{name: "" if value is None else str(value) for name, value in values.items()}, **changes}


def send_once(desk: Desk, letter: Letter, confirm: bool = False, **changes: str) -> Any:
    data = filled(letter, **changes) | ({"confirm": "1"} if confirm else {})
    return browser(desk.curator).post(address(letter), data, follow=True)


def send(desk: Desk, letter: Letter, confirm: bool = False, **changes: str) -> Any:
    """Send a letter's form, and again where claims would follow and were shown."""
    response = send_once(desk, letter, confirm, **changes)
    seen = re.search(r'name="seen" value="(\w+)"', response.content.decode())
    return send_once(desk, letter, confirm, seen=seen[1], **changes) if seen else response


def row_of(letter: Letter, role: str) -> int:
    """Return the number of the form's row for the cover's first correspondent of a role."""
    form = MetadataForm(letter)
    return next(n for n, c in enumerate(form.state["correspondents"]) if (c["part"], c["role"]) == (0, role))


@pytest.mark.parametrize("role", ["reader", "stranger"])
def test_it_is_not_there_for_who_may_not_decide(desk: Desk, role: str) -> None:
    client = browser(getattr(desk, role))
    assert client.get(address(desk.letter)).status_code == 404
    assert client.post(address(desk.letter), filled(desk.letter, date_0="2001-01-01")).status_code == 404
    assert LetterDate.objects.get(part__letter=desk.letter, is_anchor=True).edtf == "2019-05-20"


def test_every_value_is_shown_where_it_was_read(desk: Desk) -> None:
    page = browser(desk.curator).get(address(desk.letter)).content.decode()
    marks = dict(re.findall(r'<mark[^>]*data-reads="([^"]*) "[^>]*>([^<]*)</mark>', page))
    assert marks["date_0"] == "20 May 2019"
    assert any("Permanent Representative of Norvania" in words for words in marks.values())
    keys = {key for joined in marks for key in joined.split()}
    assert keys == set(re.findall(r'id="read-(\w+)"', page))
    assert set(re.findall(r'href="#read-(\w+)"', page)) <= keys


def test_hostile_text_is_escaped(desk: Desk) -> None:
    letter = ingest_pasted(desk.dossier, "<script>alert(1)</script>\n\nLyssa, 4 May 1999\n\nA line.\n").letter
    assert letter is not None
    page = browser(desk.curator).get(address(letter)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6),
)
def test_no_character_of_the_text_is_lost(text: str, spans: list[tuple[int, int]]) -> None:
    places = [ReadPlace(f"k{n}", "K", a, a + b) for n, (a, b) in enumerate(spans) if a + b <= len(text)]
    pieces = text_pieces(text, sorted(places, key=lambda p: (p.start, -p.end)))
    assert "".join(piece.text for piece in pieces) == text
    assert sorted(p.key for piece in pieces for p in piece.places) == sorted(p.key for p in places)


def test_what_is_confirmed_unchanged_becomes_a_persons_word(desk: Desk) -> None:
    response = send(desk, desk.letter, confirm=True)
    assert "Saved." in response.content.decode()
    letter = Letter.objects.get(pk=desk.letter.pk)
    assert is_confirmed(letter)
    assert Correspondent.objects.filter(part__letter=letter, set_by_person=False).count() == 0
    assert "Checked by a person" in response.content.decode()


def test_what_is_saved_unchanged_stays_the_machines(desk: Desk) -> None:
    before = Decision.objects.count()
    assert "Nothing was changed." in send(desk, desk.letter).content.decode()
    assert Decision.objects.count() == before
    assert not is_confirmed(Letter.objects.get(pk=desk.letter.pk))


def plain_letter(desk: Desk) -> Letter:
    letter = ingest_pasted(desk.dossier, "Lyssa, 4 May 1999\n\nSir,\n\nThe lamp was lit on 2 March.\n").letter
    assert letter is not None
    assert [claim.edtf for claim in letter.claims.all()] == ["1999-03-02"]
    return letter


def test_a_date_in_words_is_understood_and_the_claims_follow(desk: Desk) -> None:
    letter = plain_letter(desk)
    page = send(desk, letter, date_0="4 May 2001").content.decode()
    assert "Saved. 1 claim follows." in page
    assert LetterDate.objects.get(part__letter=letter, is_anchor=True).edtf == "2001-05-04"
    assert Claim.objects.get(letter=letter).edtf == "2001-03-02"
    undo(desk.curator, Decision.objects.filter(kind="letter").latest("number"))
    assert Claim.objects.get(letter=letter).edtf == "1999-03-02"


TITLED = """Letter dated 3 May 2019 from the Permanent Representative of Norvania to the United Nations
addressed to the Secretary-General

Vintra, 3 May 2019

On 5 April the lock was shut. On 3 May 2018 it had been opened.
"""


@pytest.mark.parametrize("given_date", [None, "2016-05-02"])
def test_no_claim_hangs_on_the_date_that_was_printed(desk: Desk, given_date: str | None) -> None:
    letter = ingest_pasted(desk.dossier, TITLED, given=Given(date=given_date)).letter
    assert letter is not None
    if given_date is None:
        send(desk, letter, date_0="2 May 2016")
    dates = (
        Claim.objects.filter(letter=letter).exclude(review_state="withdrawn").order_by("start", "timex_start")
    )
    assert [claim.edtf for claim in dates] == ["2016-04-05", "2018-05-03"]


def test_what_would_change_is_shown_before_anything_is_saved(desk: Desk) -> None:
    letter = plain_letter(desk)
    page = send_once(desk, letter, date_0="4 May 2001").content.decode()
    assert "Not saved yet." in page
    assert "1 claim follows." in page
    assert "2 March 1999 becomes <b>2 March 2001</b>" in page
    assert Claim.objects.get(letter=letter).edtf == "1999-03-02"
    assert LetterDate.objects.get(part__letter=letter, is_anchor=True).edtf == "1999-05-04"
    assert Letter.objects.get(pk=letter.pk).version == letter.version


def test_what_was_not_seen_is_shown_first(desk: Desk) -> None:
    letter = plain_letter(desk)
    page = send_once(desk, letter, date_0="4 May 2001").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    page = send_once(desk, letter, date_0="4 May 2007", seen=seen[1]).content.decode()
    assert "2 March 1999 becomes <b>2 March 2007</b>" in page
    assert Claim.objects.get(letter=letter).edtf == "1999-03-02"


def test_a_claim_that_is_left_out_keeps_its_date(desk: Desk) -> None:
    letter = plain_letter(desk)
    key = Claim.objects.get(letter=letter).pk
    send(desk, letter, date_0="4 May 2001", leave_out=str(key))
    assert LetterDate.objects.get(part__letter=letter, is_anchor=True).edtf == "2001-05-04"
    assert Claim.objects.get(letter=letter).edtf == "1999-03-02"


def test_where_no_claim_follows_it_is_saved_at_once(desk: Desk) -> None:
    page = send_once(desk, desk.letter, subject="The trawler").content.decode()
    assert "Saved. No claim changed." in page
    assert Letter.objects.get(pk=desk.letter.pk).subject == "The trawler"


def test_a_letter_may_be_said_to_have_no_date(desk: Desk) -> None:
    letter = plain_letter(desk)
    send(desk, letter, date_0="")
    assert not LetterDate.objects.filter(part__letter=letter, is_anchor=True).exists()
    assert Claim.objects.get(letter=letter).edtf == "XXXX-03-02"


@pytest.mark.parametrize("typed", ["2021-13", "31 February 2020", "soon"])
def test_what_is_no_date_is_refused_and_kept_in_its_field(desk: Desk, typed: str) -> None:
    page = send(desk, desk.letter, date_0=typed).content.decode()
    assert "Not saved" in page
    assert f'value="{typed}"' in page
    assert LetterDate.objects.get(part__letter=desk.letter, is_anchor=True).edtf == "2019-05-20"


def test_another_sender_asserts_the_claims(desk: Desk) -> None:
    number = row_of(desk.letter, "sender")
    send(desk, desk.letter, **{f"person_{number}_party": "averland"})
    claims = Claim.objects.filter(letter=desk.letter, asserting_party__isnull=False)
    assert set(claims.values_list("asserting_party__name", flat=True)) == {"Averland"}
    row = Correspondent.objects.get(part__letter=desk.letter, role="sender")
    assert (row.party.name if row.party else None, row.set_by_person) == ("Averland", True)


def test_an_unknown_party_is_refused_and_not_made(desk: Desk) -> None:
    number = row_of(desk.letter, "sender")
    page = send(desk, desk.letter, **{f"person_{number}_party": "Atlantis"}).content.decode()
    assert "“Atlantis” is not known in this dossier." in page
    assert Correspondent.objects.get(part__letter=desk.letter, role="sender").set_by_person is False


def test_a_correspondent_is_added_and_another_goes(desk: Desk) -> None:
    form = MetadataForm(desk.letter)
    new = len(form.state["correspondents"])
    gone = row_of(desk.letter, "recipient")
    send(
        desk,
        desk.letter,
        **{
            f"person_{new}_role": "recipient",
            f"person_{new}_party": "Averland",
            f"person_{new}_person": "Ada Linn",
            f"person_{gone}_role": "",
        },
    )
    rows = Correspondent.objects.filter(part__letter=desk.letter, role="recipient")
    assert [(r.party.name if r.party else None, r.person, r.position) for r in rows] == [
        ("Averland", "Ada Linn", 0)
    ]


def test_symbols_set_by_a_person_are_linked(desk: Desk) -> None:
    answer = ingest_pasted(
        desk.dossier,
        "S/2019/500\n\nLetter dated 30 May 2019 from the Permanent Representative of Averland to the United"
        " Nations\naddressed to the Secretary-General\n\nI refer to the letter of Norvania (S/2019/412).\n",
    ).letter
    assert answer is not None
    assert LetterRelation.objects.get(letter=answer, symbol="S/2019/412").target is None
    send(desk, desk.letter, symbols="S/2019/412, A/73/880")
    assert Letter.objects.get(pk=desk.letter.pk).symbols == ["S/2019/412", "A/73/880"]
    assert LetterRelation.objects.get(letter=answer, symbol="S/2019/412").target == desk.letter


def chosen(page: Any, **picks: str) -> dict[str, str]:
    """Return the page of both versions as it is sent; ``picks``: "mine" by field, else what is stored."""
    conflict = page.context["conflict"]
    sent = {**dict(conflict["carried"]), "resolve": "1", "version": conflict["version"]}
    for row in conflict["rows"]:
        name = row["name"]
        sent |= {f"stored_{name}": row["stored_value"], f"mine_{name}": row["mine_value"]}
        sent[f"pick_{name}"] = picks.get(name, "stored")
    return sent


def test_of_two_at_once_the_second_chooses_field_by_field(desk: Desk) -> None:
    late = filled(desk.letter, place="Vintra", subject="Mine")
    send(desk, desk.letter, place="Port Aver", subject="Theirs", symbols="A/1")
    client = browser(desk.curator)
    page = client.post(address(desk.letter), late)
    assert page.status_code == 409
    assert [(r["name"], r["stored"], r["mine"]) for r in page.context["conflict"]["rows"]] == [
        ("place", "Port Aver", "Vintra"),
        ("subject", "Theirs", "Mine"),
    ]
    assert Letter.objects.get(pk=desk.letter.pk).place == "Port Aver"
    assert client.post(address(desk.letter), chosen(page, place="mine")).status_code == 302
    letter = Letter.objects.get(pk=desk.letter.pk)
    assert (letter.place, letter.subject, letter.symbols) == ("Vintra", "Theirs", ["A/1"])


@pytest.mark.parametrize("theirs", ["adds", "removes"])
def test_a_correspondent_is_found_again_where_its_row_has_moved(desk: Desk, theirs: str) -> None:
    new, recipient, sender = (
        len(MetadataForm(desk.letter).state["correspondents"]),
        *(row_of(desk.letter, role) for role in ("recipient", "sender")),
    )
    late = filled(desk.letter, **{f"person_{sender}_person": "Ada Linn"})
    added = {f"person_{new}_role": "recipient", f"person_{new}_party": "Averland"}
    send(desk, desk.letter, **(added if theirs == "adds" else {f"person_{recipient}_role": ""}))
    client = browser(desk.owner)
    page = client.post(address(desk.letter), late)
    (row,) = page.context["conflict"]["rows"]
    assert (row["label"], row["mine"]) == ("Sender: person", "Ada Linn")
    client.post(address(desk.letter), chosen(page, **{row["name"]: "mine"}))
    people = Correspondent.objects.filter(part__letter=desk.letter, part__position=0)
    assert people.get(role="sender").person == "Ada Linn"
    assert people.filter(role="recipient").count() == (2 if theirs == "adds" else 0)


def test_what_was_said_of_a_correspondent_that_is_gone_comes_as_a_new_one(desk: Desk) -> None:
    recipient, new = row_of(desk.letter, "recipient"), len(MetadataForm(desk.letter).state["correspondents"])
    late = filled(desk.letter, **{f"person_{recipient}_person": "Ada Linn"})
    send(desk, desk.letter, **{f"person_{recipient}_role": ""})
    page = browser(desk.owner).post(address(desk.letter), late)
    rows = {row["name"]: row["mine"] for row in page.context["conflict"]["rows"]}
    assert rows[f"person_{new - 1}_person"] == "Ada Linn"
    assert rows[f"person_{new - 1}_role"] == "recipient"


def test_what_was_typed_survives_a_session_that_ran_out(desk: Desk) -> None:
    desk.curator.set_password("pw")
    desk.curator.save()
    sent = filled(desk.letter, place="Vintra")
    page = Client().post(address(desk.letter), sent)
    assert page.status_code == 403
    who = {"resume-username": desk.curator.username, "resume-password": "pw"}
    assert Client().post(address(desk.letter), {**dict(page.context["kept"]), **who}).status_code == 302
    assert Letter.objects.get(pk=desk.letter.pk).place == "Vintra"
    nowhere = Client().post("/letters/1/metadata/", sent)
    assert nowhere.status_code == 403
    assert nowhere.content.decode().count("Vintra") == page.content.decode().count("Vintra")


def test_a_place_that_a_person_set_is_not_said_to_be_read(desk: Desk) -> None:
    letter = ingest_pasted(
        desk.dossier, "Lyssa, 4 May 1999\n\nSir,\n\nThe lamp was lit on 2 May 1999.\n"
    ).letter
    assert letter is not None
    assert "place" in {p.key for p in places_of(letter)}
    send(desk, letter, place="Vintra")
    assert "place" not in {p.key for p in places_of(Letter.objects.get(pk=letter.pk))}


def test_agenda_items_are_shown_where_they_were_read_and_set(desk: Desk) -> None:
    letter = ingest_pasted(
        desk.dossier,
        "A/75/931\n\nSeventy-fifth session\nAgenda items 34 and 86\n\nLetter dated 30 May 2021 from the"
        " Permanent Representative of Averland\nto the United Nations addressed to the Secretary-General\n",
    ).letter
    assert letter is not None
    assert letter.agenda_items == ["34", "86"]
    places = [p for p in places_of(letter) if p.key == "agenda_items"]
    assert [letter.text[p.start : p.end] for p in places] == ["34", "86"]
    send(desk, letter, agenda_items="34, 87")
    changed = Letter.objects.get(pk=letter.pk)
    assert (changed.agenda_items, "agenda_items" in changed.curated_fields) == (["34", "87"], True)
    undo(desk.curator, Decision.objects.get(action="correct"))
    assert Letter.objects.get(pk=letter.pk).agenda_items == ["34", "86"]

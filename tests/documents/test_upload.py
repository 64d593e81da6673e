"""The pages on which letters are brought, as a browser without JavaScript uses them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.models import Dossier, Letter, Membership, WaitingFile
from tests.timeline.desk import LETTER, Desk, build_desk

pytestmark = pytest.mark.django_db

UNDATED = "Note verbale\n\nOn 14 September Averland closed the strait.\n"


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.curator)
    return client


def file(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def test_several_files_each_say_what_became_of_them(client: Client, desk: Desk) -> None:
    files = [
        file("new.txt", LETTER.replace("14 June", "13 June")),
        file("empty.txt", b""),
        file("again.txt", LETTER.replace("14 June", "13 June")),
        file("<img src=x onerror=alert(1)>.txt", LETTER.replace("14 June", "12 June")),
    ]
    page = client.post("/ingest/", {"dossier": desk.dossier.slug, "files": files})
    text = page.content.decode()
    assert page.status_code == 200
    assert "new.txt: stored" in text
    assert "empty.txt: not stored. The file is empty." in text
    assert "again.txt: already in this dossier. Nothing was changed." in text
    assert "<img src=x" not in text
    assert Letter.objects.count() == 3


def test_a_pasted_text_is_a_letter(client: Client, desk: Desk) -> None:
    text = LETTER.replace("14 June", "11 June")
    page = client.post("/ingest/", {"dossier": desk.dossier.slug, "text": text, "name": "From the archive"})
    letter = Letter.objects.get(file_name="From the archive")
    assert letter.file is None
    assert letter.claims.exists()
    assert letter.get_absolute_url() in page.content.decode()


def test_what_lacks_date_or_sender_waits_and_is_seen_by_nobody_else(client: Client, desk: Desk) -> None:
    client.post("/ingest/", {"dossier": desk.dossier.slug, "files": [file("note.txt", UNDATED)]})
    waiting = WaitingFile.objects.get()
    assert not Letter.objects.filter(file_name="note.txt").exists()
    page = client.get(f"/ingest/{waiting.public_id}/")
    assert "closed the strait" in page.content.decode()
    assert "<dt>Kind</dt><dd>Note verbale</dd>" in page.content.decode()
    for other in (desk.owner, desk.reader, desk.stranger):
        stranger = Client()
        stranger.force_login(other)
        assert stranger.get(f"/ingest/{waiting.public_id}/").status_code == 404
        assert "note.txt" not in stranger.get("/ingest/").content.decode()


def test_what_waits_is_stored_with_what_the_person_says(client: Client, desk: Desk) -> None:
    client.post("/ingest/", {"dossier": desk.dossier.slug, "files": [file("note.txt", UNDATED)]})
    address = f"/ingest/{WaitingFile.objects.get().public_id}/"
    page = client.post(address, {"date": "2021-13", "sender": "Norvania"})
    assert page.status_code == 422
    assert "there is no month 13" in page.content.decode()
    assert WaitingFile.objects.exists()
    client.post(address, {"date": "20 May 2021", "sender": "Permanent Mission of Norvania"})
    letter = Letter.objects.get(file_name="note.txt")
    claim = letter.claims.get()
    assert (claim.edtf, claim.asserting_party) == ("2020-09-14", desk.party("Norvania"))
    assert not WaitingFile.objects.exists()


def test_what_waits_can_be_dropped(client: Client, desk: Desk) -> None:
    client.post("/ingest/", {"dossier": desk.dossier.slug, "files": [file("note.txt", UNDATED)]})
    client.post(f"/ingest/{WaitingFile.objects.get().public_id}/", {"drop": "1"})
    assert not WaitingFile.objects.exists()
    assert Letter.objects.count() == 1


def test_what_waits_is_out_of_reach_when_the_membership_ends(client: Client, desk: Desk) -> None:
    client.post("/ingest/", {"dossier": desk.dossier.slug, "files": [file("note.txt", UNDATED)]})
    waiting = WaitingFile.objects.get()
    Membership.objects.filter(user=desk.curator).delete()
    assert client.get(f"/ingest/{waiting.public_id}/").status_code == 404
    assert client.post(f"/ingest/{waiting.public_id}/", {"date": "2021"}).status_code == 404
    assert "note.txt" not in client.get("/ingest/").content.decode()


def test_anybody_logged_in_makes_a_dossier_of_their_own(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.stranger)
    page = client.post("/ingest/", {"title": "The Sella Strait", "files": [file("new.txt", LETTER)]})
    assert page.status_code == 200
    made = Dossier.objects.exclude(pk=desk.dossier.pk).get()
    assert (made.slug, made.published) == ("the-sella-strait", False)
    assert Membership.objects.get(dossier=made).role == "owner"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a dossier, or write the title of a new one."),
        ({"title": "New"}, "Choose a file, or paste a text."),
        ({"title": "!!!", "text": "x"}, "A dossier has a title with at least one letter or figure."),
    ],
)
def test_what_lacks_is_said_and_what_was_typed_stays(
    client: Client, sent: dict[str, str], sentence: str
) -> None:
    page = client.post("/ingest/", {**sent, "name": "My name for it"})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "My name for it" in page.content.decode()


def test_a_dossier_that_one_only_reads_takes_no_letter(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.reader)
    page = client.post("/ingest/", {"dossier": desk.dossier.slug, "files": [file("new.txt", LETTER + "x")]})
    assert page.status_code == 422
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("address", ["/ingest/", "/ingest/7/", "/ingest/understand/"])
def test_without_logging_in_one_is_asked_to(address: str, db: None) -> None:
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=/ingest/")


def test_a_typed_date_is_answered_in_words(client: Client) -> None:
    page = client.get("/ingest/understand/", {"date": "since 12 November 2023"}).content.decode()
    assert "since 12 November 2023" in page
    page = client.get("/ingest/understand/", {"date": "<b>2021-13</b>"}).content.decode()
    assert "is not a date" in page
    assert "<b>2021" not in page


def test_pasted_text_survives_a_session_that_ran_out(desk: Desk) -> None:
    desk.curator.set_password("pw")
    desk.curator.save()
    sent = {
        "dossier": desk.dossier.slug,
        "text": LETTER.replace("14 June", "10 June"),
        "name": "Pasted",
        "title": "",
    }
    page = Client().post("/ingest/", {**sent, "files": [file("note.txt", UNDATED)]})
    assert page.status_code == 403
    assert dict(page.context["kept"]) == sent
    assert "Files cannot be kept" in page.content.decode()
    who = {"resume-username": desk.curator.username, "resume-password": "pw"}
    before = desk.dossier.letters.count()
    assert Client().post("/ingest/", {**sent, **who}).status_code == 200
    assert desk.dossier.letters.count() == before + 1

"""``manage.py ingest`` and ``extract``: files and folders in, a line each, nothing stored by half."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from documents.bringing import bring
from documents.ingest import Given, date_typed, ingest_bytes, ingest_pasted
from documents.models import Dossier, Letter, LetterDate, StoredFile, WaitingFile
from tests.documents.readers.builders import archive, drawn_pdf, pdf
from tests.timeline.desk import LETTER, Desk, build_desk
from timeline import curation
from timeline.models import Claim, Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40)
    (tmp_path / ".hidden").write_text("not a letter")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "two.txt").write_text("Note verbale\n\nOn 3 May 2018 the gate was shut.\n", encoding="utf-8")
    (inner / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    return tmp_path


def run(*arguments: str) -> tuple[list[dict], str]:
    out, said = StringIO(), ""
    try:
        call_command(*arguments, stdout=out)
    except CommandError as error:
        said = str(error)
    return [json.loads(line) for line in out.getvalue().splitlines()], said


def test_a_folder_gives_a_line_a_file(folder: Path) -> None:
    lines, said = run("ingest", str(folder), "--dossier", "sella-strait")
    assert {Path(line["path"]).name: line["status"] for line in lines} == {
        "one.txt": "stored",
        "two.txt": "stored",
        "empty.txt": "failed",
        "scan.png": "failed",
        "broken.pdf": "failed",
    }
    assert said == "3 files were not stored."
    dossier = Dossier.objects.get(slug="sella-strait")
    assert (dossier.title, dossier.published) == ("Sella strait", False)
    for line in lines:
        if line["status"] == "failed":
            assert line["message"].startswith(f"{Path(line['path']).name}: not stored. ")
        else:
            assert line["claims"] == Claim.objects.filter(letter__public_id=line["letter"]).dated().count()
    assert Letter.objects.count() == StoredFile.objects.count() == 2


def test_data_in_a_folder_is_skipped_but_taken_where_named(folder: Path) -> None:
    data = folder / "parties.JSON"
    data.write_text('{"Norvania": "a state, on 3 May 2018 too"}', encoding="utf-8")
    lines, said = run("ingest", str(folder), "--dossier", "sella")
    assert [line["status"] for line in lines if line["path"] == str(data)] == ["skipped"]
    assert said == "3 files were not stored."
    lines, _ = run("ingest", str(data), "--dossier", "sella")
    assert [line["status"] for line in lines] == ["stored"]


def test_the_same_files_twice_change_nothing(folder: Path) -> None:
    run("ingest", str(folder), "--dossier", "sella")
    before = list(Claim.objects.order_by("pk").values())
    lines, _ = run("ingest", str(folder / "one.txt"), str(folder / "inner"), "--dossier", "sella")
    assert [line["status"] for line in lines] == ["duplicate", "failed", "duplicate"]
    assert list(Claim.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("slug", ["Sella", "a b", "../x", ""])
def test_what_is_no_address_is_refused(folder: Path, slug: str) -> None:
    _, said = run("ingest", str(folder), "--dossier", slug)
    assert "is no address" in said
    assert not Dossier.objects.exists()


def test_a_path_that_is_not_there_stops_nothing_else(folder: Path) -> None:
    lines, said = run("ingest", str(folder / "nowhere"), str(folder / "one.txt"), "--dossier", "sella")
    assert [line["status"] for line in lines] == ["failed", "stored"]
    assert said == "1 file was not stored."


def test_a_fault_while_claims_are_recorded_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = Dossier.objects.create(title="Sella", slug="sella")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("timeline.recording.extract_claims", broken)
    with pytest.raises(RuntimeError):
        ingest_bytes(dossier, LETTER.encode(), "one.txt")
    assert not Letter.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Decision.objects.exists()


def test_what_a_person_says_of_a_letter_outranks_what_was_read() -> None:
    desk = build_desk()
    text = "Note verbale\n\nOn 14 September Averland closed the strait.\n"
    letter = ingest_pasted(
        desk.dossier, text, given=Given("2021-05-20", "Norvania"), user=desk.curator
    ).letter
    assert letter is not None
    claim = letter.claims.get()
    assert (claim.edtf, claim.asserting_party) == ("2020-09-14", desk.party("Norvania"))
    date = LetterDate.objects.get(part__letter=letter, is_anchor=True)
    assert (date.set_by_person, date.start) == (True, None)
    assert sorted(letter.curated_fields) == ["date", "sender"]
    assert Decision.objects.order_by("number").last().user_name == desk.curator.username


@pytest.mark.parametrize(
    ("typed", "edtf", "wrong"),
    [
        ("16 June 2022", "2022-06-16", ""),
        ("2022-06", "2022-06", ""),
        ("early 1990s", "199X", ""),
        ("", None, ""),
        ("2022-13", None, "there is no month 13"),
        ("yesterday or so", None, "is not a date"),
    ],
)
def test_a_typed_date_is_understood_or_said_to_be_none(typed: str, edtf: str | None, wrong: str) -> None:
    found = date_typed(typed)
    assert found.edtf == edtf
    assert wrong in found.wrong
    assert bool(found.wrong) == bool(wrong)


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


def test_a_dry_run_says_what_would_change_and_changes_nothing(desk: Desk) -> None:
    claim = desk.claim("3 March")
    Claim.objects.filter(pk=claim.pk).update(edtf="1999")
    lines, _ = run("extract", "--dossier", desk.dossier.slug, "--dry-run")
    assert lines[0]["updated"] == 1
    assert lines[0]["changes"][0]["fields"]["edtf"] == ["1999", "2018-03-03"]
    claim.refresh_from_db()
    assert claim.edtf == "1999"
    assert Decision.objects.count() == 1
    lines, _ = run("extract", "--dossier", desk.dossier.slug)
    claim.refresh_from_db()
    assert claim.edtf == "2018-03-03"


def test_reading_again_leaves_what_was_decided(desk: Desk) -> None:
    curation.correct_date(desk.curator, desk.claim("3 March"), "2019-03-03", None)
    curation.dismiss_claim(desk.curator, desk.claim("2018"), None)
    curation.accept_claim(desk.curator, desk.claim("14 June"), None)
    before = list(Claim.objects.order_by("pk").values())
    lines, _ = run("extract")
    assert list(Claim.objects.order_by("pk").values()) == before
    assert lines[0]["changes"] == []


def test_a_dossier_that_is_not_there_is_named(desk: Desk) -> None:
    assert run("extract", "--dossier", "nowhere") == ([], "There is no dossier “nowhere”.")


def test_reading_a_letter_again_asks_the_database_no_more_for_more_claims(desk: Desk) -> None:
    from timeline.recording import record_letter

    short = desk.letter
    long = ingest_pasted(
        desk.dossier,
        LETTER.replace(
            "3. Norvania", "\n".join(f"It met on {d} May 2017." for d in range(1, 29)) + "\n\n3. N"
        ),
    ).letter
    asked = []
    for letter in (short, long):
        record_letter(letter)
        connection.force_debug_cursor = True
        before = len(connection.queries_log)
        record_letter(letter)
        asked.append(len(connection.queries_log) - before)
        connection.force_debug_cursor = False
    assert asked[1] <= asked[0] + 2


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "empty.txt", "The file is empty."),
        (b" \n\n", "blank.txt", "There is no text in it."),
        (b"one\x00two", "nul.txt", "This is no text"),
        (b"%PDF-1.7\nnothing", "broken.pdf", "damaged"),
        (pdf([["Secret."]], password="vell"), "locked.pdf", "protected by a password"),
        (drawn_pdf("0 0 9 9 re f"), "scan.pdf", "Run text recognition"),
        (archive(other=b"<x/>"), "archive.pdf", "no DOCX"),
        (b"x" * (20 * 2**20 + 1), "large.txt", "20 MB is the most"),
    ],
    ids=["empty", "blank", "nul", "broken", "locked", "pictures", "archive", "large"],
)
def test_what_cannot_be_read_leaves_nothing_behind(data: bytes, name: str, says: str) -> None:
    desk = build_desk()
    before = Letter.objects.count(), StoredFile.objects.count(), Decision.objects.count()
    brought = bring(desk.dossier, desk.curator, data, name)
    assert brought.status == "failed"
    assert brought.result.message.startswith(f"{name}: not stored. ")
    assert says in brought.result.message
    assert (Letter.objects.count(), StoredFile.objects.count(), Decision.objects.count()) == before
    assert not WaitingFile.objects.exists()

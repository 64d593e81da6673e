"""Every letter beside the project comes in without an error, whatever its format."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.ingest import ingest_bytes, ingest_pasted
from documents.models import Dossier

pytestmark = [pytest.mark.yardstick, pytest.mark.django_db]


@pytest.fixture
def dossier() -> Dossier:
    return Dossier.objects.create(slug="all", title="All letters")


@pytest.mark.parametrize("folder", ["letters", "letters-made", "letters-made/files"])
def test_every_letter_comes_in_once(dossier: Dossier, shared: Path, folder: str) -> None:
    files = [p for p in sorted((shared / folder).iterdir()) if p.suffix in (".txt", ".pdf", ".docx")]
    assert files
    results = [ingest_bytes(dossier, file.read_bytes(), file.name) for file in files]
    assert [(r.name, r.message) for r in results if r.status != "stored"] == []
    for letter in dossier.letters.all():
        for claim in letter.claims.exclude(start=None):
            assert claim.quote == letter.text[claim.start : claim.end]
    again = [ingest_bytes(dossier, file.read_bytes(), file.name) for file in files]
    assert {r.status for r in again} == {"duplicate"}
    assert dossier.letters.count() == len(files)


def test_a_letter_reads_the_same_by_file_and_by_paste(dossier: Dossier, shared: Path) -> None:
    file = shared / "letters" / "seed-s-2024.txt"
    by_file = ingest_bytes(dossier, file.read_bytes(), file.name)
    by_paste = ingest_pasted(dossier, file.read_text(encoding="utf-8"))
    assert (by_file.status, by_paste.status) == ("stored", "stored")
    kept = ("quote", "edtf", "stance", "basis")
    one, other = (list(r.letter.claims.order_by("start").values_list(*kept)) for r in (by_file, by_paste))
    assert one == other
    assert len(one) >= 10

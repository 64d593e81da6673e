"""Every constraint of the documents' tables, each with an attempt to break it that the database refuses.

The attempts go past the models' own checks (``bulk_create``, ``update``): what the code forgets, the
constraint refuses. A constraint without an attempt fails the last test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from documents.models import (
    Correspondent,
    Dossier,
    DossierParty,
    Letter,
    LetterDate,
    LetterPart,
    LetterRelation,
    LetterSymbol,
    Membership,
    Party,
    PartyMerge,
    PartyName,
    PartyRelation,
    Passage,
    StoredFile,
    WaitingFile,
    random_public_id,
)

pytestmark = pytest.mark.django_db


class Rows:
    """One sound row of every table, to break from."""

    def __init__(self) -> None:
        self.user = User.objects.create_user("u")
        self.dossier = Dossier.objects.create(title="Sella Strait", slug="sella")
        self.file = StoredFile.objects.create(sha256="a" * 64, data=b"x", size=1)
        self.party = Party.objects.create(name="Norvania", kind="state", dossier=self.dossier)
        self.known = Party.objects.create(name="The Council", kind="organ")
        self.letter = Letter.objects.create(dossier=self.dossier, file=self.file, text="The text.")
        self.pasted = Letter.objects.create(dossier=self.dossier, text="Pasted text.")
        self.part = LetterPart.objects.create(letter=self.letter, position=0, start=0, end=9)
        self.date = LetterDate.objects.create(part=self.part, kind="own", edtf="2020", is_anchor=True)
        self.person = Correspondent.objects.create(part=self.part, role="sender", party=self.party)
        self.name = PartyName.objects.create(party=self.party, text="Norvania", kind="short")
        self.relation = PartyRelation.objects.create(party=self.party, kind="part of", other=self.known)
        self.colour = DossierParty.objects.create(dossier=self.dossier, party=self.party, colour_index=1)
        self.member = Membership.objects.create(dossier=self.dossier, user=self.user, role="reader")
        self.link = LetterRelation.objects.create(letter=self.letter, kind="cites", symbol="S/1")
        self.passage = Passage.objects.create(letter=self.letter, part=self.part, number=1, start=0, end=9)
        self.symbol = LetterSymbol.objects.create(letter=self.letter, value="S/2", is_reference=False)
        self.merge = PartyMerge.objects.create(dossier=self.dossier, party=self.party, into=self.known)
        self.waiting = WaitingFile.objects.create(
            dossier=self.dossier, user=self.user, name="a.txt", data=b"x", size=1
        )


def add(row: Any, **values: Any) -> None:
    """Write a copy of a row with other values, past the model."""
    names = [f.attname for f in row._meta.concrete_fields if not f.primary_key]
    copied = {n: getattr(row, n) for n in names if n != "public_id"}
    row.__class__._base_manager.bulk_create([row.__class__(**{**copied, **values})])


def put(row: Any, **values: Any) -> None:
    """Change a row in place, past the model."""
    row.__class__._base_manager.filter(pk=row.pk).update(**values)


ATTEMPTS: dict[str, Callable[[Rows], None]] = {
    "same_bytes_are_stored_once": lambda r: add(r.file),
    "stored_file_is_not_empty": lambda r: put(r.file, size=0),
    "dossier_address_is_its_own": lambda r: add(r.dossier),
    "dossier_has_a_title": lambda r: put(r.dossier, title=""),
    "dossier_has_an_address": lambda r: put(r.dossier, slug=""),
    "one_role_a_member": lambda r: add(r.member, role="owner"),
    "membership_role_is_known": lambda r: put(r.member, role="king"),
    "party_known_to_all_has_its_own_name": lambda r: add(r.known),
    "party_of_a_dossier_has_its_own_name": lambda r: add(r.party),
    "party_has_a_name": lambda r: put(r.party, name=""),
    "party_kind_is_known": lambda r: put(r.party, kind="ship"),
    "party_name_stands_once": lambda r: add(r.name),
    "party_name_is_not_empty": lambda r: put(r.name, text=""),
    "party_name_kind_is_known": lambda r: put(r.name, kind="nickname"),
    "party_name_years_in_order": lambda r: put(r.name, from_year=1950, to_year=1949),
    "party_relation_stands_once": lambda r: add(r.relation),
    "party_is_not_related_to_itself": lambda r: put(r.relation, other=r.party),
    "party_relation_kind_is_known": lambda r: put(r.relation, kind="likes"),
    "party_relation_years_in_order": lambda r: put(r.relation, from_year=2, to_year=1),
    "party_has_one_colour_in_a_dossier": lambda r: add(r.colour, colour_index=2),
    "colour_belongs_to_one_party": lambda r: add(r.colour, party_id=r.known.pk),
    "colours_count_from_one": lambda r: put(r.colour, colour_index=0),
    "party_is_merged_once_in_a_dossier": lambda r: add(r.merge),
    "party_is_not_merged_into_itself": lambda r: put(r.merge, into=r.party),
    "waiting_file_is_not_empty": lambda r: put(r.waiting, size=0),
    "same_bytes_are_one_letter_of_a_dossier": lambda r: add(r.letter, text_sha256="b" * 64),
    "same_pasted_text_is_one_letter_of_a_dossier": lambda r: add(r.pasted),
    "letter_has_text": lambda r: put(r.letter, text=""),
    "letter_kind_is_known": lambda r: put(r.letter, kind="postcard"),
    "symbol_stands_once": lambda r: add(r.symbol),
    "symbol_is_not_empty": lambda r: put(r.symbol, value=""),
    "part_has_its_own_position": lambda r: add(r.part),
    "part_end_after_start": lambda r: put(r.part, end=0),
    "part_kind_is_known": lambda r: put(r.part, kind="stamp"),
    "one_anchor_a_part": lambda r: add(r.date, edtf="2021"),
    "letter_date_has_a_value": lambda r: put(r.date, edtf=""),
    "letter_date_kind_is_known": lambda r: put(r.date, kind="guess"),
    "letter_date_end_after_start": lambda r: put(r.date, start=4, end=4),
    "correspondent_has_its_own_position": lambda r: add(r.person),
    "correspondent_role_is_known": lambda r: put(r.person, role="friend"),
    "correspondent_end_after_start": lambda r: put(r.person, start=4, end=3),
    "letter_relation_names_its_target": lambda r: put(r.link, symbol=""),
    "letter_is_not_related_to_itself": lambda r: put(r.link, target=r.letter),
    "letter_relation_kind_is_known": lambda r: put(r.link, kind="likes"),
    "letter_relation_end_after_start": lambda r: put(r.link, start=4, end=4),
    "passage_has_its_own_number": lambda r: add(r.passage),
    "passage_end_after_start": lambda r: put(r.passage, end=0),
    "passages_count_from_one": lambda r: put(r.passage, number=0),
    "pages_count_from_one": lambda r: put(r.passage, page=0),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_database_refuses(name: str) -> None:
    rows = Rows()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ATTEMPTS[name](rows)
    # SQLite names the columns of a unique key, and the name of any other constraint.
    assert name in str(refusal.value) or "UNIQUE" in str(refusal.value)


@pytest.mark.parametrize("table", ["date", "person", "link"])
@pytest.mark.parametrize("name", ["start", "end"])
def test_half_a_stretch_of_text_is_refused(table: str, name: str) -> None:
    rows = Rows()
    with pytest.raises(IntegrityError), transaction.atomic():
        put(getattr(rows, table), **{name: 3})


def test_a_stored_text_is_never_altered() -> None:
    letter = Rows().letter
    letter.text = "Another text."
    with pytest.raises(ValidationError, match="never altered"):
        letter.save()
    letter.refresh_from_db()
    assert letter.text == "The text."


def test_the_same_bytes_may_be_a_letter_in_two_dossiers() -> None:
    rows = Rows()
    other = Dossier.objects.create(title="Another", slug="another")
    Letter.objects.create(dossier=other, file=rows.file, text="The text.")
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("drawn", ["least", "most"])
def test_the_number_of_an_address_reads_exactly_in_a_browser(
    monkeypatch: pytest.MonkeyPatch, drawn: str
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda limit: 0 if drawn == "least" else limit - 1)
    number = random_public_id()
    assert int(float(number)) == number < 2**53
    assert len(str(number)) == 16


def test_no_constraint_is_untested() -> None:
    models = [m for m in apps.get_app_config("documents").get_models() if "Historical" not in m.__name__]
    names = {c.name for model in models for c in model._meta.constraints}
    assert names == set(ATTEMPTS)

"""Unknown correspondents are proposed, confirmed or merged; a merge is shown before, and can be undone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.ingest import ingest_pasted
from documents.merging import preview_merge
from documents.models import Correspondent, Dossier, Letter, Membership, Party
from documents.unknown import unknown_correspondents
from timeline.curation import NotAllowed, Refused, merge_parties, undo
from timeline.models import Claim
from timeline.naming import confirm_as, confirm_as_new

pytestmark = pytest.mark.django_db

LETTER = """
{sender}
12 Harbour Street
Kaldport

14 February {year}

{recipient}
1 Temple Lane
Kaldport

Dear Sirs,

The cargo was spoiled on 12 December {before}. We paid nothing after 3 January {year}.

Yours faithfully,

J. P. Harding
"""


def text(year: int, sender: str = "Northgate Shipping Limited", recipient: str = "Orrin Barges plc") -> str:
    return LETTER.format(year=year, before=year - 1, sender=sender, recipient=recipient)


@pytest.fixture
def dossier() -> Dossier:
    return Dossier.objects.create(title="The cargo", slug="cargo")


@pytest.fixture
def curator(dossier: Dossier) -> User:
    user = User.objects.create_user("curator")
    Membership.objects.create(dossier=dossier, user=user, role="curator")
    return user


def bring(dossier: Dossier, content: str) -> Letter:
    letter = ingest_pasted(dossier, content).letter
    assert letter is not None
    return letter


def proposals(dossier: Dossier, user: User) -> list:
    return unknown_correspondents(dossier, Letter.objects.curatable_by(user))


def senders(letter: Letter) -> list[str | None]:
    rows = Correspondent.objects.filter(part__letter=letter, role="sender")
    return [row.party.name if row.party else None for row in rows]


def test_an_unknown_firm_is_proposed_and_no_party_is_made(dossier: Dossier, curator: User) -> None:
    first, second = bring(dossier, text(2019)), bring(dossier, text(2020))
    found = proposals(dossier, curator)
    assert [(u.words, u.roles, u.letters) for u in found] == [
        ("Northgate Shipping Limited", ("sender",), (first.pk, second.pk)),
        ("Orrin Barges plc", ("recipient",), (first.pk, second.pk)),
    ]
    assert not Party.objects.filter(name__in=["Northgate Shipping Limited", "Orrin Barges plc"]).exists()


def test_a_reader_gets_no_proposals(dossier: Dossier) -> None:
    bring(dossier, text(2019))
    reader = User.objects.create_user("reader")
    Membership.objects.create(dossier=dossier, user=reader, role="reader")
    assert proposals(dossier, reader) == []
    with pytest.raises(NotAllowed):
        confirm_as_new(reader, dossier, "Orrin Barges plc", "Orrin Barges plc", "organisation")


def test_a_confirmed_firm_speaks_in_letters_there_and_to_come(dossier: Dossier, curator: User) -> None:
    first = bring(dossier, text(2019))
    party = confirm_as_new(curator, dossier, "Northgate Shipping Limited", "Northgate", "organisation")
    assert senders(first) == ["Northgate"]
    assert set(Claim.objects.filter(letter=first).values_list("asserting_party", flat=True)) == {party.pk}
    assert senders(bring(dossier, text(2021))) == ["Northgate"]
    assert [u.words for u in proposals(dossier, curator)] == ["Orrin Barges plc"]


def test_an_unknown_office_may_be_a_party_that_is_known(dossier: Dossier, curator: User) -> None:
    chad = Party.objects.create(name="Chad", kind="state")
    first = bring(dossier, text(2019, sender="Harbour Board Limited"))
    assert confirm_as(curator, dossier, "Harbour Board Limited", chad) == 1
    assert senders(first) == ["Chad"]
    assert senders(bring(dossier, text(2021, sender="Harbour Board Limited"))) == ["Chad"]


def test_a_party_of_another_dossier_cannot_be_meant(dossier: Dossier, curator: User) -> None:
    elsewhere = Dossier.objects.create(title="Elsewhere", slug="elsewhere")
    bring(dossier, text(2019))
    with pytest.raises(Refused):
        confirm_as(
            curator,
            dossier,
            "Orrin Barges plc",
            Party.objects.create(dossier=elsewhere, name="Orrin", kind="person"),
        )


def test_a_name_like_one_in_use_is_offered(dossier: Dossier, curator: User) -> None:
    bring(dossier, text(2019))
    confirm_as_new(
        curator, dossier, "Northgate Shipping Limited", "Northgate Shipping Limited", "organisation"
    )
    bring(dossier, text(2020, sender="Northgate Shiping Limited"))
    by_words = {u.words: u.may_be for u in proposals(dossier, curator)}
    assert by_words["Northgate Shiping Limited"] == ("Northgate Shipping Limited",)
    assert by_words["Orrin Barges plc"] == ()


def world(dossier: Dossier, user: User) -> tuple[Party, Party]:
    bring(dossier, text(2019))
    bring(dossier, text(2020, sender="North Gate Shipping Limited"))
    one = confirm_as_new(
        user, dossier, "Northgate Shipping Limited", "Northgate Shipping Limited", "organisation"
    )
    other = confirm_as_new(user, dossier, "North Gate Shipping Limited", "North Gate", "organisation")
    return one, other


def lanes(dossier: Dossier) -> list[tuple[int, int | None]]:
    return list(Claim.objects.filter(dossier=dossier).order_by("pk").values_list("pk", "lane_party"))


def test_the_preview_says_what_the_merge_then_touches(dossier: Dossier, curator: User) -> None:
    one, other = world(dossier, curator)
    before = lanes(dossier)
    seen = preview_merge(dossier, other, one)
    assert lanes(dossier) == before
    entry = merge_parties(curator, dossier, other, one)
    moved = entry.changes["moved"][1]
    assert (seen.claims_in_lane, seen.voices, seen.correspondents) == (
        len(moved["lanes"]),
        len(moved["voices"]),
        len(moved["correspondents"]),
    )
    assert seen.claims_in_lane > 0
    assert seen.names_gained == ("North Gate", "North Gate Shipping Limited")
    assert seen.facing == 0


def test_a_merge_undone_leaves_all_as_it_was(dossier: Dossier, curator: User) -> None:
    one, other = world(dossier, curator)
    before = lanes(dossier)
    entry = merge_parties(curator, dossier, other, one)
    assert lanes(dossier) != before
    undo(curator, entry)
    assert lanes(dossier) == before


def test_the_preview_warns_of_two_that_write_to_each_other(dossier: Dossier, curator: User) -> None:
    bring(dossier, text(2019))
    one = confirm_as_new(curator, dossier, "Northgate Shipping Limited", "Northgate", "organisation")
    other = confirm_as_new(curator, dossier, "Orrin Barges plc", "Orrin", "organisation")
    seen = preview_merge(dossier, other, one)
    assert seen.facing == 1
    assert any("may not be one" in sentence for sentence in seen.sentences())

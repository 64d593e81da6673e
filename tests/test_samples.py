"""What the product reads in the sample letters shows every stance, and every mark that needs no curator."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from documents.models import Dossier, Letter
from timeline import marks
from timeline.models import STANCES, Claim

KINDS = {"day", "month", "season", "year", "decade", "interval", "open", "oneof"}
TRAITS = {
    "reported": marks.QUOTED,
    "inferred": marks.INFERRED,
    "approximate": marks.APPROXIMATE,
    "uncertain": marks.UNCERTAIN,
    "open start": marks.OPEN_START,
    "open end": marks.OPEN_END,
}


@dataclass(frozen=True)
class Shown:
    """What a visitor sees of the samples; ``letters`` stand in the dossiers, ``claims`` in the letters."""

    dossiers: list[Dossier]
    letters: list[Letter]
    claims: list[Claim]


_loaded: list[Shown] = []


@pytest.fixture
def shown(db: None) -> Shown:
    """Load the samples, once for all tests of this module: they only look at what was loaded."""
    if not _loaded:
        call_command("load_samples")
        dossiers = list(Dossier.objects.visible_to(AnonymousUser()))
        letters = list(Letter.objects.filter(dossier__in=dossiers))
        claims = Claim.objects.visible_to(AnonymousUser()).select_related("letter", "lane_party", "dossier")
        _loaded.append(Shown(dossiers, letters, list(claims)))
    return _loaded[0]


@pytest.fixture
def seen(shown: Shown) -> list[Claim]:
    """Return the claims that a visitor sees."""
    return shown.claims


def flags_of(claim: Claim) -> int:
    """Return what the canvas is told of a claim."""
    return marks.flags_of(
        first=claim.earliest_day,
        last=claim.latest_day,
        precision=claim.precision,
        quoted=claim.is_quoted,
        stance=claim.stance,
        review=claim.review_state,
        curated=bool(claim.curated_fields),
        basis=claim.basis,
        edtf=claim.edtf,
    )


def dated(claims: list[Claim]) -> list[Claim]:
    return [c for c in claims if c.earliest_day is not None or c.latest_day is not None]


def test_a_visitor_sees_two_dossiers_of_letters_in_three_languages(shown: Shown) -> None:
    assert {dossier.slug for dossier in shown.dossiers} == {"ostrel-dam", "cape-irvan"}
    assert len(shown.letters) >= 8
    assert {letter.language for letter in shown.letters} == {"en", "fr", "es"}
    assert any(letter.file_name.endswith(".pdf") and letter.pages == 2 for letter in shown.letters)
    assert all(letter.own_day is not None for letter in shown.letters)
    assert {claim.letter_id for claim in shown.claims} == {letter.pk for letter in shown.letters}


def test_at_least_sixty_claims_are_shown_and_none_was_checked_by_anybody(seen: list[Claim]) -> None:
    assert len(dated(seen)) >= 60
    assert {claim.review_state for claim in seen} == {"suggested"}
    assert not any(claim.curated_fields for claim in seen)


def test_every_claim_quotes_its_letter_and_says_how_its_date_was_got(seen: list[Claim]) -> None:
    for claim in seen:
        assert claim.quote == claim.letter.text[claim.start : claim.end]
        assert claim.reasoning
        assert claim.lane_party


@pytest.mark.parametrize("stance", STANCES)
def test_every_stance_is_shown(seen: list[Claim], stance: str) -> None:
    assert [c for c in dated(seen) if c.stance == stance]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_shape_of_a_date_is_shown(seen: list[Claim], kind: str) -> None:
    assert [c for c in dated(seen) if marks.PRECISIONS[flags_of(c) & 15] == kind]


@pytest.mark.parametrize("trait", sorted(TRAITS))
def test_every_trait_is_shown_with_and_without(seen: list[Claim], trait: str) -> None:
    assert {bool(flags_of(c) & TRAITS[trait]) for c in dated(seen)} == {True, False}


def test_three_parties_speak_of_the_same_days(seen: list[Claim]) -> None:
    lanes = defaultdict(set)
    for claim in dated(seen):
        if claim.precision == "day":
            lanes[claim.dossier.slug, claim.edtf].add(claim.lane_party.name)
    disputed = {place for place, parties in lanes.items() if len(parties) >= 3}
    assert {slug for slug, _ in disputed} >= {"ostrel-dam"}
    assert len([1 for parties in lanes.values() if len(parties) >= 2]) >= 8

"""What the database finds by its index of words, beside what the words of the text say."""

from __future__ import annotations

import random
import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from documents.models import Letter
from tests.timeline.desk import Desk, build_desk
from timeline.models import Claim
from timeline.search_index import INDEXED, INDEXED_CHARACTERS, install, says
from timeline.searching import folded, hits_in, read

pytestmark = pytest.mark.django_db
WORDS = ("gate", "gates", "Détente", "DETENTE", "2019", "S/2019/412", "well-known", "öster", "мир", "l'eau")


@pytest.fixture
def desk() -> Desk:
    return build_desk()


def found(sought: str) -> set[int]:
    return set(Claim.objects.saying(sought).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("text", "sought", "holds"),
    [
        ("The gates were closed.", "gate", True),
        ("The gates were closed.", "GATES closed", True),
        ("The floodgates were closed.", "gate", False),
        ("The gates were closed.", "gates opened", False),
        ("La détente dura peu.", "detente", True),
        ("The detente was short.", "Détente", True),
        ("Document S/2019/412 says so.", "S/2019/412", True),
        ("Document S/2019/413 says so.", "S/2019/412", False),
        ("It was well-known.", "known", True),
        ("100% of it; 'quoted' & (more): a*b", "quoted more b", True),
        ("Наша деревня, мир.", "МИР", True),
        ("2019年3月协议签署。", "协议", True),
        ("2019年3月协议签署。", "停火", False),
        ("وقّع السودان الاتفاق", "سودان", True),
        ("Nothing of it.", "—", False),
        ("Nothing of it.", '"', False),
    ],
)
def test_claims_are_found_by_the_words_of_their_sentence(
    desk: Desk, text: str, sought: str, holds: bool
) -> None:
    Claim.objects.update(quote="Another sentence.")
    claim = desk.claim("3 March")
    Claim.objects.filter(pk=claim.pk).update(quote=text)
    assert found(sought) == ({claim.pk} if holds else set())
    assert bool(hits_in(text, sought)) or not holds


def test_the_index_follows_every_way_of_writing(desk: Desk) -> None:
    chance = random.Random(7)
    for _ in range(60):
        keys = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
        text = " ".join(chance.choices(WORDS, k=chance.randint(0, 5)))
        one = Claim.objects.filter(pk=chance.choice(keys))
        if (what := chance.random()) < 0.5:
            one.update(quote=text)
        elif what < 0.7:
            Claim.objects.bulk_create([_copy(one.get(), text)])
        elif what < 0.8 and len(keys) > 3:
            one.delete()
        else:
            one.update(stance="denies")
        for word in WORDS:
            asked = read(word).words
            held = {
                c.pk for c in Claim.objects.all() if asked and all(hits_in(c.quote, each) for each in asked)
            }
            assert found(word) == held, word


def _copy(claim: Claim, text: str) -> Claim:
    fresh = Claim()
    values = {f.attname: getattr(claim, f.attname) for f in Claim._meta.concrete_fields}
    for name in ("id", "uuid", "public_id"):
        values[name] = getattr(fresh, name)
    return Claim(**{**values, "quote": text, "timex_start": None, "timex_end": None})


def test_letters_of_any_length_are_found(desk: Desk) -> None:
    Letter.objects.filter(pk=desk.letter.pk).update(
        text="water " * (INDEXED_CHARACTERS // 6 + 9) + "causeway"
    )
    held = Letter.objects.filter(says("documents_letter", read("causew"), "causew", "symbols"))
    assert [letter.pk for letter in held] == [desk.letter.pk]
    assert not Letter.objects.filter(says("documents_letter", read("weir"), "weir", "symbols")).exists()


def test_an_endless_word_is_stored_and_found(desk: Desk) -> None:
    claim = desk.claim("3 March")
    Claim.objects.filter(pk=claim.pk).update(quote="a" * 5000)
    assert claim.pk in found("aaaa")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_what_a_migration_took_away_is_made_anew(desk: Desk) -> None:
    assert not install()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER timeline_claim_words_update")
    claim = desk.claim("3 March")
    Claim.objects.filter(pk=claim.pk).update(quote="An unheard-of zeppelin.")
    assert install()
    assert found("zeppelin") == {claim.pk}
    assert set(INDEXED) == {"timeline_claim", "documents_letter"}


@given(st.text(max_size=40))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)
    composed = unicodedata.normalize("NFC", text)
    for start, end in hits_in(composed, composed):
        assert 0 <= start < end <= len(composed)

"""The list of a dossier's letters: order, correspondences, what is uncertain, who sees it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.letters_list import correspondences_of, letters_of
from documents.models import Correspondent, Dossier, Letter, LetterDate, LetterPart, LetterRelation, Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return Dossier.objects.create(title="The Orrin lock", slug="orrin", published=True)


def make(dossier: Dossier, name: str, day: int | None, edtf: str | None = None, kind: str = "own") -> Letter:
    letter = Letter.objects.create(dossier=dossier, text=f"{name}.\n", subject=name, own_day=day)
    part = LetterPart.objects.create(letter=letter, position=0, start=0, end=len(letter.text))
    if edtf:
        LetterDate.objects.create(part=part, kind=kind, edtf=edtf, is_anchor=True)
    return letter


def relate(letter: Letter, kind: str, target: Letter) -> None:
    LetterRelation.objects.create(letter=letter, kind=kind, target=target)


def titles(groups: list) -> list[list[str]]:
    return [[letter.name.subject for letter in group.letters] for group in groups]


def test_letters_stand_by_own_date_those_without_last(dossier: Dossier) -> None:
    for name, day in (("undated", None), ("late", 20), ("early", 3), ("also early", 3)):
        make(dossier, name, day)
    names = [letter.name.subject for letter in letters_of(dossier, AnonymousUser())]
    assert names == ["early", "also early", "late", "undated"]
    assert [letter.name.subject for letter in letters_of(dossier, AnonymousUser(), 1, 3)] == [
        "also early",
        "late",
    ]


def test_a_letter_stands_with_its_answers(dossier: Dossier) -> None:
    first, other, answer = make(dossier, "first", 1), make(dossier, "other", 2), make(dossier, "answer", 3)
    reply = make(dossier, "reply", 4)
    relate(answer, "replies to", first)
    relate(reply, "replies to", answer)
    relate(other, "cites", first)
    groups = correspondences_of(dossier, AnonymousUser())
    assert titles(groups) == [["first", "answer", "reply"], ["other"]]
    assert titles(correspondences_of(dossier, AnonymousUser(), 1)) == [["other"]]


def test_a_translation_stands_with_its_letter_and_is_called_a_copy(dossier: Dossier) -> None:
    first, french = make(dossier, "first", 1), make(dossier, "french", 1)
    relate(french, "translation", first)
    (group,) = correspondences_of(dossier, AnonymousUser())
    assert [letter.copy_of for letter in group.letters] == [None, ("translation", first.public_id)]


@settings(max_examples=25, deadline=None)
@given(links=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_every_letter_stands_in_one_correspondence(links: list[tuple[int, int]]) -> None:
    held = Dossier.objects.create(title="Any", slug=f"any-{Dossier.objects.count()}", published=True)
    letters = [make(held, str(n), n) for n in range(6)]
    for one, other in links:
        if one != other:
            relate(letters[one], "replies to", letters[other])
    groups = titles(correspondences_of(held, AnonymousUser()))
    assert sorted(name for group in groups for name in group) == [str(n) for n in range(6)]
    place = {name: number for number, group in enumerate(groups) for name in group}
    assert all(place[str(one)] == place[str(other)] for one, other in links)
    held.delete()


@pytest.mark.parametrize(
    ("edtf", "kind", "by_person", "says"),
    [
        ("2015-05-03", "own", False, []),
        ("2015-05", "own", False, ["date not to the day"]),
        ("2015-05-03~", "own", False, ["date not to the day"]),
        ("2015-05-03", "masthead", False, ["dated by its masthead"]),
        ("2015-05", "own", True, []),
        (None, "own", False, ["no date"]),
    ],
)
def test_an_uncertain_date_is_marked(
    dossier: Dossier, edtf: str | None, kind: str, by_person: bool, says: list[str]
) -> None:
    letter = make(dossier, "first", None, edtf, kind)
    LetterDate.objects.update(set_by_person=by_person)
    party = Party.objects.create(name="Kaldenia", kind="state")
    for role in ("sender", "recipient"):
        Correspondent.objects.create(part=letter.parts.get(), role=role, party=party)
    assert list(letters_of(dossier, AnonymousUser())[0].uncertain) == says


def test_an_unknown_sender_and_a_missing_recipient_are_marked(dossier: Dossier) -> None:
    letter = make(dossier, "first", 1, "2015-05-03")
    Correspondent.objects.create(part=letter.parts.get(), role="sender", words="The Harbour Board")
    (listed,) = letters_of(dossier, AnonymousUser())
    assert listed.uncertain == ("sender not known", "no recipient")
    assert str(listed.senders[0]) == "The Harbour Board"


def test_a_private_dossier_is_listed_for_nobody_else(dossier: Dossier) -> None:
    make(dossier, "first", 1)
    Dossier.objects.update(published=False)
    stranger = User.objects.create_user("stranger")
    assert letters_of(dossier, stranger) == []
    assert correspondences_of(dossier, stranger) == []


def test_the_questions_asked_do_not_grow_with_the_letters(
    dossier: Dossier, django_assert_max_num_queries
) -> None:
    letters = [make(dossier, str(n), n, "2015-05-03") for n in range(12)]
    for letter in letters[1:]:
        relate(letter, "replies to", letters[0])
    with django_assert_max_num_queries(10):
        correspondences_of(dossier, AnonymousUser())

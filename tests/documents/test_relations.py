"""Letters of one dossier are linked as they come, in whatever order, and copies count once."""

from __future__ import annotations

import itertools

import pytest

from documents.ingest import ingest_pasted
from documents.models import Dossier, Letter, LetterRelation, LetterSymbol, Membership, Party, PartyName
from documents.relations import dossier_relinked, link_letter, missing_letters, unlink_letter

pytestmark = pytest.mark.django_db

TITLE = (
    "Letter dated {day} from the Permanent Representative of {sender} to the United Nations addressed to {to}"
)
BODY = """
The lock at Orrin was shut on 20 April 2015, and the barges of three nations waited before it until 24 April.
On 22 April 2015 the harbour master wrote to all captains; 14 of 17 answered him within 3 days.
"""


def letter(symbol: str, day: str, sender: str, body: str, to: str = "the Secretary-General") -> str:
    title = TITLE.format(day=day, sender=sender, to=to)
    return f"\n{symbol}\n\n{title}\n\n{body}\n\n(Signed) Ruth Ambler\n"


FIRST = letter("S/2015/90", "3 May 2015", "Kaldenia", BODY)
ANSWER = letter(
    "S/2015/99",
    "9 May 2015",
    "Morvia",
    "I reply to the letter dated 3 May 2015 from the Permanent Representative\nof Kaldenia "
    "(S/2015/90). The barges were let through on 21 April 2015.",
)
NOTE = """
EMBASSY OF LYSIA
No. 31

The Embassy of Lysia presents its compliments to the Ministry of Foreign Affairs of Estrana
and has the honour to state that the lamp was lit on 2 June 1987.

Port Estra, 4 June 1987
"""
NOTE_ANSWER = """
The Ministry of Foreign Affairs of Estrana presents its compliments to the Embassy of Lysia and,
in reply to its note no. 31 of 4 June, has the honour to state that the lamp was dark on 2 June 1987.

Port Estra, 11 June 1987
"""
FRENCH = """
S/2015/90

Original : anglais

Lettre datée du 3 mai 2015, adressée au Secrétaire général par le Représentant permanent de Kaldenia auprès
de l’Organisation des Nations Unies

L’écluse d’Orrin a été fermée le 20 avril 2015 et les péniches de trois nations ont attendu devant elle
jusqu’au 24 avril. Le 22 avril 2015, le capitaine du port a écrit à tous les capitaines ; 14 des 17 lui ont
répondu dans les 3 jours.

(Signé) Ruth Ambler
"""


@pytest.fixture
def dossier() -> Dossier:
    made = Dossier.objects.create(title="The Orrin lock", slug="orrin")
    for name in ("Kaldenia", "Morvia", "Estrana", "Lysia"):
        party = Party.objects.create(dossier=made, name=name, kind="state")
        PartyName.objects.create(party=party, text=name)
        PartyName.objects.create(party=party, text=name, language="fr")
    return made


def bring(dossier: Dossier, text: str) -> Letter:
    result = ingest_pasted(dossier, text)
    assert result.status == "stored", result.message
    assert result.letter is not None
    return result.letter


def links(dossier: Dossier) -> set[tuple[int, str, int]]:
    rows = LetterRelation.objects.filter(letter__dossier=dossier).exclude(target=None)
    return set(rows.values_list("letter_id", "kind", "target_id"))


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_an_answer_is_linked_whichever_comes_first(dossier: Dossier, order: tuple[int, ...]) -> None:
    stored = {place: bring(dossier, (FIRST, ANSWER)[place]) for place in order}
    assert links(dossier) == {(stored[1].pk, "replies to", stored[0].pk)}


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_a_note_told_in_words_is_linked_by_number_and_day(dossier: Dossier, order: tuple[int, ...]) -> None:
    stored = {place: bring(dossier, (NOTE, NOTE_ANSWER)[place]) for place in order}
    assert links(dossier) == {(stored[1].pk, "replies to", stored[0].pk)}


def test_a_letter_that_is_not_here_is_listed_as_missing_until_it_comes(dossier: Dossier) -> None:
    answer = bring(dossier, ANSWER)
    everything = Letter.objects.filter(dossier=dossier)
    (missing,) = missing_letters(everything)
    assert (missing.symbol, missing.kinds, missing.named_by) == ("S/2015/90", ("replies to",), (answer.pk,))
    bring(dossier, FIRST)
    assert missing_letters(everything) == []


def test_a_pointer_is_not_listed_as_missing(dossier: Dossier) -> None:
    bring(
        dossier,
        letter(
            "S/2015/120", "20 May 2015", "Morvia", "The lock is old (see S/2014/7). It was built in 1901."
        ),
    )
    assert missing_letters(Letter.objects.filter(dossier=dossier)) == []


def test_letters_of_another_dossier_are_not_linked(dossier: Dossier) -> None:
    other = Dossier.objects.create(title="Elsewhere", slug="elsewhere")
    bring(other, FIRST)
    bring(dossier, ANSWER)
    assert links(dossier) == set()
    assert links(other) == set()


def test_identical_letters_count_once(dossier: Dossier) -> None:
    first = bring(dossier, FIRST)
    again = bring(
        dossier, letter("S/2015/90", "3 May 2015", "Kaldenia", BODY, "the President of the Security Council")
    )
    assert links(dossier) == {(again.pk, "identical", first.pk)}
    assert list(Letter.objects.filter(dossier=dossier).counted_once()) == [first]


def test_the_same_text_as_another_file_is_a_duplicate(dossier: Dossier) -> None:
    first = bring(dossier, FIRST)
    again = bring(dossier, FIRST.replace("\n\n", "\n\n\n"))
    third = bring(dossier, FIRST.replace("\n\n", "\n\n\n\n"))
    assert links(dossier) == {(again.pk, "duplicate", first.pk), (third.pk, "duplicate", first.pk)}
    assert Letter.objects.filter(dossier=dossier).counted_once().count() == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_a_translation_counts_once(dossier: Dossier, order: tuple[int, ...]) -> None:
    stored = {place: bring(dossier, (FIRST, FRENCH)[place]) for place in order}
    assert links(dossier) == {(stored[1].pk, "translation", stored[0].pk)}
    assert list(Letter.objects.filter(dossier=dossier).counted_once()) == [stored[0]]


def test_another_letter_of_the_same_day_is_none_of_these(dossier: Dossier) -> None:
    bring(dossier, FIRST)
    bring(
        dossier,
        letter(
            "S/2015/91", "3 May 2015", "Kaldenia", "The bridge at Hale was closed on 1 May 2015 and stays so."
        ),
    )
    bring(dossier, letter("S/2015/92", "3 May 2015", "Morvia", BODY))
    assert links(dossier) == set()
    assert Letter.objects.filter(dossier=dossier).counted_once().count() == 3


def test_linking_again_changes_nothing(dossier: Dossier) -> None:
    bring(dossier, ANSWER)
    bring(dossier, FIRST)
    before = links(dossier)
    assert dossier_relinked(dossier) == 0
    assert links(dossier) == before


def test_what_a_person_linked_stays(dossier: Dossier) -> None:
    first, answer = bring(dossier, FIRST), bring(dossier, ANSWER)
    other = bring(
        dossier, letter("S/2015/95", "4 May 2015", "Kaldenia", "The lock was opened on 4 May 2015.")
    )
    LetterRelation.objects.filter(letter=answer).update(target=other, set_by_person=True)
    unlink_letter(answer)
    link_letter(answer)
    link_letter(first)
    assert links(dossier) == {(answer.pk, "replies to", other.pk)}


def test_a_corrected_symbol_links_anew(dossier: Dossier) -> None:
    first, answer = bring(dossier, FIRST), bring(dossier, ANSWER)
    first.symbols = ["S/2015/89"]
    first.save()
    assert list(LetterSymbol.objects.filter(letter=first).values_list("value", flat=True)) == ["S/2015/89"]
    unlink_letter(first)
    link_letter(first)
    assert links(dossier) == set()
    first.symbols = ["S/2015/90"]
    first.save()
    link_letter(first)
    assert links(dossier) == {(answer.pk, "replies to", first.pk)}


def test_an_outsider_sees_no_missing_letters(dossier: Dossier, django_user_model) -> None:
    bring(dossier, ANSWER)
    stranger = django_user_model.objects.create_user("stranger")
    reader = django_user_model.objects.create_user("reader")
    Membership.objects.create(dossier=dossier, user=reader, role="reader")
    assert missing_letters(Letter.objects.visible_to(stranger)) == []
    assert len(missing_letters(Letter.objects.visible_to(reader))) == 1

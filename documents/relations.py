"""Which letter of a dossier each relation means: linked when the other is there, by itself when it comes.

In: a stored letter. Out: links in the database; what is named and not there is listed as missing. A link
that a person set is never touched. Identical letters, translations and the same text again point at the
letter that stood there first, so that figures can count them once (``LetterQuerySet.counted_once``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from documents.letterhead import Known, is_pointer, meant
from documents.letterhead.likeness import same_letter
from documents.letterhead.words import plain
from documents.models import Correspondent, Dossier, Letter, LetterDate, LetterRelation, LetterSymbol
from documents.records import ReadRelation

COPIES = ("identical", "translation", "duplicate")
# Letters of one day and sender that are compared word by word at most.
MOST_COMPARED = 20
# What a relation may mean at most; a number that names more letters than that names none.
MOST_MEANT = 50


def link_letter(letter: Letter) -> int:
    """Link a stored letter with the others of its dossier, both ways; return how many links were made.

    May be called again at any time: what is linked stays. Call ``unlink_letter`` first where the letter's
    date, symbols or correspondents were corrected.
    """
    made = _link_copies(letter)
    for relation in _open(letter.dossier_id).filter(letter=letter):
        made += _link(relation)
    for relation in _meaning(letter):
        made += _link(relation)
    return made


def unlink_letter(letter: Letter) -> None:
    """Take back the links to and from a letter that the machine made."""
    made = LetterRelation.objects.filter(Q(letter=letter) | Q(target=letter), set_by_person=False)
    made = made.exclude(target=None)
    # A relation that names nothing but its target came from comparing texts.
    made.filter(symbol="", words="").delete()
    made.update(target=None)


def _open(dossier_id: int) -> QuerySet[LetterRelation]:
    """Return the relations of a dossier that wait for their letter."""
    rows = LetterRelation.objects.filter(letter__dossier_id=dossier_id, target=None, set_by_person=False)
    return rows.select_related("letter").defer("letter__text")


def _meaning(letter: Letter) -> list[LetterRelation]:
    """Return the open relations of other letters that may mean this one."""
    rows = _open(letter.dossier_id).exclude(letter=letter)
    wanted = Q(symbol__in=[*letter.symbols, *letter.references])
    date = _own_date(letter)
    if date:
        wanted |= Q(edtf=date)
    for number in letter.references[:5]:
        wanted |= Q(symbol="", words__contains=number)
    return list(rows.filter(wanted)[:500])


def _link(relation: LetterRelation) -> int:
    read = _as_read(relation)
    others = {other.pk: known_of_stored(other) for other in _candidates(relation)}
    target = meant(read, known_of_stored(relation.letter), others) if others else None
    if target is None:
        return 0
    return LetterRelation.objects.filter(pk=relation.pk, target=None).update(target=target)


def _candidates(relation: LetterRelation) -> list[Letter]:
    """Return the letters that bear the symbol, the day or the number that a relation names."""
    letters = Letter.objects.filter(dossier_id=relation.letter.dossier_id).exclude(pk=relation.letter_id)
    named = LetterSymbol.objects.filter(letter__dossier_id=relation.letter.dossier_id)
    if relation.symbol:
        wanted = Q(pk__in=named.filter(value=relation.symbol).values("letter"))
    else:
        numbers = re.findall(r"\d[\w/.-]*", relation.words)
        wanted = Q(pk__in=named.filter(value__in=numbers, is_reference=True).values("letter"))
        if relation.edtf:
            dated = LetterDate.objects.filter(is_anchor=True, part__position=0, edtf=relation.edtf)
            wanted |= Q(
                pk__in=dated.filter(part__letter__dossier_id=relation.letter.dossier_id).values(
                    "part__letter"
                )
            )
    found = list(letters.filter(wanted).light()[: MOST_MEANT + 1])
    return found if len(found) <= MOST_MEANT else []


def _as_read(relation: LetterRelation) -> ReadRelation:
    return ReadRelation(relation.kind, relation.symbol or None, relation.words, relation.edtf or None)


def known_of_stored(letter: Letter) -> Known:
    """Return what a stored letter can be recognised by."""
    people = Correspondent.objects.filter(part__letter=letter, part__position=0).select_related("party")
    names: dict[str, set[str]] = {"sender": set(), "recipient": set(), "signatory": set()}
    for person in people:
        names[person.role].add(plain(person.party.name if person.party else person.words))
    return Known(
        frozenset(letter.symbols),
        frozenset(letter.references),
        _own_date(letter),
        frozenset(names["sender"]),
        frozenset(names["recipient"]),
        letter.language,
    )


def _own_date(letter: Letter) -> str | None:
    dates = LetterDate.objects.filter(part__letter=letter, part__position=0, is_anchor=True)
    return dates.values_list("edtf", flat=True).first()


def _link_copies(letter: Letter) -> int:
    """Link a letter with the one that it repeats: same day, same sender, and the same text or numbers."""
    date = _own_date(letter)
    if date is None or letter.relations.filter(kind__in=COPIES).exclude(target=None).exists():
        return 0
    mine = known_of_stored(letter)
    same_day = LetterDate.objects.filter(
        part__letter__dossier_id=letter.dossier_id, part__position=0, is_anchor=True, edtf=date
    ).values("part__letter")
    others = Letter.objects.filter(pk__in=same_day, pk__lt=letter.pk).order_by("pk")
    for other in others[:MOST_COMPARED]:
        kind = same_letter(letter.text, other.text, letter.language != other.language)
        if kind is None or not mine.senders & known_of_stored(other).senders:
            continue
        if _says_it_is_a_copy(other, letter):
            return 0
        return _store_copy(letter, other, kind)
    return 0


def _says_it_is_a_copy(letter: Letter, of: Letter) -> bool:
    return letter.relations.filter(Q(target=of) | Q(symbol__in=of.symbols), kind__in=COPIES).exists()


def _store_copy(letter: Letter, other: Letter, kind: str) -> int:
    first = other.relations.filter(kind__in=COPIES).exclude(target=None).first()
    target = first.target if first and first.target else other
    waiting = letter.relations.filter(kind=kind, target=None, set_by_person=False).first()
    if waiting is not None:
        waiting.target = target
        waiting.save()
    else:
        LetterRelation.objects.create(letter=letter, kind=kind, target=target)
    return 1


@dataclass(frozen=True, slots=True)
class MissingLetter:
    """A letter that others name and that is not in the dossier; ``named_by`` are keys of those letters."""

    symbol: str
    words: str
    edtf: str
    kinds: tuple[str, ...]
    named_by: tuple[int, ...]


def missing_letters(letters: QuerySet[Letter]) -> list[MissingLetter]:
    """Return what the given letters name and the dossier does not have, the most often named first.

    Start from ``Letter.objects.visible_to(user)``. Bare pointers ("see S/2015/90") are left out.
    """
    rows = LetterRelation.objects.filter(letter__in=letters, target=None)
    rows = rows.exclude(kind="identical", symbol="").order_by("pk")
    found: dict[tuple[str, str], list[LetterRelation]] = {}
    for row in rows:
        if not is_pointer(_as_read(row)):
            key = (row.symbol, "") if row.symbol else (row.edtf, plain(row.words))
            found.setdefault(key, []).append(row)
    missing = [_missing(group) for group in found.values()]
    return sorted(missing, key=lambda m: (-len(m.named_by), m.edtf, m.symbol, m.words))


def _missing(rows: Iterable[LetterRelation]) -> MissingLetter:
    group = list(rows)
    first = group[0]
    kinds = tuple(dict.fromkeys(row.kind for row in group))
    named_by = tuple(dict.fromkeys(row.letter_id for row in group))
    return MissingLetter(first.symbol, first.words, first.edtf, kinds, named_by)


def dossier_relinked(dossier: Dossier) -> int:
    """Link all letters of a dossier that wait for each other; for one that was filled by other ways."""
    letters = Letter.objects.filter(dossier=dossier).order_by("pk")
    return sum(link_letter(letter) for letter in letters.iterator(chunk_size=200))

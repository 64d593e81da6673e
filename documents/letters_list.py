"""A dossier's letters for its list: by the sender's own date, or by correspondence, with what is uncertain.

In: a dossier and who asks. Out: frozen records, a slice at a time; the number of questions asked of the
database does not grow with the letters. A correspondence is a letter with its answers, the answers to these,
and the translations, corrigenda and identical letters of them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from documents.models import Correspondent, Dossier, Letter, LetterDate, LetterPart, LetterRelation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# What holds a correspondence together; a letter that is only cited is another matter.
HELD_BY = ("replies to", "identical", "translation", "corrigendum", "addendum", "duplicate")
COPIES = ("identical", "translation", "duplicate")
_LAST = (1, 0)


@dataclass(frozen=True, slots=True)
class ListedParty:
    """Who writes or is written to; ``party`` is empty where the words name nobody known."""

    party: str
    words: str
    office: str
    person: str

    def __str__(self) -> str:
        return self.party or self.words or self.person or self.office


@dataclass(frozen=True, slots=True)
class LetterName:
    """What a letter is called by: its subject, else its kind, its own date and who wrote it."""

    subject: str
    kind: str
    edtf: str | None
    senders: tuple[str, ...]
    file_name: str


@dataclass(frozen=True, slots=True)
class ListedRelation:
    """What a letter is to another: ``name`` and ``public_id`` where that is in the dossier, else ``words``:
    its symbol, or what the letter calls it.
    """

    kind: str
    public_id: int | None = None
    name: LetterName | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """One row of the list. ``edtf``: the date that the letter's other dates hang on, None where it has none.

    ``uncertain`` holds sentences without a full stop, such as "no date": what a reader should not rely on.
    ``copy_of``: the kind of copy, and the letter it repeats; such a letter counts in no figure.
    ``cites_elsewhere``: how many it only cites that are not in the dossier.
    """

    pk: int
    public_id: int
    address: str
    name: LetterName
    edtf: str | None
    day: int | None
    kind: str
    language: str
    symbols: tuple[str, ...]
    senders: tuple[ListedParty, ...]
    recipients: tuple[ListedParty, ...]
    relations: tuple[ListedRelation, ...]
    cites_elsewhere: int
    uncertain: tuple[str, ...]
    copy_of: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Letters that belong together, in the order of their dates; ``parties`` are those who write in it."""

    letters: tuple[ListedLetter, ...]
    parties: tuple[str, ...]


def letters_of(
    dossier: Dossier, user: User | AnonymousUser, start: int = 0, stop: int | None = None
) -> list[ListedLetter]:
    """Return a dossier's letters that the user may see, by own date, those without one last."""
    return [_listed(letter) for letter in _whole(_seen(dossier, user).by_own_date())[start:stop]]


def listed(letters: QuerySet[Letter]) -> dict[int, ListedLetter]:
    """Return letters as rows of a list, by their keys."""
    return {letter.pk: _listed(letter) for letter in _whole(letters)}


def correspondences_of(
    dossier: Dossier, user: User | AnonymousUser, start: int = 0, stop: int | None = None
) -> list[Correspondence]:
    """Return a dossier's letters grouped by correspondence, in the order of each one's first letter."""
    letters = _seen(dossier, user)
    days = dict(letters.values_list("pk", "own_day"))
    groups = sorted(_groups(letters, days), key=lambda group: min(_place(pk, days) for pk in group))[
        start:stop
    ]
    wanted = [pk for group in groups for pk in group]
    rows = listed(letters.filter(pk__in=wanted))
    return [_correspondence([rows[pk] for pk in sorted(g, key=lambda pk: _place(pk, days))]) for g in groups]


def count_correspondences(dossier: Dossier, user: User | AnonymousUser) -> int:
    """Return how many correspondences a dossier's letters are, as far as the user may see them."""
    letters = _seen(dossier, user)
    return len(_groups(letters, letters.values_list("pk", flat=True)))


def _seen(dossier: Dossier, user: User | AnonymousUser) -> QuerySet[Letter]:
    return Letter.objects.visible_to(user).filter(dossier=dossier)


def _place(pk: int, days: dict[int, int | None]) -> tuple[tuple[int, int], int]:
    day = days[pk]
    return ((0, day) if day is not None else _LAST), pk


def _groups(letters: QuerySet[Letter], keys: Iterable[int]) -> list[list[int]]:
    """Return the keys of letters that are held together, each letter in one group."""
    leader = {pk: pk for pk in keys}

    def find(pk: int) -> int:
        while leader[pk] != pk:
            leader[pk] = pk = leader[leader[pk]]
        return pk

    rows = LetterRelation.objects.filter(kind__in=HELD_BY, letter__in=letters.values("pk"))
    for letter, target in rows.exclude(target=None).values_list("letter", "target"):
        if target in leader:
            leader[find(letter)] = find(target)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for pk in leader:
        groups[find(pk)].append(pk)
    return list(groups.values())


def covers() -> QuerySet[LetterPart]:
    """Return covers with their dates and correspondents, to be fetched beside letters."""
    people = Prefetch("correspondents", Correspondent.objects.select_related("party"))
    return LetterPart.objects.filter(position=0).prefetch_related("dates", people)


def _whole(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Return letters with their cover's dates and correspondents and their relations, without text."""
    relations = LetterRelation.objects.select_related("target").defer("target__text").order_by("pk")
    return letters.defer("text").prefetch_related(
        Prefetch("parts", covers()),
        Prefetch("relations", relations.prefetch_related(Prefetch("target__parts", covers()))),
    )


def _correspondence(letters: list[ListedLetter]) -> Correspondence:
    writers = dict.fromkeys(str(sender) for letter in letters for sender in letter.senders)
    return Correspondence(tuple(letters), tuple(writers))


def _listed(letter: Letter) -> ListedLetter:
    anchor, people = _cover_of(letter)
    relations = list(letter.relations.all())
    copy = next((r for r in relations if r.kind in COPIES and r.target), None)
    shown = relations_shown(relations)
    return ListedLetter(
        pk=letter.pk,
        public_id=letter.public_id,
        address=letter.get_absolute_url(),
        name=name_of(letter),
        edtf=anchor.edtf if anchor else None,
        day=letter.own_day,
        kind=letter.kind,
        language=letter.language,
        symbols=tuple(letter.symbols),
        senders=_parties(people, "sender"),
        recipients=_parties(people, "recipient"),
        relations=tuple(r for r in shown if r.public_id or r.kind != "cites"),
        cites_elsewhere=sum(r.kind == "cites" and not r.public_id for r in shown),
        uncertain=tuple(_uncertain(anchor, people)),
        copy_of=(copy.kind, copy.target.public_id) if copy and copy.target else None,
    )


def _cover_of(letter: Letter) -> tuple[LetterDate | None, list[Correspondent]]:
    """Return of a letter's cover the date that its other dates hang on, and the correspondents."""
    cover = next((part for part in letter.parts.all() if part.position == 0), None)
    dates = list(cover.dates.all()) if cover else []
    people = list(cover.correspondents.all()) if cover else []
    return next((date for date in dates if date.is_anchor), None), people


def name_of(letter: Letter) -> LetterName:
    """Return what a letter is called by; asks for its cover where ``covers`` was not fetched with it."""
    anchor, people = _cover_of(letter)
    senders = tuple(str(party) for party in _parties(people, "sender"))
    return LetterName(
        letter.subject, letter.get_kind_display(), anchor.edtf if anchor else None, senders, letter.file_name
    )


def _parties(people: list[Correspondent], role: str) -> tuple[ListedParty, ...]:
    return tuple(
        ListedParty(c.party.name if c.party else "", c.words, c.office, c.person)
        for c in people
        if c.role == role
    )


def relations_shown(relations: Iterable[LetterRelation]) -> list[ListedRelation]:
    """Return what a letter is to others, each other letter once: by the relation that was found first."""
    found: dict[object, ListedRelation] = {}
    for relation in relations:
        target, words = relation.target, relation.symbol or relation.words
        if target is not None:
            known = ListedRelation(relation.kind, target.public_id, name_of(target))
            found.setdefault(target.pk, known)
        elif relation.symbol or relation.kind != "identical":
            found.setdefault((relation.kind, words), ListedRelation(relation.kind, words=words))
    if any(r.kind == "identical" for r in relations) and not any(
        r.kind == "identical" for r in found.values()
    ):
        found["identical"] = ListedRelation("one of several identical letters")
    return list(found.values())


def _uncertain(anchor: LetterDate | None, people: Iterable[Correspondent]) -> list[str]:
    """Return what is missing or only worked out; what a person set is certain."""
    found = []
    if anchor is None:
        found.append("no date")
    elif not anchor.set_by_person:
        if anchor.kind == "masthead":
            found.append("dated by its masthead")
        if len(anchor.edtf) != len("2023-05-09") or any(mark in anchor.edtf for mark in "X?~%"):
            found.append("date not to the day")
    for role in ("sender", "recipient"):
        mine = [c for c in people if c.role == role]
        if not mine:
            found.append(f"no {role}")
        elif any(c.party_id is None and not c.set_by_person for c in mine):
            found.append(f"{role} not known")
    return found

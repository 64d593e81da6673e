"""The one way in for a letter: for upload, paste and command alike.

In: bytes or pasted text, and a dossier. Out: what became of them, in a sentence. A letter is stored in one
transaction with its bytes, its parts and its claims: all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING, Literal

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from documents.letterhead import anchor_of, read_letterhead, sender_of, with_given
from documents.models import (
    Correspondent,
    Dossier,
    Letter,
    LetterDate,
    LetterPart,
    LetterRelation,
    Passage,
    StoredFile,
    sha256_of,
)
from documents.readers import UnreadableFile, read_bytes, read_pasted
from documents.records import Letterhead, ReadText
from documents.registry import PartyRows, registry_of
from documents.relations import link_letter

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file: ``message`` is a sentence for the person who gave it."""

    status: Literal["stored", "duplicate", "failed"]
    name: str
    message: str
    letter: Letter | None = None
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a letter before it is stored; it outranks what the letter was read to say.

    ``date`` is EDTF; ``sender`` the name of a party.
    """

    date: str | None = None
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """What a letter was read to say of itself, before anything is stored.

    ``missing``: what all else hangs on and was not found; ``besides``: what else was found, with its label.
    """

    text: str
    date: str | None
    sender: str | None
    subject: str
    language: str
    missing: tuple[Literal["date", "sender"], ...]
    besides: tuple[tuple[str, str], ...] = ()


def ingest_bytes(
    dossier: Dossier, data: bytes, name: str, *, given: Given | None = None, user: User | None = None
) -> IngestResult:
    """Store the letter in a file; say so where it is there already or cannot be read."""
    there = _with_bytes(dossier, data)
    if there is not None:
        return _duplicate(name, there)
    try:
        read = read_bytes(data, name)
    except UnreadableFile as error:
        return IngestResult("failed", name, str(error))
    return _store(dossier, read, name, data, given, user)


def ingest_pasted(
    dossier: Dossier,
    text: str,
    name: str = "Pasted text",
    *,
    given: Given | None = None,
    user: User | None = None,
) -> IngestResult:
    """Store a pasted letter; say so where it is there already or is no text."""
    try:
        read = read_pasted(text, name)
    except UnreadableFile as error:
        return IngestResult("failed", name, str(error))
    there = _with_text(dossier, read)
    if there is not None:
        return _duplicate(name, there)
    return _store(dossier, read, name, None, given, user)


def glance_at(dossier: Dossier, data: bytes, name: str, *, pasted: bool = False) -> Glance | IngestResult:
    """Read a letter's head and store nothing; a result where it is there already or cannot be read."""
    there = None if pasted else _with_bytes(dossier, data)
    try:
        read = read_pasted(data.decode(), name) if pasted else read_bytes(data, name)
    except UnreadableFile as error:
        return IngestResult("failed", name, str(error))
    there = there or (_with_text(dossier, read) if pasted else None)
    if there is not None:
        return _duplicate(name, there)
    head = read_letterhead(read.text, registry_of(dossier))
    date, sender = anchor_of(head, 0), sender_of(head, 0)
    missing: list[Literal["date", "sender"]] = []
    if date is None:
        missing.append("date")
    if sender is None:
        missing.append("sender")
    subject = head.subject.value if head.subject else ""
    return Glance(read.text, date, sender, subject, head.language, tuple(missing), tuple(_besides(head)))


def _besides(head: Letterhead) -> Iterator[tuple[str, str]]:
    """Yield what a letterhead says beside date and sender, each with its label."""
    recipients = [row for row in head.correspondents if row.role == "recipient" and row.part == 0]
    lists = (
        ("Kind", [head.kind.capitalize()]),
        ("To", [row.party or row.words or row.person or "" for row in recipients]),
        ("Place", [head.place.value] if head.place else []),
        ("Symbols", [value.value for value in head.symbols]),
        ("References", [value.value for value in head.references]),
        ("Subject", [head.subject.value] if head.subject else []),
    )
    for label, values in lists:
        if any(values):
            yield label, ", ".join(filter(None, values))
    if len(head.parts) > 1:
        yield "Other parts", ", ".join(part.kind for part in head.parts[1:])


def open_dossier(user: User, title: str) -> Dossier:
    """Make a private dossier of that title, owned by the user. Raises ValueError with a sentence."""
    from timeline.curation import create_dossier

    slug = slugify(title)[:70]
    taken = set(Dossier.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    free = next(s for s in chain([slug], (f"{slug}-{n}" for n in count(2))) if s not in taken)
    return create_dossier(user, title, free)


@dataclass(frozen=True, slots=True)
class TypedDate:
    """What a person typed as a date: its EDTF and that in words, or a sentence on what is wrong with it."""

    edtf: str | None = None
    words: str = ""
    wrong: str = ""


def date_typed(text: str, language: str = "en") -> TypedDate:
    """Return what a typed date is understood as; an empty text is no date and no mistake."""
    from timeline.extraction.edtf import EdtfError, in_words, understand

    if not text.strip():
        return TypedDate()
    try:
        edtf = understand(text, language)
        return TypedDate(edtf, in_words(edtf))
    except EdtfError as error:
        return TypedDate(wrong=str(error))


def _with_bytes(dossier: Dossier, data: bytes) -> Letter | None:
    return Letter.objects.filter(dossier=dossier, file__sha256=sha256_of(data)).first()


def _with_text(dossier: Dossier, read: ReadText) -> Letter | None:
    digest = sha256_of(read.text.encode("utf-8", "surrogatepass"))
    return Letter.objects.filter(dossier=dossier, file=None, text_sha256=digest).first()


def _duplicate(name: str, letter: Letter) -> IngestResult:
    return IngestResult("duplicate", name, f"{name}: already in this dossier. Nothing was changed.", letter)


def _store(
    dossier: Dossier,
    read: ReadText,
    name: str,
    data: bytes | None,
    given: Given | None,
    user: User | None,
) -> IngestResult:
    # The one place where documents hands on to timeline: a stored letter is read for its claims.
    from timeline.recording import read_claims, record_letter

    registry = registry_of(dossier)
    given = given or Given()
    head = with_given(read_letterhead(read.text, registry), given.date, given.sender)
    claims = read_claims(read.text, head, registry)
    try:
        with transaction.atomic():
            letter = _store_letter(dossier, read, head, name, data, given)
            rows = PartyRows(dossier, registry)
            store_letterhead(letter, read, head, rows)
            _mark_given(letter, given)
            link_letter(letter)
            report = record_letter(letter, registry, read=claims, user=user)
    except IntegrityError:
        # Somebody else brought the same bytes at the same moment; the unique key decided.
        there = Letter.objects.filter(dossier=dossier, text_sha256=sha256_of(read.text.encode())).first()
        if there is None:
            raise
        return _duplicate(name, there)
    message = f"{name}: stored, {report.found} dated {'claim' if report.found == 1 else 'claims'} found."
    if anchor_of(head, 0) is None:
        message += " No date of its own was found, so days without a year wait for it."
    return IngestResult("stored", name, message, letter, report.found)


def join_accounts(dossier: Dossier) -> None:
    """Join the claims of a dossier that tell of one act, after letters were added."""
    from timeline.event_recording import join_new_accounts

    join_new_accounts(dossier)


def _mark_given(letter: Letter, given: Given) -> None:
    """Mark what a person said of the letter as theirs."""
    first = letter.parts.get(position=0)
    if given.date:
        first.dates.filter(is_anchor=True).update(set_by_person=True)
    if given.sender:
        first.correspondents.filter(role="sender", position=0).update(set_by_person=True)


def _store_letter(
    dossier: Dossier, read: ReadText, head: Letterhead, name: str, data: bytes | None, given: Given
) -> Letter:
    file = None
    if data is not None:
        file, _ = StoredFile.objects.get_or_create(
            sha256=sha256_of(data), defaults={"data": data, "size": len(data)}
        )
    return Letter.objects.create(
        dossier=dossier,
        file=file,
        file_name=name[:255],
        text=read.text,
        symbols=[s.value for s in head.symbols],
        references=[r.value for r in head.references],
        agenda_items=[a.value for a in head.agenda_items],
        kind=head.kind,
        subject=head.subject.value if head.subject else "",
        place=(head.place.value if head.place else "")[:200],
        language=head.language,
        remarks=list(read.remarks),
        pages=read.pages,
        curated_fields=[n for n, v in (("date", given.date), ("sender", given.sender)) if v],
    )


def store_letterhead(letter: Letter, read: ReadText, head: Letterhead, rows: PartyRows) -> None:
    """Store the parts, dates, correspondents, relations and passages of a new letter."""
    parts = _store_parts(letter, head)
    _store_dates(parts, head)
    Correspondent.objects.bulk_create(_correspondents(parts, head, rows))
    LetterRelation.objects.bulk_create(
        LetterRelation(
            letter=letter,
            kind=relation.kind,
            symbol=(relation.symbol or "")[:100],
            words=relation.words[:500],
            edtf=(relation.edtf or "")[:100],
            start=relation.start,
            end=relation.end,
        )
        for relation in head.relations
        if relation.symbol or relation.words
    )
    store_passages(letter, read, lambda offset: parts[_part_at(head, offset)])


def store_passages(letter: Letter, read: ReadText, part_at: Callable[[int], LetterPart]) -> None:
    """Store the paragraphs of a text; ``part_at`` gives the part that holds an offset."""
    Passage.objects.bulk_create(
        Passage(
            letter=letter,
            part=part_at(passage.start),
            number=passage.number,
            page=passage.page,
            start=passage.start,
            end=passage.end,
            turns=[list(turn) for turn in passage.turns],
        )
        for passage in read.passages
    )


def _store_parts(letter: Letter, head: Letterhead) -> list[LetterPart]:
    parts: list[LetterPart] = []
    for position, part in enumerate(head.parts):
        parts.append(
            LetterPart.objects.create(
                letter=letter,
                position=position,
                start=part.start,
                end=part.end,
                kind=part.kind,
                parent=parts[part.parent] if part.parent is not None and part.parent < position else None,
                language=part.language or "",
            )
        )
    return parts


def _store_dates(parts: list[LetterPart], head: Letterhead) -> None:
    """Store the dates that each part bears; the one that its other dates hang on is marked as anchor."""
    anchored: set[int] = set()
    for date in head.dates:
        is_anchor = date.part not in anchored and date.edtf == anchor_of(head, date.part)
        if is_anchor:
            anchored.add(date.part)
        LetterDate.objects.create(
            part=parts[date.part],
            kind=date.kind,
            edtf=date.edtf,
            # What a person says of the letter stands nowhere in it.
            start=date.start if date.end > date.start else None,
            end=date.end if date.end > date.start else None,
            is_anchor=is_anchor,
        )


def _correspondents(parts: list[LetterPart], head: Letterhead, rows: PartyRows) -> list[Correspondent]:
    found = []
    places: dict[tuple[int, str], int] = {}
    for person in head.correspondents:
        place = places[person.part, person.role] = places.get((person.part, person.role), -1) + 1
        found.append(
            Correspondent(
                part=parts[person.part],
                role=person.role,
                party=rows.get(person.party),
                office=(person.office or "")[:300],
                person=(person.person or "")[:200],
                words=person.words[:500],
                position=place,
                start=person.start,
                end=person.end,
            )
        )
    return found


def _part_at(head: Letterhead, offset: int) -> int:
    """Return the index of the innermost part that holds an offset."""
    holding = [i for i, part in enumerate(head.parts) if part.start <= offset < part.end]
    return max(holding, key=lambda i: (head.parts[i].start, i), default=0)
